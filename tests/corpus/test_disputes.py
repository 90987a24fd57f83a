"""Corrections and retractions."""

from __future__ import annotations

import pytest

from reportedly.corpus.disputes import disputes
from reportedly.corpus.grouping import group
from reportedly.corpus.matching import match
from reportedly.types.claims import Actors, Corpus, Pair, Relation
from tests.corpus.told import Said, Told, corpus

pytestmark = pytest.mark.issue(5)

CLAIM = "Judge Harriet Maule owned shares in the Tolland quarries"
WRONG = "That was wrong and we withdraw the report."


def answered(made: Corpus) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    outlets = {story.id: story.outlet for story in made.stories if story.outlet}
    actors = Actors({}, {}, outlets, {})
    pairs = match(made, actors, ())
    return pairs, disputes(made, actors, pairs)


def test_a_report_that_is_withdrawn() -> None:
    made = corpus(
        Told("a", [f"{CLAIM}."], outlet="Inquirer"),
        Told(
            "b",
            [Said(f"On Monday we reported that {CLAIM}.", "reported", "we"), WRONG],
            "2020-01-09",
            "Inquirer",
        ),
    )
    pairs, found = answered(made)
    assert [(one.a, one.b, one.relation) for one in found] == [("b1", "a0", Relation.RETRACTION)]
    assert "wrong" in found[0].reasons[0]
    assert ("a0",) in group(made, (*pairs, *found)), "the report that is withdrawn supports nothing"


def test_another_outlet_withdraws_nothing_of_the_first() -> None:
    made = corpus(
        Told("a", [f"{CLAIM}."], outlet="Inquirer"),
        Told(
            "b",
            [Said(f"On Monday we reported that {CLAIM}.", "reported", "we"), WRONG],
            "2020-01-09",
            "Bugle",
        ),
    )
    assert not answered(made)[1]


def test_a_correction_answers_the_statement_of_its_own_outlet() -> None:
    made = corpus(
        Told("a", ["There were 62 people on board the ferry that sank off Koh Preah."], outlet="Times"),
        Told(
            "b",
            [
                Said(
                    "there were 26 people on board the ferry that sank off Koh Preah, not 62", "say", "Police"
                ),
                "The Times regrets the error.",
            ],
            "2020-01-03",
            "Times",
            "Correction",
        ),
    )
    assert [(one.a, one.b, one.relation) for one in answered(made)[1]] == [("b0", "a0", Relation.CORRECTION)]
