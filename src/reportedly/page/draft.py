"""The working model of a page being taken apart: lines, drafts made of them, stories built from drafts.

A draft only lists ranges of the page: what is kept, what is set aside and why, what is replaced inside the
kept.
`build_stories` turns drafts into stories; it alone computes texts and edits, so that offsets hold by
construction.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportedly.page.dates import Dated
from reportedly.types import Edit, Metadata, Page, PublishedDate, SetAside, Span, Story, content_id

PARAGRAPH = "\n\n"


@dataclass(slots=True)
class Line:
    """One unit of a page's text without the blanks at its ends: a line, or a hard-wrapped paragraph.

    text: ``page.text[start:end]``. gap: number of blank lines before it. role: "" not read yet, "text",
    "heading", "caption", or the reason it is set aside. edits: replacements inside it.
    """

    start: int
    end: int
    text: str
    gap: int = 0
    role: str = ""
    heading: int = 0
    edits: tuple[Edit, ...] = ()

    def at(self, offset: int, *, end: bool = False) -> int:
        """Return the page offset of ``text[offset]``, signs of markup that the text lacks counted in.

        With ``end`` the offset is a range's end: signs that stand right there are not of the range.
        """
        place = self.start + offset
        for edit in sorted(self.edits, key=lambda edit: edit.page_start):
            if edit.reason == "markup" and edit.page_start < place + (not end):
                place += edit.page_end - edit.page_start
        return place


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of the page with the role it plays: "text", "heading", "caption", or why it is set aside."""

    start: int
    end: int
    role: str

    @property
    def kept(self) -> bool:
        """Whether the range stands in the story's text."""
        return self.role in KEPT


KEPT = frozenset({"text", "heading", "caption"})


@dataclass(slots=True)
class Draft:
    """One story before it is built.

    pieces: in page order, not overlapping. edits: replacements inside kept pieces. values: metadata read so
    far
    (title, section, outlet, byline, agency, place, url); origins: where those not from the text were read.
    published: the date that markup states. dates: with the role their label gives them:
    "published", "" or "updated". dateline: its page range.
    size, paragraphs: characters kept and kept pieces of running text, counted as they are added.
    """

    pieces: list[Piece] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    published: PublishedDate | None = None
    dates: list[tuple[str, Dated]] = field(default_factory=list)
    dateline: tuple[int, int] | None = None
    partial: bool = False
    size: int = 0
    paragraphs: int = 0

    def add(self, start: int, end: int, role: str) -> None:
        """Note a range of the page, in order."""
        if end > start:
            self.pieces.append(Piece(start, end, role))
            self.size += end - start if role in KEPT else 0
            self.paragraphs += role == "text"

    def take(self, line: Line, role: str) -> None:
        """Note a whole line."""
        self.add(line.start, line.end, role)
        if role in KEPT:
            self.edits += line.edits

    @property
    def place(self) -> int:
        """Where on the page the draft begins."""
        return min((piece.start for piece in self.pieces), default=0)


def read_lines(text: str) -> list[Line]:
    """Split ``text`` into its non-blank lines, each without the blanks at its ends."""
    lines: list[Line] = []
    at, gap = 0, 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip(BLANKS)
        if body:
            start = at + raw.index(body[0])
            lines.append(Line(start, start + len(body), body, gap))
            gap = 0
        else:
            gap += 1
        at += len(raw)
    return lines


# What surrounds words without being one; the byte order mark and the zero-width space are no blanks to
# Python.
BLANKS = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"
)


def solid(text: str) -> bool:
    """Whether ``text`` holds anything but blanks."""
    return bool(text.strip(BLANKS))


def build_stories(page: Page, drafts: Sequence[tuple[Draft, Metadata]]) -> tuple[Story, ...]:
    """Build the stories of ``page`` from drafts that each keep some text, in page order."""
    complete = _claim_the_rest(page.text, [draft for draft, _ in drafts])
    return tuple(
        _build(page, index, draft, metadata)
        for index, (draft, (_, metadata)) in enumerate(zip(complete, drafts, strict=True))
    )


