"""The visible text of a page and where its lines stand."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.read.html import DepthError, visible_blocks, visible_text
from reportedly.read.nesting import too_deep
from tests.read.makers import DATA


def test_sample_page_line_by_line() -> None:
    text, blocks = visible_blocks((DATA / "page.html").read_text(encoding="utf-8"))
    found = [[text[b.start : b.end], b.tag, b.path, b.heading, b.link_share] for b in blocks]
    assert found == json.loads((DATA / "page.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        ("plain words", "plain words"),
        ("<p>a <b>b</b>c<i> d</i></p>", "a bc d"),
        ("<div>a<p>b</p>c</div>", "a\nb\nc"),
        ("<p>a<br><br/>b", "a\nb"),
        ("<p>1 &lt; 2 &amp; &#1575;", "1 < 2 & ا"),
        ("<p>a\x00b", "a\ufffdb"),
        ("<select><option>x</select><p>y", "y"),
        ("<p aria-hidden=true>seen</p>", "seen"),
        ("<p style='DISPLAY:none'>x</p><p>much longer visible text</p>", "much longer visible text"),
        (
            "<div hidden><p>the whole story stands here</p></div><p>menu</p>",
            "the whole story stands here\nmenu",
        ),
        ("<p>x<!-- y -->z</p>", "xz"),
        ("<template><p>x</p></template><p>y</p>", "y"),
        ("<?xml version='1.0' encoding='utf-16'?><html><body><p>x</p></body></html>", "x"),
    ],
)
def test_rules(html: str, text: str) -> None:
    assert visible_text(html) == text


def test_link_share_counts_characters() -> None:
    text, (block,) = visible_blocks("<p>abcd <a href=x>efgh</a></p>")
    assert text == "abcd efgh"
    assert block.link_share == pytest.approx(4 / 9)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class='a b'>", "</div>", "<br>", "<pre>", "</pre>", "<td>", "<b>", "</b>"]
)
PIECES = st.lists(TAGS | st.text(max_size=8), max_size=30).map("".join)


@given(PIECES)
def test_blocks_are_the_lines_of_the_text(html: str) -> None:
    text, blocks = visible_blocks(html)
    assert text == "\n".join(text[block.start : block.end] for block in blocks)
    assert text == visible_text(html)
    for block in blocks:
        line = text[block.start : block.end]
        assert line.strip() == line != ""
        assert "\n" not in line
        assert 0 <= block.link_share <= 1


@pytest.mark.parametrize(
    ("html", "deep"),
    [
        ("<div>" * 60, True),
        ("<div>x</div>" * 60, False),
        ("<p>x" * 60, False),
        ("<p><i>x" * 60, False),
        ("<img>" * 60, False),
        ("<div></b>" * 60, True),
        ("<b><div></b>" * 60, True),
        ("<div><span></div>" * 60, False),
        ("<div title='</div>'>" * 60, True),
        ("<!--" + "<div>" * 60 + "-->", False),
        ("<!-->" + "<div>" * 60, True),
        ("<SCRIPT>" + "<div>" * 60 + "</script>", False),
    ],
)
def test_depth_scan(html: str, deep: bool) -> None:
    assert too_deep(html, 50) is deep


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<b><div></b>", "<a x='", "<!--", "<", "</div>", "<a b=\"'"])
def test_depth_scan_is_linear(tag: str) -> None:
    began = time.perf_counter()
    too_deep(tag * 1_000_000, 2_000)
    assert time.perf_counter() - began < 10


def test_the_parser_has_the_last_word_on_depth() -> None:
    with pytest.raises(DepthError):
        visible_text("<div>" * 5_000)
    assert visible_text("<div>" * 1_900 + "deep") == "deep"
