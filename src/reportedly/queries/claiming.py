"""Questions about claims: which there are, who says them, and what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportedly.errors import ConfigurationError
from reportedly.queries.fetching import Fetcher, StatementRow
from reportedly.queries.filters import folded
from reportedly.store import Case
from reportedly.types.claims import Derivation, How, Origins, Pair, Relation

SORTS = {
    "echo": "c.echo DESC, c.outlets DESC, c.stories DESC",
    "outlets": "c.outlets DESC, c.stories DESC, c.high",
    "origins": "c.high DESC, c.low DESC, c.outlets DESC, c.stories DESC",
    "first": "c.first_seen IS NULL, c.first_seen, c.outlets DESC, c.stories DESC",
}
"""The orders in which claims can be listed; whatever is equal in all of it comes by date, then by id."""

_PASSES = """
    (NOT :disputed OR c.against > 0)
    AND (:about IS NULL OR instr(folded(c.text), :about)
         OR EXISTS (SELECT 1 FROM json_each(c.actors) n
                    WHERE instr(folded(n.value), :about) OR n.value IN (SELECT value FROM json_each(:names))))
"""
_SUPPORT = "SELECT statement_id FROM claim_statements WHERE claim_id = :claim AND role = 'support'"
_TOUCHING = " ".join(
    (
        "SELECT * FROM pairs WHERE a IN (",
        _SUPPORT,
        ") UNION SELECT * FROM pairs WHERE b IN (",
        _SUPPORT,
        ") ORDER BY a, b, relation",
    )
)
_TELLING = frozenset({Relation.DENIAL, Relation.CONTRADICTION, Relation.CORRECTION, Relation.RETRACTION})
_SHORTEST_KEY = 4


@dataclass(frozen=True, slots=True)
class ClaimFilters:
    """Which claims are wanted, in which order. about: part of the name of an actor, or of the claim's words.

    disputed: only those that somebody denies, contradicts, corrects or retracts. sort: one of `SORTS`.
    limit: most claims, None for all.
    """

    about: str | None = None
    disputed: bool = False
    sort: str = "echo"
    limit: int | None = None

    def check(self) -> None:
        """Check the values.

        Raises:
            ConfigurationError: with every problem found.
        """
        if self.sort not in SORTS:
            raise ConfigurationError([f"{self.sort!r} is no order; one of: {', '.join(SORTS)}"])


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim in figures. The columns of the table `claims`; origins without their grounds."""

    id: str
    text: str
    actors: tuple[str, ...]
    origins: Origins
    echo: float
    statements: int
    stories: int
    outlets: int
    against: int
    hedged: int
    first_seen: str | None
    undated: int
    commitments: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimParts:
    """The rows behind one claim.

    others: statements that a derivation, a distortion or a dispute names and that are in none of the first
    three. matches: why its statements are one claim.
    """

    support: Sequence[StatementRow]
    against: Sequence[StatementRow]
    hedged: Sequence[StatementRow]
    others: Sequence[StatementRow]
    derivations: Sequence[Derivation]
    grounds: Sequence[Sequence[str]]
    loops: Sequence[Sequence[str]]
    matches: Sequence[Pair]
    distortions: Sequence[Pair]
    disputes: Sequence[Pair]


def claims(case: Case, filters: ClaimFilters = ClaimFilters()) -> Iterator[ClaimRow]:
    """Yield the claims that pass.

    Raises:
        ConfigurationError: a filter has an impossible value.
        CaseError: the case cannot be read.
    """
    filters.check()
    limit = -1 if filters.limit is None else filters.limit
    order = f"ORDER BY {SORTS[filters.sort]}, c.first_seen IS NULL, c.first_seen, c.id LIMIT {limit:d}"
    sql = " ".join(("SELECT c.* FROM claims c WHERE", _PASSES, order))
    yield from (_claim(case, row) for row in case.select(sql, _parameters(case, filters)))


