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

from reportedly.page.chrome import is_caption, is_image_label, opening, reason_of, zone_of
from reportedly.page.dateline import find_dateline
from reportedly.page.draft import Draft, Line
from reportedly.page.glue import split_glued
from reportedly.page.header import evened, named_date, read_header
from reportedly.page.mail import read_mail_header
from reportedly.page.names import Known, Part, is_person_like, read_byline
from reportedly.page.opening import glued_title, note, open_paragraph, repeated
from reportedly.page.shape import (
    breaks_off,
    is_clock,
    is_cut,
    is_headline,
    is_paragraph,
    is_subhead,
    says_goes_on,
    trailer,
)
from reportedly.page.waiting import Header, could_head

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
        self._tail = ""
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
        if self._manner.split and is_clock(line.text):
            reason = "date"
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
        """End a story: text that breaks off makes it partial, and subheads that head nothing are none.

        Such are trailing ones, and all but the last of a long run.
        """
        self._draft.partial |= breaks_off(self._tail)
        self._tail = ""
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
        parts = self._header_parts(line)
        if parts:
            self._waiting.append(replace(line, role="header"))
        elif self._glued_headline(line):
            return
        elif is_paragraph(line) or self._opens_text(line):
            self._settle_header(line)
            self._first_paragraph(line)
        elif is_caption(line.text):
            self._waiting.append(replace(line, role="caption"))
        else:
            self._waiting.append(line)

    def _glued_headline(self, line: Line) -> bool:
        glued = split_glued(line.text, line.start, self._known)
        if not glued or is_sentence_with_date(line, glued):
            return False
        self._add_waiting()
        note(self._draft, glued, line)
        return True

    def _header_parts(self, line: Line) -> list[Part]:
        """Read a header line; under a headline a name beside a date is no headline of its own."""
        titled = "title" in self._draft.values or any(could_head(waiting) for waiting in self._waiting)
        return read_header(line.text, line.start, self._known) or (
            named_date(line.text, line.start, self._known) if titled else []
        )

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
            note(self._draft, credited, line)
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
        if self._manner.split and not self._draft.dates and self._ends_here() and parts:
            return parts
        return read_byline(line.text, line.start, self._known) if parts else []

    def _ends_here(self) -> bool:
        """Whether no more of the story's text follows: a date at its foot is then its own."""
        after = self._next(0)
        return after is None or zone_of(after.text) is not None or reason_of(after.text) is not None

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
        self._tail = line.text
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
        if waiting:
            Header(self._draft, self._known, self._manner.menus).explain(waiting, first, final=final)


def is_sentence_with_date(line: Line, parts: Sequence[Part]) -> bool:
    """Whether a glued header line is rather a sentence that ends in a date."""
    return line.text.endswith(".") and all(part.role != "section" for part in parts)
