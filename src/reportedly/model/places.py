"""Which state a name stands for: ``places.yaml``, loaded once. Case decides: "us" is not the US.

The words alone are judged, not what stands around them: "Georgia", "Jordan" and "Washington" are states here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

# The C loader of the same safe subset: ten times as fast, and absent from a few builds of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_EDGES = " \t\n\r\"'“”‘’«».,;:()[]"
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_NO_PLURAL = ("sh", "ese", "ss", "ch", "men", "man", "women", "woman", "z", "s")
_WORD = re.compile(r"[^\W_](?:[\w’'\-]|\.(?=[\w\-]))*\.?")
_HYPHENS = re.compile(r"[-–—]")
_PARTED = re.compile(
    r"aligned|allied|armed|backed|based|born|controlled|funded|held|led|made|occupied|run|sponsored|style"
    r"|supplied|supported|trained"
)
"""Second halves that make a compound something else than its state's: "Iran-backed"."""
_ALL_CAPS_FROM = 4
"""Letters from which a word in capitals is the name in a headline ("IRAN") and not an abbreviation."""


class Naming(StrEnum):
    """How words stand for a state."""

    NAME = "name"  # "Iran", "the U.S."
    PEOPLE = "people"  # "Iranian", "Iranians"
    SEAT = "seat"  # "Tehran", "the Kremlin": the place of the government
    BODY = "body"  # "the CIA", "the Knesset": one of its organs


def state_of(words: str) -> str | None:
    """Return the usual name of the state that the words, taken whole, stand for ("Tehran": "Iran").

    An article before and a possessive after them are no matter. None for anything else, also for longer
    phrases ("Iranian officials": see `states_in`) and for lower case ("us", "turkey", "polish").
    """
    found = _look_up(words)
    return found[0] if found else None


def naming_of(words: str) -> Naming | None:
    """Return how the words stand for the state of `state_of`; None where that is None."""
    found = _look_up(words)
    return found[1] if found else None


def is_demonym(words: str) -> bool:
    """Return whether the words are one nationality word ("Iranian", "Dutch", "South Koreans")."""
    return naming_of(words) is Naming.PEOPLE


def states_in(words: str) -> tuple[str, ...]:
    """Return the states named anywhere in a phrase, each once, in order, the longest names first taken.

    "US-backed Syrian rebels" gives ("Syria",): what a state backs, leads or arms is not its own.
    """
    found = list(_WORD.finditer(words))
    states: dict[str, None] = {}
    at = 0
    while at < len(found):
        named, at = _longest(words, found, at)
        states.update(dict.fromkeys(named))
    return tuple(states)


def _longest(words: str, found: list[re.Match[str]], at: int) -> tuple[list[str], int]:
    """Return the state of the longest name that starts at word ``at``, and the word after it."""
    for stop in range(min(len(found), at + _most_words()), at, -1):
        state = state_of(words[found[at].start() : found[stop - 1].end()])
        if state:
            return [state], stop
    parts = _HYPHENS.split(found[at].group())
    if _PARTED.fullmatch(parts[-1].lower()):
        return [], at + 1
    return [state for state in map(state_of, parts) if state], at + 1


def _look_up(words: str) -> tuple[str, Naming] | None:
    table = _table()
    bare = " ".join(words.split()).strip(_EDGES.replace(".", ""))
    bare = _ARTICLE.sub("", _POSSESSIVE.sub("", bare))
    for form in (bare, bare.strip(_EDGES)):
        found = table.get(form)
        if found:
            return found
    letters = bare.replace(" ", "")
    if bare.isupper() and len(letters) >= _ALL_CAPS_FROM:
        return _capitals().get(bare)
    return None


@cache
def _table() -> Mapping[str, tuple[str, Naming]]:
    """Return each form as written -> the state's usual name and how the form stands for it."""
    source = resources.files("reportedly.model").joinpath("places.yaml").read_text(encoding="utf-8")
    tree: Mapping[str, Mapping[str, list[str]]] = _Loader(source).get_single_data()
    table: dict[str, tuple[str, Naming]] = {}
    for state, entry in tree.items():
        for form, naming in _forms(state, entry):
            table.setdefault(_ARTICLE.sub("", form), (state, naming))
    return table


def _forms(state: str, entry: Mapping[str, list[str]]) -> Iterator[tuple[str, Naming]]:
    for form in (state, *entry.get("names", ())):
        yield form, Naming.NAME
    for form in entry.get("people", ()):
        yield form, Naming.PEOPLE
        if not form.endswith(_NO_PLURAL):
            yield f"{form}s", Naming.PEOPLE
    for form in entry.get("seats", ()):
        yield form, Naming.SEAT
    for form in entry.get("bodies", ()):
        yield form, Naming.BODY


@cache
def _capitals() -> Mapping[str, tuple[str, Naming]]:
    """Return the table by its forms in capitals."""
    return {form.upper(): value for form, value in _table().items()}


@cache
def _most_words() -> int:
    return max(len(form.split()) for form in _table())
