"""What holds for any text: spans, order of days, and that nothing is counted from the real today."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.times import lexicon, time_mentions
from reportedly.times.rules import ACTIONS
from reportedly.types import Anchor, Precision, PublishedDate, TimeMention

PACKAGE = Path(__file__).parents[2] / "src" / "reportedly" / "times"
BLANK = {"en": spacy.blank("en"), "fa": spacy.blank("fa")}
WORDS = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"))
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


def published(day: datetime.date | None) -> PublishedDate | None:
    return PublishedDate(day.isoformat(), Precision.DAY) if day else None


def mentions(text: str, day: datetime.date | None, language: str = "en") -> tuple[TimeMention, ...]:
    return time_mentions(BLANK[language].make_doc(text), published(day))


@st.composite
def texts(draw: Callable[[st.SearchStrategy[list[str]]], list[str]], language: str) -> str:
    words = st.lists(st.sampled_from(WORDS[language]) | st.text(max_size=4), max_size=14)
    return " ".join(draw(words))


def check(text: str, found: tuple[TimeMention, ...]) -> None:
    at = 0
    for one in found:
        assert at <= one.span.start < one.span.end <= len(text)
        assert text[one.span.start : one.span.end].strip() == text[one.span.start : one.span.end]
        at = one.span.end
        ends = [datetime.date.fromisoformat(value) for value in (one.start, one.end) if value]
        assert ends == sorted(ends)
        assert bool(ends) == (one.precision is not None)
        assert ends or one.reason
        assert ends or one.anchor == Anchor.NONE


@settings(max_examples=150, deadline=None)
@given(texts("en"), days)
def test_any_english(text: str, day: datetime.date) -> None:
    check(text, mentions(text, day))


@settings(max_examples=80, deadline=None)
@given(texts("fa"), days)
def test_any_persian(text: str, day: datetime.date) -> None:
    check(text, mentions(text, day, "fa"))


@settings(max_examples=80, deadline=None)
@given(texts("en"), days)
def test_without_a_published_date_nothing_hangs_on_one(text: str, day: datetime.date) -> None:
    bare = mentions(text, None)
    assert all(one.anchor != Anchor.PUBLISHED for one in bare)
    dated = mentions(text, day)
    assert [one.span for one in bare] == [one.span for one in dated]
    for one, other in zip(bare, dated, strict=True):
        if other.anchor == Anchor.NONE and one.reason != "no published date" and other.start:
            assert (one.start, one.end) == (other.start, other.end)


@settings(max_examples=60, deadline=None)
@given(
    days,
    st.integers(-60, 60),
    st.sampled_from(
        [
            "yesterday",
            "today",
            "the day after tomorrow",
            "overnight",
            "two days ago",
            "the past nine days",
            "last night",
        ]
    ),
)
def test_relative_days_move_with_the_published_date(day: datetime.date, count: int, words: str) -> None:
    shift = datetime.timedelta(days=count)
    (one,), (other,) = mentions(f"It rained {words}.", day), mentions(f"It rained {words}.", day + shift)
    assert one.anchor == other.anchor == Anchor.PUBLISHED
    for before, after in ((one.start, other.start), (one.end, other.end)):
        assert datetime.date.fromisoformat(str(before)) + shift == datetime.date.fromisoformat(str(after))


@settings(max_examples=60, deadline=None)
@given(
    days, st.integers(-20, 20), st.sampled_from(["last week", "on Friday", "next Monday", "over the weekend"])
)
def test_weeks_move_with_the_published_date(day: datetime.date, weeks: int, words: str) -> None:
    shift = datetime.timedelta(weeks=weeks)
    (one,), (other,) = mentions(f"It rained {words}.", day), mentions(f"It rained {words}.", day + shift)
    assert datetime.date.fromisoformat(str(one.start)) + shift == datetime.date.fromisoformat(
        str(other.start)
    )


@settings(max_examples=40, deadline=None)
@given(
    days,
    st.sampled_from(["last year", "in the past decade", "Friday", "in May", "yesterday", "two months ago"]),
)
def test_a_coarse_published_date_holds_what_each_of_its_days_would_mean(
    day: datetime.date, words: str
) -> None:
    text = f"It rained {words}."
    month = PublishedDate(day.isoformat()[:7], Precision.MONTH)
    (coarse,) = time_mentions(BLANK["en"].make_doc(text), month)
    (fine,) = mentions(text, day)
    assert coarse.start is not None
    assert coarse.end is not None
    assert coarse.start <= str(fine.start) <= str(fine.end) <= coarse.end
    assert coarse.precision != Precision.DAY


def test_no_code_asks_what_day_it_is() -> None:
    asked = [
        f"{path.name}:{node.lineno}"
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func)
        in ("datetime.date.today", "Day.today", "datetime.datetime.now", "time.time")
    ]
    assert asked == []


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_the_grammar_names_only_what_there_is(language: str) -> None:
    grammar = lexicon.grammar(language)
    assert grammar is not None
    rules = [rule for level in grammar.levels for rule in level]
    assert {rule.action for rule in rules} <= {*ACTIONS, "skip"}
    doc = BLANK[language].make_doc("x")
    from reportedly.times.context import Context

    assert {rule.check for rule in rules if rule.check} <= set(Context(doc, grammar).checks)


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_a_phrase_stands_in_one_class_only(language: str) -> None:
    grammar = lexicon.grammar(language)
    assert grammar is not None
    phrases = [
        (first, entry.tail, entry.sign) for first, all_of in grammar.entries.items() for entry in all_of
    ]
    classes: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for first, tail, sign in phrases:
        classes.setdefault((first, tail), set()).add(grammar.names[sign])
    assert {phrase: names for phrase, names in classes.items() if len(names) > 1} == {}


def test_every_action_is_used() -> None:
    used = {
        rule.action
        for language in lexicon.LANGUAGES
        for level in getattr(lexicon.grammar(language), "levels", ())
        for rule in level
    }
    assert set(ACTIONS) <= used
