from __future__ import annotations

import random
import time
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.corpus.reuse import find_reuse
from reportedly.corpus.reuse.judging import evened
from reportedly.corpus.reuse.quoting import posts, quotations
from reportedly.types import Span
from reportedly.types.claims import Reuse, ReuseKind, StoryRow

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "reuse_cases.yaml").read_text(encoding="utf-8"))
QUOTATIONS = yaml.safe_load((HERE / "quotation_cases.yaml").read_text(encoding="utf-8"))

LONG = "The council met behind closed doors on Monday and decided to sell the old swimming pool to a brewery"

OTHER = "It rained for a week, and those who live on the river carried sand to their doors."
MORE = "In the museum nobody noticed; a guide said that he likes it best when rooms are empty."


def story(name: str, text: str, **given: Any) -> StoryRow:
    return StoryRow(id=name, page_id=f"page {name}", page=name, index=0, text=text, **given)


def pair(case: Mapping[str, Any]) -> list[StoryRow]:
    return [story(name, **case[name]) for name in ("a", "b")]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_pairs_are_told_apart(case: dict[str, Any]) -> None:
    found = find_reuse(pair(case), {})
    assert [str(one.kind) for one in found] == ([case["kind"]] if case["kind"] else [])
    for one in found:
        assert one.origin == case["first"]
        assert case.get("reason", "") in " ".join(one.reasons)
        assert (one.a, one.b) == (("b", "a") if one.origin == "b" else ("a", "b"))


@pytest.mark.parametrize(("text", "expected"), QUOTATIONS)
def test_quotations_are_found(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in quotations(text)] == expected


def test_a_post_is_somebodys_words() -> None:
    text = "He wrote:\n\nNobody will sell our pool — Mayor Ada Lund (@adalund) May 3, 2019\n\nIt rained."
    (span,) = posts(text)
    assert text[span.start : span.end] == "Nobody will sell our pool — Mayor Ada Lund (@adalund) May 3, 2019"
    (apart,) = posts(text.replace(" — Mayor", "\n\n— Mayor"))
    assert apart.start == span.start


def test_two_papers_that_embed_one_post_have_one_speaker() -> None:
    post = "Nobody will sell our pool while I am the mayor of this town — Ada Lund (@adalund) May 3, 2019"
    stories = [story("a", f"{OTHER}\n\n{post}\n\n{MORE}"), story("b", f"Swimmers clap.\n\n{post}")]
    assert [one.kind for one in find_reuse(stories, {})] == [ReuseKind.SAME_SPEAKER]


def test_spans_of_quotation_that_are_given_count_too() -> None:
    texts = (
        f"She wrote this after a long walk. {LONG}. {OTHER}",
        f"In the letter one reads so. {LONG}. Birds sang.",
    )
    stories = [story("a", texts[0]), story("b", texts[1])]
    spans = {one.id: [Span(one.text.index(LONG), one.text.index(LONG) + len(LONG))] for one in stories}
    assert [one.kind for one in find_reuse(stories, {})] == [ReuseKind.REWRITE]
    assert [one.kind for one in find_reuse(stories, spans)] == [ReuseKind.SAME_SPEAKER]


def test_an_edited_passage_is_one_and_says_so() -> None:
    edited = LONG.replace("Monday", "Tuesday evening")
    (found,) = find_reuse([story("a", f"{LONG}. {OTHER}"), story("b", f"Birds sang. {edited}. {MORE}")], {})
    (passage,) = found.passages
    assert not passage.exact
    assert found.kind is ReuseKind.REWRITE


def test_a_footer_of_one_house_makes_no_pair() -> None:
    footer = "Subscribe to our letter and get the best stories of the week every Sunday morning at eight"
    rng = random.Random(4)
    own = [" ".join(f"w{rng.randrange(900)}" for _ in range(80)) for _ in range(6)]
    stories = [story(f"s{n}", f"{text}.\n\n{footer}.", outlet="Copper Morning") for n, text in enumerate(own)]
    assert find_reuse(stories, {}) == ()


def test_versions_of_one_story_in_one_house_are_reuse() -> None:
    body = ". ".join([LONG, LONG.replace("pool", "hall"), LONG.replace("council", "board")])
    stories = [story(f"s{n}", f"{body}. Update {n}.", outlet="Copper Morning") for n in range(3)]
    assert len(find_reuse(stories, {})) == 3


