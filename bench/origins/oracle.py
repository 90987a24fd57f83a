"""Half two with the grouping of gold: how well lineage is read and counted where matching makes no mistakes.

Stories are read by `reportedly add` as ever. Which statements support which claim, which outlet withdrew or
changed what, is taken from gold; who is who, who copied whom, what rests on what and how many origins there
are is found by the product. A gold passage that half one has no statement for is lost here as it is there.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.origins.scoring import Found, meets
from bench.origins.system import add
from bench.origins.worlds import GoldClaim, Passage, World, story_of_page
from reportedly.corpus import derivations, origins
from reportedly.corpus.actors import resolve
from reportedly.corpus.reuse import find_reuse
from reportedly.corpus.tables import read_corpus
from reportedly.store import Case
from reportedly.types import Kind, Span
from reportedly.types.claims import Corpus, Pair, Relation, StatementRow

PIECES = " [...] "
"""Between the pieces of a statement's content."""


def gold_answers(one: World, folder: Path | None = None) -> list[tuple[GoldClaim, Found | None]]:
    """Return each gold claim of a world with what the product makes of its statements, None without any.

    folder: where stories and case are written, or lie from another time; None for one that goes away.
    """
    if folder is None:
        with tempfile.TemporaryDirectory() as made:
            return gold_answers(one, Path(made))
    case = folder / f"{one.name}.db"
    if not case.exists():
        add(one, folder)
    with Case.create_or_open(case, 30.0) as opened:
        corpus = read_corpus(opened).corpus
    return list(_answers(one, corpus))


def _answers(one: World, corpus: Corpus) -> Iterator[tuple[GoldClaim, Found | None]]:
    names = {story.id: story_of_page(story.page) for story in corpus.stories}
    actors = resolve(corpus)
    reuse = find_reuse(corpus.stories, quoted(corpus))
    derive, count = derivations.prepare(corpus, actors, reuse), origins.prepare(corpus, actors)
    rows = {row.id: row for row in corpus.statements}
    where = {row.id: names[row.story_id] for row in corpus.statements}
    for gold in one.claims:
        members = list(_meeting(one, gold.support, corpus, names))
        if not members:
            yield gold, None
            continue
        made = derive(members)
        counted, loops = count(members, made, list(_changes(one, gold, members, corpus, names)))
        pairs = {(where[a.source], where[a.target]) for a in made if a.source is not None}
        yield (
            gold,
            Found(
                text=gold.text,
                support=tuple(_content(rows[name], where) for name in members),
                against=(),
                derivations=frozenset((a, b) for a, b in pairs if a != b),
                loops=tuple(frozenset(names[story] for story in loop) for loop in loops),
                low=counted.low,
                high=counted.high,
            ),
        )


def _content(row: StatementRow, where: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    return where[row.id], tuple(row.content.split(PIECES))


def _meeting(
    one: World, passages: Sequence[Passage], corpus: Corpus, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the statements that are one of some gold passages."""
    for row in corpus.statements:
        said = (names[row.story_id], tuple(row.content.split(PIECES)))
        if any(meets(one, passage, said) for passage in passages):
            yield row.id


def _changes(
    one: World, gold: GoldClaim, members: Sequence[str], corpus: Corpus, names: Mapping[str, str]
) -> Iterator[Pair]:
    """Yield what gold says of withdrawals by the same outlet, and of wording that was changed."""
    story = {row.id: names[row.story_id] for row in corpus.statements}
    outlet = {story.name: story.outlet for story in one.stories}
    taking = {passage.story for passage in gold.against}
    for a in [*_meeting(one, gold.against, corpus, names), *_firsts(corpus, names, taking)]:
        for b in members:
            if story[a] != story[b] and outlet[story[a]] == outlet[story[b]]:
                yield Pair(a, b, Relation.RETRACTION, 1.0, ("gold",))
    for other in one.claims:
        changed = {passage.story for passage in other.distortions}
        parents = [name for name in _meeting(one, other.support, corpus, names) if name not in members]
        for a in members:
            if story[a] in changed and parents and other is not gold:
                yield Pair(a, parents[0], Relation.DISTORTION, 1.0, ("gold",))


def _firsts(corpus: Corpus, names: Mapping[str, str], stories: set[str]) -> Iterator[str]:
    """Yield the first statement of each of some stories."""
    left = set(stories)
    for row in corpus.statements:
        if names[row.story_id] in left:
            left.discard(names[row.story_id])
            yield row.id


def quoted(corpus: Corpus) -> Mapping[str, Sequence[Span]]:
    """Return the stretches of each story that a statement has as direct quotation."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for one in corpus.statements:
        if one.kind is Kind.DIRECT:
            found[one.story_id].extend(one.spans)
    return found
