"""Nouns that report, and passives that name nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench.nested import read_marks
from reportedly.attribution.according import completed
from reportedly.attribution.impersonal import impersonal, lowered
from reportedly.attribution.nouns import noun_attributions
from reportedly.types import Attribution, Kind, Span


def _cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return found


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " + ".join(text[span.start : span.end] for span in spans)


def _nouns() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["text"][:40],
            marks=[pytest.mark.xfail(strict=True, reason=case["known_failure"])]
            if "known_failure" in case
            else [],
        )
        for case in _cases("nouns.yaml")
    ]


@pytest.mark.parametrize("case", _nouns())
def test_nouns(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        [_words(text, one.source), _words(text, one.cue), _words(text, one.content)]
        for one in noun_attributions(text, Span(0, len(text)))
    ]
    assert found == case["found"]


@pytest.mark.parametrize("case", _cases("impersonal.yaml"), ids=lambda case: case["text"][:40])
def test_passives(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [[_words(text, one.cue), _words(text, one.content)] for one in impersonal(text, ())]
    assert found == case["found"]


def test_a_passive_inside_another_attribution_waits_for_its_turn() -> None:
    text = "She wrote that it is believed that the port was sold."
    around = Attribution((Span(0, 3),), (Span(4, 9),), (Span(10, len(text) - 1),), Kind.INDIRECT, 0.9)
    assert list(impersonal(text, [around])) == []


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        ("{1s The firm} {1c is said} {1x to have left}.", "", "The firm + to have left"),
        ("{1s The firm} {1c is widely believed} {1x to be ill}.", "", "The firm + to be ill"),
        ("{1s The firm} {1c is said} {1x that it left}.", "The firm", "that it left"),
        ("{1s The firm} {1c said} {1x to leave}.", "The firm", "to leave"),
    ],
)
def test_who_is_said_to_have_done_something_says_nothing(marked: str, source: str, content: str) -> None:
    marks = read_marks(marked)
    (gold,) = marks.gold
    one = lowered(Attribution(gold.source, gold.cue, gold.content, Kind.INDIRECT, 0.9), marks.text)
    assert (_words(marks.text, one.source), _words(marks.text, one.content)) == (source, content)


@pytest.mark.parametrize(
    ("marked", "content"),
    [
        ("It froze. {1c According to} {1s Dr. Moss}, the dam had leaked. Rex left.", "the dam had leaked"),
        ("It froze. The dam had leaked, {1c according to} {1s Dr. Moss}. Rex left.", "The dam had leaked"),
        ("{1c According to} {1s Dr. Moss}, {2s Rex} {2c said} {2x the dam leaked}.", None),
        ("They played {1c according to} {1s the rules}.", None),
        ("The dam {1c blamed on} {1s Dr. Moss}, the mayor, had leaked.", None),
    ],
)
def test_according_to_takes_the_rest_of_its_sentence(marked: str, content: str | None) -> None:
    marks = read_marks(marked)
    cues = [Attribution(one.source, one.cue, (), Kind.INDIRECT, 0.8) for one in marks.gold if not one.content]
    whole = [Attribution(o.source, o.cue, o.content, Kind.INDIRECT, 0.8) for o in marks.gold if o.content]
    found = [_words(marks.text, one.content) for one in completed(marks.text, cues, whole)]
    assert found == ([content] if content else [])


@given(st.text(alphabet="it is said that claims by Rex, .;\n", max_size=120))
def test_their_spans_slice_the_text(text: str) -> None:
    for one in [*noun_attributions(text, Span(0, len(text))), *impersonal(text, ())]:
        for span in (*one.source, *one.cue, *one.content):
            assert 0 <= span.start < span.end <= len(text)
