"""Half two's input: all stories and statements of a case, in a fixed order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from reportedly.store.statement_rows import PARTS, commitment_of, tie_of, time_of, voice_of
from reportedly.types import Kind, Span, TimeMention, Voice, content_id
from reportedly.types.claims import Corpus, StatementRow, StoryRow

if TYPE_CHECKING:
    from reportedly.store import Case

DIMENSIONS = 384
"""Of a statement's vector."""

_STORIES = """
    SELECT t.*, p.name AS page_name,
           t.partial AND EXISTS (SELECT 1 FROM stories o WHERE o.page_id = t.page_id AND o.id <> t.id)
               AS teaser
    FROM stories t JOIN pages p ON p.id = t.page_id
"""
_SIGNATURE = "SELECT id, name, engine FROM pages ORDER BY id"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What half two reads. left_out: statements that it does not, by reason."""

    corpus: Corpus
    left_out: Mapping[str, int]


def signature(case: Case) -> str:
    """Return a content hash of all that half two reads: it changes with every page added or read anew.

    Raises:
        CaseError: the case cannot be read.
    """
    return content_id(*("\t".join(row) for row in case.select(_SIGNATURE)))


def read_corpus(case: Case) -> Gathered:
    """Read all stories, and the statements that can stand for or against a claim.

    Left out are statements in captions and subheads, and those of a story of which a page shows only the
    beginning beside other stories: a teaser repeats what another page says. Call it in a `Case.snapshot`,
    since it reads table after table.

    Raises:
        CaseError: the case cannot be read, or holds what was never written.
    """
    with case.intact():
        rows = [dict(row) for row in case.select(_STORIES)]
        stories = sorted(map(_story, rows), key=_age)
        aside = {row["id"]: _Aside(row) for row in rows}
        places = {story.id: place for place, story in enumerate(stories)}
        return _gathered(case, tuple(stories), places, aside)


def _gathered(
    case: Case, stories: tuple[StoryRow, ...], places: Mapping[str, int], aside: Mapping[str, _Aside]
) -> Gathered:
    left_out: Counter[str] = Counter()
    found: list[tuple[tuple[int, int, str], StatementRow]] = []
    vectors = np.empty((next(case.select("SELECT count(vector) FROM statements"))[0], DIMENSIONS), np.float32)
    make = _Maker()
    rows = 0
    for row, parts in _joined(case):
        spans = tuple(_span(one) for one in parts["excerpts"] if one["role"] == "content")
        reason = aside[row["story_id"]].reason(spans)
        if reason:
            left_out[reason] += 1
            continue
        whole = row["vector"] is not None and len(row["vector"]) == 2 * DIMENSIONS
        statement = make.statement(row, spans, parts, rows if whole else -1)
        if whole:
            vectors[rows] = np.frombuffer(row["vector"], "<f2")
            rows += 1
        found.append(((places[row["story_id"]], row["start_char"], row["id"]), statement))
    found.sort(key=itemgetter(0))
    statements = tuple(statement for _, statement in found)
    return Gathered(Corpus(stories, statements, vectors[:rows]), dict(sorted(left_out.items())))


class _Aside:
    """Which stretches of one story support nothing."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._teaser = bool(row["teaser"])
        self._stretches = [
            (reason, start, end)
            for reason, column in (("caption", "captions"), ("heading", "headings"))
            for start, end in json.loads(row[column])
        ]

    def reason(self, spans: Iterable[Span]) -> str | None:
        """Return why a statement with this content supports nothing, None if it can."""
        if self._teaser:
            return "partial story"
        for span in spans:
            for reason, start, end in self._stretches:
                if start <= span.start < end:
                    return reason
        return None


def _age(story: StoryRow) -> tuple[bool, str, str, str]:
    """Sort key: by date, undated ones last; within one date, those without a time of day first."""
    return story.published is None, story.published or "", story.published_at or "", story.id


def _story(row: Mapping[str, Any]) -> StoryRow:
    return StoryRow(
        id=row["id"],
        page_id=row["page_id"],
        page=row["page_name"],
        index=row["position"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        byline=row["byline"],
        agency=row["agency"],
        url=row["url"],
        published=row["published"],
        published_at=row["published_at"],
        language=row["language"],
        partial=bool(row["partial"]),
    )


def _joined(case: Case) -> Iterator[tuple[Any, dict[str, list[Any]]]]:
    """Yield every statement with its rows of the other tables: each table is read once, in order of ids."""
    streams = {table: _Stream(case, table, order) for table, order in PARTS.items()}
    for row in case.select("SELECT * FROM statements ORDER BY id"):
        yield row, {table: stream.of(row["id"]) for table, stream in streams.items()}


class _Stream:
    """The rows of a table that refers to statements, taken in step with the statements."""

    def __init__(self, case: Case, table: str, order: str) -> None:
        sql = " ".join(("SELECT * FROM", table, "ORDER BY statement_id,", order))
        self._groups = groupby(case.select(sql), key=itemgetter("statement_id"))
        self._next = self._advance()

    def of(self, statement_id: str) -> list[Any]:
        """Return the rows of a statement; to be asked in ascending order of ids."""
        while self._next and self._next[0] < statement_id:
            self._next = self._advance()
        if self._next and self._next[0] == statement_id:
            return self._next[1]
        return []

    def _advance(self) -> tuple[str, list[Any]] | None:
        group = next(self._groups, None)
        return (group[0], list(group[1])) if group else None


class _Maker:
    """Makes statements that share what is equal in them: most voices and names of a corpus come again."""

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def statement(
        self, row: Any, spans: tuple[Span, ...], parts: Mapping[str, list[Any]], vector_row: int
    ) -> StatementRow:
        """Return a statement; ``vector_row``: the row of its vector, -1 without one."""
        voices = [self._voice(one) for one in parts["voices"]]
        commitments = tuple(commitment_of(one["commitment"]) for one in parts["voices"])
        return StatementRow(
            id=row["id"],
            story_id=self._same(row["story_id"]),
            kind=Kind(row["kind"]),
            content=row["content"],
            spans=spans,
            cue=self._same(row["cue"]),
            source=self._same(row["source"]),
            voice=voices[-1] if voices else Voice(),
            via=self._same(tuple(voices[1:-1])),
            chain=self._same(tuple(map(self._same, json.loads(row["chain"])))),
            commitment=commitment_of(row["commitment"]),
            commitments=self._same(commitments),
            confidence=row["confidence"],
            parent=row["parent"],
            names=tuple(self._same((self._same(one["name"]), one["label"])) for one in parts["mentions"]),
            times=_times(parts["times"], "claim"),
            ties=tuple(map(tie_of, parts["ties"])),
            row=vector_row,
            said=_times(parts["times"], "said"),
            factuality=row["factuality"],
        )

    def _voice(self, row: Any) -> Voice:
        """Return a voice, without the places of the words that it was read from."""
        voice: Voice = self._same(voice_of(row, evidence=False))
        return voice

    def _same(self, value: Any) -> Any:
        return self._known.setdefault(value, value)


def _times(rows: Iterable[Any], role: str) -> tuple[TimeMention, ...]:
    return tuple(time_of(one) for one in rows if one["role"] == role)


def _span(row: Any) -> Span:
    return Span(row["start_char"], row["end_char"])
