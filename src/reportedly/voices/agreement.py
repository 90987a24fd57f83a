"""Which names and nouns agree with which pronoun, by the lists in ``pronouns.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from reportedly.voices.mentions import Gender, Mention


class Case(StrEnum):
    """The form of a pronoun."""

    SUBJECT = "subject"
    OBJECT = "object"
    OWNER = "owner"
    REFLEXIVE = "reflexive"


GENDERS: Final = ("masculine", "feminine")
_AGREEMENTS: Final = (*GENDERS, "several", "thing")
_NOUNS: Final = {"masculine": "men", "feminine": "women"}
# Every scalar a string; the C loader is ten times as fast, and absent from a few builds.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def lists() -> Mapping[str, Any]:
    """Return what the file holds."""
    source = resources.files("reportedly.voices").joinpath("pronouns.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = _Loader(source).get_single_data()
    return loaded


@cache
def agreements() -> Mapping[str, str]:
    """Return what each third-person pronoun agrees with: masculine, feminine, several, thing."""
    return {word: kind for kind in _AGREEMENTS for word in lists()[kind]}


@cache
def cases() -> Mapping[str, Case]:
    """Return the form of each pronoun."""
    return {word: Case(case) for kind in _AGREEMENTS for word, case in lists()[kind].items()}


@cache
def words(name: str) -> frozenset[str]:
    """Return one of the lists."""
    return frozenset(lists()[name])


def sort_of(word: str) -> str | None:
    """Return which weights a pronoun is resolved by: person (he, she), several (they), thing (it)."""
    wanted = agreements().get(word.lower())
    return "person" if wanted in GENDERS else wanted


def fits(name: Mention, gender: Gender | None, wanted: str) -> str:
    """Say whether a name agrees: yes, no, person (a person of unknown gender), unknown."""
    if wanted in GENDERS:
        return _fits_person(name, gender, wanted)
    if wanted == "thing":
        if name.animate or name.plural or gender:
            return "no"
        return "yes" if name.animate is False else "unknown"
    if name.plural:
        return "yes"
    return "person" if gender else "unknown"


def _fits_person(name: Mention, gender: Gender | None, wanted: str) -> str:
    if name.animate is False or name.plural or (gender and gender != wanted):
        return "no"
    if gender:
        return "yes"
    return "person" if name.animate else "unknown"


def noun_fits(word: str, wanted: str) -> str:
    """Say whether a noun for people agrees with a pronoun of one person: yes, person, "" for no."""
    if word in words(_NOUNS[wanted]):
        return "yes"
    return "person" if word in words("people") else ""
