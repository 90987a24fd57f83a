"""Names, phrases and sentences as strings: cases as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.corpus.actors import names, phrases
from reportedly.corpus.actors.bodies import expanded
from reportedly.corpus.actors.reading import Text, told_by

HERE = Path(__file__).parent


def _cases(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


NAMES = _cases("name_cases.yaml")


@pytest.mark.parametrize(("name", "wanted"), NAMES["key"])
def test_plain_spellings_have_one_key(name: str, wanted: str) -> None:
    assert names.key(name) == wanted


@pytest.mark.parametrize(("name", "wanted"), NAMES["person"])
def test_titles_are_no_part_of_a_person(name: str, wanted: list[str]) -> None:
    assert names.person(name) == tuple(wanted)


@pytest.mark.parametrize(("one", "other", "wanted"), NAMES["alike"])
def test_spellings_of_one_sound(one: str, other: str, wanted: bool) -> None:
    assert names.alike(one, other) is wanted
    assert names.alike(other, one) is wanted


@pytest.mark.parametrize(("words", "affiliation", "kind", "key", "place"), _cases("phrase_cases.yaml"))
def test_phrases(words: str, affiliation: str | None, kind: str, key: str, place: str) -> None:
    phrase = phrases.read(words, affiliation)
    assert (phrase.kind, phrase.key, phrase.place) == (kind, key, place)


@pytest.mark.parametrize(("sentence", "who"), _cases("told_cases.yaml"))
def test_who_tells_a_sentence(sentence: str, who: str | None) -> None:
    assert told_by(sentence) == who


def test_an_acronym_is_explained_by_the_words_before_it() -> None:
    assert expanded("Boats of the Northern Herring Union ", "NHU") == "Northern Herring Union"
    assert expanded("Boats of the Northern Herring Union ", "XYZ") is None


def test_sentences_do_not_end_at_a_title_or_an_initial() -> None:
    text = Text("He met Mr. Oddy. The N. Lusajo case went on.")
    assert text.sentence(0, 1) == (0, 17)
    assert text.sentence(20, 21) == (17, len(text.text))


@given(st.text(max_size=60))
def test_any_string_is_a_name_to_read(name: str) -> None:
    names.key(name)
    names.person(name)
    names.sound(names.fold(name))
    phrases.read(name, name)
    told_by(name)
    assert names.clean(names.clean(name)) == names.clean(names.clean(names.clean(name)))
