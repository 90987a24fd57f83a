"""Markdown: front matter becomes metadata, markup goes by recorded edits, headings are told by their
signs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from reportedly.page.capture import Manner, Reader
from reportedly.page.dates import parse_date
from reportedly.page.draft import Draft, Line, read_lines
from reportedly.page.text import known_names
from reportedly.page.wrap import unwrap
from reportedly.types import Edit, Page, PublishedDate

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML_FRONT = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(?P<toml>.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_HEAD = re.compile(r"(#{1,6})[ \t]+(?P<body>.*?)(?:[ \t]+#+)?$")
_IMAGE_LINE = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[[^\]]*\]\[[^\]]*\]")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}|=+|-+")
_REFERENCE = re.compile(r"\[[^\]]{1,200}\]:\s*\S+.*")
_INLINE = re.compile(
    r"(?P<image>!\[[^\]\n]*\]\([^)\n]*\))"
    r"|(?<!!)\[(?P<words>[^\]\n]+)\](?P<target>\([^)\n]*\)|\[[^\]\n]*\])"
    r"|(?P<auto><https?://[^>\n]+>)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>[^\n]+?)(?<=\S)(?P=strong)"
    r"|(?<![\w*_])(?P<em>[*_])(?=[^\s*_])(?P<italic>[^\n*_]+?)(?<=[^\s*_])(?P=em)(?![\w*_])"
    r"|(?P<code>`)(?P<verbatim>[^`\n]+)`"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!>-])"
)
_NAMES = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "by": "byline",
    "byline": "byline",
    "outlet": "outlet",
    "source": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "site": "outlet",
    "section": "section",
    "category": "section",
    "categories": "section",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "permalink": "url",
}
_DATES = ("published", "date", "datepublished", "publish_date", "published_at", "pubdate", "created")


def markdown_drafts(page: Page) -> list[Draft]:
    """Return the drafts of a markdown page; text stays the file's own, each sign of markup dropped by an
    edit.
    """
    front = _FRONT.match(page.text) or _TOML_FRONT.match(page.text)
    begin = front.end() if front else 0
    values, published = _front_matter(front) if front else ({}, None)
    known = known_names(page.text, {**_as_fields(values), **page.fields})
    lines: list[Line] = []
    aside: list[tuple[Line, str]] = []
    for line in _prose(page.text, begin):
        reason = _reason(line)
        if reason:
            aside.append((line, reason))
        else:
            lines.append(_without_markup(line, page.text))
    drafts = Reader(lines, known, Manner(split=False, menus=False)).read()
    draft = drafts[0]
    if front:
        draft.add(front.start(), front.end(), "front-matter")
        draft.values = {**draft.values, **values}
        draft.origins |= dict.fromkeys(values, "meta")
        draft.published = published
    for line, reason in aside:
        draft.add(line.start, line.end, reason)
    draft.pieces.sort(key=lambda piece: piece.start)
    return drafts


def _prose(text: str, begin: int) -> list[Line]:
    lines = [line for line in read_lines(text) if line.start >= begin]
    marked: list[Line] = []
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else None
        setext = after is not None and after.gap == 0 and re.fullmatch(r"=+|-{3,}", after.text) is not None
        head = _HEAD.fullmatch(line.text)
        level = len(head[1]) if head else ((1 if after.text[0] == "=" else 2) if setext and after else 0)
        marked.append(replace(line, heading=level))
    return unwrap(marked, text)


def _reason(line: Line) -> str | None:
    if _IMAGE_LINE.fullmatch(line.text):
        return "image-label"
    if _RULE.fullmatch(line.text):
        return "separator"
    if _REFERENCE.fullmatch(line.text):
        return "link-target"
    return "code" if line.text.startswith("```") or line.text.startswith("~~~") else None


def _without_markup(line: Line, text: str) -> Line:
    """Drop the signs of a line: its start or end moves past leading ones, those inside go by edits."""
    lead = re.match(r"(?:#{1,6}[ \t]+|(?:>[ \t]?)+)", line.text)
    start = line.start + (lead.end() if lead else 0)
    end = line.end
    if line.heading:
        end = line.start + len(re.sub(r"[ \t]+#+$", "", line.text))
    if start >= end:
        return line
    kept = [edit for edit in line.edits if edit.page_start >= start and edit.page_end <= end]
    signs = [
        edit
        for edit in _signs(text, start, end)
        if all(edit.page_end <= other.page_start or edit.page_start >= other.page_end for other in kept)
    ]
    shown = _shown(text, start, end, signs)
    return replace(
        line, start=start, end=end, text=shown if shown.strip() else text[start:end], edits=(*kept, *signs)
    )


def _signs(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _INLINE.finditer(text, start, end):
        inner = next(
            (name for name in ("words", "bold", "italic", "verbatim", "escaped") if match[name]), None
        )
        if inner is None:
            cut = (match.start(), match.end()) if match["image"] else None
            if cut:
                yield Edit(*cut, "", "markup")
            else:
                yield Edit(match.start(), match.start() + 1, "", "markup")
                yield Edit(match.end() - 1, match.end(), "", "markup")
            continue
        yield Edit(match.start(), match.start(inner), "", "markup")
        yield from _signs(text, match.start(inner), match.end(inner)) if inner in {"words", "bold"} else ()
        if match.end(inner) < match.end():
            yield Edit(match.end(inner), match.end(), "", "markup")


def _shown(text: str, start: int, end: int, edits: list[Edit]) -> str:
    out, at = [], start
    for edit in edits:
        out.append(text[at : edit.page_start])
        at = edit.page_end
    return "".join([*out, text[at:end]])


def _front_matter(front: re.Match[str]) -> tuple[dict[str, str], PublishedDate | None]:
    stated = _loaded(front)
    values: dict[str, str] = {}
    for key, value in stated.items():
        name = _NAMES.get(str(key).lower())
        words = (
            ", ".join(map(str, value)) if isinstance(value, list) else str(value) if value is not None else ""
        )
        if name and words.strip() and not isinstance(value, dict):
            values.setdefault(name, words.strip())
    lower = {str(key).lower(): value for key, value in stated.items()}
    dates = (parse_date(str(lower[name]), "meta") for name in _DATES if lower.get(name) is not None)
    return values, next((date for date in dates if date is not None), None)


def _loaded(front: re.Match[str]) -> dict[Any, Any]:
    try:
        if "yaml" in front.re.groupindex:
            loaded = yaml.BaseLoader(
                front["yaml"]
            ).get_single_data()  # every value as written: 2018-03-05 stays a string
        else:
            loaded = tomllib.loads(front["toml"])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _as_fields(values: dict[str, str]) -> dict[str, str]:
    names = {"title": "title", "outlet": "outlet", "byline": "author"}
    return {names[name]: value for name, value in values.items() if name in names}
