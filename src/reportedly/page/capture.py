"""Lines of a page to drafts of its stories: one pass over the lines, one place to be in at a time.

header    before a story's text: headline, date, byline, outlet, section; menus before them
body      the story's text, with subheads and captions; chrome between is set aside
aside     after "Read more:" in the middle of a story, until its next paragraph
zone      after "Popular posts" and the like: other stories, each a story of its own where it has text
comments  after "Comments": readers' words, until another story certainly begins
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.page.chrome import bare, is_caption, is_image_label, opening, reason_of, zone_of
from reportedly.page.dateline import find_dateline
from reportedly.page.draft import Draft, Line
from reportedly.page.glue import split_glued
from reportedly.page.header import evened, read_header
from reportedly.page.lexicon import words
from reportedly.page.mail import read_mail_header
from reportedly.page.names import Known, Part, is_outlet_like, is_person_like, read_byline
from reportedly.page.opening import glued_title, note, open_paragraph, repeated
from reportedly.page.shape import is_cut, is_headline, is_paragraph, is_subhead, says_goes_on, trailer

ENOUGH_BODY = (
    60  # characters of text after which "Comments" or "Related" closes a story instead of decorating it
)
LONGEST_HEADER = 150  # lines that may wait before a story's text: the menus of large sites are as long
LONGEST_RUN = 4  # short lines in a row that are a list of links rather than subheads
LONGEST_ASIDE = 8  # lines after "Read more:" that may be links


@dataclass(frozen=True, slots=True)
class Manner:
    """How freely a page is taken apart.

    split: whether several stories may stand on it (captures) or one (a row, an HTML main text).
    menus: whether unexplained short lines before the headline are menus.
    marked: whether the markup says which lines are headings, so that short lines are not.
    """

    split: bool = True
    menus: bool = True
    marked: bool = False


class Reader:
    """One pass over a page's lines. `read` gives the drafts in page order; drafts may still be
    without text.
    """

    def __init__(self, lines: Sequence[Line], known: Known, manner: Manner) -> None:
        self._lines = list(lines)
        self._known = known
        self._manner = manner
        self._at = 0
        self._state = "header"
        self._aside_lines = 0
        self._waiting: list[Line] = []
        self._draft = Draft()
        self._main = self._draft
        self.drafts = [self._draft]
        if known.title:
            self._draft.values["title"] = known.title

    def read(self) -> list[Draft]:
        """Return the drafts of the page, in page order."""
        while self._at < len(self._lines):
            self._step(self._lines[self._at])
        self._settle_header(None)
        if self._manner.split:
            self._close()
        return self.drafts

    def _step(self, line: Line) -> None:
        if len(self._waiting) > LONGEST_HEADER:
            self._settle_header(None)
        if self._chrome(line) or self._start_of_story(line):
            return
        self._at += 1
        if self._state == "header":
            self._header_line(line)
        elif self._state == "body":
            self._body_line(line)
        elif self._state == "comments":
            self._draft.take(line, "comments")
        else:
            self._other_line(line)

    # chrome

    def _chrome(self, line: Line) -> bool:
        """Set aside a line that is chrome, and change the state where it is a marker."""
        if line.heading == 0 or len(line.text) < 40:
            zone = zone_of(line.text)
            if zone and self._marker(line, zone):
                return True
        cut = opening(line.text)
        if cut:
            self._add_waiting()
            self._draft.add(line.start, line.start + len(line.text[: cut[0]].rstrip()), cut[1])
            line = replace(line, start=line.start + cut[0], text=line.text[cut[0] :])
            self._lines[self._at] = line
            return False
        reason = (
            "image-label" if is_image_label(line.text) and self._state != "header" else reason_of(line.text)
        )
        if reason is None or self._is_title(line):
            return False
        self._at += 1
        if (
            says_goes_on(line.text)
            and self._draft.paragraphs
            and self._draft.size < 900
            and self._manner.split
        ):
            self._draft.partial = self._draft.paragraphs <= 2
        self._put(line, "comments" if self._state == "comments" and reason == "navigation" else reason)
        return True

    def _marker(self, line: Line, zone: str) -> bool:
        enough = self._draft.size >= ENOUGH_BODY or self._state in {"zone", "comments"}
        if not enough or self._is_title(line):
            return False
        if (not self._manner.split and zone == "comments" and self._text_ahead() > self._draft.size / 2) or (
            not self._manner.split and zone == "zone"
        ):
            zone = "aside"
        self._at += 1
        self._settle_header(None)
        self._state, self._aside_lines = zone, 0
        self._draft.take(line, "comments" if zone == "comments" else "teaser")
        return True

    def _text_ahead(self) -> int:
        ahead = self._lines[self._at + 1 : self._at + 400]
        return sum(len(line.text) for line in ahead if is_paragraph(line))

    def _is_title(self, line: Line) -> bool:
        title = self._draft.values.get("title") or self._known.title
        return bool(title) and self._state == "header" and evened(line.text) == evened(str(title))

    def _put(self, line: Line, role: str) -> None:
        """Note a line, behind the header lines that wait to be explained."""
        if self._state == "header" and self._waiting:
            self._waiting.append(replace(line, role=role))
        else:
            self._draft.take(line, role)

    # where stories begin

    def _start_of_story(self, line: Line) -> bool:
        if not self._manner.split:
            return False
        mail = read_mail_header(self._lines, self._at)
        if mail is not None:
            parts, count = mail
            self._begin(bool(self._draft.size))
            self._add_waiting()
            note(self._draft, parts)
            self._at += count
            self._state = "header"
            return True
        if self._state == "header" and not self._waiting and not self._draft.pieces:
            return False
        return self._headline_start(line) or self._teaser_start(line)

    def _headline_start(self, line: Line) -> bool:
        """Begin a story at a headline that is proved by what follows it: itself again, its date, a
        dateline.
        """
        if self._state == "header":
            return False
        after = self._next(1)
        free = self._state == "zone" or (self._state != "comments" and line.gap > 0)
        glued = split_glued(line.text, line.start, self._known)
        if glued and (free or self._state == "comments") and (after is None or not line.text[0].islower()):
            self._begin(True)
            return True
        if after is None or not is_headline(line):
            return False
        again = repeated(after.text, line.text)
        if again is not None and len(line.text) >= 15 and len(after.text) > again + 40 and after is not line:
            self._begin(True)
            return True
        if free and len(line.text.split()) >= 3 and self._proved(line, after):
            self._begin(True)
            return True
        return False

    def _proved(self, line: Line, after: Line) -> bool:
        if is_paragraph(line):
            return False
        if is_paragraph(after):
            dateline = find_dateline(after.text, 0, frozenset(self._known.outlets))
            return dateline is not None and (dateline.place is not None or dateline.agency is not None)
        parts = read_header(after.text, after.start, self._known)
        following = self._next(2)
        full = following is not None and (
            is_paragraph(following) or bool(read_header(following.text, 0, self._known))
        )
        return full and any(part.role in {"date", "byline"} for part in parts)

    def _teaser_start(self, line: Line) -> bool:
        """Begin a story in a zone of teasers, or right after one: a headline with a paragraph, or a cut
        paragraph.
        """
        closed = self._draft.partial and self._state == "body"
        if self._state not in {"zone", "aside"} and not closed:
            return False
        if is_paragraph(line) or is_cut(line.text):
            return self._cut_paragraph(line)
        after = self._next(1)
        if after is None or not is_headline(line) or not (is_paragraph(after) or is_cut(after.text)):
            return False
        if (
            is_cut(after.text)
            or self._goes_on_after(2)
            or (self._state == "zone" and len(after.text) >= 80)
            or closed
        ):
            self._begin(True)
            return True
        return False

    def _cut_paragraph(self, line: Line) -> bool:
        glued = bool(glued_title(line.text, None, self._known))
        if (is_cut(line.text) and len(line.text) >= 60) or glued:
            self._begin(True)
            return True
        if self._state == "zone" and self._draft is not self._main and self._draft.size and line.gap < 3:
            self._state = "body"  # the zone's story has another paragraph
        return False

    def _goes_on_after(self, ahead: int) -> bool:
        line = self._next(ahead)
        return line is not None and says_goes_on(line.text)

    def _next(self, ahead: int) -> Line | None:
        at = self._at + ahead
        return self._lines[at] if at < len(self._lines) else None

    def _begin(self, new: bool) -> None:
        self._settle_header(None)
        if new and (self._draft.size or self._draft.values or self._draft is not self._main):
            self._close()
            self._draft = Draft()
            self.drafts.append(self._draft)
        self._state = "header"

    def _close(self) -> None:
        """Subheads that head nothing are no subheads: trailing ones, and all but the last of a long run."""
        pieces = self._draft.pieces
        shown = [i for i, piece in enumerate(pieces) if piece.kept]
        run: list[int] = []
        for i in [*shown, -1]:
            if i >= 0 and pieces[i].role == "heading":
                run.append(i)
                continue
            spared = 0 if i < 0 else (1 if len(run) >= LONGEST_RUN else len(run))
            for lost in run[: len(run) - spared]:
                pieces[lost] = replace(pieces[lost], role="teaser" if i < 0 else "navigation")
            run = []

    # inside

    def _header_line(self, line: Line) -> None:
        glued = split_glued(line.text, line.start, self._known)
        if glued and not is_sentence_with_date(line, glued):
            self._add_waiting()
            note(self._draft, glued)
            return
        parts = read_header(line.text, line.start, self._known)
        if parts:
            self._waiting.append(replace(line, role="header"))
        elif is_paragraph(line) or self._opens_text(line):
            self._settle_header(line)
            self._first_paragraph(line)
        elif is_caption(line.text):
            self._waiting.append(replace(line, role="caption"))
        else:
            self._waiting.append(line)

    def _opens_text(self, line: Line) -> bool:
        """Whether a shorter line is text all the same: it has a dateline, repeats the title, or is a
        teaser's.
        """
        titled = any(not waiting.role for waiting in self._waiting) or "title" in self._draft.values
        if not titled and self._manner.split:
            return is_cut(line.text) and len(line.text) >= 60
        dateline = find_dateline(line.text, 0, frozenset(self._known.outlets))
        return (dateline is not None and dateline.end < len(line.text)) or is_cut(line.text)

    def _first_paragraph(self, line: Line) -> None:
        rest = open_paragraph(line, self._draft, self._known)
        self._state = "body"
        if rest.text.strip():
            self._text(rest)

    def _body_line(self, line: Line) -> None:
        credited = self._credit_line(line)
        if credited:
            note(self._draft, credited)
        elif is_caption(line.text):
            self._draft.take(line, "caption")
        elif self._is_subhead(line):
            self._draft.take(line, self._subhead_role(line))
        else:
            self._text(line)

    def _is_subhead(self, line: Line) -> bool:
        if self._manner.marked:
            return line.heading > 0
        return not is_paragraph(line) and is_subhead(line)

    def _subhead_role(self, line: Line) -> str:
        """A subhead with nothing after it heads nothing: in a capture it is furniture, elsewhere it stays."""
        if self._next(0) is not None:
            return "heading"
        return "boilerplate" if self._manner.split and line.gap and not line.heading else "text"

    def _credit_line(self, line: Line) -> list[Part]:
        """Read a byline or labelled date at the foot of a story, or between its paragraphs."""
        if len(line.text) > 140 or is_paragraph(line):
            return []
        signed = re.match(r"^[-–—]{1,2}\s?(?=[A-Z])", line.text)
        if signed and is_person_like(line.text[signed.end() :]):
            return [Part(line.start, line.end, "byline", line.text[signed.end() :])]
        parts = read_header(line.text, line.start, self._known)
        if parts and any(part.role == "date" and (part.label or len(parts) > 1) for part in parts):
            return parts
        return read_byline(line.text, line.start, self._known) if parts else []

    def _text(self, line: Line) -> None:
        cut = trailer(line.text)
        if cut < len(line.text) and cut > 20:
            tail = line.text[cut:]
            body = line.text[:cut].rstrip()
            self._draft.take(replace(line, end=line.start + len(body), text=body), "text")
            self._draft.add(line.end - len(tail.lstrip()), line.end, "teaser")
            self._draft.partial = self._manner.split or is_cut(body) or "chars]" in tail
            return
        self._draft.take(line, "text")
        self._draft.partial = is_cut(line.text)

    def _other_line(self, line: Line) -> None:
        """Read a line after "Read more:" or inside a zone: a link's words, or the story's next paragraph."""
        self._aside_lines += 1
        back = is_paragraph(line) and not line.text.endswith(("?", "!"))
        limit = LONGEST_ASIDE if self._state == "aside" and self._manner.split else len(self._lines)
        if (
            (back and self._state == "aside")
            or self._aside_lines > limit
            or (back and len(line.text) >= 200 and self._draft.size and self._draft is self._main)
        ):
            self._state = "body"
            self._body_line(line)
        else:
            self._draft.take(line, "teaser")

    # the header's waiting lines

    def _add_waiting(self) -> None:
        self._settle_header(None, final=False)

    def _settle_header(self, first: Line | None, *, final: bool = True) -> None:
        """Explain the header lines that waited: which is the headline, what the others are."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
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
                note(self._draft, read_header(line.text, line.start, self._known))
            elif line.role:
                self._draft.take(line, line.role)
            else:
                self._explain(line, before_title, first)

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
        headed = [line for line in free if line.heading == 1] or [line for line in near if _could_head(line)]
        headed = headed[-2:]  # menus above may hold long entries; a standfirst may stand below the headline
        lone = [line for line in free if len(line.text.split()) >= 2 and not is_outlet_like(line.text)]
        return headed[0] if headed else (lone[0] if lone and first is not None else None)

    def _explain(self, line: Line, before_title: bool, first: Line | None) -> None:
        """Give a short line of the header its meaning: outlet, byline, section, menu, or a standfirst that is
        kept.
        """
        text = bare(line.text)
        titled = "title" in self._draft.values
        if first is None and not self._draft.size and not titled:
            self._draft.take(line, "text")
        elif not before_title and is_outlet_like(text) and "outlet" not in self._draft.values and titled:
            note(self._draft, [Part(line.start, line.end, "outlet", text)])
        elif not before_title and is_person_like(text) and titled and text.lower() not in words("cities"):
            note(self._draft, [Part(line.start, line.end, "byline", text)])
        elif (before_title or not titled) and self._manner.menus:
            self._draft.take(line, "navigation")
        elif len(text.split()) >= 4 or not self._manner.menus:
            self._draft.take(line, "heading")
        else:
            self._draft.take(line, "label")


def _could_head(line: Line) -> bool:
    return len(line.text.split()) >= 4 and is_headline(line)


def _after_menus(waiting: Sequence[Line]) -> Sequence[Line]:
    """Return the header lines after the last run of three or more menu entries: there the headline stands."""
    run, begin = 0, 0
    for i, line in enumerate(waiting):
        run = 0 if line.role or len(line.text.split()) >= 4 else run + 1
        if run >= 3:
            begin = i + 1
    rest = waiting[begin:]
    return rest if any(not line.role and _could_head(line) for line in rest) else waiting


def _names_section(line: Line) -> bool:
    """Whether a line is a section's name alone: beside others before the headline it is an entry of a
    menu.
    """
    return bare(line.text).lower() in words("sections")


def is_sentence_with_date(line: Line, parts: Sequence[Part]) -> bool:
    """Whether a glued header line is rather a sentence that ends in a date."""
    return line.text.endswith(".") and all(part.role != "section" for part in parts)
