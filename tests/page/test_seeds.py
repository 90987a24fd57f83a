"""The two seed pages: five stories, their facts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly.language import detect
from reportedly.page import split_stories
from reportedly.settings import PageSettings
from reportedly.types import Media, Page, replay

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FACTS = {
    "000": [
        ("2017-10-26", "Iran Focus", "London", "en", False, "Terrorism"),
        ("2018-03-05", "Iran Focus", "London", "en", True, None),
        ("2018-03-14", None, None, "fa", True, None),
        ("2018-02-24", "NCRI", None, "en", True, None),
    ],
    "002": [(None, None, None, "en", False, None)],
}


def on_shared(test: Callable[..., None]) -> Callable[..., None]:
    missing = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
    marked: Callable[..., None] = pytest.mark.shared(missing(test))
    return marked


@on_shared
@pytest.mark.issue(2)
@pytest.mark.parametrize("seed", sorted(FACTS))
def test_seed(seed: str) -> None:
    check_seed(seed)


def check_seed(seed: str) -> None:
    path = next(SEEDS.glob(f"{seed}_*.txt"))
    text = path.read_text(encoding="utf-8")
    stories = split_stories(Page("0" * 16, path.name, Media.CAPTURE, text), PageSettings())
    found = [
        (
            story.metadata.published.value if story.metadata.published else None,
            story.metadata.outlet,
            story.metadata.place,
            detect(story.text),
            story.partial,
            story.metadata.section,
        )
        for story in stories
    ]
    assert found == FACTS[seed]
    assert all(replay(text, story) == story.text for story in stories)
    assert "NCRI Staff" in {story.metadata.byline for story in stories} or seed == "002"
