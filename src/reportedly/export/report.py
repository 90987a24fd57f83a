"""One self-contained HTML page: every story with its statements marked in place.

The page asks nothing of any network (its content security policy forbids it), works without JavaScript, and
is safe to open on hostile text: all of it is escaped, no address in it is a link, and characters that reorder
what follows them are shown by name instead of acting. Stories are written one at a time: memory stays flat.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportedly import __version__
from reportedly.export.rows import story_rows
from reportedly.export.telling import COMMITMENTS
from reportedly.export.templating import environment, template_text

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from reportedly.export.views import StoryView
    from reportedly.types import Reject, Story

STORIES = 500
"""Stories on one page unless told otherwise: a page that a browser opens at once."""
STORY_CHARACTERS = 200_000
"""Most characters of one story on the page."""
REJECTS = 1_000
"""Most rejects on the page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the overview."""

    count: int
    label: str


@dataclass(frozen=True, slots=True)
class SourceCount:
    """One source: how many statements on its word, in how many stories, and the words they have for it."""

    name: str
    kind: str | None
    statements: int
    stories: int
    role: str | None = None
    wordings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of stories."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    partial: bool
    statements: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The head of the page.

    figures count the whole case; ``contents`` lists the stories on this page, ``left_out`` counts the others.
    no_pipeline: stories by language that has no pipeline. claims: how many of ``all_claims`` are on the page.
    """

    title: str
    figures: Sequence[Figure]
    contents: Sequence[Entry]
    sources: Sequence[SourceCount] = ()
    more_sources: int = 0
    outlets: Sequence[tuple[str | None, int]] = ()
    more_outlets: int = 0
    no_pipeline: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0
    claims: int = 0
    all_claims: int = 0

    @property
    def sure(self) -> list[tuple[str, str, str]]:
        """Class, value and word of each commitment, for the legend."""
        return [(f"sure-{value.name.lower()}", value.value, word) for value, word in COMMITMENTS.items()]


def write_report(
    out: Path,
    overview: Overview,
    views: Iterable[StoryView],
    rejects: Iterable[Reject],
    claims: Iterable[str] = (),
) -> None:
    """Write the page to ``out``, whole or not at all: a half-written one stays in ``out`` + ".part".

    claims: the articles on claims, as `lineage.section` makes them.

    Raises:
        OSError: ``out`` cannot be written.
    """
    part = out.with_name(out.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as file:
        _write_head(file, overview)
        if overview.claims:
            file.writelines(environment().get_template("claims_head.html").generate(report=overview))
            file.writelines(claims)
            file.write("</section>\n")
        file.writelines(environment().get_template("contents.html").generate(report=overview))
        for view in views:
            file.writelines(_story(view))
        _write_tail(file, rejects)
    part.replace(out)


def _write_head(file: TextIO, overview: Overview) -> None:
    css = template_text("report.css") + template_text("lineage.css")
    js = template_text("report.js")
    head = environment().get_template("head.html")
    file.writelines(
        head.generate(
            report=overview,
            css=css,
            css_hash=_digest(css),
            js_hash=_digest(js),
            version=__version__,
        )
    )


def _story(view: StoryView) -> Iterator[str]:
    story = view.story
    yield from (
        environment()
        .get_template("story.html")
        .generate(
            story=story,
            told=story.metadata,
            facts=facts(story),
            page_name=view.page_name,
            has_pipeline=view.has_pipeline,
            rows=story_rows(view, STORY_CHARACTERS),
            hidden=max(len(story.text) - STORY_CHARACTERS, 0),
            told_count=view.told_count,
            author_count=view.author_count,
        )
    )


def facts(story: Story) -> list[str]:
    """Return what a story says of itself beside its headline, in a few words each."""
    told = story.metadata
    found = [
        told.outlet or "(no outlet named)",
        told.published.value if told.published else "undated",
        told.place,
        f"by {told.byline}" if told.byline else None,
        f"agency {told.agency}" if told.agency else None,
    ]
    return [fact for fact in found if fact]


def _write_tail(file: TextIO, rejects: Iterable[Reject]) -> None:
    shown: list[Reject] = []
    more = 0
    for reject in rejects:
        if len(shown) < REJECTS:
            shown.append(reject)
        else:
            more += 1
    tail = environment().get_template("tail.html")
    js = template_text("report.js")
    file.writelines(tail.generate(rejects=shown, more_rejects=more, version=__version__, js=js))


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
