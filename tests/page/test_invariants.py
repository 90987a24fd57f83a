"""What holds for every page: edits replay, blocks are true slices, nothing vanishes, nothing stands twice."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import RejectedError
from reportedly.page import split_stories
from reportedly.page.draft import BLANKS
from reportedly.settings import PageSettings
from reportedly.types import Media, OffsetMap, Page, Story, replay

LINES = (
    "Skip to main content",
    "Pilots close the harbour of Lorn",
    "Pilots close the harbour of LornPolitics 5 March 2018 Lorn Observer LORNSTAD, 5 Mar - The pilots said",
    "The harbour of Lorn was closed to all ships on Monday, the port authority said.",
    "5 March 2018",
    "By Ada Venn for The Lorn Tribune",
    "Comments",
    "Popular posts from this blog",
    "The minister said that tolls would end within the year, which the opposition called a stunt that ...",
    "Read more",
    "",
    "",
    "  ",
    "Advertisement",
    "Lorn Today",
    "Updated: 03/05/2018",
    "بندر لورن روز دوشنبه بسته شد و گفت‌وگوها ادامه دارد.",
    "چهارشنبه, 23 اسفند 1396",
    "From: Ada <a@b.c>",
    "Date: Sat, 24 Feb 2018 07:57:00 +0000",
    "Subject: [x] Harbour",
    "> quoted words of someone",
    "# Heading",
    "**bold** words and [a link](http://x.y) in a sentence that is long enough to be text.",
    "![picture](a.png)",
    "donâ€™t &amp; cafÃ© are broken words in this long sentence of the page.",
    "---",
    "-- ",
    "* * *",
    (
        "The pilots of the harbour who had asked for new radios for three years\nsaid on Monday that nobody "
        "had answered their letters and that they\nwould not go back to work."
    ),
    "Lorn-Harbour 01",
    "A caption (Photo: Reuters)",
    "Read more:",
    "[+1234 chars]",
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(LINES), max_size=16).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=60)), max_size=12).map("\n".join),
    st.text(max_size=300),
)
MEDIA = st.sampled_from([media for media in Media if media is not Media.HTML])
FIELDS = st.sampled_from(
    [{}, {"title": "Pilots close the harbour of Lorn", "published": "2018-03-05", "author": "Ada Venn"}]
)


def split(text: str, media: Media, fields: dict[str, str]) -> tuple[Story, ...]:
    try:
        return split_stories(Page("0" * 16, "page", media, text, fields=fields), PageSettings())
    except RejectedError:
        return ()


def check(text: str, stories: tuple[Story, ...]) -> None:
    owners = [0] * len(text)
    for story in stories:
        assert replay(text, story) == story.text
        inside = story.page_start
        for edit in story.edits:
            assert inside <= edit.page_start <= edit.page_end <= story.page_end
            inside = edit.page_end
        for block in story.set_aside:
            assert text[block.page_start : block.page_end] == block.text
            assert block.text
            cover(owners, block.page_start, block.page_end)
        for start, end in kept_ranges(text, story):
            cover(owners, start, end)
        for span in filter(None, (story.dateline, *story.headings, *story.captions)):
            assert 0 <= span.start < span.end <= len(story.text)
    for char, owned in zip(text, owners, strict=True):
        assert owned <= 1
        assert owned == 1 or char in BLANKS


def cover(owners: list[int], start: int, end: int) -> None:
    for at in range(start, end):
        owners[at] += 1


def kept_ranges(text: str, story: Story) -> list[tuple[int, int]]:
    """The page ranges between the blocks set aside inside the story."""
    blocks = sorted(
        (b.page_start, b.page_end)
        for b in story.set_aside
        if story.page_start <= b.page_start < story.page_end
    )
    ranges, at = [], story.page_start
    for start, end in [*blocks, (story.page_end, story.page_end)]:
        ranges.append((at, start))
        at = end
    return ranges


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, MEDIA, FIELDS)
def test_nothing_vanishes_and_edits_replay(text: str, media: Media, fields: dict[str, str]) -> None:
    stories = split(text, media, fields)
    if stories:
        check(text, stories)
    assert stories == split(text, media, fields)
    for here, after in pairwise(stories):
        assert here.index + 1 == after.index


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, MEDIA, st.data())
def test_offsets_map_back_to_the_page(text: str, media: Media, data: st.DataObject) -> None:
    for story in split(text, media, {}):
        where = OffsetMap(story)
        start = data.draw(st.integers(0, len(story.text) - 1))
        end = data.draw(st.integers(start + 1, len(story.text)))
        page_start, page_end = where.page_span(start, end)
        assert story.page_start <= page_start <= page_end <= story.page_end
        if not any(
            edit.page_start < page_end and edit.page_end > page_start for edit in story.edits
        ) and not any(page_start <= edit.page_start <= page_end for edit in story.edits):
            assert text[page_start:page_end] == story.text[start:end]


@pytest.mark.parametrize("text", ["", "   \n \n", "\ufeff", "...", "Share", "Home\nWorld\nSport"])
def test_a_page_without_text_is_refused(text: str) -> None:
    with pytest.raises(RejectedError) as caught:
        split_stories(Page("0" * 16, "page", Media.CAPTURE, text), PageSettings())
    assert caught.value.reject.reason == "no-story"


@pytest.mark.parametrize(
    "unit",
    [
        "The harbour of Lorn was closed to all ships on Monday, the port authority said.\n\n",
        "Harbour news of the day\nComments\nRead more\n5 March 2018\n",
        "a b " * 20 + "\n",
        "( " * 30 + "\n",
        "word ",
        "Lorn &amp; cafÃ© ",
        (
            "Popular posts\n\nA title of some words\n\nA title of some words and a text that breaks off here "
            "...\n\n"
        ),
    ],
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begun = time.process_time()
        split(text, Media.CAPTURE, {})
        return time.process_time() - begun

    seconds(2_000)
    assert seconds(120_000) < 5 * (seconds(40_000) + 0.05)
