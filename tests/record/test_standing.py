"""Times, ties and mentions go to the statement that they are of."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reportedly.record import Finds, StoryParts, build_story
from reportedly.types import (
    Actor,
    ActorKind,
    Anchor,
    Assertion,
    Attribution,
    Kind,
    Media,
    Mention,
    MentionLabel,
    Metadata,
    Page,
    Pool,
    Precision,
    Span,
    Statement,
    Story,
    Tie,
    TimeMention,
)

TEXT = (
    "In May the harbour board said on Friday that Ada Quill told it in March that the bridge fell in 2019. "
    "Divers came in June. Ada Quill said on Monday it was late, and Odo Wray said on Tuesday it was not."
)
PAGE = Page("p", "a.txt", Media.CAPTURE, TEXT)
STORY = Story("s", "p", 0, TEXT, 0, len(TEXT), (), "en", Metadata(outlet="Vell Courier"))


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def told(source: str, cue: Span, content: str, parent: int | None = None) -> Attribution:
    return Attribution((span(source),), (cue,), (span(content),), Kind.INDIRECT, 0.5, parent)


def time(words: str) -> TimeMention:
    return TimeMention(span(words), None, None, Precision.DAY, Anchor.NONE, "for the test")


CUES = [Span(at, at + 4) for at in range(len(TEXT)) if TEXT.startswith("said", at)]
BOARD = told("the harbour board", CUES[0], "that Ada Quill told it in March that the bridge fell in 2019")
QUILL = told("Ada Quill", span("told"), "that the bridge fell in 2019", 0)
LATE = told("Ada Quill said", CUES[1], "it was late")
NOT_LATE = told("Odo Wray", CUES[2], "it was not")
DIVERS = Assertion(span("Divers came in June."), 0.5)
SENTENCES = (
    Span(0, TEXT.index("Divers")),
    span("Divers came in June."),
    Span(TEXT.index("Ada Quill said"), len(TEXT)),
)
TIMES = tuple(map(time, ("In May", "on Friday", "in March", "in 2019", "in June", "on Monday", "on Tuesday")))


def built(finds: Finds, *attributions: Attribution) -> dict[str, Statement]:
    """Return the statements by the first word of the cue or, without one, of the content."""
    parts = StoryParts(STORY, attributions or (BOARD, QUILL, LATE, NOT_LATE), (DIVERS,), finds=finds)
    made = build_story(PAGE, parts).statements
    return {f"{TEXT[one.cue.start : one.cue.end]} {one.cue.start}" if one.cue else "own": one for one in made}


def words(times: tuple[TimeMention, ...]) -> list[str]:
    return [TEXT[one.span.start : one.span.end] for one in times]


def test_a_time_belongs_to_the_innermost_content_and_the_nearest_cue() -> None:
    made = built(Finds(times=TIMES, sentences=SENTENCES))
    board, quill = made[f"said {CUES[0].start}"], made[f"told {TEXT.index('told')}"]
    assert (words(board.times), words(board.said)) == (["in March"], ["In May", "on Friday"])
    assert (words(quill.times), words(quill.said)) == (["in 2019"], ["in March"])
    late, not_late = made[f"said {CUES[1].start}"], made[f"said {CUES[2].start}"]
    assert (words(late.said), words(not_late.said)) == (["on Monday"], ["on Tuesday"])
    assert (words(late.times), words(not_late.times)) == ([], [])
    assert (words(made["own"].times), words(made["own"].said)) == (["in June"], [])


def test_a_dateline_tells_no_time() -> None:
    dated = replace(STORY, dateline=span("In May"))
    parts = StoryParts(dated, (BOARD,), finds=Finds(times=TIMES[:2], sentences=SENTENCES))
    (made,) = build_story(PAGE, parts).statements
    assert words(made.said) == ["on Friday"]


def test_a_tie_belongs_to_the_innermost_content() -> None:
    bridge, board = (Actor(name, ActorKind.PLACE, span(name)) for name in ("the bridge", "the harbour board"))
    ties = tuple(
        Tie(bridge, words, None, board, False, span(words), 0.5) for words in ("fell", "told", "came", "said")
    )
    made = built(Finds(ties=ties))
    found = {one.relation: name.split()[0] for name, statement in made.items() for one in statement.ties}
    assert found == {"fell": "told", "told": "said", "came": "own"}


def test_mentions_stand_with_every_content_around_them() -> None:
    named = tuple(Mention(name, MentionLabel.PER, span(name)) for name in ("Ada Quill", "2019", "Odo Wray"))
    made = built(Finds(mentions=named))
    found = {name.split()[0]: [one.name for one in statement.mentions] for name, statement in made.items()}
    assert found["told"] == ["2019"]
    assert [one.name for one in made[f"said {CUES[0].start}"].mentions] == ["Ada Quill", "2019"]


def test_a_vector_is_the_unit_mean_of_what_the_content_touches() -> None:
    starts = [0, TEXT.index("that the bridge"), TEXT.index("fell in 2019"), TEXT.index("Divers")]
    offsets = np.array([*pairwise(starts), (starts[-1], len(TEXT))], np.int32)
    made = built(Finds(pool=Pool(offsets, np.eye(4, 384, dtype=np.float32))))
    quill = np.frombuffer(made[f"told {TEXT.index('told')}"].vector or b"", "<f2").astype(float)
    assert quill[:4] == pytest.approx([0, 0.5**0.5, 0.5**0.5, 0], abs=1e-3)
    own = np.frombuffer(made["own"].vector or b"", "<f2")
    assert (own.shape, own[3]) == ((384,), 1)


@pytest.mark.parametrize("rows", [np.zeros((1, 384), np.float32), np.full((1, 384), np.nan, np.float32)])
def test_no_vector_where_there_is_no_direction(rows: NDArray[np.float32]) -> None:
    made = built(Finds(pool=Pool(np.array([[0, len(TEXT)]], np.int32), rows)))
    assert {one.vector for one in made.values()} == {None}
    empty = Pool(np.zeros((0, 2), np.int32), np.zeros((0, 384), np.float32))
    assert {one.vector for one in built(Finds(pool=empty)).values()} == {None}


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 40)), max_size=8))
def test_no_time_is_told_of_two_claims(places: list[tuple[int, int]]) -> None:
    spans = {Span(start, min(start + length, len(TEXT))) for start, length in places}
    times = tuple(
        TimeMention(one, None, None, None, Anchor.NONE) for one in sorted(spans, key=lambda s: s.start)
    )
    made = build_story(
        PAGE,
        StoryParts(STORY, (BOARD, QUILL, LATE), (DIVERS,), finds=Finds(times=times, sentences=SENTENCES)),
    )
    claimed = [one for statement in made.statements for one in statement.times]
    assert len(claimed) == len(set(claimed))
    for statement in made.statements:
        for one in statement.times:
            assert any(c.start <= one.span.start and one.span.end <= c.end for c in statement.content)
        for one in statement.said:
            assert not any(c.start <= one.span.start and one.span.end <= c.end for c in statement.content)


def test_a_span_outside_the_story_is_loud() -> None:
    with pytest.raises(ValueError, match="outside story"):
        built(Finds(mentions=(Mention("x", MentionLabel.NUM, Span(0, 10_000)),)))
