"""Claims as groups of statements."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.corpus.grouping import group
from reportedly.types.claims import Corpus, Pair, Relation
from tests.corpus.told import Said, Told, corpus

pytestmark = pytest.mark.issue(5)


def many(count: int) -> Corpus:
    return corpus(
        *(Told(f"s{place:02}", [f"Claim number {place} of the list stands"]) for place in range(count))
    )


def pair(a: int, b: int, score: float = 0.9, relation: Relation = Relation.SAME) -> Pair:
    return Pair(f"s{a:02}0", f"s{b:02}0", relation, score, ())


def groups(made: Corpus, *pairs: Pair) -> list[list[int]]:
    return [[int(one[1:3]) for one in members] for members in group(made, pairs)]


def test_every_statement_is_in_one_group() -> None:
    assert groups(many(3)) == [[0], [1], [2]]
    assert groups(many(3), pair(2, 0)) == [[0, 2], [1]]


def test_a_long_chain_does_not_hold() -> None:
    links = [pair(place + 1, place, 0.7) for place in range(9)]
    assert all(len(members) <= 2 for members in groups(many(10), *links))


def test_statements_linked_all_round_are_one_group() -> None:
    links = [pair(a, b, 0.6) for a in range(5) for b in range(a)]
    assert groups(many(5), *links) == [[0, 1, 2, 3, 4]]


@pytest.mark.parametrize("relation", [Relation.CONTRADICTION, Relation.DENIAL, Relation.HEDGED])
def test_statements_at_odds_are_never_in_one_group(relation: Relation) -> None:
    links = [pair(1, 0, 0.99), pair(2, 0, 0.99), pair(2, 1, 0.9, relation)]
    assert groups(many(3), *links) in ([[0, 1], [2]], [[0, 2], [1]])


def test_a_star_of_copies_is_one_group() -> None:
    words = "The ferry Halcyon struck the pier"
    made = corpus(*(Told(f"s{place:02}", [words]) for place in range(60)))
    assert groups(made, *(pair(place, 0, 1.0) for place in range(1, 60))) == [list(range(60))]


def test_what_asserts_nothing_is_in_no_group() -> None:
    told = [
        Said("Did the ferry strike the pier?"),
        Said("the ferry had struck the pier", "denied", "Menck"),
        Said("The ferry struck the pier"),
    ]
    assert group(corpus(Told("s", told)), ()) == (("s2",),)


LINKS = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.integers(0, 11),
        st.floats(0.1, 1.0),
        st.sampled_from([*Relation, *[Relation.SAME] * 9]),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(LINKS, st.randoms(use_true_random=False))
def test_groups_partition_the_statements_whatever_the_order_of_the_pairs(
    links: list[tuple[int, int, float, Relation]], random: Any
) -> None:
    made = many(12)
    pairs = [pair(a, b, score, relation) for a, b, score, relation in links if a != b]
    found = group(made, pairs)
    assert sorted(one for members in found for one in members) == [one.id for one in made.statements]
    random.shuffle(pairs)
    assert group(made, pairs) == found
    at = {one: number for number, members in enumerate(found) for one in members}
    for one in pairs:
        if one.relation in (Relation.DENIAL, Relation.CONTRADICTION):
            assert at[one.a] != at[one.b]
