"""The counting against a slow reading of the same rules, and its invariants, on small graphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.corpus.origins.graph import Graph, Rest, cycle, strong, tally

NAMES = ("a", "b", "c", "d", "e", "f")
Pairs = Sequence[tuple[str, str]]


def reachable(nodes: Sequence[str], edges: Pairs) -> dict[str, set[str]]:
    """Which nodes each node leads to, itself included, by asking until nothing new comes."""
    found = {name: {name} for name in nodes}
    for _ in nodes:
        for target, source in edges:
            for name in nodes:
                if target in found[name]:
                    found[name].add(source)
    return found


def grounds_of(graph: Graph, chosen: Iterable[Rest], dropping: bool) -> int:
    """Count the grounds of one reading by the rules as a person would put them."""
    sure = reachable(graph.nodes, [(one.target, one.source) for one in graph.rests if one.certain])
    leads = reachable(graph.nodes, [(one.target, one.source) for one in chosen])
    in_circle = {a for a in graph.nodes for b in graph.nodes if a != b and b in sure[a] and a in sure[b]}
    family = {name: {other for other in leads[name] if name in leads[other]} for name in graph.nodes}
    alike = [*graph.same, *((a, b) for a in graph.nodes for b in family[a])]
    kin = reachable(graph.nodes, [*alike, *((b, a) for a, b in alike)])
    told = set()
    for name in graph.nodes:
        last = leads[name] == family[name]
        taken_back = dropping and bool(family[name] & graph.withdrawn)
        if last and not taken_back and not family[name] & in_circle:
            told.add(frozenset(kin[name]))
    return len(told)


def brute(graph: Graph) -> tuple[int, int]:
    """Least and most grounds over every choice among the maybes; only the least knows of withdrawals."""
    sure = [one for one in graph.rests if one.certain]
    maybe = [one for one in graph.rests if not one.certain]
    choices = [sure + list(some) for size in range(len(maybe) + 1) for some in combinations(maybe, size)]
    low = min(grounds_of(graph, one, dropping=True) for one in choices)
    return low, max(grounds_of(graph, one, dropping=False) for one in choices)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    nodes = NAMES[: draw(st.integers(1, len(NAMES)))]
    end = st.sampled_from(nodes)
    rests = draw(st.lists(st.builds(Rest, end, end, st.booleans()), max_size=8))
    proper = tuple(one for one in rests if one.target != one.source)
    same = draw(st.lists(st.tuples(end, end), max_size=3))
    return Graph(nodes, proper, tuple(same), draw(st.frozensets(end, max_size=2)))


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_the_count_is_that_of_the_slow_reading(graph: Graph) -> None:
    told = tally(graph)
    assert (told.low, told.high) == brute(graph)


@settings(deadline=None)
@given(graphs())
def test_nothing_is_counted_twice(graph: Graph) -> None:
    told = tally(graph)
    for grounds in (told.grounds, told.low_grounds):
        named = [name for ground in grounds for name in ground]
        assert len(named) == len(set(named))
        assert all(grounds)
    assert 0 <= told.low <= told.high <= len(graph.nodes)
    assert (len(told.low_grounds), len(told.grounds)) == (told.low, told.high)


@settings(deadline=None)
@given(graphs(), st.data())
def test_one_more_link_never_makes_one_more_ground(graph: Graph, data: st.DataObject) -> None:
    end = st.sampled_from(graph.nodes)
    more = data.draw(st.builds(Rest, end, end, st.booleans()))
    before, after = tally(graph), tally(Graph(graph.nodes, (*graph.rests, more), graph.same, graph.withdrawn))
    assert after.low <= before.low
    assert after.high <= before.high


@settings(deadline=None)
@given(graphs())
def test_order_does_not_change_the_count(graph: Graph) -> None:
    turned = Graph(graph.nodes[::-1], graph.rests[::-1], graph.same[::-1], graph.withdrawn)
    told, other = tally(graph), tally(turned)
    assert (told.low, told.high) == (other.low, other.high)
    assert {frozenset(one) for one in told.circles} == {frozenset(one) for one in other.circles}


@pytest.mark.parametrize(
    ("about", "graph", "low", "high"),
    [
        ("nobody", Graph(()), 0, 0),
        ("one", Graph(("a",)), 1, 1),
        ("two witnesses", Graph(("a", "b")), 2, 2),
        ("one cites the other", Graph(("a", "b"), (Rest("b", "a", True),)), 1, 1),
        ("may have copied", Graph(("a", "b"), (Rest("b", "a", False),)), 1, 2),
        ("one speaker twice", Graph(("a", "b"), same=(("a", "b"),)), 1, 1),
        (
            "a circle of three",
            Graph(("a", "b", "c"), (Rest("a", "b", True), Rest("b", "c", True), Rest("c", "a", True))),
            0,
            0,
        ),
        (
            "a circle and an outsider",
            Graph(("a", "b", "c"), (Rest("a", "b", True), Rest("b", "a", True))),
            1,
            1,
        ),
        (
            "a circle that is only possible",
            Graph(("a", "b"), (Rest("a", "b", False), Rest("b", "a", False))),
            1,
            2,
        ),
        ("withdrawn", Graph(("a", "b"), (Rest("b", "a", True),), withdrawn=frozenset("a")), 0, 1),
        (
            "withdrawn, but another asked too",
            Graph(("a", "b"), same=(("a", "b"),), withdrawn=frozenset("a")),
            1,
            1,
        ),
        (
            "the one who cites withdraws",
            Graph(("a", "b"), (Rest("b", "a", True),), withdrawn=frozenset("b")),
            1,
            1,
        ),
        (
            "two may be a third",
            Graph(("a", "b", "c"), (Rest("c", "a", False), Rest("c", "b", False))),
            2,
            3,
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_known_graphs(about: str, graph: Graph, low: int, high: int) -> None:
    told = tally(graph)
    assert (told.low, told.high) == (low, high), about


def test_a_thousand_copies_of_copies_are_one_ground() -> None:
    names = tuple(f"n{at:05}" for at in range(20_000))
    chain = tuple(Rest(b, a, True) for a, b in pairwise(names))
    told = tally(Graph(names, chain))
    assert (told.low, told.high, len(told.grounds[0])) == (1, 1, len(names))


def test_parts_come_before_what_leads_to_them() -> None:
    assert strong(["a", "b", "c"], {"a": ["b"], "b": ["c"], "c": ["b"]}) == [("b", "c"), ("a",)]


def test_the_longest_way_round_is_told_in_order() -> None:
    edges = {"a": ["b", "c"], "b": ["c", "a"], "c": ["a"]}
    assert cycle(["a", "b", "c"], edges) == ("a", "b", "c")
    assert cycle(["a", "b"], {"a": ["b"], "b": ["a"]}) == ("a", "b")


def test_a_knot_without_an_end_is_still_told() -> None:
    names = [f"n{at}" for at in range(60)]
    edges = {name: [other for other in names if other != name] for name in names}
    assert set(cycle(names, edges, limit=5_000)) <= set(names)
