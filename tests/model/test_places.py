"""States by their names, nationality words and seats of government; `places.yaml` beside holds the cases."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model.places import Naming, is_demonym, naming_of, state_of, states_in

CASES = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))
SOURCE = (resources.files("reportedly.model") / "places.yaml").read_text(encoding="utf-8")
TREE = yaml.safe_load(SOURCE)
MEMBERS = 193
BEYOND = {"Kosovo", "Palestine", "Soviet Union", "Taiwan", "Vatican", "Yugoslavia"}


@pytest.mark.parametrize(("words", "state", "how"), CASES, ids=[case[0] or "empty" for case in CASES])
def test_words(words: str, state: str | None, how: str | None) -> None:
    assert state_of(words) == state
    assert naming_of(words) == (Naming(how) if how else None)
    assert is_demonym(words) == (how == "people")


def test_every_member_of_the_united_nations_is_there() -> None:
    assert set(TREE) >= BEYOND
    assert len(set(TREE) - BEYOND) == MEMBERS


def test_no_form_stands_for_two_states() -> None:
    seen: dict[str, str] = {}
    for state, entry in TREE.items():
        for form in {state, *(form for forms in entry.values() for form in forms)}:
            assert seen.setdefault(form, state) == state, form


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("Iranian officials", ("Iran",)),
        ("the South Korean president and the U.S. Army chief", ("South Korea", "US")),
        ("US-Iran talks", ("US", "Iran")),
        ("US-backed Syrian rebels", ("Syria",)),
        ("a U.S.-led coalition", ()),
        ("officials of the Democratic Republic of the Congo", ("DR Congo",)),
        ("Iran, Iran and the Iranians", ("Iran",)),
        ("he told us that the turkey was cold", ()),
    ],
)
def test_states_in_a_phrase(words: str, states: tuple[str, ...]) -> None:
    assert states_in(words) == states


def test_every_form_is_found_in_a_phrase() -> None:
    for state, entry in TREE.items():
        for form in {state, *(form for forms in entry.values() for form in forms)}:
            assert states_in(f"what {form} did") == (state,), form


@given(st.text())
def test_any_text_is_answered(words: str) -> None:
    assert set(states_in(words)) <= set(TREE)
    assert state_of(words) is None or state_of(words) in TREE


@given(st.sampled_from(sorted(TREE)))
def test_a_name_in_lower_case_is_no_state(state: str) -> None:
    assert state_of(state.lower()) is None
