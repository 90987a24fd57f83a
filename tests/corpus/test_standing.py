"""Which statements stand for what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportedly.corpus.standing import mentions
from reportedly.types import Commitment
from tests.corpus.told import Said, Told, corpus

pytestmark = pytest.mark.issue(5)

CASES = [
    ("the ferry struck the pier", "said", None, None),
    ("Did the ferry strike the pier?", None, None, "question"),
    ("whether the ferry had struck the pier", "asked", None, "question"),
    ("the ferry had struck the pier", "denied that", None, "denied"),
    ("Reports that the ferry struck the pier are false", "said", None, "denied"),
    ("It is not true that the ferry struck the pier", "said", None, "denied"),
    ("The true height of the pier is nine metres", "said", None, None),
    ("rumours that the ferry had struck the pier", "shrugged off", None, "rumour"),
    ("Read more: Ferry strikes the pier", None, None, "teaser"),
    ("Also on our pages: Ferry strikes the pier", None, None, "teaser"),
    ("Subscribe to our newsletter for more on the ferry", None, None, "about the outlet's own pages"),
]


@pytest.mark.parametrize(("content", "cue", "source", "reason"), CASES)
def test_what_stands_for_nothing(
    content: str, cue: str | None, source: str | None, reason: str | None
) -> None:
    assert mentions(corpus(Told("s", [Said(content, cue, source)]))).get("s0") == reason


@pytest.mark.parametrize(
    ("content", "factuality", "commitment", "reason"),
    [
        ("the harbour inquiry", None, Commitment.CT_PLUS, "names a matter"),
        ("that 26 people were on board", None, Commitment.CT_PLUS, None),
        ("Vell to open the pier", 0.2, Commitment.UU, "says what is to be"),
        ("the pier has had to be closed", 2.2, Commitment.UU, None),
    ],
)
def test_what_asserts_nothing(
    content: str, factuality: float | None, commitment: Commitment, reason: str | None
) -> None:
    made = corpus(Told("s", [Said(content, "urged", "Menck", commitment, factuality)]))
    read = replace(made, statements=tuple(replace(one, row=0) for one in made.statements))
    assert mentions(read).get("s0") == reason


def test_what_a_source_decides_is_part_of_the_words_around_it() -> None:
    told = [
        Said("Lovia has decided to leave the talks", "said"),
        Said("to leave the talks", "decided", inside=0),
    ]
    assert mentions(corpus(Told("s", told))) == {"s1": "part of another"}


TAKEN_BACK = "its report of 2 December that the ferry had struck the pier"


@pytest.mark.parametrize(
    ("told", "withdrawn"),
    [
        (Said(TAKEN_BACK, "retracts", "The Mail"), True),
        (Said(TAKEN_BACK, "has withdrawn", "The Mail"), True),
        (Said(TAKEN_BACK, "retracts", "The Post"), False),
        (Said(TAKEN_BACK, "repeats", "The Mail"), False),
        ("The Mail apologises for its article claiming that the ferry had struck the pier.", True),
        ("The firm apologises for its statement that the ferry had struck the pier.", False),
        ("We withdraw from the talks about the ferry that struck the pier.", False),
    ],
)
def test_an_outlet_that_takes_its_report_back(told: Said | str, withdrawn: bool) -> None:
    found = mentions(corpus(Told("s", [told], outlet="The Mail")))
    assert (found.get("s0") == "withdrawn") is withdrawn


def test_an_own_figure_that_is_called_wrong() -> None:
    told: list[Said | str] = [
        Said("that 21 ferries had struck the pier", "reported", "we"),
        "That figure was wrong; it was a typing error.",
    ]
    assert mentions(corpus(Told("s", told)))["s0"] == "withdrawn"


def test_an_own_report_that_is_called_wrong_right_after() -> None:
    told: list[Said | str] = [
        Said("that the ferry had struck the pier", "was said"),
        "This was untrue, and we withdraw the report.",
        "The ferry is moored at Torr.",
    ]
    assert mentions(corpus(Told("s", told))) == {"s0": "withdrawn"}
