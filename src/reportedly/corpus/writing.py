"""Half two's output: what was found, as rows of the derived tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.store.rows import Value, packed
from reportedly.types.claims import Actors, Claim, Corpus, Pair, Reuse, StatementRow, StoryRow

Rows = Iterator[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """All that half two finds in a corpus."""

    actors: Actors
    reuse: Sequence[Reuse]
    pairs: Sequence[Pair]
    claims: Sequence[Claim]


def rows(corpus: Corpus, found: Found) -> Mapping[str, Rows]:
    """Return the rows of every derived table but `runs`, each in the order of the table's key."""
    tables: dict[str, Iterable[tuple[Value, ...]]] = {
        "actors": _actors(found.actors),
        "actor_mentions": ((story, name, actor) for (story, name), actor in found.actors.mentions.items()),
        "actor_roles": _roles(found.actors),
        "reuse": map(_reuse, found.reuse),
        "passages": _passages(found.reuse),
        "pairs": ((one.a, one.b, str(one.relation), one.score, _list(one.reasons)) for one in found.pairs),
        "claims": _claims(corpus, found),
        "claim_statements": _statements(found.claims),
        "derivations": _derivations(found.claims),
        "grounds": _grounds(found.claims),
        "loops": _loops(found.claims),
    }
    return {name: iter(sorted(made, key=_first_columns)) for name, made in tables.items()}


def outlet_count(stories: Iterable[str], outlets: Mapping[str, str]) -> int:
    """Return how many outlets published the stories; those that name none count as one."""
    return len({outlets.get(story) for story in stories})


def _first_columns(row: tuple[Value, ...]) -> tuple[str, ...]:
    """Sort key: keys stand first in every derived table, and rows in their order are written fastest."""
    return tuple(f"{value:09}" if isinstance(value, int) else str(value) for value in row[:3])


def _actors(actors: Actors) -> Rows:
    for entry in actors.entries.values():
        party = actors.parties.get(entry.id)
        yield entry.id, entry.name, entry.kind, _list(entry.names), party


def _roles(actors: Actors) -> Rows:
    for story, actor in actors.outlets.items():
        yield story, "outlet", 0, actor
    for statement, actor in actors.speakers.items():
        yield statement, "speaker", 0, actor
    for statement, cited in actors.cited.items():
        for position, actor in enumerate(cited):
            yield statement, "cited", position, actor


def _reuse(one: Reuse) -> tuple[Value, ...]:
    return one.a, one.b, str(one.kind), one.origin, one.shared_a, one.shared_b, _list(one.reasons)


def _passages(reuse: Iterable[Reuse]) -> Rows:
    for one in reuse:
        for position, it in enumerate(one.passages):
            places = (it.a.start, it.a.end, it.b.start, it.b.end)
            yield one.a, one.b, position, *places, int(it.exact), int(it.quoted)


def _claims(corpus: Corpus, found: Found) -> Rows:
    statements = {one.id: one for one in corpus.statements}
    stories = {one.id: one for one in corpus.stories}
    for claim in found.claims:
        support = [statements[one] for one in claim.support]
        told = {one.story_id: stories[one.story_id] for one in support}
        yield (
            claim.id,
            claim.text,
            _list(claim.actors),
            *_counts(claim, support, told, found.actors.outlets),
        )


def _counts(
    claim: Claim,
    support: Sequence[StatementRow],
    told: Mapping[str, StoryRow],
    outlets: Mapping[str, str],
) -> tuple[Value, ...]:
    origins = claim.origins
    published_by = outlet_count(told, outlets)
    sure = Counter(str(one.commitment) if one.commitment else "" for one in support)
    return (
        origins.low,
        origins.high,
        _list(origins.outside),
        _list(origins.reasons),
        round(published_by / max(origins.high, 1), 4),
        len(support),
        len(told),
        published_by,
        len(claim.against),
        len(claim.hedged),
        claim.first_seen,
        sum(story.published is None for story in told.values()),
        packed(dict(sorted(sure.items()))),
    )


def _statements(claims: Iterable[Claim]) -> Rows:
    for claim in claims:
        for role in ("support", "against", "hedged"):
            ids: Sequence[str] = getattr(claim, role)
            yield from ((claim.id, role, position, one) for position, one in enumerate(ids))


def _derivations(claims: Iterable[Claim]) -> Rows:
    for claim in claims:
        for position, one in enumerate(claim.derivations):
            ends = (one.source, one.target, str(one.how))
            yield claim.id, position, *ends, int(one.credited), int(one.certain), one.evidence, one.outside


def _grounds(claims: Iterable[Claim]) -> Rows:
    for claim in claims:
        for ground, ids in enumerate(claim.origins.grounds):
            yield from ((claim.id, ground, position, one) for position, one in enumerate(ids))


def _loops(claims: Iterable[Claim]) -> Rows:
    for claim in claims:
        for loop, ids in enumerate(claim.loops):
            yield from ((claim.id, loop, position, one) for position, one in enumerate(ids))


def _list(values: Iterable[str]) -> str:
    return packed(list(values))
