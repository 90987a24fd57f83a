"""HTML to the text a reader sees.

`visible_text` is THE text of an HTML page: every ``page_start`` and ``page_end`` counts in it. Its rules:

* Document order. One line for each block of text: a block element (p, div, li, td, h1, ...) begins and ends a
  line, so does ``<br>``. Lines are separated by one newline; there are no empty lines and none at the ends.
* Runs of blanks become one space, blanks at the ends of a line go. No-break and other Unicode blanks count as
  blanks. In ``<pre>`` and ``<textarea>`` line breaks begin a new line too and blanks inside a line stay.
* A table cell is a line of its own: pages older than style sheets set their columns in tables.
* Entities are decoded. ``<q>`` shows the quotation marks that browsers draw around it: “ and ”.
* Left out: comments; head, script, style, noscript, template, svg, iframe, object, embed, audio, video,
  canvas, select and datalist; elements with the attribute ``hidden`` (except ``until-found``) or an inline
  style of ``display:none`` or ``visibility:hidden``; alternative texts of images. ``aria-hidden`` is kept: it
  hides from screen readers what the eye sees.
* If the hidden elements hold more text than the rest of the page, scripts would reveal it: nothing is hidden.
* Zero bytes and other characters that no markup may hold become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reportedly.read.nesting import words
from reportedly.types import Block

MAX_PATH = 40
"""Outermost elements named in a block's path."""

_SKIPPED = words(
    "head script style noscript template svg iframe object embed applet audio video canvas select datalist"
    " title"
)
_BLOCKS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol"
    " p plaintext pre search section summary table tbody td textarea tfoot th thead tr ul xmp"
)
_PREFORMATTED = words("pre textarea listing xmp plaintext")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n?|\n")


class DepthError(ValueError):
    """The parser met more nested elements than it takes."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element means for the text in it."""

    path: str
    depth: int
    tag: str
    heading: int
    in_link: bool
    preformatted: bool


