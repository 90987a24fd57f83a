"""The report: whole, self-contained, and safe on hostile text."""

import base64
import hashlib
import re
import tracemalloc
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reportedly.export import report
from reportedly.export.rows import story_rows
from reportedly.export.views import StoryView, joined
from tests.export.build import DENIAL, HOSTILE, PERSIAN, REJECT, Said, Told, view

STORIES = (DENIAL, HOSTILE, PERSIAN)


class Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.odd: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in {"src", "style", "action"} or name.startswith("on"):
                self.odd.append((name, value or ""))

    def handle_data(self, data: str) -> None:
        self.text += data


def overview(stories: tuple[Told, ...] = STORIES) -> report.Overview:
    seen = list(map(view, stories))
    return report.Overview(
        title="Selda <Maren>",
        figures=[report.Figure(len(seen), "stories")],
        contents=[_entry(one) for one in seen],
        sources=[report.SourceCount("<b>Dennik</b>", None, 2, 1)] * 20,
        more_sources=4,
        outlets=[("Ossaly Radio", 1), (None, 1)],
        no_pipeline={"fa": 1},
        left_out=7,
    )


def _entry(seen: StoryView) -> report.Entry:
    told = seen.story.metadata
    return report.Entry(
        seen.story.id, told.title, told.outlet, "2023-03-09", seen.story.language, seen.story.partial, 1
    )


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("report") / "report.html"
    report.write_report(out, overview(), map(view, STORIES), [REJECT])
    assert [path.name for path in out.parent.iterdir()] == ["report.html"]
    return out.read_text(encoding="utf-8")


def test_nothing_that_a_page_says_becomes_markup(html: str) -> None:
    page = Page(html)
    assert page.odd == []
    assert page.tags.count("script") == page.tags.count("style") == 1
    assert not {"img", "iframe", "object", "link", "form", "base"} & set(page.tags)
    assert "<script>alert(1)</script>" in page.text


def test_every_link_leads_to_a_place_on_the_page(html: str) -> None:
    page = Page(html)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(link.startswith("#") for link in page.links)
    assert len(page.ids) == len(set(page.ids))


def test_every_statement_has_its_anchor(html: str) -> None:
    ids = set(Page(html).ids)
    assert {statement.id for told in STORIES for statement in view(told).statements} <= ids


def test_the_policy_allows_just_the_inline_style_and_script(html: str) -> None:
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in html
    assert "default-src 'none'" in html
    assert "url(" not in html
    assert "@import" not in html


def test_direction_marks_are_shown_and_do_not_act(html: str) -> None:
    assert not any(mark in html for mark in ("\u202e", "\x1b", "\x07"))
    assert '<span class="ctl" title="U+202E">RLO</span>' in html


def test_what_matters_is_on_the_page(html: str) -> None:
    text = Page(html).text
    for words in (
        "Selda <Maren>",
        "<b>Dennik</b>",
        "8 more, of 12",
        "7 more are in the case",
        "No pipeline for this language (fa)",
        "partial: only its beginning is shown",
        "share line",
        "The file ends in the middle.",
        "case/<notice>.pdf",
        "0.41, inside 2",
    ):
        assert words in text


def test_the_running_text_stands_unchanged_but_for_numbers() -> None:
    rows = list(story_rows(view(DENIAL), 10_000))
    assert ["".join(piece.text for piece in row.pieces) for row in rows] == [
        line for line in DENIAL.text.split("\n") if line
    ]
    assert [[card.number for card in row.cards] for row in rows] == [[1], [2], [4], []]
    assert [card.number for card in rows[1].cards[0].inner] == [3]


def test_nested_marks_show_both(html: str) -> None:
    assert re.search(r'class="m content cue"[^>]*data-s="2 3"[^>]*>show<', html)
    assert re.search(r'class="m content d2"[^>]*data-s="2 3"[^>]*>that the captain called it', html)
    outer, inner = '<span class="box d1">', '<span class="box d2 low">'
    assert re.search(rf"{outer}<a [^>]*>documents</a>.*?{inner}<a [^>]*>that .*?</a>.*?</span></span>", html)


def test_boxes_that_cross_are_cut_so_that_they_nest() -> None:
    crossing = Told(
        text="One two three four.",
        said=(
            Said(("One two three",), "One", "two"),
            Said(("two three four",), "One", "two", confidence=0.3),
        ),
    )
    (row,) = story_rows(view(crossing), 100)
    depth, seen = 0, []
    for piece in row.pieces:
        depth += len(piece.opens)
        seen.append((piece.text, depth))
        depth -= piece.shuts
    assert depth == 0
    deepest = {word: max(deep for text, deep in seen if word in text) for word in ("One", "three", "four")}
    assert deepest == {"One": 1, "three": 2, "four": 1}


def test_the_margin_says_on_whose_word_how_sure_and_when(html: str) -> None:
    text = " ".join(Page(html).text.split())
    for words in (
        "Ossaly Radio › Pavo Dennik › documents",
        "official · spokesman, Ministry of Sea Trade",
        "possible “ordinary”?, 2023-03",
        "not to be named",
        "Ilse Brandt (0.44) or Oto Reeve (0.41)",
        "Ossaly Radio PR+, Pavo Dennik CT+, documents PS+",
        "The Ministry of Sea Trade – not denied (REJECT) – freighter",
        "“denied”",
    ):
        assert words in text
    assert re.search(r'class="m author settled"[^>]*title="[^"]*treated as settled[^"]*">calm<', html)


def test_a_report_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("old")

    def broken() -> Iterator[StoryView]:
        yield view(DENIAL)
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        report.write_report(out, overview(), broken(), [])
    assert out.read_text() == "old"


def test_memory_stays_flat(tmp_path: Path) -> None:
    def many(count: int) -> Iterator[StoryView]:
        return (view(Told(text=DENIAL.text, said=DENIAL.said, name=f"{n}.txt")) for n in range(count))

    out = tmp_path / "r.html"
    tracemalloc.start()
    try:
        report.write_report(out, overview(), many(600), [])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < out.stat().st_size / 4


def test_joining_keeps_stories_without_statements() -> None:
    seen = list(map(view, STORIES))
    stories = [(one.page_name, one.story, one.has_pipeline) for one in seen]
    statements = [(one.page_name, one.story, s) for one in seen for s in one.statements]
    assert list(joined(stories, statements)) == seen