def tidy(text: str, drafts: Sequence[Draft]) -> None:
    """Put every draft's pieces in page order without blanks at their ends; where two overlap the earlier
    stands.
    """
    owned = sorted(
        ((piece, draft) for draft in drafts for piece in draft.pieces),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    for draft in drafts:
        draft.pieces, draft.size, draft.paragraphs = [], 0, 0
    at = 0
    for piece, draft in owned:
        start = max(piece.start, at)
        body = text[start : piece.end].strip(BLANKS) if start < piece.end else ""
        if body:
            start = text.index(body[0], start)
            draft.add(start, start + len(body), piece.role)
            at = start + len(body)


def _claim_the_rest(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Give what no draft noted to the draft before it, so that nothing of the page vanishes."""
    owned = sorted(
        (piece.start, piece.end, index) for index, draft in enumerate(drafts) for piece in draft.pieces
    )
    claimed: list[list[Piece]] = [[] for _ in drafts]
    at, owner = 0, owned[0][2] if owned else 0
    for start, end, index in [*owned, (len(text), len(text), -1)]:
        claimed[owner] += _stray(text, at, start)
        at, owner = max(at, end), index
    return [
        replace(draft, pieces=sorted([*draft.pieces, *more], key=lambda piece: piece.start))
        if more
        else draft
        for draft, more in zip(drafts, claimed, strict=True)
    ]


def _stray(text: str, start: int, end: int) -> Iterator[Piece]:
    gap = text[start:end]
    body = gap.strip(BLANKS)
    if body:
        first = start + gap.index(body[0])
        yield Piece(
            first, first + len(body), "separator" if not any(map(str.isalnum, body)) else "boilerplate"
        )


def _build(page: Page, index: int, draft: Draft, metadata: Metadata) -> Story:
    kept = [piece for piece in draft.pieces if piece.kept]
    edits = tuple(_edits(page, kept, draft))
    shift = _Shift(kept[0].start, edits)
    start, end = kept[0].start, kept[-1].end
    story = Story(
        id=content_id(page.id, str(start), str(end)),
        page_id=page.id,
        index=index,
        text="",
        page_start=start,
        page_end=end,
        edits=edits,
        language="und",
        metadata=metadata,
        partial=draft.partial,
        set_aside=tuple(_set_aside(page.text, draft.pieces)),
        dateline=shift.span(*draft.dateline) if draft.dateline else None,
        headings=tuple(shift.span(piece.start, piece.end) for piece in kept if piece.role == "heading"),
        captions=tuple(shift.span(piece.start, piece.end) for piece in kept if piece.role == "caption"),
    )
    return replace(story, text=_apply(page.text, start, end, edits))


def _apply(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    out: list[str] = []
    at = start
    for edit in edits:
        out += [text[at : edit.page_start], edit.replacement]
        at = edit.page_end
    return "".join([*out, text[at:end]])


def _edits(page: Page, kept: Sequence[Piece], draft: Draft) -> Iterator[Edit]:
    """Yield the edits inside kept pieces and, between two of them, the one that joins them."""
    inside = sorted(draft.edits, key=lambda edit: (edit.page_start, edit.page_end))
    reasons = {piece.start: piece.role for piece in draft.pieces if not piece.kept}
    starts = sorted(reasons)
    turn = 0
    for here, following in zip(kept, [*kept[1:], None], strict=True):
        at = here.start
        while turn < len(inside) and inside[turn].page_end <= here.end:
            if inside[turn].page_start >= at:
                yield inside[turn]
                at = inside[turn].page_end
            turn += 1
        if following is None:
            continue
        gap = page.text[here.end : following.start]
        joint = _joint(page, gap, here, following)
        if joint != gap:
            left_out = bisect_right(starts, here.end - 1)
            stands = left_out < len(starts) and starts[left_out] < following.start
            yield Edit(here.end, following.start, joint, reasons[starts[left_out]] if stands else "paragraph")


def _joint(page: Page, gap: str, here: Piece, following: Piece) -> str:
    if page.html is None and not solid(gap):
        return gap
    if page.html is None and "\n" not in gap and here.role == following.role == "text":
        return " "
    if page.html is None and gap.count("\n") == 1 and not any(map(str.isalnum, gap)):
        return "\n"  # signs of markup at the head of a line, such as a quote's
    return PARAGRAPH


def _set_aside(text: str, pieces: Iterable[Piece]) -> Iterator[SetAside]:
    for piece in pieces:
        if not piece.kept:
            yield SetAside(piece.start, piece.end, text[piece.start : piece.end], piece.role)


class _Shift:
    """Maps page offsets of kept text to story offsets, by the edits."""

    def __init__(self, start: int, edits: Sequence[Edit]) -> None:
        self._start = start
        self._ends = [edit.page_end for edit in edits]
        self._edits = edits
        self._moved = [0]
        for edit in edits:
            self._moved.append(self._moved[-1] + len(edit.replacement) - (edit.page_end - edit.page_start))

    def at(self, offset: int) -> int:
        """Return the story offset of page offset ``offset``; inside an edit, its end."""
        before = bisect_right(self._ends, offset)
        if before < len(self._edits) and self._edits[before].page_start < offset:
            return self.at(self._edits[before].page_end)
        return offset - self._start + self._moved[before]

    def span(self, start: int, end: int) -> Span:
        """Return the story span of page range [start, end)."""
        return Span(self.at(start), self.at(end))
