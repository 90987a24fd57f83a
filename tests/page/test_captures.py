"""Captures in the shapes of real ones, with invented words: tests/data/page, one text and one JSON a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from reportedly.page import split_stories
from reportedly.settings import PageSettings
from reportedly.types import Media, Page, Story

CASES = sorted((Path(__file__).parent.parent / "data" / "page").glob("*.json"))


def page_of(text: str, media: Media = Media.CAPTURE, **fields: str) -> Page:
    return Page("0" * 16, "page.txt", media, text, fields=fields)


def said(story: Story, name: str) -> Any:
    published = story.metadata.published
    values = {
        "published": published.value if published else None,
        "precision": str(published.precision) if published else None,
        "partial": story.partial,
        "headings": [story.text[span.start : span.end] for span in story.headings],
    }
    return values[name] if name in values else getattr(story.metadata, name)


def captures(*failing: str) -> list[ParameterSet]:
    """Every capture; those whose JSON says under "fails" why, and the ones named, must fail."""
    return [
        pytest.param(
            path,
            id=path.stem,
            marks=[pytest.mark.xfail(strict=True)]
            if path.stem in failing or "fails" in json.loads(path.read_text(encoding="utf-8"))
            else [],
        )
        for path in CASES
    ]


@pytest.mark.parametrize("path", captures())
def test_capture(path: Path) -> None:
    check_capture(path)


def check_capture(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    stories = split_stories(page_of(text), PageSettings())
    assert [story.metadata.title for story in stories] == [story["title"] for story in expected["stories"]]
    for story, wanted in zip(stories, expected["stories"], strict=True):
        checks = {
            name: value
            for name, value in wanted.items()
            if name not in {"starts", "ends", "contains", "aside"}
        }
        assert {name: said(story, name) for name in checks} == checks
        assert story.text.startswith(wanted.get("starts", ""))
        assert story.text.endswith(wanted.get("ends", ""))
        assert wanted.get("contains", "") in story.text
        for reason, blocks in wanted.get("aside", {}).items():
            assert [block.text for block in story.set_aside if block.reason == reason] == blocks
