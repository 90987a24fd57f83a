"""Which statements are one claim."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.corpus.matching import match
from reportedly.types import Span
from reportedly.types.claims import Corpus, Pair, Passage, Relation, Reuse, ReuseKind
from tests.corpus.told import NOBODY, Said, Told, corpus

pytestmark = pytest.mark.issue(5)

TREE = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def relations(pairs: tuple[Pair, ...], one: str, other: str) -> set[str]:
    return {str(pair.relation) for pair in pairs if {pair.a, pair.b} == {one, other}}


def two(case: dict[str, Any]) -> Corpus:
    later = Said(case["later"], case.get("cue", "said"), "the office")
    around = TREE["around"]
    return corpus(
        Told("a", [case["earlier"], *around]),
        Told("b", [later, *around], "2020-01-02"),
    )


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(one, marks=pytest.mark.xfail(reason=one["known"], strict=True) if "known" in one else ())
        for one in TREE["cases"]
    ],
    ids=lambda one: one["about"],
)
def test_how_two_statements_stand_to_each_other(case: dict[str, Any]) -> None:
    found = relations(match(two(case), NOBODY, ()), "a0", "b0")
    assert found - {"distortion"} == ({case["relation"]} if case["relation"] != "none" else set())


def test_reasons_tell_the_features() -> None:
    found = match(two(TREE["cases"][1]), NOBODY, ())
    (pair,) = (one for one in found if {one.a, one.b} == {"a0", "b0"})
    assert any(reason.startswith("shared words: ") and "passengers" in reason for reason in pair.reasons)
    assert "same numbers: 12" in pair.reasons


def test_the_later_statement_comes_first_in_a_pair() -> None:
    found = match(two(TREE["cases"][0]), NOBODY, ())
    assert ("b0", "a0") in {(one.a, one.b) for one in found if one.relation is Relation.SAME}


def test_wording_taken_over_with_another_number_is_a_distortion() -> None:
    told = "Customs officers at Vell seized 120 rifles in the container port on Monday"
    made = corpus(Told("a", [told]), Told("b", [told.replace("120", "1,200")], "2020-01-02"))
    found = match(made, NOBODY, ())
    assert relations(found, "a0", "b0") == {"contradiction", "distortion"}
    assert any("120" in reason and "1,200" in reason for one in found for reason in one.reasons)


def test_a_hedge_that_was_dropped_is_a_distortion() -> None:
    told = "The tannery at Gries may have dumped chromium in Lake Olm for decades"
    made = corpus(Told("a", [told]), Told("b", [told.replace("may have dumped", "dumped")], "2020-01-02"))
    found = {(one.a, one.b, str(one.relation)) for one in match(made, NOBODY, ())}
    assert found == {("a0", "b0", "hedged"), ("b0", "a0", "distortion")}


def test_the_outer_statement_is_not_paired_with_the_inner_one_nor_matched_for_it() -> None:
    inner = "the ferry Halcyon struck the north pier of Vell"
    told = [
        Said(f"documents indicate that {inner}", "said", "Menck"),
        Said(inner, "indicate", "documents", inside=0),
    ]
    made = corpus(Told("a", told), Told("b", [f"T{inner[1:]}."], "2020-01-02"))
    found = match(made, NOBODY, ())
    assert relations(found, "a1", "b0") == {"same"}
    assert not relations(found, "a0", "b0")
    assert not relations(found, "a0", "a1")


def test_what_a_source_decided_is_one_claim_with_the_words_around_it() -> None:
    told = [
        Said("Lovia has decided to withdraw from the talks on the Torr pipeline", "said", "an official"),
        Said("to withdraw from the talks on the Torr pipeline", "has decided", "Lovia", inside=0),
    ]
    made = corpus(
        Told("a", told), Told("b", ["Lovia is to quit the talks on the Torr pipeline."], "2020-01-02")
    )
    found = match(made, NOBODY, ())
    assert relations(found, "a0", "b0") == {"same"}
    assert not relations(found, "a1", "b0")


def test_shared_passages_bring_statements_together_whatever_the_days() -> None:
    told = "It was the worst of all springs, the old keeper said."
    made = corpus(Told("a", [told]), Told("b", [told], "2024-06-01"))
    passage = Passage(Span(0, len(told)), Span(0, len(told)), exact=True, quoted=False)
    reuse = Reuse("a", "b", ReuseKind.REPRINT, "a", 1.0, 1.0, (passage,), ())
    (pair,) = match(made, NOBODY, (reuse,))
    assert (pair.a, pair.b, pair.relation, pair.score) == ("b0", "a0", Relation.SAME, 1.0)


def test_a_thousand_copies_are_linked_to_the_first() -> None:
    told = "The ferry Halcyon struck the north pier of Vell on Monday and lost its rudder."
    made = corpus(*(Told(f"s{number:04}", [told]) for number in range(1_000)))
    found = match(made, NOBODY, ())
    assert {one.b for one in found} == {"s00000"}
    assert len(found) == 999


def test_an_outlet_s_own_boilerplate_is_no_claim_of_two_stories() -> None:
    house = "Harbour bulletins of the Vell Courier reach readers in three languages every morning."
    made = corpus(
        Told(
            "a", [*TREE["around"], *(one["earlier"] for one in TREE["cases"][:12]), house], outlet="Courier"
        ),
        Told("b", [*BEES, house], outlet="Courier"),
    )
    outlets = {"a": "o", "b": "o"}
    found = match(made, replace(NOBODY, outlets=outlets), ())
    assert not [one for one in found if {one.a[0], one.b[0]} == {"a", "b"}]


BEES = (
    "Beekeepers of Torr crowned a new queen at their summer fair.",
    "Honey prices doubled after the frost killed half of the orchards.",
    "A professor showed how drones find their way home across a lake.",
    "Visitors tasted mead that monks had brewed from heather.",
    "Two swarms escaped and settled on the church bell.",
    "Children painted hives in blue, which bees see best.",
)
NOUNS = st.sampled_from(
    ["ferry", "pier", "miners", "rifles", "bank", "weir", "villagers", "orchard", "senator", "goats"]
)
VERBS = st.sampled_from(["sank", "left", "was sold", "collapsed", "grew", "opened", "burned", "vanished"])
PLACES = st.sampled_from(["Vell", "Torr", "Gries", "Zahrine", "Obiama"])
NUMBERS = st.integers(2, 5_000)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    return (
        f"{draw(NUMBERS)} {draw(NOUNS)} near the old {draw(NOUNS)} of {draw(PLACES)} {draw(VERBS)} "
        f"before the {draw(NOUNS)} of {draw(PLACES)} {draw(VERBS)}"
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sentences(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_stories_plays_no_part(told: list[str], random: Any) -> None:
    stories = [Told(f"s{number}", [one]) for number, one in enumerate(told)]
    shuffled = list(stories)
    random.shuffle(shuffled)
    assert match(corpus(*stories), NOBODY, ()) == match(corpus(*shuffled), NOBODY, ())


@settings(max_examples=40, deadline=None)
@given(sentences())
def test_a_denial_is_never_the_same(told: str) -> None:
    made = corpus(Told("a", [told]), Told("b", [f"It is not true that {told}"]))
    assert "same" not in relations(match(made, NOBODY, ()), "a0", "b0")


@settings(max_examples=40, deadline=None)
@given(sentences(), NUMBERS)
def test_another_number_is_never_the_same(told: str, number: int) -> None:
    first, _, rest = told.partition(" ")
    other = number + 1 if number == int(first) else number
    made = corpus(Told("a", [told]), Told("b", [f"{other} {rest}"]))
    assert "same" not in relations(match(made, NOBODY, ()), "a0", "b0")


@settings(max_examples=40, deadline=None)
@given(sentences(), sentences())
def test_which_of_two_came_first_plays_no_part_in_what_they_are(one: str, two: str) -> None:
    before = match(corpus(Told("a", [one], "2020-01-01"), Told("b", [two], "2020-01-02")), NOBODY, ())
    after = match(corpus(Told("a", [one], "2020-01-02"), Told("b", [two], "2020-01-01")), NOBODY, ())
    assert relations(before, "a0", "b0") == relations(after, "a0", "b0")
