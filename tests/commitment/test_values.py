"""How values combine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.commitment.values import Reading, Signature, combine, parts, weakened
from reportedly.types import Commitment

VALUES = st.sampled_from(list(Commitment))


@given(VALUES)
def test_a_plain_operator_changes_nothing_and_an_open_one_everything(value: Commitment) -> None:
    assert combine(Commitment.CT_PLUS, value) is value
    assert combine(Commitment.UU, value) is Commitment.UU
    assert combine(value, Commitment.UU) is Commitment.UU


@given(VALUES, VALUES)
def test_nothing_grows_surer_except_by_denying_a_possibility(outer: Commitment, inner: Commitment) -> None:
    weaker = min(parts(outer)[0], parts(inner)[0])
    if outer is Commitment.CT_MINUS and parts(inner)[0] == 1:
        assert parts(combine(outer, inner))[0] == 3
    else:
        assert parts(combine(outer, inner))[0] <= weaker


@given(VALUES, VALUES)
def test_weakening_keeps_the_polarity_or_gives_up(value: Commitment, by: Commitment) -> None:
    result = weakened(value, by)
    assert result is Commitment.UU or result[-1] == value[-1]
    assert parts(result)[0] <= parts(by)[0]


@given(VALUES, VALUES)
def test_a_factive_holds_whatever_becomes_of_the_word_itself(own: Commitment, inner: Commitment) -> None:
    assert Signature(Commitment.CT_PLUS, Commitment.CT_PLUS).under(own, inner) is inner


@pytest.mark.parametrize(
    ("outer", "inner", "together"),
    [
        ("CT-", "CT-", "CT+"),
        ("CT-", "PR+", "PR-"),
        ("CT-", "PS+", "CT-"),
        ("PR+", "PS+", "PS+"),
        ("CT-", "CTu", "CTu"),
    ],
)
def test_negatives_cancel_and_the_weaker_degree_wins(outer: str, inner: str, together: str) -> None:
    assert combine(Commitment(outer), Commitment(inner)) == together


def test_a_reading_remembers_every_word_that_changed_it() -> None:
    found = Reading().then(Commitment.CT_MINUS, 3).then(Commitment.PS_PLUS, 1, unreal=True)
    assert (found.value, found.markers, found.unreal) == (Commitment.PS_MINUS, frozenset({1, 3}), True)
