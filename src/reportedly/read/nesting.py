"""How deep an HTML page nests, found before any parser sees it.

A linear scan over the tags with a stack like the one libxml2 keeps: an end tag closes the nearest element of
its name unless an element of higher priority stands in between (htmlEndPriority in libxml2's HTMLparser.c).
It stops at the limit, so a million nested tags cost as much as a few thousand. Markup made to fool the scan
still meets libxml2's own limit of 2,048 levels, which `reportedly.read.html` reports as the same reject.
"""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the blank-separated words of ``text`` as a set: long lists of element names stay readable."""
    return frozenset(text.split())


VOID = words(
    "area base basefont bgsound br col command embed frame hr img input keygen link meta param source track"
    " wbr"
)
"""Elements that have no content."""

_OPTIONAL_END = words("p li dt dd tr td th thead tbody tfoot option optgroup colgroup rp rt html head body")
"""Elements that close themselves: they can only nest as deep as their parents do, a few levels for each."""

_FORMATTING = words("b big bdo em font i s small strike strong tt u")
"""Elements left open by careless pages that libxml2 closes when the next paragraph or cell begins."""

_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "noembed", "noframes", "plaintext"))
_PRIORITY = {"div": 1, "table": 2}
# A tag with its attributes, quoted values whole. Possessive, so it never backtracks; a quotation mark that is
# not closed can fail only once in a page, so the scan stays linear.
_TAG = re.compile(r"""<(?:(!--)|(/?)([a-z][^\s/>]*+)(?>[^>=]++|=\s*+(?>"[^"]*+"|'[^']*+')?+)*+>?)""")
_COMMENT_END = re.compile("--!?>")


class _OpenTags:
    """The open elements, with look-ups in constant time for each name and priority."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._barriers: tuple[list[int], ...] = ([], [], [])

    def open(self, name: str) -> None:
        place = len(self.names)
        self.names.append(name)
        self._places.setdefault(name, []).append(place)
        self._barriers[_PRIORITY.get(name, 0)].append(place)

    def close(self, name: str) -> None:
        places = self._places.get(name)
        if not places:
            return
        target = places[-1]
        priority = _PRIORITY.get(name, 0)
        if any(barrier and barrier[-1] > target for barrier in self._barriers[priority + 1 :]):
            return
        while len(self.names) > target:
            self._pop()

    def close_formatting(self) -> None:
        """Close the innermost elements that a new paragraph or cell ends."""
        while self.names and self.names[-1] in _FORMATTING:
            self._pop()

    def _pop(self) -> None:
        gone = self.names.pop()
        self._places[gone].pop()
        self._barriers[_PRIORITY.get(gone, 0)].pop()


def too_deep(html: str, limit: int) -> bool:
    """Tell whether elements nest deeper than ``limit``. Linear, and done once the limit is passed."""
    markup = html.lower()
    opened = _OpenTags()
    at = 0
    while match := _TAG.search(markup, at):
        at = match.end()
        comment, slash, name = match.groups()
        if comment:
            ended = _COMMENT_END.search(markup, at - 2)  # "<!-->" is a whole comment
            at = ended.end() if ended else len(markup)
        elif slash:
            opened.close(name)
        elif name in _RAW:
            ended_at = markup.find(f"</{name}", at)
            at = ended_at if ended_at >= 0 else len(markup)
        elif name in _OPTIONAL_END:
            opened.close_formatting()
        elif name not in VOID:
            opened.open(name)
            if len(opened.names) > limit:
                return True
    return False
