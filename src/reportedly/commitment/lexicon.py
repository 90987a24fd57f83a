"""The words that decide, read from ``operators.yaml`` and ``cues.yaml`` once, and how they are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

import yaml

from reportedly.commitment.values import Signature
from reportedly.types import Commitment

# The C loader of the same safe subset: ten times as fast, and absent from a few builds of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REACH: Final = 4
"""Words within which the second word of an entry may follow its first: "cast serious doubt"."""
_FRAMES: Final = ("to", "that", "whether")
_KINDS: Final = ("verbs", "adjectives", "nouns")


class Cue(NamedTuple):
    """What a cue says about its content, for the voice and for whoever tells of it.

    A missing frame (`to`, `whether`, `quoted`) is like any other content.
    """

    name: str
    voice: Signature
    teller: Signature
    to: Signature | None = None
    whether: Signature | None = None
    quoted: Signature | None = None
    claims_only: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase. rest: the words after the first. frame: the complement it needs, if only one."""

    kind: str
    rest: tuple[str, ...]
    frame: str | None
    meaning: Signature | Cue


class Match(NamedTuple):
    """An entry found in a text. last: index of its last word."""

    entry: Entry
    first: int
    last: int


Index = Mapping[str, Sequence[Entry]]


def _read(name: str) -> Mapping[str, Any]:
    source = resources.files("reportedly.commitment").joinpath(name).read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = _Loader(source).get_single_data()
    return loaded


def inflected(verb: str) -> set[str]:
    """Return the regular forms of an English verb, its base among them; a noun's plural is one of them."""
    if verb.endswith("e"):
        return {verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"}
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return {verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"}
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
    return {verb, third, f"{verb}ed", f"{verb}ing"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, ready for look-up. operators, cues: by the first word's lemma. forms: word form to lemma."""

    operators: Index
    cues: Index
    forms: Mapping[str, str]
    modals: Mapping[str, Mapping[str, Commitment]]
    modal_forms: Mapping[str, str]
    adverbs: Mapping[str, Commitment]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], Commitment]]]
    no_phrases: Mapping[str, Commitment | None]
    words: Mapping[str, frozenset[str]]
    others: frozenset[str] = field(default_factory=frozenset)

    def modal(self, word: str) -> str | None:
        """Return the modal auxiliary that a word form stands for."""
        lemma = self.modal_forms.get(word, word)
        return lemma if lemma in self.modals else None


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    operators, cues = _read("operators.yaml"), _read("cues.yaml")
    adverbs = {word: Commitment(value) for value, words in operators["adverbs"].items() for word in words}
    return Lexicon(
        operators=_operators(operators["complements"]),
        cues=_cues(cues["classes"]),
        forms=_forms([*operators["complements"], *cues["classes"]], cues["irregular"]),
        modals={
            word: {when: Commitment(value) for when, value in row.items()}
            for word, row in operators["modals"].items()
        },
        modal_forms=operators["modal_forms"],
        adverbs={word: value for word, value in adverbs.items() if " " not in word},
        phrases=_phrases(adverbs),
        no_phrases={
            word: None if value == "none" else Commitment(value)
            for word, value in operators["no_phrases"].items()
        },
        words={
            name: frozenset(words)
            for name, words in [*operators.items(), *cues.items()]
            if isinstance(words, list) and name not in ("complements", "classes")
        },
        others=frozenset(word for row in cues["classes"] for word in row.get("others", ())),
    )


def _phrases(adverbs: Mapping[str, Commitment]) -> dict[str, list[tuple[tuple[str, ...], Commitment]]]:
    found: dict[str, list[tuple[tuple[str, ...], Commitment]]] = {}
    for phrase, value in adverbs.items():
        first, *rest = phrase.split()
        if rest:
            found.setdefault(first, []).append((tuple(rest), value))
    return found


def _operators(rows: Iterable[Mapping[str, Any]]) -> Index:
    index: dict[str, list[Entry]] = {}
    for row in rows:
        when, unless = Commitment(row["when"]), Commitment(row["unless"])
        open_ended = Commitment.UU in (when, unless) and when is unless
        unreal = bool(row.get("future")) or (open_ended and not row.get("real", False))
        _enter(index, row, Signature(when, unless, unreal, bool(row.get("main"))))
    return _ordered(index)


def _cues(rows: Iterable[Mapping[str, Any]]) -> Index:
    index: dict[str, list[Entry]] = {}
    for row in rows:
        _enter(index, row, _cue(row))
    return _ordered(index)


def _cue(row: Mapping[str, Any]) -> Cue:
    unreal = bool(row.get("unreal"))

    def signature(name: str) -> Signature | None:
        pair = row.get(name)
        return Signature(Commitment(pair[0]), Commitment(pair[1]), unreal) if pair else None

    voice, teller = signature("voice"), signature("teller")
    if voice is None or teller is None:
        raise ValueError(f"cues.yaml: class {row['name']!r} lacks a voice or a teller")
    frames = (signature("to"), signature("whether"), signature("quoted"))
    return Cue(row["name"], voice, teller, *frames, bool(row.get("claims_only")))


def _enter(index: dict[str, list[Entry]], row: Mapping[str, Any], meaning: Signature | Cue) -> None:
    for kind in _KINDS:
        for phrase in row.get(kind, ()):
            first, *rest = phrase.split()
            frame = rest.pop() if rest and rest[-1] in _FRAMES else None
            index.setdefault(first, []).append(Entry(kind, tuple(rest), frame, meaning))


def _ordered(index: dict[str, list[Entry]]) -> Index:
    """Put the longest entries, and those for one frame alone, first."""
    return {
        word: sorted(entries, key=lambda entry: (-len(entry.rest), entry.frame is None))
        for word, entries in index.items()
    }


def _forms(rows: Iterable[Mapping[str, Any]], irregular: Mapping[str, Sequence[str]]) -> dict[str, str]:
    firsts = {phrase.split()[0]: kind for row in rows for kind in _KINDS for phrase in row.get(kind, ())}
    forms: dict[str, str] = {}
    for word, kind in firsts.items():
        for form in () if kind == "adjectives" else inflected(word):
            forms.setdefault(form, word)
    for word, extra in irregular.items():
        forms.update(dict.fromkeys([*extra, *inflected(word)], word))
    return forms | {word: word for word, kind in firsts.items() if kind != "adjectives"}


class Wanted(NamedTuple):
    """Which entries are asked for: kinds in order of preference, and the complement that is there."""

    kinds: Sequence[str] = _KINDS
    frame: str | None = None


def find(index: Index, lower: Sequence[str], lemmas: Sequence[str], at: int, wanted: Wanted) -> Match | None:
    """Return the entry whose first word stands at ``at``, the longest and most particular one first."""
    held = [entry for word in dict.fromkeys((lower[at], lemmas[at])) for entry in index.get(word, ())]
    for kind in wanted.kinds if held else ():
        for entry in held:
            last = _last(entry, lower, at) if entry.kind == kind else None
            if last is not None and (entry.frame is None or entry.frame == wanted.frame):
                return Match(entry, at, last)
    return None


def _last(entry: Entry, lower: Sequence[str], at: int) -> int | None:
    """Return where the entry's last word stands, None if its words do not follow within reach."""
    last = at
    for word in entry.rest:
        window = lower[last + 1 : last + 1 + REACH]
        if word not in window:
            return None
        last += 1 + window.index(word)
    return last
