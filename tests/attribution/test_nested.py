"""Attributions inside another's content, with the shipped model, on invented stories."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from bench.nested import PARTS, read_cases, read_marks, score
from reportedly.attribution import attribute
from reportedly.parse import load_pipeline
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Attribution, Encoding, Kind, Span

PIECES = [
    "“",
    "”",
    '"',
    " said ",
    "Ana Moss",
    " told us that ",
    "Rex Dole",
    "documents show",
    " it rained",
    ",",
    ". ",
    "\n",
]
PIECES += ["’", "‘", "\u00a0", "İ", "ß", "😀", " claims that ", "According to ", "that ", "…"]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    found = load_pipeline("en", ParseSettings())
    assert found is not None
    return found


def read(pipeline: Pipeline, text: str) -> tuple[Attribution, ...]:
    return attribute(pipeline.parse(text), pipeline.encode)


def words(text: str, spans: tuple[Span, ...]) -> str:
    return " + ".join(text[span.start : span.end] for span in spans)


def test_three_levels(pipeline: Pipeline) -> None:
    text = "Senator Hale said the ambassador assured him that the rebels had promised to leave by Sunday."
    found = read(pipeline, text)
    assert [(words(text, one.source), words(text, one.cue), one.parent) for one in found] == [
        ("Senator Hale", "said", None),
        ("the ambassador", "assured", 0),
        ("the rebels", "had promised", 1),
    ]
    assert words(text, found[2].content) == "to leave by Sunday"


def test_documents_inside_a_quotation(pipeline: Pipeline) -> None:
    said = "“The papers indicate Ana Moss referred to the firm as the ‘main artery‘ of the trade.”"
    text = f"Rex Dole, a spokesman for the agency, said: {said}"
    found = read(pipeline, text)
    sources = {words(text, one.source): one.parent for one in found}
    assert sources["The papers"] == 0
    assert found[0].parent is None


def test_a_quotation_interrupted_by_its_speaker(pipeline: Pipeline) -> None:
    text = "“My uncle told me,” Rex Dole said, “that the dam had been sold twice.”"
    inner = [one for one in read(pipeline, text) if one.parent is not None]
    assert [(words(text, one.source), words(text, one.cue)) for one in inner] == [("My uncle", "told")]
    assert words(text, inner[0].content).startswith("that the dam had been sold twice")


def test_without_an_encoder_nothing_is_nested(pipeline: Pipeline) -> None:
    text = "Senator Hale said the ambassador assured him that the rebels had promised to leave."
    assert all(one.parent is None for one in attribute(pipeline.parse(text)))


def test_a_content_without_a_word_that_reports_is_not_read_again(pipeline: Pipeline) -> None:
    def reread(text: str) -> Encoding:
        raise AssertionError(text)

    doc = pipeline.parse("The mayor said the bridge would open in May.")
    assert len(attribute(doc, reread)) == 1


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("“ said  claims that  said ”“ claims that ")
@given_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_inner_ones_stand_in_their_parents(pipeline: Pipeline, text: str) -> None:
    found = read(pipeline, text)
    assert found == read(pipeline, text)
    for place, one in enumerate(found):
        spans = (*one.source, *one.cue, *one.content)
        assert one.content
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)
        if one.parent is None:
            continue
        outer = found[one.parent]
        assert one.parent < place
        assert one.confidence <= outer.confidence
        assert all(any(o.start <= s.start and s.end <= o.end for o in outer.content) for s in spans)
        size = sum(span.end - span.start for span in one.content)
        assert size < sum(span.end - span.start for span in outer.content)


def test_a_story_of_one_endless_nest_ends(pipeline: Pipeline) -> None:
    text = "Rex Dole said " + "that Ana Moss said " * 60 + "it rained."
    found = read(pipeline, text)
    assert 2 <= len(found) <= 200


@pytest.mark.parametrize("part", PARTS)
def test_the_marks_of_the_development_set(part: str) -> None:
    for case in read_cases(part):
        assert all(one.content and one.cue for one in case.gold), case.text
        assert not any(mark in case.text for mark in "{}")


def test_a_link_scores_once() -> None:
    case = read_marks("{1s Ana} {1c said} {1x {2s Rex} {2c thinks} {2x it rained all night}}.")
    outer, inner = case.gold
    assert (outer.parent, inner.parent) == (None, 0)
    found = [
        Attribution(one.source, one.cue, one.content, Kind.INDIRECT, 0.9, one.parent)
        for one in (outer, inner, inner)
    ]
    assert score(case, found) == (1, 2, 1)
    assert score(case, found[:1]) == (1, 0, 0)
