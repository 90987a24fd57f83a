"""Whose text a story says that it is: agencies, outlets where it first stood, outlets that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from reportedly.types.claims import StoryRow

HEAD = 300  # characters from a story's start among which a dateline stands
TAIL = 400  # characters at its end among which an agency signs
_DATELINE = re.compile(r"(?:^|\n|\s)[(\[]\s?(?P<sign>[^()\[\]\n]{2,40}?)\s?[)\]]\s?(?:[—–:_-]|--)")
_SIGN = re.compile(r"[(\[]\s?(?P<sign>[^()\[\]\n]{2,40}?)\s?[)\]]\s*$")
_SLASH = re.compile(r"\s*(?:/|,|;|\||\band\b|&|\bvia\b|\bby\b|\bwith\b)\s*")


@dataclass(frozen=True, slots=True)
class Credit:
    """What story ``by`` says of where its text is from, in its words. strong: its text, not a citation."""

    by: str
    strong: bool
    words: str


@cache
def lexicon() -> Mapping[str, Any]:
    """Return the word lists of ``credit.yaml``."""
    source = resources.files("reportedly.corpus.reuse").joinpath("credit.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(source)
    return loaded


@cache
def _agency_keys() -> Mapping[str, str]:
    return {bare(name): bare(names[0]) for names in lexicon()["agencies"] for name in names}


@cache
def _dress() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in lexicon()["dress"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def bare(name: str) -> str:
    """Return a house's name without the words that it may have or lack, in lower case, without blanks."""
    return re.sub(r"\W+", "", _dress().sub(" ", name).lower()) or re.sub(r"\W+", "", name.lower())


def agencies(story: StoryRow) -> Mapping[str, str]:
    """Return the agencies whose text a story says that it carries: key of each, and the words that say so."""
    found: dict[str, str] = {}
    for words in filter(None, (story.agency, story.byline)):
        for part in (words, *_SLASH.split(words)):
            if key := _agency_keys().get(bare(part)):
                found.setdefault(key, words)
    for words in _signs(story):
        found.setdefault(_agency_keys().get(bare(words), bare(words)), words)
    found.pop("", None)
    return found


def _signs(story: StoryRow) -> Iterator[str]:
    """Yield names of agencies, known ones or others, from where only an agency's name stands."""
    if story.agency and not any(bare(part) in _agency_keys() for part in _SLASH.split(story.agency)):
        yield story.agency
    head = story.text[:HEAD]
    for match in _DATELINE.finditer(head):
        if bare(match["sign"]) in _agency_keys() or _is_place(head[: match.start()]):
            yield match["sign"]
    for line in story.text[-TAIL:].split("\n"):
        sign = _SIGN.search(line)
        signed = sign["sign"] if sign else line.strip()
        if len(signed) < 40 and bare(signed) in _agency_keys():
            yield signed


def _is_place(before: str) -> bool:
    """Whether what stands before a bracket looks like the place of a dateline: capitals, short."""
    words = before.split()
    return 0 < len(words) <= 8 and words[0][:1].upper() == words[0][:1] and words[0].upper() == words[0]


def own_key(story: StoryRow) -> str:
    """Return the key of a story's own outlet, an agency's if it is one, "" without one."""
    name = bare(story.outlet) if story.outlet else ""
    return _agency_keys().get(name, name)


def credited(story: StoryRow, other: StoryRow) -> Credit | None:
    """Return how ``story`` credits the outlet of ``other``, the stronger way first, None if it does not."""
    if not other.outlet or own_key(story) == own_key(other):
        return None
    key = own_key(other)
    if words := agencies(story).get(key):
        return Credit(story.id, True, words)
    if story.byline and key and key in (bare(part) for part in _SLASH.split(story.byline)):
        return Credit(story.id, True, story.byline)
    for strong, kind in ((True, "origin"), (False, "cites")):
        if words := _said(kind, names_of(other.outlet), story.text):
            return Credit(story.id, strong, words)
    return None


def _said(kind: str, called: tuple[str, ...], text: str) -> str | None:
    """Return the words by which a text credits a name, in one of the ways of the lexicon."""
    lower = text.lower()
    if not any(name.split()[-1].lower() in lower for name in called):
        return None  # the patterns are slow
    match = _pattern(kind, called).search(text)
    return " ".join(match[0].split()) if match else None


@cache
def names_of(outlet: str) -> tuple[str, ...]:
    """Return the names that an outlet goes by in running text."""
    key = _agency_keys().get(bare(outlet))
    names = {outlet, re.sub(r"^the\s+", "", outlet, flags=re.IGNORECASE)}
    if key:
        names.update(name for row in lexicon()["agencies"] if bare(row[0]) == key for name in row)
    return tuple(sorted(name for name in names if name.strip()))


@cache
def _pattern(kind: str, names: Sequence[str]) -> re.Pattern[str]:
    named = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))
    name = rf"(?:(?i:the|website|newspaper|magazine)\s+){{0,2}}[\"“«‘']?(?<!\w)(?:{named})(?!\w)[\"”»’']?"
    return re.compile("|".join(one.format(name=name) for one in lexicon()[kind]), re.IGNORECASE)
