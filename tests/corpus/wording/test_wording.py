"""Words, numbers, clauses and times of day as statements are compared by them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportedly.corpus.wording import lexicon as lexicon_module
from reportedly.corpus.wording.clauses import HEDGED, NEGATED, WISHED, mark
from reportedly.corpus.wording.clocks import apart, clocks
from reportedly.corpus.wording.lexicon import lexicon, stem
from reportedly.corpus.wording.numerals import Numeral, agree, numerals
from reportedly.corpus.wording.tokens import GIVEN, NAME, PLAIN, WEAK, surfaces, tokens, word

pytestmark = pytest.mark.issue(5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("negotiations", "talks"),
        ("withdrawal", "leaves"),
        ("killed", "deaths"),
        ("injured", "hurt"),
        ("sold", "selling"),
        ("explosion", "blast"),
        ("detained", "arrests"),
        ("Tuesday's", "Tuesday"),
        ("de-certifying", "decertification"),
    ],
)
def test_words_of_one_concept(one: str, other: str) -> None:
    assert word(one).concept == word(other).concept


@pytest.mark.parametrize(("one", "other"), [("killed", "injured"), ("bank", "band"), ("opened", "closed")])
def test_words_of_two_concepts(one: str, other: str) -> None:
    assert word(one).concept != word(other).concept


def test_a_word_is_in_one_set_of_synonyms() -> None:
    tree = yaml.safe_load(Path(lexicon_module.__file__).with_name("lexicon.yaml").read_text(encoding="utf-8"))
    irregular = lexicon().irregular
    stems = Counter(
        base for row in tree["synonyms"] for base in {stem(irregular.get(one, one)) for one in row.split()}
    )
    assert [base for base, count in stems.items() if count > 1] == []


def test_opposites_and_converses_are_concepts() -> None:
    known = lexicon()
    for pairs in (known.opposites, known.converse):
        for one, others in pairs.items():
            assert known.concepts.get(one, one) == one
            assert one not in others
            assert all(one in pairs[other] for other in others)


@given(st.text(alphabet=st.characters(categories=["Ll"]), min_size=1, max_size=20))
def test_a_stem_is_never_empty_nor_longer_than_a_letter_more(text: str) -> None:
    assert 0 < len(stem(text)) <= len(text) + 1


def test_names_weigh_by_their_last_word() -> None:
    made = {one.text: one.weight for one in tokens("Then Ruda Menck said the pier was open", frozenset())}
    assert (made["Ruda"], made["Menck"], made["pier"], made["said"], made["the"]) == (
        GIVEN,
        NAME,
        PLAIN,
        WEAK,
        0,
    )


def test_surfaces_are_the_way_back() -> None:
    assert surfaces("The ferries sank")[word("ferry").concept] == "ferries"


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("forty thousand doses", 40_000, ""),
        ("1,200 rifles", 1_200, ""),
        ("three thousand four hundred laptops", 3_400, ""),
        ("a dozen men", 12, ""),
        ("at least 12 men", 12, "at least"),
        ("more than 200 men", 200, "over"),
        ("some 400 men", 400, "about"),
        ("nine million dollars", 9_000_000, ""),
        ("two thirds of the water", 0.6667, ""),
        ("a hundred and six men", 106, ""),
        ("3.5 tonnes", 3.5, ""),
    ],
)
def test_numbers(text: str, value: float, bound: str) -> None:
    (found,) = numerals(text.split())
    assert (found.value, found.bound) == (value, bound)


@pytest.mark.parametrize("text", ["one man", "the first man", "22:51", "1-2 goals"])
def test_what_is_no_number(text: str) -> None:
    assert numerals(text.split()) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ((400, "about"), (396, ""), True),
        ((400, ""), (396, ""), False),
        ((200, "over"), (212, ""), True),
        ((200, "over"), (300, ""), False),
        ((12, "at least"), (12, ""), True),
        ((12, "at least"), (15, ""), False),
    ],
)
def test_which_numbers_say_the_same(a: tuple[float, str], b: tuple[float, str], same: bool) -> None:
    one, two = (Numeral(value, 0, 0, bound) for value, bound in (a, b))
    assert agree(one, two) is same
    assert agree(two, one) is same


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("The gate was not opened; it failed", {"gate": NEGATED, "opened": NEGATED, "failed": 0}),
        ("There were 26 people on board, not 62", {"people": 0, "board": 0}),
        ("They not only sheltered the men", {"sheltered": 0}),
        ("They have an agreement to not target ships", {"agreement": 0, "target": NEGATED}),
        ("The balloon may have carried cameras", {"balloon": HEDGED, "cameras": HEDGED}),
        ("The mayor should resign", {"mayor": WISHED, "resign": WISHED}),
        ("The gate opened without a siren", {"gate": 0, "siren": NEGATED}),
        ("It is not true that the alarm rang", {"alarm": NEGATED, "rang": NEGATED}),
        ("Reports that the alarm rang are false", {"alarm": NEGATED, "rang": NEGATED}),
        ("She could not see the gate", {"gate": NEGATED}),
    ],
)
def test_what_clauses_make_of_words(text: str, flagged: dict[str, int]) -> None:
    made = tokens(text, frozenset())
    mark(made, text)
    flags = {one.text: one.flags for one in made}
    assert {name: flags[name] for name in flagged} == flagged


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 22:51 on Tuesday", [651]),
        ("at about ten to eleven", [650]),
        ("shortly before eleven at night", [660]),
        ("at midnight", [0]),
        ("at 1.34 a.m.", [94]),
        ("about ten people came", []),
        ("at ten schools", []),
        ("it rose by 1.34 percent", []),
    ],
)
def test_times_of_day(text: str, minutes: list[int]) -> None:
    assert [one.minutes for one in clocks(text)] == minutes


def test_times_of_day_are_apart_by_the_shorter_way_round() -> None:
    assert apart(10, 710) == 20
