"""Whose text a story says that it is: agencies, outlets where it first stood, outlets that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from reportedly.types.claims import StoryRow

HEAD = 300  # characters from a story's start among which a dateline stands
NEAR = 90  # characters before and after an outlet's name that tell why it is named
TAIL = 400  # characters at its end among which an agency signs
_DATELINE = re.compile(r"(?:^|\n|\s)[(\[]\s?(?P<sign>[^()\[\]\n]{2,40}?)\s?[)\]]\s?(?:[—–:_-]|--)")
_SIGN = re.compile(r"[(\[]\s?(?P<sign>[^()\[\]\n]{2,40}?)\s?[)\]]\s*$")
_MARKS = " \t\r.,:;!?()[]{}<>|/*_–—-\"'“”‘’«»"
_SLASH = re.compile(r"\s*(?:/|,|;|\||\band\b|&|\bvia\b|\bby\b|\bwith\b)\s*")


@dataclass(frozen=True, slots=True)
class Credit:
    """What story ``by`` says of where its text is from, in its words.

    strong: its text is from there, it does not only cite. agency: it signs as the agency's text, of whichever
    story of the agency.
    """

    by: str
    strong: bool
    words: str
    agency: bool = False


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
        return Credit(story.id, True, words, agency=True)
    if story.byline and key and key in (bare(part) for part in _SLASH.split(story.byline)):
        return Credit(story.id, True, story.byline)
    return _said(story, names_of(other.outlet))


def _said(story: StoryRow, called: tuple[str, ...]) -> Credit | None:
    """Return how a story's text credits a name, the stronger way first."""
    weak = None
    if not any(form in story.text for form in _forms(called)):
        return None  # a hundred times as fast as the expression
    for found in _named(called).finditer(story.text):
        before, after = (
            story.text[max(0, found.start() - NEAR) : found.start()],
            story.text[found.end() :][:NEAR],
        )
        if match := _before("origin").search(before):
            return Credit(story.id, True, _tidy(before[match.start() :] + found[0]))
        if _fills_line(before, after):
            return Credit(story.id, True, found[0])
        if weak is None and (match := _before("cites").search(before)):
            weak = Credit(story.id, False, _tidy(before[match.start() :] + found[0]))
        elif weak is None and (match := _after().match(after)):
            weak = Credit(story.id, False, _tidy(found[0] + match[0]))
    return weak


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _fills_line(before: str, after: str) -> bool:
    line = before.rpartition("\n")[2] if "\n" in before or len(before) < NEAR else None
    return line is not None and not after.partition("\n")[0].strip(_MARKS) and bool(_label().fullmatch(line))


@cache
def names_of(outlet: str) -> tuple[str, ...]:
    """Return the names that an outlet goes by in running text."""
    key = _agency_keys().get(bare(outlet))
    names = {outlet, re.sub(r"^the\s+", "", outlet, flags=re.IGNORECASE)}
    if key:
        names.update(name for row in lexicon()["agencies"] if bare(row[0]) == key for name in row)
    return tuple(sorted(name for name in names if name.strip()))


@cache
def _forms(called: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        sorted(
            {form for name in called for form in (name, name.upper())}, key=lambda form: (-len(form), form)
        )
    )


@cache
def _named(called: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in _forms(called)))


@cache
def _before(kind: str) -> re.Pattern[str]:
    ways = "|".join(lexicon()[kind])
    return re.compile(
        rf"(?<!\w)(?:{ways})(?:(?:the|website|newspaper|magazine)\s+){{0,2}}[\"“«‘']?$", re.IGNORECASE
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(f"[\"”»’']?(?:{'|'.join(lexicon()['cites_after'])})", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{lexicon()['labels']}\s*[:：–-]?\s*)?(?:the\s+)?\W*", re.IGNORECASE)
