"""Building a record checks every offset and quotes word for word."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.record import StoryParts, build_record, build_story
from reportedly.record.quoting import LONGEST_HULL
from reportedly.types import (
    Assertion,
    Attribution,
    Edit,
    Kind,
    Media,
    Metadata,
    Page,
    SetAside,
    Span,
    Statement,
    Story,
)
from tests.store import samples

WORDS = "Ada Quill, the harbour master, said the mayor told her “it is shut”, and left.\nShe said so."
PAGE = Page("p", "a.txt", Media.CAPTURE, f"Menu {WORDS} End")
STORY = Story("s", "p", 0, WORDS, 5, 5 + len(WORDS), (), "en", Metadata(outlet="Vell Courier"))


def span(words: str) -> Span:
    start = WORDS.index(words)
    return Span(start, start + len(words))


def said(source: list[str], cue: list[str], content: list[str], kind: Kind = Kind.INDIRECT) -> Attribution:
    pieces = [tuple(span(words) for words in role) for role in (source, cue, content)]
    return Attribution(pieces[0], pieces[1], pieces[2], kind, 0.5)


def statements(*attributions: Attribution, own: tuple[Assertion, ...] = ()) -> tuple[Statement, ...]:
    return build_story(PAGE, StoryParts(STORY, attributions, own)).statements


def test_words_stand_where_they_say() -> None:
    made = samples.record()
    texts = {story.id: story.text for story in made.stories}
    for one in made.statements:
        for excerpt in filter(None, (one.source, one.cue, *one.content)):
            assert texts[one.story_id][excerpt.start : excerpt.end] == excerpt.text
    june = made.statements[1].content[0]
    assert (june.text, made.page.text[june.page_start : june.page_end]) == (
        "“It reopens in June”",
        "“It reopens in Juny”",
    )


def test_statements_are_sorted_by_place_and_named_by_content() -> None:
    made = samples.record()
    assert [one.content[0].text for one in made.statements] == [
        "The harbour is closed",
        "“It reopens in June”",
        "Rain fell all week.",
    ]
    assert made.statements == samples.record(name="other.txt").statements
    assert not {one.id for one in made.statements} & {one.id for one in samples.record(data=b"x").statements}


def test_chain() -> None:
    mayor, quill, rain = samples.record().statements
    assert (mayor.chain, quill.chain, rain.chain) == (
        ("Vell Courier", "mayor, Port Vell"),
        ("Vell Courier", "Tidewire", "Ada Quill"),
        ("Vell Courier",),
    )
    unnamed = build_story(
        PAGE, StoryParts(replace(STORY, metadata=Metadata()), (said([], ["said"], ["it"]),))
    )
    assert unnamed.statements[0].chain == (None, None)
    assert unnamed.statements[0].source is None


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (["Ada Quill"], "Ada Quill"),
        (["Ada Quill", "the harbour master"], "Ada Quill, the harbour master"),
        (["the harbour master", "Ada Quill"], "Ada Quill, the harbour master"),
        (["Ada", "the mayor"], "the mayor"),  # the cue stands between them
        (["and left", "She"], "and left"),  # a line break does
    ],
)
def test_a_source_in_pieces(source: list[str], shown: str) -> None:
    (made,) = statements(said(source, ["said"], ["it is shut"]))
    assert made.source is not None
    assert made.source.text == shown


def test_a_hull_is_not_too_long() -> None:
    text = "Ada " + "x" * LONGEST_HULL + " Quill said no"
    page = Page("p", "a.txt", Media.CAPTURE, text)
    story = replace(STORY, text=text, page_start=0, page_end=len(text))
    at = text.index("Quill")
    found = Attribution((Span(0, 3), Span(at, at + 5)), (), (Span(at + 11, at + 13),), Kind.INDIRECT, 1.0)
    (made,) = build_story(page, StoryParts(story, (found,))).statements
    assert made.source is not None
    assert made.source.text == "Quill"


def test_a_nested_statement_has_its_parent() -> None:
    outer = said(["Ada Quill"], ["said"], ["the mayor told her “it is shut”, and left"])
    inner = said(["the mayor"], ["told"], ["“it is shut”"], Kind.DIRECT)
    beside = said(["She"], ["said so"], ["it is shut"])
    found = {one.source.text: one for one in statements(inner, outer, beside) if one.source}
    assert found["the mayor"].parent == found["Ada Quill"].id
    assert found["Ada Quill"].parent is None
    assert found["She"].parent is None


def test_an_authors_own_words_are_nobodys_parent() -> None:
    inner = said(["the mayor"], ["told"], ["“it is shut”"])
    made = statements(inner, own=(Assertion(Span(0, len(WORDS)), 0.5),))
    assert [one.parent for one in made] == [None, None]


def test_the_same_twice_is_one() -> None:
    one = said(["She"], ["said"], ["so"])
    assert len(statements(one, one)) == 1


Break = Callable[[Story], Story]
BROKEN: dict[str, Break] = {
    "says that it stands on page": lambda story: replace(story, page_id="q"),
    "lies outside its page": lambda story: replace(story, page_end=10_000),
    "do not give its text": lambda story: replace(story, edits=(Edit(5, 6, "", "slip"),)),
    "a marked span lies outside": lambda story: replace(story, headings=(Span(0, 10_000),)),
    "a block set aside": lambda story: replace(story, set_aside=(SetAside(-1, 3, "x", "slip"),)),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_broken_story_is_loud(message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build_story(PAGE, StoryParts(BROKEN[message](STORY)))


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (Attribution((), (), (Span(0, 10_000),), Kind.DIRECT, 0.5), "outside story"),
        (Attribution((), (), (Span(3, 3),), Kind.DIRECT, 0.5), "outside story"),
        (Attribution((Span(-1, 3),), (), (Span(0, 3),), Kind.DIRECT, 0.5), "outside story"),
        (Attribution((), (), (), Kind.DIRECT, 0.5), "no content"),
        (Attribution((), (), (Span(0, 3),), Kind.DIRECT, 1.5), "no probability"),
    ],
)
def test_a_broken_attribution_is_loud(found: Attribution, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        statements(found)


def test_two_stories_of_one_id_are_loud() -> None:
    one = build_story(PAGE, StoryParts(STORY))
    with pytest.raises(ValueError, match="one id"):
        build_record(PAGE, [one, one])


@given(st.lists(st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 30)), min_size=1, max_size=6))
def test_any_spans_give_checked_statements(places: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(start + length, len(WORDS))) for start, length in places]
    found = [Attribution((one,), (), tuple(spans[: at + 1]), Kind.MIXED, 0.5) for at, one in enumerate(spans)]
    made = statements(*found)
    by_id = {one.id: one for one in made}
    for one in made:
        for excerpt in filter(None, (one.source, *one.content)):
            assert WORDS[excerpt.start : excerpt.end] == excerpt.text
            assert PAGE.text[excerpt.page_start : excerpt.page_end] == excerpt.text
        above, seen = one, [one.id]
        while above.parent:
            above = by_id[above.parent]
            assert above.id not in seen
            seen.append(above.id)
