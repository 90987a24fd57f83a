"""Judged words in a story that is not what it was."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly import review
from reportedly.review.placing import closest, placed, text_hash
from reportedly.types import Quote, Story
from tests.export.build import DENIAL, view

SEEN = view(DENIAL)


def moved(text: str) -> Story:
    from dataclasses import replace

    return replace(SEEN.story, text=text)


def test_while_the_text_is_the_same_offsets_hold() -> None:
    quotes = review.quotes_of(SEEN.statements[0])
    words = review.words_of(SEEN.story, quotes)
    assert placed(SEEN.story, text_hash(SEEN.story), words, words.quotes) == quotes


@given(st.text(max_size=50), st.text(max_size=50))
def test_words_are_found_again_wherever_they_moved(before: str, after: str) -> None:
    story = moved(before + DENIAL.text + after)
    for statement in SEEN.statements:
        words = review.words_of(SEEN.story, review.quotes_of(statement))
        found = placed(story, text_hash(story), words, words.quotes)
        assert found is not None
        assert [story.text[one.start : one.end] for one in found] == [one.text for one in words.quotes]


def test_the_nearest_of_several_is_taken_and_what_is_gone_has_no_place() -> None:
    story = moved("rain. " * 5)
    words = review.words_of(SEEN.story, (Quote("content", 13, 17, "rain"), Quote("source", 0, 3, "Ada")))
    assert placed(story, text_hash(story), words, words.quotes) == (Quote("content", 12, 16, "rain"),)
    gone = review.words_of(SEEN.story, (Quote("content", 0, 4, "snow"),))
    assert placed(story, text_hash(story), gone, gone.quotes) is None


def test_of_two_statements_the_one_with_most_of_the_words_is_meant() -> None:
    outer, inner = SEEN.statements[1], SEEN.statements[2]
    for one in (outer, inner):
        assert closest(SEEN.statements, review.quotes_of(one)) == one
    shorter = tuple(
        Quote(one.role, one.start, one.end - 2, one.text[:-2]) if one.role == "content" else one
        for one in review.quotes_of(inner)
    )
    assert closest(SEEN.statements, shorter) == inner
    assert closest(SEEN.statements, (Quote("content", 0, 3, "OSS"),)) is None
