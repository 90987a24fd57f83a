"""What one source said, who handed it on, and on whom one outlet relies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reportedly.queries.directory import source_id
from reportedly.queries.gathering import Said
from reportedly.store import Case

_SPOKEN = """
    SELECT s.id, s.story_id, t.title, t.outlet, t.published, s.kind, s.source, s.cue, s.content, s.chain,
           s.commitment, s.confidence
    FROM statements s JOIN stories t ON t.id = s.story_id
    WHERE s.row IN (SELECT value FROM json_each(?))
    ORDER BY t.published IS NULL, t.published, t.row, s.start_char
"""
_IN_TIME = """
    SELECT s.row, s.story_id, s.commitment, t.title, t.outlet, t.published
    FROM statements s JOIN stories t ON t.id = s.story_id
    WHERE s.row IN (SELECT value FROM json_each(?))
    ORDER BY t.published IS NULL, t.published, t.row, s.start_char
"""
_CARRIED = """
    SELECT t.outlet, count(*) FROM voices v JOIN statements s ON s.id = v.statement_id
    JOIN stories t ON t.id = s.story_id
    WHERE v.name = ? AND v.position > 0 AND v.position < json_array_length(s.chain) - 1
    GROUP BY 1 ORDER BY 2 DESC, 1
"""
_RELIED_ON = """
    SELECT s.kind, s.source, s.voice_name, s.voice_kind, s.voice_role, s.voice_affiliation, s.story_id,
           t.outlet
    FROM stories t JOIN statements s ON s.story_id = t.id WHERE t.outlet = ? AND s.kind <> 'author'
"""


class Spoken(NamedTuple):
    """One statement of a source. Fields as in tables statements and stories; chain is JSON."""

    id: str
    story_id: str
    title: str | None
    outlet: str | None
    published: str | None
    kind: str
    source: str | None
    cue: str | None
    content: str
    chain: str
    commitment: str | None
    confidence: float


class Uttered(NamedTuple):
    """One statement of a source, in short."""

    row: int
    story_id: str
    commitment: str | None
    title: str | None
    outlet: str | None
    published: str | None


def in_time(case: Case, rows: Sequence[int]) -> list[Uttered]:
    """Return statements by their rows, in short and in order of time, undated ones last.

    Raises:
        CaseError: the case cannot be read.
    """
    return [Uttered(*row) for row in case.select(_IN_TIME, (str(list(rows)),))]


def spoken(case: Case, rows: Sequence[int]) -> list[Spoken]:
    """Return statements by their rows, in order of time, undated ones last.

    Raises:
        CaseError: the case cannot be read.
    """
    return [Spoken(*row) for row in case.select(_SPOKEN, (str(list(rows)),))]


def carried(case: Case, name: str) -> list[tuple[str | None, int]]:
    """Return how many statements each outlet has by way of the voice or outlet ``name``, most first.

    Raises:
        CaseError: the case cannot be read.
    """
    return [(row[0], row[1]) for row in case.select(_CARRIED, (name,))]


def relied_on(case: Case, outlet: str) -> list[tuple[Said, int]]:
    """Return the sources of an outlet's statements, most statements first, each by one of its statements.

    Raises:
        CaseError: the case cannot be read.
    """
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for row in case.select(_RELIED_ON, (outlet,)):
        said = Said(*row)
        found[source_id(said)].append(said)
    counts = Counter({one: len(said) for one, said in found.items()})
    return [(found[one][0], count) for one, count in counts.most_common()]
