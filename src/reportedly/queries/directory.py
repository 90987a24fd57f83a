"""Who speaks in a case, gathered once: a directory of sources with an address each, and counts for charts.

Gathering reads every statement, so that whoever asks often keeps a directory until the case has changed.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.queries.gathering import Said, SourceRow, gathered, key_of
from reportedly.store import Case
from reportedly.types import Kind, VoiceKind, content_id

_SAID = """
    SELECT s.kind, s.source, s.voice_name, s.voice_kind, s.voice_role, s.voice_affiliation, s.story_id, s.row
    FROM statements s
"""
"""All of it stands in one index: the rows, which carry vectors, are 20 times as large."""
_OUTLETS = "SELECT outlet, count(*) FROM stories GROUP BY 1 ORDER BY 1"
_OF_ROWS = """
    SELECT s.kind, s.source, s.voice_name, s.voice_kind, s.voice_role, s.voice_affiliation, s.story_id,
           t.outlet
    FROM statements s JOIN stories t ON t.id = s.story_id WHERE s.row IN (SELECT value FROM json_each(?))
"""
_DAYS = """
    SELECT published_first, count(*) FROM stories WHERE published_first IS NOT NULL
    AND published_first = published_last GROUP BY 1 ORDER BY 1
"""


class Listed(NamedTuple):
    """One source in the directory. rows: of its statements, in table statements. Else as in `SourceRow`."""

    id: str
    label: str | None
    kind: str | None
    role: str | None
    affiliation: str | None
    named: bool
    pronoun: bool
    statements: int
    stories: int
    outlets: int
    rows: Sequence[int]


@dataclass(frozen=True, slots=True)
class Directory:
    """The sources of a case in the order of `gathering.gathered`; days: stories of each day.

    by_id: the same by id; arriving: the same in the order in which their first statements came in.
    """

    sources: Sequence[Listed]
    arriving: Sequence[Listed] = ()
    by_id: Mapping[str, Listed] = field(default_factory=dict)
    days: Sequence[tuple[str, int]] = ()


def source_id(said: Said) -> str:
    """Return the address of the source of a statement: the same for all that are one source."""
    return content_id("source", *(part or "" for part in key_of(said)))


def directory(case: Case) -> Directory:
    """Gather all sources of a case.

    Raises:
        CaseError: the case cannot be read.
    """
    groups: defaultdict[tuple[str | None, ...], list[Said]] = defaultdict(list)
    rows: defaultdict[tuple[str | None, ...], array[int]] = defaultdict(lambda: array("q"))
    houses = {row[0]: row[1] for row in case.select("SELECT id, outlet FROM stories")}
    shared: dict[str, str] = {}
    for row in case.select(_SAID):
        values = (shared.setdefault(one, one) if one else one for one in row[:-1])
        said = Said._make((*values, houses[row["story_id"]]))
        key = key_of(said)
        groups[key].append(said)
        rows[key].append(row["row"])
    found = sorted(((row, key) for key, said in groups.items() for row in gathered(said)), key=_order)
    sources = [_listed(row, source_id(groups[key][0]), sorted(rows[key])) for row, key in found]
    known = {one.id for one in sources}
    sources += [one for one in _silent(case) if one.id not in known]
    days = [(row[0], row[1]) for row in case.select(_DAYS)]
    arriving = sorted((one for one in sources if one.rows), key=lambda one: one.rows[0])
    return Directory(sources, arriving, {one.id: one for one in sources}, days)


def source(case: Case, listed: Listed) -> SourceRow | None:
    """Return all that is known of one source of the directory; None once its statements are gone.

    An outlet whose stories say nothing in their own voice is known by its name alone.

    Raises:
        CaseError: the case cannot be read.
    """
    if not listed.rows:
        return SourceRow(
            listed.label, VoiceKind.AUTHOR, None, None, listed.label, False, 0, listed.stories, 1, 0, 0, 0
        )
    found = (Said(*row) for row in case.select(_OF_ROWS, (str(list(listed.rows)),)))
    return next(gathered(found), None)


def _silent(case: Case) -> Iterator[Listed]:
    """Yield every outlet as one that says nothing in its own voice."""
    for outlet, stories in case.select(_OUTLETS):
        said = Said(Kind.AUTHOR.value, None, None, None, None, None, "", outlet)
        about = (outlet, VoiceKind.AUTHOR.value, None, None, outlet is not None, False)
        yield Listed(source_id(said), *about, 0, stories, int(outlet is not None), ())


def _order(pair: tuple[SourceRow, object]) -> tuple[int, int, str, str]:
    return pair[0].order


def _listed(row: SourceRow, address: str, rows: Sequence[int]) -> Listed:
    kind = None if row.kind is None else row.kind.value
    counts = (row.statements, row.stories, row.outlets)
    return Listed(
        address, row.label, kind, row.role, row.affiliation, row.name is not None, row.pronoun, *counts, rows
    )
