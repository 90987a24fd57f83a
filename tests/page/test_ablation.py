"""Every capture again with the lists of outlets, cities and sections emptied, then of outlets' words too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.page.ablation import NAMES, WORDS, without_lists
from tests.page.test_captures import captures, check_capture
from tests.page.test_seeds import FACTS, check_seed, on_shared

# Told by an outlet's word alone (Weekly, the Persian for magazine or agency), by no structure.
ONLY_BY_WORD = {"gen_outlet_comma_date", "gen_persian_outlet", "gen_state_agency"}


@pytest.mark.parametrize("path", captures())
def test_captures_need_no_list_of_names(path: Path) -> None:
    with without_lists(*NAMES):
        check_capture(path)


@pytest.mark.parametrize("path", captures(*ONLY_BY_WORD))
def test_captures_need_no_outlet_words(path: Path) -> None:
    with without_lists(*WORDS):
        check_capture(path)


@on_shared
@pytest.mark.parametrize("emptied", [NAMES, WORDS], ids=["names", "words"])
@pytest.mark.parametrize("seed", sorted(FACTS))
def test_seeds_need_no_lists(seed: str, emptied: tuple[str, ...]) -> None:
    with without_lists(*emptied):
        check_seed(seed)


def test_the_lists_are_full_again() -> None:
    with without_lists(*WORDS):
        assert json.dumps(sorted(_outlets())) == "[]"
    assert "iran focus" in _outlets()


def _outlets() -> frozenset[str]:
    from reportedly.page.lexicon import words

    return words("outlets")