def test_teasers_on_the_page_of_their_story_are_left_out() -> None:
    whole = story("a", f"{LONG}. It rained for a week and nobody came.")
    teaser = StoryRow(id="b", page_id="page a", page="a", index=1, text=f"{LONG}.", partial=True)
    assert find_reuse([whole, teaser], {}) == ()


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["…!?"] * 3, ["a"], ["a b c"] * 4, [LONG]])
def test_little_or_nothing_shares_nothing(texts: list[str]) -> None:
    assert find_reuse([story(f"s{n}", text) for n, text in enumerate(texts)], {}) == ()


def test_a_thousand_copies_are_each_linked_to_the_earliest() -> None:
    stories = [story(f"s{n:04}", f"{LONG}.", published=f"2020-01-{28 - n % 28:02}") for n in range(1000)]
    started = time.process_time()
    found = find_reuse(stories, {})
    assert time.process_time() - started < 10
    assert len(found) == 999
    assert {one.a for one in found if one.origin} == {"s0027"}


def test_hundreds_of_near_copies_do_not_meet_each_with_each() -> None:
    rng = random.Random(3)
    words = [f"word{rng.randrange(400)}" for _ in range(120)]
    texts = [" ".join([*words[: n % 100], f"other{n}", *words[n % 100 + 1 :]]) for n in range(400)]
    started = time.process_time()
    found = find_reuse([story(f"s{n:04}", text) for n, text in enumerate(texts)], {})
    assert time.process_time() - started < 30
    assert 399 <= len(found) < 8_000
    assert {one.a for one in found} | {one.b for one in found} == {f"s{n:04}" for n in range(400)}


def test_a_text_of_one_word_does_not_hang() -> None:
    started = time.process_time()
    find_reuse([story("a", "no " * 30_000), story("b", "no " * 29_999), story("c", "no no")], {})
    assert time.process_time() - started < 10


_SENTENCES = [
    LONG,
    "a brewery from the next valley wants to bottle its autumn beer where children learned to swim",
    '"We were not asked, and we shall not be silent about it," said the swimming teacher Ada Lund',
    "the price was not made public, but two members of the council spoke of a very low one",
    "«هیچ‌کس از ما نپرسید و ما ساکت نمی‌مانیم» این را آموزگار شنا روز دوشنبه به خبرنگاران گفت",
    "last year the roof was mended with money from a lottery that the pupils of the town had held",
    "It rained",
]
_TEXTS = st.lists(
    st.lists(st.sampled_from(_SENTENCES), min_size=0, max_size=7).map(". ".join), min_size=0, max_size=5
)
_DATES = st.lists(
    st.sampled_from([None, "2020-01-02", "2020-01-03", "2020-01", "2021"]), min_size=5, max_size=5
)


def _stories(texts: list[str], dates: list[str | None]) -> list[StoryRow]:
    return [
        story(f"s{n}", text, outlet=f"Paper {n % 3}", published=day)
        for n, (text, day) in enumerate(zip(texts, dates, strict=False))
    ]


@settings(max_examples=120, deadline=None)
@given(texts=_TEXTS, dates=_DATES, shuffled=st.randoms(use_true_random=False))
def test_passages_lie_in_their_texts(
    texts: list[str], dates: list[str | None], shuffled: random.Random
) -> None:
    stories = _stories(texts, dates)
    found = find_reuse(stories, {})
    other = list(stories)
    shuffled.shuffle(other)
    assert find_reuse(other, {}) == found  # whatever the order, and twice the same
    pairs = [frozenset((one.a, one.b)) for one in found]
    assert len(pairs) == len(set(pairs))
    by_id = {one.id: one for one in stories}
    for one in found:
        _sound(one, by_id[one.a], by_id[one.b])


def _sound(found: Reuse, a: StoryRow, b: StoryRow) -> None:
    assert found.passages
    assert found.origin in {None, a.id}
    assert 0 < found.shared_a <= 1
    assert 0 < found.shared_b <= 1
    for one in found.passages:
        assert 0 <= one.a.start < one.a.end <= len(a.text)
        assert 0 <= one.b.start < one.b.end <= len(b.text)
        here, there = a.text[one.a.start : one.a.end], b.text[one.b.start : one.b.end]
        assert one.exact == (evened(here) == evened(there))
    for spans in ([one.a for one in found.passages], [one.b for one in found.passages]):
        ordered = sorted(spans, key=lambda span: span.start)
        assert all(one.end <= later.start for one, later in pairwise(ordered))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab'\"“”‘’«»„()\n >.,@—", max_size=60))
def test_quotations_lie_in_the_text_apart_and_within_a_paragraph(text: str) -> None:
    end = 0
    for span in quotations(text):
        assert end <= span.start <= span.end <= len(text)
        assert "\n" not in text[span.start : span.end]
        end = span.end
