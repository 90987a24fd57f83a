"""HTML pages: what is kept, what is set aside and why, what markup says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.errors import RejectedError
from reportedly.page import split_stories
from reportedly.page.align import kept_lines
from reportedly.read.html import visible_blocks
from reportedly.settings import PageSettings
from reportedly.types import Media, Page, Story
from tests.page.test_invariants import check

WEB = Path(__file__).parents[1] / "data" / "page" / "web"
BODY = (WEB / "body.html").read_text(encoding="utf-8")
LINKED = json.dumps(
    {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "headline": "Pilots close the harbour of Lorn",
                "datePublished": "2018-03-05T10:11:00+01:00",
                "author": [{"@type": "Person", "name": "Boris Tale"}, {"name": "Cora Bell"}],
                "publisher": {"name": "Lorn Observer"},
                "articleSection": ["Politics"],
            }
        ],
    }
)


def page_of(body: str, head: str = "", **fields: str) -> Page:
    title = "<title>Pilots close the harbour of Lorn | Lorn Observer</title>"
    html = f"<!doctype html><html><head>{title}{head}</head><body>{body}</body></html>"
    text, blocks = visible_blocks(html)
    return Page("0" * 16, "page.html", Media.HTML, text, html, fields, blocks)


def whole_page(head: str = "", date: str = "") -> Page:
    whole = (WEB / "page.html").read_text(encoding="utf-8")
    return page_of(whole.replace("DATE", date).replace("BODY", BODY), head)


def only(page: Page) -> Story:
    (story,) = split_stories(page, PageSettings())
    check(page.text, (story,))
    return story


def test_the_story_is_kept_and_the_rest_has_reasons() -> None:
    story = only(whole_page())
    assert story.text.startswith("LORNSTAD, March 5 (Reuters) - The harbour")
    assert story.text.endswith("on the pier.")
    assert "bridge" not in story.text
    assert "disgrace" not in story.text
    reasons = {block.text.split("\n")[0]: block.reason for block in story.set_aside}
    assert reasons["Pilots close the harbour of Lorn"] == "headline"
    assert reasons["Home"] == "navigation"
    assert reasons["Comments"] == "comments"
    assert reasons["A ship waits before the closed harbour of Lorn on Monday."] == "image-caption"
    assert {"teaser", "copyright", "cookie"} <= set(reasons.values())


def test_spans_are_marked() -> None:
    story = only(whole_page())
    assert story.dateline is not None
    assert story.text[story.dateline.start : story.dateline.end] == "LORNSTAD, March 5 (Reuters) -"
    assert [story.text[span.start : span.end] for span in story.headings] == ["A long dispute"]
    assert (story.metadata.place, story.metadata.agency) == ("LORNSTAD", "Reuters")


def test_linked_data_is_read() -> None:
    meta = only(whole_page(f'<script type="application/ld+json">{LINKED}</script>')).metadata
    assert (meta.title, meta.outlet, meta.byline, meta.section) == (
        "Pilots close the harbour of Lorn",
        "Lorn Observer",
        "Boris Tale, Cora Bell",
        "Politics",
    )
    assert meta.published is not None
    assert (meta.published.value, meta.published.at, meta.published.origin) == (
        "2018-03-05",
        "2018-03-05T10:11+01:00",
        "json-ld",
    )
    assert meta.origins["byline"] == "json-ld"


@pytest.mark.parametrize(
    ("head", "date", "value", "origin"),
    [
        ('<meta name="article:published_time" content="2018-03-05T10:11:00Z">', "", "2018-03-05", "meta"),
        ('<meta name="date" content="2018-03">', "", "2018-03", "meta"),
        ("", '<time datetime="2018-03-05">Monday</time>', "2018-03-05", "text"),
        ('<link rel="canonical" href="https://a.example/2018/03/05/pilots">', "", "2018-03-05", "url"),
        ('<script type="application/ld+json">{x</script>', "<time>5 March 2018</time>", "2018-03-05", "text"),
    ],
)
def test_dates_of_markup(head: str, date: str, value: str, origin: str) -> None:
    published = only(whole_page(head, date)).metadata.published
    assert published is not None
    assert (published.value, published.origin) == (value, origin)


def test_a_footers_year_is_no_date() -> None:
    assert only(whole_page()).metadata.published is None


def test_what_the_container_states_wins() -> None:
    page = whole_page(f'<script type="application/ld+json">{LINKED}</script>')
    stated = replace(page, fields={"outlet": "The Wire", "published": "2018-03-06"})
    meta = only(stated).metadata
    assert (meta.outlet, meta.origins["outlet"]) == ("The Wire", "field")
    assert meta.published is not None
    assert meta.published.value == "2018-03-06"


def test_pages_without_article_markup_fall_back_to_their_densest_element() -> None:
    story = only(page_of(f"<div><div class='x'>{BODY}</div><div><a href='/'>Home</a></div></div>"))
    assert "The authority said that talks" in story.text


@pytest.mark.parametrize("body", ["", "<p></p>", "<nav><a href='/'>Home</a></nav>", "<img src='a'>"])
def test_a_page_without_a_story_is_refused(body: str) -> None:
    with pytest.raises(RejectedError):
        split_stories(page_of(body), PageSettings())


def test_a_line_that_stands_twice_is_kept_where_the_story_has_it() -> None:
    teaser = "The harbour of Lorn was closed to all ships on Monday."
    lines = [teaser, "Home", "The pilots refused to work, the port authority said.", teaser, "Share"]
    output = f"The pilots refused to work, the port authority said.\n{teaser}"
    assert kept_lines(lines, output)[2:] == [True, True, False]
    whole = "The Lorn harbour is closed to ships."
    assert kept_lines(["Lorn", whole], whole) == [False, True]
