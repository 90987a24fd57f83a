"""The shipped model, in spans, on text as it comes: in any case, with any marks, glued, very long."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from spacy.tokens import Doc

from reportedly.attribution import attribute
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Attribution, Span

pytestmark = pytest.mark.issue(3)

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("robustness.yaml").read_text(encoding="utf-8")
)
BASE: str = CASES["base"]["text"]

OVERLAP = 0.75
"""Characters shared by what was wanted and what was found, of those in either."""

Wanted = Sequence[Sequence[str]]


def marks(opening: str, closing: str) -> Callable[[str], str]:
    """Return a function that puts other marks in place of the straight ones."""

    def dress(text: str) -> str:
        parts = text.split('"')
        return "".join(
            part if not number else (opening if number % 2 else closing) + part
            for number, part in enumerate(parts)
        )

    return dress


DRESSES: dict[str, Callable[[str], str]] = {
    "straight quotes": str,
    "lower case": str.lower,
    "upper case": str.upper,
    "curly quotes": marks("“", "”"),
    "guillemets": marks("«", "»"),
    "guillemets set apart": marks("«\u00a0", "\u00a0»"),
    "single quotes": marks("'", "'"),
    "curly single quotes": marks("‘", "’"),
    "low quotes": marks("„", "“"),
    "typewriter quotes": marks("``", "''"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "doubled blanks": lambda text: text.replace(" ", "  "),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "one paragraph": lambda text: text.replace("\n\n", " "),
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("en", ParseSettings())


def words_of(text: str, spans: tuple[Span, ...]) -> set[int]:
    """Return the characters of spans, blanks and marks left out."""
    return {at for span in spans for at in range(span.start, span.end) if text[at].isalnum()}


def stretch(text: str, words: str) -> set[int]:
    """Return the characters of the stretches of text that have these words, " ... " between two of them."""
    plain, places = "", []
    for at, sign in enumerate(text):
        if sign.isalnum():
            plain += sign.lower()
            places.append(at)
    kept: set[int] = set()
    for part in words.split(" ... "):
        bare = "".join(sign for sign in part if sign.isalnum())
        found = plain.find(bare)
        assert found >= 0, f"{part!r} is not in the text"
        kept |= {*places[found : found + len(bare)]}
    return kept


def met(text: str, found: tuple[Attribution, ...], source: str, content: str) -> bool:
    """Tell whether some attribution's source has the last word of ``source``, and its content this one."""
    wanted, last = stretch(text, content), source.rpartition(" ")[2]
    for one in found:
        said = words_of(text, one.content)
        words = "".join(text[span.start : span.end] for span in one.source).lower()
        if last in words and len(wanted & said) >= OVERLAP * len(wanted | said):
            return True
    return False


def missed(pipeline: Pipeline, text: str, wanted: Wanted) -> list[Sequence[str]]:
    found = attribute(pipeline.parse(text))
    return [one for one in wanted if not met(text, found, *one)]


