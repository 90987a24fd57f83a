"""The words of this step: ``lexicon.yaml``, loaded once, and those of `reportedly.voices` it shares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from reportedly.voices import lexicon as voices

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def tree() -> Mapping[str, Any]:
    """Return the whole of ``lexicon.yaml``, every scalar a string."""
    source = resources.files("reportedly.corpus.actors").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = _Loader(source).get_single_data()
    return loaded


@cache
def words(name: str) -> frozenset[str]:
    """Return list ``name``."""
    return frozenset(tree()[name])


@cache
def speech(name: str) -> frozenset[str]:
    """Return list ``name`` of the lexicon of voices."""
    return voices.words(name)


def given_names() -> Mapping[str, object]:
    """Return the first names that the lexicon of voices lists."""
    return voices.first_names()


def singular(noun: str) -> str:
    """Return the singular of a folded noun, itself where it is one."""
    return voices.singular(noun)


@cache
def families() -> Mapping[str, str]:
    """Return each role that tells people apart -> its family."""
    return {role: family for family, roles in tree()["families"].items() for role in roles}


@cache
def ranks() -> Mapping[str, str]:
    """Return each rank -> the body whose own it is."""
    return {rank: body for body, ranks in tree()["ranks"].items() for rank in ranks}


@cache
def offices() -> Mapping[str, str]:
    """Return each way to call an office -> its usual one."""
    return {name: usual for usual, names in tree()["offices"].items() for name in (usual, *names)}


@cache
def first_names() -> Mapping[str, frozenset[str]]:
    """Return each first name that has short forms, or is one -> the long forms it can stand for."""
    table: dict[str, set[str]] = {}
    for long, shorts in tree()["nicknames"].items():
        for name in (long, *shorts):
            table.setdefault(name, set()).add(long)
    return {name: frozenset(longs) for name, longs in table.items()}
