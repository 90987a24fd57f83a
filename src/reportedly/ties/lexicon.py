"""What verbs, nouns and words of actors mean to the rules: the YAML files beside, loaded once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

# The C loader of the same safe subset: ten times as fast, and absent from a few builds of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Sense:
    """One use of a verb or noun. plover: its class, None where it has none.

    targets: prepositions before the one to whom it is done; "" is the direct object.
    """

    plover: str | None
    targets: frozenset[str]

    @property
    def mutual(self) -> bool:
        """Return whether both sides may stand after "between"."""
        return "between" in self.targets


_VERB_LISTS = (
    "light",
    "ending",
    "promising",
    "refusing",
    "threatening",
    "denying",
    "demanding",
    "making",
    "blaming",
    "preventing",
    "hoping",
    "silent",
)
_NOUN_LISTS = (
    "person",
    "armed",
    "group",
    "organisation",
    "organs",
    "bonds",
    "efforts",
    "instruments",
    "quantities",
)


@cache
def _load(name: str) -> Mapping[str, Any]:
    source = resources.files("reportedly.ties").joinpath(name).read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = _Loader(source).get_single_data()
    return loaded


@cache
def verbs() -> Mapping[str, tuple[Sense, ...]]:
    """Return, by lemma with particle ("carry out"), the senses of each verb, as the file orders them."""
    return _senses("verbs")


@cache
def nouns() -> Mapping[str, tuple[Sense, ...]]:
    """Return the senses of each noun by its lemma, as the file orders them."""
    return _senses("nouns")


def _senses(kind: str) -> Mapping[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for plover, entry in _load("relations.yaml").items():
        for lemma, targets in _entries(entry[kind], kind == "nouns"):
            sense = Sense(None if plover == "-" else plover, targets)
            known = found.setdefault(lemma, [])
            if not any(targets & other.targets for other in known):
                known.append(sense)
    return {lemma: tuple(senses) for lemma, senses in found.items()}


def _entries(listed: str, nominal: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield lemma and prepositions of "call ~on/upon" and "attack", ``nominal``: of "attack on/against"."""
    for entry in _split(listed):
        lemma, _, after = entry.rpartition(" ") if nominal else entry.partition(" ~")
        yield lemma, frozenset(after.split("/"))


def _split(listed: str) -> list[str]:
    return [entry.strip() for entry in listed.split(",") if entry.strip()]


@cache
def words(name: str) -> frozenset[str]:
    """Return list ``name`` of ``words.yaml`` or ``actors.yaml``."""
    entry = _load("words.yaml").get(name, _load("actors.yaml").get(name))
    return frozenset(_split(entry) if isinstance(entry, str) else entry)


@cache
def table(name: str) -> Mapping[str, str]:
    """Return mapping ``name`` of ``words.yaml`` or ``actors.yaml``."""
    found: Mapping[str, str] = _load("words.yaml").get(name, _load("actors.yaml").get(name))
    return found


@cache
def known_lemmas() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the inflected forms of the verbs and of the nouns that the rules know, each with its lemma.

    A tagger's lemma is not relied on for these: one wrong letter would cost the tie.
    """
    irregular = {form: lemma for lemma, forms in table("irregular").items() for form in forms.split()}
    heads = {verb.split()[0] for verb in verbs()} | {
        verb.split()[0] for name in _VERB_LISTS for verb in words(name)
    }
    plain = {
        form: lemma
        for lemma in heads
        for form in (_verb_forms(lemma) if lemma not in table("irregular") else _present(lemma))
    }
    nominal = {*nouns(), *(word for name in _NOUN_LISTS for word in words(name))}
    singular = {lemma: lemma for lemma in nominal}
    plural = {_with_s(lemma): lemma for lemma in sorted(nominal)}
    return {**plain, **irregular}, {**singular, **plural, **table("plurals")}


def _present(verb: str) -> set[str]:
    return {verb, _with_s(verb), _stem(verb) + "ing", verb + "ing"}


def _verb_forms(verb: str) -> set[str]:
    stem = _stem(verb)
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeou" else stem + "ed"
    return _present(verb) | {past, verb + ("d" if verb.endswith("e") else "ed")}


def _stem(verb: str) -> str:
    """Return a verb as it stands before -ing and -ed: "seiz", "bann"."""
    if verb.endswith("ie"):
        return verb[:-2] + "y"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1]
    short = (
        len(verb) >= 3 and verb[-1] not in "aeiouwxyhs" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    )
    return verb + verb[-1] if short and (len(verb) <= 4 or verb in words("doubling")) else verb


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeou":
        return word[:-1] + "ies"
    if word.endswith("man"):
        return word[:-3] + "men"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")