def cases(names: Iterable[str]) -> list[Any]:
    """Return the names as parameters, those that the shipped model fails on as strict expected failures."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=CASES["fails"][name]))
        if name in CASES["fails"]
        else name
        for name in names
    ]


@pytest.mark.parametrize("name", cases(DRESSES))
def test_a_story_in_any_dress_keeps_its_attributions(pipeline: Pipeline, name: str) -> None:
    assert missed(pipeline, DRESSES[name](BASE), CASES["base"]["wanted"]) == []


@pytest.mark.parametrize("name", cases(CASES["stories"]))
def test_odd_stories_keep_their_attributions(pipeline: Pipeline, name: str) -> None:
    case = CASES["stories"][name]
    assert missed(pipeline, case["text"], case["wanted"]) == []


SCENES = [
    "The {place} council closed the bridge on {day}, mayor {name} said.",
    "“Nobody warned us about the flood in {place},” {name} told reporters on {day}.",
    "Rain fell on {place} for the whole of {day}, and the lower streets were under water by noon.",
    "According to {name}, the repairs in {place} will last until {day}.",
    "The market in {place} opened as usual. Stalls sold out before noon, and the square was empty by dusk.",
    "Police in {place} said that two men had been held since {day}.",
    "{name}, of the union in {place}, denied that a strike was planned. “That is a rumour,” she said.",
    "Trains to {place} ran late all of {day}; buses stood in for some of them.",
]
NAMES = ["Ada Moss", "Ivo Kern", "Lena Falk", "Tomas Lind", "Petra Vallin", "Oskar Brand", "Signe Holt"]
PLACES = ["Ostrel", "Vennes", "Karnow", "Lund Bay", "Marrick", "Tolva", "Esk", "Brunne", "Halm"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def paragraphs(words: int) -> list[str]:
    """Return different paragraphs of so many words in all."""
    found: list[str] = []
    number = 0
    while sum(len(one.split()) for one in found) < words:
        found.append(
            SCENES[number % len(SCENES)].format(
                name=NAMES[number % 7], place=PLACES[number % 9], day=DAYS[number % 5]
            )
        )
        number += 1
    return found


def by_paragraph(pipeline: Pipeline, parts: Sequence[str]) -> dict[str, set[str]]:
    """Return the contents that begin in each paragraph of the story that the paragraphs make up."""
    text = "\n".join(parts)
    found: dict[str, set[str]] = {part: set() for part in parts}
    for one in attribute(pipeline.parse(text)):
        for span in one.content:
            start = text.rfind("\n", 0, span.start) + 1
            found[text[start:].partition("\n")[0]].add(text[span.start : span.end])
    return found


def telling(parts: Sequence[str]) -> list[str]:
    """Return the paragraphs in which somebody says something."""
    return [part for part in parts if "said" in part or "told" in part or "According" in part]


@pytest.mark.xfail(strict=True, reason=CASES["fails"]["ten thousand words"])
def test_no_attribution_of_a_long_story_is_lost_at_a_seam(pipeline: Pipeline) -> None:
    parts = paragraphs(10_000)
    other = parts.copy()
    random.Random(1).shuffle(other)
    here, there = by_paragraph(pipeline, parts), by_paragraph(pipeline, other)
    assert [part for part in telling(parts) if not here[part]] == []
    assert [part for part in telling(parts) if not there[part]] == []
    # what stands before a paragraph may move the edge of a span, rarely
    moved = [part for part in telling(parts) if here[part] != there[part]]
    assert len(moved) <= 0.05 * len(parts)


JOINS = {
    "a paragraph of 2,000 words": ". ",
    "one without a full stop": "; ",
    "one of and, and, and": ", and ",
}


@pytest.mark.parametrize("name", cases(JOINS))
def test_a_paragraph_of_two_thousand_words_loses_next_to_nothing(pipeline: Pipeline, name: str) -> None:
    join = JOINS[name]
    parts = [part.rstrip(".").replace(". ", join) for part in paragraphs(2_000)]
    text = join.join(parts)
    contents = [span for one in attribute(pipeline.parse(text)) for span in one.content]
    lost = []
    for part in telling(parts):
        start = text.find(part)
        if not any(start <= span.start < start + len(part) for span in contents):
            lost.append(part)
    assert len(lost) <= 0.1 * len(telling(parts))


def same(one: Doc, other: Doc) -> bool:
    """Tell whether two Docs say the same in every token, span and number."""
    names: list[int | str] = [
        "ORTH",
        "POS",
        "TAG",
        "LEMMA",
        "DEP",
        "HEAD",
        "ENT_IOB",
        "ENT_TYPE",
        "SENT_START",
    ]
    numbers = all(
        np.array_equal(one.user_data[key], other.user_data[key], equal_nan=True)
        for key in ("factuality", "vectors")
        if key in one.user_data
    )
    arrays = np.array_equal(one.to_array(names), other.to_array(names))
    return numbers and arrays and attribute(one) == attribute(other)


def test_the_same_text_among_others_says_the_same(pipeline: Pipeline) -> None:
    texts = [BASE, *(case["text"] for case in CASES["stories"].values()), "\n".join(paragraphs(600))]
    first = [pipeline.parse(text) for text in texts]
    fresh = Pipeline("en", ParseSettings())
    backwards = [fresh.parse(text) for text in reversed(texts)]
    assert all(same(one, other) for one, other in zip(first, reversed(backwards), strict=True))


def test_threads_do_not_change_what_is_said(pipeline: Pipeline) -> None:
    text = "\n".join(paragraphs(600))
    assert same(pipeline.parse(text), Pipeline("en", ParseSettings(threads=2)).parse(text))