def count_claims(case: Case, filters: ClaimFilters = ClaimFilters()) -> int:
    """Return how many claims pass, whatever the limit.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = " ".join(("SELECT count(*) FROM claims c WHERE", _PASSES))
    amount: int = next(case.select(sql, _parameters(case, filters)))[0]
    return amount


def claim(case: Case, key: str) -> ClaimRow:
    """Return the claim whose id is ``key`` or begins with it.

    Raises:
        ConfigurationError: there is none, or more than one.
        CaseError: the case cannot be read.
    """
    wanted = key.strip().lower()
    exact = next(case.select("SELECT * FROM claims WHERE id = ?", (wanted,)), None)
    if exact is not None:
        return _claim(case, exact)
    whole = wanted if len(wanted) >= _SHORTEST_KEY else None
    found = list(case.select("SELECT * FROM claims WHERE substr(id, 1, ?) = ? LIMIT 4", (len(wanted), whole)))
    if not found:
        raise ConfigurationError([f"no claim has the id {key!r}; reportedly claims lists them"])
    if len(found) > 1:
        few = ", ".join(row["id"] for row in found[:3])
        raise ConfigurationError([f"several claims have an id that begins with {key!r}: {few}, ..."])
    return _claim(case, found[0])


def claim_parts(case: Case, fetcher: Fetcher, claim_id: str) -> ClaimParts:
    """Return the rows behind a claim.

    Raises:
        CaseError: the case cannot be read.
    """
    ids = _statement_ids(case, claim_id)
    derivations = _derivations(case, claim_id)
    pairs = _pairs(case, claim_id)
    matches = [pair for pair in pairs if pair.relation is Relation.SAME]
    distortions = [pair for pair in pairs if pair.relation is Relation.DISTORTION]
    disputes = [pair for pair in pairs if pair.relation in _TELLING]
    named = [end for one in derivations for end in (one.source, one.target) if end]
    named += [end for pair in (*distortions, *disputes) for end in (pair.a, pair.b)]
    own = {one for part in ids.values() for one in part}
    others = [one for one in dict.fromkeys(named) if one not in own]
    return ClaimParts(
        support=list(fetcher.statements(ids.get("support", ()))),
        against=list(fetcher.statements(ids.get("against", ()))),
        hedged=list(fetcher.statements(ids.get("hedged", ()))),
        others=list(fetcher.statements(others)),
        derivations=derivations,
        grounds=_listed(case, "SELECT ground, statement_id FROM grounds WHERE claim_id = ?", claim_id),
        loops=_listed(case, "SELECT loop, story_id FROM loops WHERE claim_id = ?", claim_id),
        matches=matches,
        distortions=distortions,
        disputes=disputes,
    )


def _parameters(case: Case, filters: ClaimFilters) -> dict[str, Any]:
    case.function("folded", folded)
    about = folded(filters.about)
    names: list[str] = []
    if about:
        sql = """SELECT DISTINCT a.name FROM actors a, json_each(a.names) n
                 WHERE instr(folded(n.value), :about)"""
        names = [row[0] for row in case.select(sql, {"about": about})]
    return {"disputed": filters.disputed, "about": about, "names": json.dumps(names)}


def _claim(case: Case, row: Any) -> ClaimRow:
    with case.intact():
        outside, reasons = tuple(json.loads(row["outside"])), tuple(json.loads(row["reasons"]))
        return ClaimRow(
            id=row["id"],
            text=row["text"],
            actors=tuple(json.loads(row["actors"])),
            origins=Origins(row["low"], row["high"], (), outside, reasons),
            echo=row["echo"],
            statements=row["statements"],
            stories=row["stories"],
            outlets=row["outlets"],
            against=row["against"],
            hedged=row["hedged"],
            first_seen=row["first_seen"],
            undated=row["undated"],
            commitments=json.loads(row["commitments"]),
        )


def _statement_ids(case: Case, claim_id: str) -> dict[str, list[str]]:
    sql = "SELECT role, statement_id FROM claim_statements WHERE claim_id = ? ORDER BY role, position"
    rows = case.select(sql, (claim_id,))
    return {role: [row[1] for row in group] for role, group in groupby(rows, key=itemgetter(0))}


def _derivations(case: Case, claim_id: str) -> list[Derivation]:
    rows = case.select("SELECT * FROM derivations WHERE claim_id = ? ORDER BY position", (claim_id,))
    with case.intact():
        return [
            Derivation(
                target=row["target"],
                source=row["source"],
                how=How(row["how"]),
                credited=bool(row["credited"]),
                certain=bool(row["certain"]),
                evidence=row["evidence"],
                outside=row["outside"],
            )
            for row in rows
        ]


def _pairs(case: Case, claim_id: str) -> list[Pair]:
    """Return the pairs with an end in the support of a claim, those of one claim with both ends in it."""
    inside = {row[0] for row in case.select(_SUPPORT, {"claim": claim_id})}
    with case.intact():
        found = [
            Pair(
                row["a"], row["b"], Relation(row["relation"]), row["score"], tuple(json.loads(row["reasons"]))
            )
            for row in case.select(_TOUCHING, {"claim": claim_id})
        ]
    both = {Relation.CONTRADICTION, Relation.DISTORTION}
    return [
        pair
        for pair in found
        if (pair.b in inside or pair.relation in both)
        and (pair.relation is not Relation.SAME or pair.a in inside)
    ]


def _listed(case: Case, sql: str, claim_id: str) -> list[list[str]]:
    rows = case.select(f"{sql} ORDER BY 1, position", (claim_id,))
    return [[row[1] for row in group] for _, group in groupby(rows, key=itemgetter(0))]
