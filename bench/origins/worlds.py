"""Worlds: how one is written down, read, held to its own text, and laid out as files that `add` can read."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "worlds"
FORMATS = ("row", "html", "md", "txt", "eml")
DATED = ("md", "txt", "eml")
TRAPS = ("against", "hedged", "distortions", "neither")

_NAME = re.compile(r"[a-z][a-z0-9]*")


class UnsoundWorldError(ValueError):
    """A world contradicts itself: words that no story has, a range that cannot be, an unknown story."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story. published: ISO 8601 date or timestamp, None for none. after: what stands below it on the
    page (teasers, comments). agency: the agency that the page credits."""

    name: str
    outlet: str
    published: str | None
    title: str
    text: str
    after: str = ""
    byline: str | None = None
    agency: str | None = None
    format: str = "row"

    @property
    def words(self) -> str:
        """Return everything that a reader of the page sees below the headline."""
        return f"{self.text}\n\n{self.after}" if self.after else self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a story, word for word."""

    story: str
    words: str


@dataclass(frozen=True, slots=True)
class Derived:
    """Story `target` rests on story `source`. either: they share a root, and neither is before the other."""

    source: str
    target: str
    how: str
    credited: bool
    either: bool = False


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim as its author meant it. neither: passages that look like it and do not support it. why: how
    low and high were counted, in words. outside: origins that are no stories of the world."""

    text: str
    support: tuple[Passage, ...]
    against: tuple[Passage, ...]
    hedged: tuple[Passage, ...]
    distortions: tuple[Passage, ...]
    neither: tuple[Passage, ...]
    derivations: tuple[Derived, ...]
    loops: tuple[frozenset[str], ...]
    low: int
    high: int
    why: str
    outside: tuple[str, ...] = ()

    @property
    def traps(self) -> tuple[Passage, ...]:
        """Return every passage that must not be counted as support."""
        return (*self.against, *self.hedged, *self.distortions, *self.neither)


@dataclass(frozen=True, slots=True)
class World:
    """Stories with a known lineage. wires: names of the agencies in it. kinds: what it is there to test."""

    name: str
    about: str
    kinds: tuple[str, ...]
    stories: tuple[Story, ...]
    claims: tuple[GoldClaim, ...]
    wires: tuple[str, ...] = ()

    def story(self, name: str) -> Story:
        """Return a story by its name. Raises KeyError for an unknown one."""
        return {story.name: story for story in self.stories}[name]


def hand_made(folder: Path = FOLDER) -> Iterator[World]:
    """Yield the worlds of a folder, by name. Raises UnsoundWorldError for one that contradicts itself."""
    for path in sorted(folder.glob("*.yaml")):
        yield sound(world(path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))))


def world(name: str, tree: Mapping[str, Any]) -> World:
    """Return the world of a YAML tree, unchecked. Raises KeyError or TypeError for one of another shape."""
    stories = tuple(_story(key, leaf) for key, leaf in tree["stories"].items())
    claims = tuple(_claim(leaf) for leaf in tree["claims"])
    return World(name, tree["about"], tuple(tree["kinds"]), stories, claims, tuple(tree.get("wires", ())))


def _story(name: str, leaf: Mapping[str, Any]) -> Story:
    texts = {key: leaf[key].strip() for key in ("text", "after") if key in leaf}
    return Story(name=name, **{**leaf, **texts})


def _claim(leaf: Mapping[str, Any]) -> GoldClaim:
    origins = leaf["origins"]
    passages = {kind: tuple(_passages(leaf.get(kind, ()))) for kind in ("support", *TRAPS)}
    return GoldClaim(
        text=leaf["text"],
        derivations=tuple(_derived(one) for one in leaf["derivations"]),
        loops=tuple(frozenset(loop) for loop in leaf.get("loops", ())),
        low=origins["low"],
        high=origins["high"],
        why=origins["why"],
        outside=tuple(leaf.get("outside", ())),
        **passages,
    )


def _passages(leaves: Iterable[Mapping[str, str]]) -> Iterator[Passage]:
    for leaf in leaves:
        for story, words in leaf.items():
            yield Passage(story, words)


def _derived(leaf: Mapping[str, Any]) -> Derived:
    return Derived(leaf["from"], leaf["to"], leaf["how"], leaf["credited"], leaf.get("either", False))


def sound(one: World) -> World:
    """Return the world itself. Raises UnsoundWorldError, naming all that is wrong with it."""
    wrong = [*_wrong_stories(one)]
    for claim in one.claims:
        wrong += [f"{claim.text} {fault}" for fault in _wrong_claim(one, claim)]
    if wrong:
        raise UnsoundWorldError(f"{one.name}: " + "; ".join(wrong))
    return one


def _wrong_stories(one: World) -> Iterator[str]:
    if len({story.name for story in one.stories}) < len(one.stories):
        yield "two stories of one name"
    for story in one.stories:
        if not _NAME.fullmatch(story.name):
            yield f"{story.name!r} is no name for a story"
        if story.format not in FORMATS:
            yield f"{story.name} has the unknown format {story.format}"
        if story.format in DATED and not story.published:
            yield f"{story.name} is undated, which its format cannot be"


def _wrong_claim(one: World, claim: GoldClaim) -> Iterator[str]:
    names = {story.name for story in one.stories}
    for passage in (*claim.support, *claim.traps):
        if passage.story not in names:
            yield f"speaks of the unknown story {passage.story}"
        elif passage.words not in one.story(passage.story).words:
            yield f"quotes words that {passage.story} does not have: {passage.words}"
    for derived in claim.derivations:
        if not {derived.source, derived.target} <= names or derived.source == derived.target:
            yield f"derives {derived.target} from {derived.source}"
    if any(not loop <= names for loop in claim.loops):
        yield "has a loop through an unknown story"
    if not 0 <= claim.low <= claim.high <= len(claim.support):
        yield f"has {claim.low}..{claim.high} origins and {len(claim.support)} supports"
    if set(claim.support) & set(claim.traps):
        yield "supports itself with a passage that it warns of"


def lay_out(one: World, folder: Path) -> None:
    """Write the stories of a world as files: `rows.jsonl` for the rows, one file for each of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [_row(story) for story in one.stories if story.format == "row"]
    if rows:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    for story in one.stories:
        if story.format in _WRITERS:
            path = folder / f"{story.name}.{story.format}"
            path.write_text(_WRITERS[story.format](story), encoding="utf-8")


