"""The stage as a whole, with the shipped model, on invented stories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from reportedly.attribution import assertions, attribute
from reportedly.parse import load_pipeline
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Attribution

STORIES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("stories.yaml").read_text(encoding="utf-8")
)
PIECES = [
    "“",
    "”",
    '"',
    "``",
    "''",
    "’",
    " said ",
    "Ana Moss",
    "it rained",
    ",",
    ".",
    "\n",
    " ",
    "😀",
    "باران",
    "\u00a0",
]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    found = load_pipeline("en", ParseSettings())
    assert found is not None
    return found


def plain(text: str, one: Attribution) -> list[object]:
    def words(spans: Any) -> list[str]:
        return [text[span.start : span.end] for span in spans]

    return [str(one.kind), " + ".join(words(one.source)), " + ".join(words(one.cue)), words(one.content)]


@pytest.mark.parametrize("story", STORIES, ids=[story["text"][:40] for story in STORIES])
def test_plain_stories(pipeline: Pipeline, story: dict[str, Any]) -> None:
    found = attribute(pipeline.parse(story["text"]))
    assert [plain(story["text"], one) for one in found] == story["found"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@given_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_span_slices_the_text(pipeline: Pipeline, text: str) -> None:
    doc = pipeline.parse(text)
    for one in attribute(doc):
        assert one.content
        assert 0 <= one.confidence <= 1
        for span in (*one.source, *one.cue, *one.content):
            assert 0 <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip() == text[span.start : span.end]


def test_one_bad_mark_spoils_no_other_paragraph(pipeline: Pipeline) -> None:
    story = "“The bridge was never safe,” Mayor Ana Moss said.\n\nPolice said the road was closed on Monday."
    whole = attribute(pipeline.parse(story))
    broken = attribute(pipeline.parse(story.replace("safe,”", "safe,")))
    assert plain(story, whole[-1])[1:] == plain(story.replace("safe,”", "safe,"), broken[-1])[1:]


def test_a_long_story_and_its_assertions(pipeline: Pipeline) -> None:
    line = "The river rose on Monday. “The dam held,” Rex Dole said, “and nobody was hurt.”\n\n"
    doc = pipeline.parse(line * 500)
    found = attribute(doc)
    assert 450 <= len(found) <= 550
    own = assertions(doc, found, ())
    assert {doc.text[one.span.start : one.span.end] for one in own} == {"The river rose on Monday."}


def test_an_empty_text_says_nothing(pipeline: Pipeline) -> None:
    doc = pipeline.parse("")
    assert attribute(doc) == ()
    assert assertions(doc, (), ()) == ()