class _Lines:
    """Collects lines and their blocks; knows where the current line stands in the markup."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self._length = 0
        self._pieces: list[str] = []
        self._blank = False
        self._linked = 0
        self._holder: _Place | None = None

    def add(self, text: str, place: _Place, holder: _Place) -> None:
        """Add a text node. ``holder`` is the deepest element that holds it and all of the line so far."""
        if place.preformatted:
            for number, line in enumerate(_BREAKS.split(text)):
                if number:
                    self.flush()
                self._append(line if self._pieces else line.rstrip(), place, holder, tidy=False)
            return
        self._append(text, place, holder, tidy=True)

    def _append(self, text: str, place: _Place, holder: _Place, *, tidy: bool) -> None:
        shown = " ".join(text.split())
        if not shown:
            self._blank = self._blank or bool(text)
            return
        if not tidy:
            shown = text.strip()
        if self._pieces and (self._blank or text[0].isspace()):
            self._pieces.append(" ")
        self._pieces.append(shown)
        self._blank = text[-1].isspace()
        self._linked += len(shown) if place.in_link else 0
        self._holder = holder

    @property
    def empty(self) -> bool:
        """Whether the current line has no text yet."""
        return not self._pieces

    @property
    def holder(self) -> _Place | None:
        """The deepest element that holds all of the current line."""
        return self._holder

    def flush(self) -> None:
        """End the line, if there is anything on it."""
        self._blank = False
        if not self._pieces or self._holder is None:
            return
        line = "".join(self._pieces)
        start = self._length
        share = min(1.0, self._linked / len(line))
        holder = self._holder
        self.blocks.append(Block(start, start + len(line), holder.tag, holder.path, holder.heading, share))
        self.lines.append(line)
        self._length += len(line) + 1
        self._pieces, self._linked, self._holder = [], 0, None


class _Walk:
    """One pass over the tree, without recursion."""

    def __init__(self, root: Any, *, keep_hidden: bool) -> None:
        self.out = _Lines()
        self.hidden = 0
        self._keep_hidden = keep_hidden
        self._places: list[_Place] = []
        self._low = 0  # fewest open elements since the last text: those hold the whole line
        self._paths: dict[str, str] = {}
        self._run(root)

    def _run(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._skipped(element):
                    walk.skip_subtree()
                    self._places.append(
                        self._places[-1] if self._places else _Place("", 0, "", 0, False, False)
                    )
                    continue
                self._enter(element)
            else:
                self._leave(element)
        self.out.flush()

    def _skipped(self, element: Any) -> bool:
        if not _shows(element):
            return True
        if self._keep_hidden or element.tag in {"html", "body"} or not _is_hidden(element):
            return False
        self.hidden += sum(len((node.text or "").strip()) for node in element.iter() if _shows(node))
        return True

    def _enter(self, element: Any) -> None:
        tag = element.tag.rpartition("}")[2]
        self._places.append(self._place(element, tag))
        if tag in _BLOCKS or tag == "br":
            self.out.flush()
        if tag == "q":
            self._text("“")
        if element.text:
            self._text(element.text)

    def _leave(self, element: Any) -> None:
        tag = element.tag
        shown = _shows(element)
        if shown and tag == "q":
            self._text("”")
        if shown and tag in _BLOCKS:
            self.out.flush()
        self._places.pop()
        self._low = min(self._low, len(self._places))
        if element.tail and self._places:
            self._text(element.tail)

    def _text(self, text: str) -> None:
        if self.out.empty:
            self._low = len(self._places)
        level = min(self._low, len(self._places))
        self.out.add(text, self._places[-1], self._places[level - 1])
        if not self.out.empty:
            self._low = level

    def _place(self, element: Any, tag: str) -> _Place:
        above = self._places[-1] if self._places else _Place("", 0, "body", 0, False, False)
        path = above.path
        if above.depth < MAX_PATH and tag != "html":
            path = f"{path}/{_label(element, tag)}" if path else _label(element, tag)
            path = self._paths.setdefault(path, path)
        return _Place(
            path=path,
            depth=above.depth + (tag != "html"),
            tag=tag if tag in _BLOCKS else above.tag,
            heading=_HEADINGS.get(tag, 0 if tag in _BLOCKS and tag != "p" else above.heading),
            in_link=above.in_link or (tag == "a" and element.get("href") is not None),
            preformatted=above.preformatted or tag in _PREFORMATTED,
        )


def visible_text(html: str) -> str:
    """Return the text that a reader of decoded markup sees, by the rules of this module's docstring.

    Deterministic and linear in the size of the page.

    Raises:
        DepthError: elements nest deeper than the parser takes (2,048 levels).
    """
    return visible_blocks(html)[0]


def visible_blocks(html: str) -> tuple[str, tuple[Block, ...]]:
    """Return `visible_text` and, for each of its lines, where it stands in the markup.

    Raises:
        DepthError: elements nest deeper than the parser takes (2,048 levels).
    """
    root = parse(html)
    if root is None:
        return "", ()
    walk = _Walk(root, keep_hidden=False)
    if walk.hidden > sum(map(len, walk.out.lines)):
        walk = _Walk(root, keep_hidden=True)
    return "\n".join(walk.out.lines), tuple(walk.out.blocks)


def parse(html: str) -> Any | None:
    """Return the root element of tolerantly parsed markup, None where there is nothing to parse.

    Raises:
        DepthError: elements nest deeper than the parser takes (2,048 levels).
    """
    data = _NOT_XML.sub("\ufffd", html).encode("utf-8", "replace")
    if not data.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if _excessive(parser.error_log):
            raise DepthError(str(error)) from error
        return None
    if _excessive(parser.error_log):
        raise DepthError("excessive depth")
    return root


def _excessive(log: Iterator[Any]) -> bool:
    return any("depth" in entry.message for entry in log if entry.type_name != "ERR_OK")


def _shows(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag not in _SKIPPED


def _is_hidden(element: Any) -> bool:
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _label(element: Any, tag: str) -> str:
    """Return the element's own part of a path: ``div#id.class.class``, lower-case, at most 120 characters."""
    name = element.get("id")
    classes = element.get("class")
    if not name and not classes:
        return tag
    label = tag
    if name:
        label += "#" + "-".join(name.replace("/", "-").split())
    if classes:
        label += "".join(f".{word}" for word in classes.replace("/", "-").split()[:6])
    return label[:120].lower()