def story_of_page(page: str) -> str:
    """Return the name of the story that `lay_out` put on a page of this name."""
    row = page.rpartition("#")
    return row[2] if row[1] else Path(page).stem


def _row(story: Story) -> dict[str, str]:
    leaves = {
        "id": story.name,
        "outlet": story.outlet,
        "author": story.byline,
        "published": story.published,
        "title": story.title,
        "text": story.words,
    }
    return {key: leaf for key, leaf in leaves.items() if leaf}


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _html(story: Story) -> str:
    def meta(kind: str, name: str, value: str | None) -> str:
        return f'<meta {kind}="{name}" content="{html.escape(value)}">\n' if value else ""

    body = "\n".join(f"<p>{html.escape(part)}</p>" for part in _paragraphs(story.text))
    below = "\n".join(f"<p>{html.escape(part)}</p>" for part in _paragraphs(story.after))
    aside = f'<aside class="teasers comments">\n{below}\n</aside>\n' if below else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(story.title)} - {html.escape(story.outlet)}</title>\n"
        + meta("property", "og:site_name", story.outlet)
        + meta("property", "article:published_time", story.published)
        + meta("name", "author", story.byline)
        + f"</head>\n<body>\n<article>\n<h1>{html.escape(story.title)}</h1>\n{body}\n</article>\n"
        + f"{aside}</body>\n</html>\n"
    )


def _day(story: Story) -> datetime:
    """Return when a story was published. `sound` sees to it that files which print it have a date."""
    return datetime.fromisoformat(story.published or "").replace(tzinfo=UTC)


def _markdown(story: Story) -> str:
    return f"# {story.title}\n\n*{story.outlet}, {_day(story):%-d %B %Y}*\n\n{story.words}\n"


def _text(story: Story) -> str:
    return f"{story.outlet.upper()}\n\n{story.title}\n{_day(story):%-d %B %Y}\n\n{story.words}\n"


def _email(story: Story) -> str:
    message = EmailMessage()
    message["From"] = f"{story.outlet} <news@{story.name}.example>"
    message["To"] = "desk@paper.example"
    message["Subject"] = story.title
    message["Date"] = format_datetime(_day(story))
    message.set_content(story.words)
    return message.as_string()


_WRITERS = {"html": _html, "md": _markdown, "txt": _text, "eml": _email}
