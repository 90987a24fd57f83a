"""HTML pages: the main text by trafilatura, laid over the visible text; everything else set aside with a
reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from reportedly.page.align import kept_lines
from reportedly.page.capture import Manner, Reader
from reportedly.page.chrome import reason_of
from reportedly.page.draft import Draft, Line
from reportedly.page.header import evened
from reportedly.page.markup import MarkupFacts, read_markup
from reportedly.page.shape import is_paragraph
from reportedly.page.text import known_names
from reportedly.types import Block, Page

_REASONS = tuple(
    (reason, re.compile(rf"(?:^|[^a-z])(?:{names})(?![a-z])"))
    for reason, names in (
        ("comments", "comments?|commentlist|comment-?\\w*|disqus\\w*|respond|replies"),
        ("cookie", "cookies?|cookie-?\\w*|consent\\w*|gdpr\\w*"),
        (
            "advertisement",
            "ads?|advert\\w*|sponsor\\w*|promo\\w*|dfp\\w*|banner\\w*|outbrain\\w*|taboola\\w*",
        ),
        ("share", "share\\w*|sharing|social\\w*|addthis\\w*|sharedaddy"),
        ("subscribe", "newsletter\\w*|subscri\\w*|signup|sign-up|paywall\\w*"),
        ("image-caption", "figcaption|captions?|wp-caption-text|credit|image-?\\w*credit"),
        ("byline", "byline\\w*|authors?|author-?\\w*"),
        ("date", "time|dates?|dateline|pubdate|timestamp|published"),
        ("tags", "tags?|taglist|topics?|labels?|keywords"),
        (
            "navigation",
            "nav|navbar|navigation|menus?|breadcrumbs?|crumbs?|pagination|pager|sitemap|toolbar|skip\\w*",
        ),
        (
            "teaser",
            (
                "related\\w*|recommend\\w*|teasers?|popular\\w*|trending|most-?\\w*|more-?\\w*|latest|also|"
                "read-?next|recirc\\w*|sidebar|aside|widgets?|carousel|headlines"
            ),
        ),
        ("copyright", "copyright|legal|footer|foot|colophon"),
        ("navigation", "header|masthead|topbar"),
    )
)
FAULTS = (ValueError, TypeError, AttributeError, LookupError, RecursionError)  # of odd markup, in trafilatura
LINKED = 0.6  # share of a line that stands in links, from which on it is navigation


def html_drafts(page: Page) -> list[Draft]:
    """Return the draft of an HTML page; without any main text the drafts of its lines as of a capture."""
    html = page.html or ""
    facts = read_markup(html)
    texts = [page.text[block.start : block.end] for block in page.blocks]
    marks = kept_lines(texts, main_text(html))
    if sum(len(text) for text, mark in zip(texts, marks, strict=True) if mark) < 200:
        dense = by_density(page.blocks, texts)
        marks = dense if any(dense) else marks
    drafts = _read(page, texts, marks, facts)
    facts.describe(drafts[0])
    return drafts


def main_text(html: str) -> str:
    """Return trafilatura's main text, "" where it finds none.

    Comments stay out. Favouring precision beats its defaults on both page sets of bench/pages.py.
    """
    trafilatura = import_module("trafilatura")  # slow to import: only where there is HTML
    try:
        document = trafilatura.bare_extraction(
            html,
            include_comments=False,
            include_tables=True,
            favor_precision=True,
            with_metadata=False,
            deduplicate=False,
        )
    except FAULTS:
        return ""
    text = getattr(document, "text", None)
    return text or ""


def by_density(blocks: Sequence[Block], texts: Sequence[str]) -> list[bool]:
    """Mark the paragraphs of the element that holds most running text outside links."""
    weight: dict[str, float] = {}
    for block, text in zip(blocks, texts, strict=True):
        if is_paragraph(Line(block.start, block.end, text)) and block.link_share < 0.3:
            parent = block.path.rpartition("/")[0]
            weight[parent] = weight.get(parent, 0) + len(text) * (1 - block.link_share)
    if not weight:
        return [False] * len(blocks)
    best = max(weight, key=lambda path: (weight[path], path))
    return [
        block.path.startswith(best) and block.link_share < 0.5 and (block.heading > 0 or len(text) >= 25)
        for block, text in zip(blocks, texts, strict=True)
    ]


def _read(page: Page, texts: Sequence[str], marks: Sequence[bool], facts: MarkupFacts) -> list[Draft]:
    fields = {**facts.as_fields(), **page.fields}
    known = known_names(page.text, fields)
    lines = []
    aside: list[tuple[Line, str]] = []
    for block, text, mark in zip(page.blocks, texts, marks, strict=True):
        line = Line(block.start, block.end, text, 1, heading=block.heading)
        if mark and not _is_caption(block):
            lines.append(line)
        else:
            aside.append((line, why_not(block, text, known.title)))
    draft = Reader(lines, known, Manner(split=False, menus=False, marked=True)).read()[0]
    for line, reason in aside:
        draft.add(line.start, line.end, reason)
    draft.pieces.sort(key=lambda piece: piece.start)
    _merge(draft)
    return [draft]


def _is_caption(block: Block) -> bool:
    return block.tag == "figcaption"


def why_not(block: Block, text: str, title: str | None) -> str:
    """Return why a line of a page is no part of its story, by its words first, then by its place in the
    markup.
    """
    if title and evened(text) == evened(title):
        return "headline"
    said = reason_of(text)
    if said:
        return said
    for element in reversed(block.path.split("/")[1:]):  # the nearest says most; body's classes say nothing
        for reason, expression in _REASONS:
            if expression.search(element):
                return reason
    if block.link_share >= LINKED:
        return "navigation"
    return "boilerplate"


def _merge(draft: Draft) -> None:
    """Join neighbouring blocks set aside for one reason: a menu is one block, not fifty."""
    merged = draft.pieces[:1]
    for piece in draft.pieces[1:]:
        last = merged[-1]
        single = piece.kept or piece.role in {"headline", "date", "byline", "outlet", "section", "agency"}
        if not single and piece.role == last.role and piece.start - last.end <= 1:
            merged[-1] = replace(last, end=piece.end)
        else:
            merged.append(piece)
    draft.pieces = merged
