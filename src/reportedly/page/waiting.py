"""The lines that stand before a story's text, once it is known where the text begins: which is the headline,
and what the others are.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.page.chrome import bare
from reportedly.page.draft import Draft, Line
from reportedly.page.header import evened, named_date, read_header
from reportedly.page.lexicon import words
from reportedly.page.names import Known, Part, is_outlet_like, is_person_like
from reportedly.page.opening import note, repeated
from reportedly.page.shape import is_headline


class Header:
    """The header of the story that is being drafted.

    menus: whether unexplained short lines before the headline are menus.
    """

    def __init__(self, draft: Draft, known: Known, menus: bool) -> None:
        self._draft = draft
        self._known = known
        self._menus = menus

    def explain(self, waiting: Sequence[Line], first: Line | None, *, final: bool) -> None:
        """Take every waiting line into the draft; ``first`` begins the text, None if no text follows.

        ``final`` tells that no more of this header can follow.
        """
        title = self._find_title(waiting, first, final)
        before_title = title is not None
        menu = sum(line.role in {"", "header"} and len(line.text) <= 40 for line in waiting) > 2
        for line in waiting:
            if line is title:
                before_title = False
                self._draft.values["title"] = line.text
                self._draft.take(line, "headline")
            elif line.role == "header" and before_title and menu and _names_section(line):
                self._draft.take(line, "navigation")
            elif line.role == "header":
                read = read_header(line.text, line.start, self._known)
                note(self._draft, read or named_date(line.text, line.start, self._known), line)
            elif line.role:
                self._draft.take(line, line.role)
            else:
                self._take(line, before_title, first)

    def _find_title(self, waiting: Sequence[Line], first: Line | None, final: bool) -> Line | None:
        free = [line for line in waiting if not line.role]
        known = self._draft.values.get("title")
        if known:
            return next(
                (
                    line
                    for line in free
                    if repeated(line.text, known) is not None
                    or (repeated(known, line.text) is not None and len(line.text) > 15)
                ),
                None,
            )
        if first is None and final and not self._draft.size and len(free) == 1:
            return None
        if first is not None:
            same = [
                line for line in free if len(line.text) >= 15 and repeated(first.text, line.text) is not None
            ]
            if same:
                return same[-1]
        near = [line for line in _after_menus(waiting) if not line.role]
        headed = [line for line in free if line.heading == 1] or [line for line in near if could_head(line)]
        headed = headed[-2:]  # menus above may hold long entries; a standfirst may stand below the headline
        lone = [line for line in free if len(line.text.split()) >= 2 and not is_outlet_like(line.text)]
        return headed[0] if headed else (lone[0] if lone and first is not None else None)

    def _take(self, line: Line, before_title: bool, first: Line | None) -> None:
        """Give a short line of the header its meaning: outlet, byline, section, menu, or a standfirst that is
        kept.
        """
        text = bare(line.text)
        titled = "title" in self._draft.values
        if titled and evened(line.text) == evened(self._draft.values["title"]):
            self._draft.take(line, "headline")
            return
        if first is None and not self._draft.size and not titled:
            self._draft.take(line, "text")
        elif not before_title and is_outlet_like(text) and "outlet" not in self._draft.values and titled:
            note(self._draft, [Part(line.start, line.end, "outlet", text)])
        elif not before_title and is_person_like(text) and titled and text.lower() not in words("cities"):
            note(self._draft, [Part(line.start, line.end, "byline", text)])
        elif (before_title or not titled) and self._menus:
            self._draft.take(line, "navigation")
        elif len(text.split()) >= 4 or not self._menus:
            self._draft.take(line, "heading")
        else:
            self._draft.take(line, "label")


def could_head(line: Line) -> bool:
    """Whether a line could be the headline: some words that end no sentence."""
    return len(line.text.split()) >= 4 and is_headline(line)


def _after_menus(waiting: Sequence[Line]) -> Sequence[Line]:
    """Return the header lines after the last run of three or more menu entries: there the headline stands."""
    run, begin = 0, 0
    for i, line in enumerate(waiting):
        entry = line.role == "navigation" or not (line.role or len(line.text.split()) >= 4)
        run = run + 1 if entry else 0
        if run >= 3:
            begin = i + 1
    rest = waiting[begin:]
    return rest if any(not line.role and could_head(line) for line in rest) else waiting


def _names_section(line: Line) -> bool:
    """Whether a line is a section's name alone: beside others before the headline it is an entry of a
    menu.
    """
    return bare(line.text).lower() in words("sections")
