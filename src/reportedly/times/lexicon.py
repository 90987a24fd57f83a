"""The grammar of time expressions of one language, ``en.yaml`` or ``fa.yaml``, compiled once.

A text becomes a string with one character a token: the character of its word class (private-use characters),
the sign itself for punctuation, ``w`` or ``W`` for a word without a class (lower-case or not), and a blank or
a line break where the text has one. A rule is a regular expression over that string, so that a rule is short,
matches in microseconds and names no word of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

# The C loader of the same safe subset: ten times as fast, and absent from a few builds of PyYAML.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LANGUAGES = ("en", "fa")
_TOKEN = re.compile(r"\d+(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+|[^\w\s\u200c\u200d]|_")
_FOLD = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يىكأإ‘’ʼ–‒‐‑−،\\", "01234567890123456789ییکاا'''-----,/")
_MARKS = dict.fromkeys([*range(0x64B, 0x653), 0x640], "\u200c")  # vowel signs and the stretching line
_SIGNS = frozenset("©,.:;/-'()[]\"&%$#+!?=*@—…“”«»<>£€¥")

DAY, YEAR, NUMBER = "day2", "year4", "num"
"""Classes of tokens of digits: 1 to 31; four digits from 1000 to 2199; any other."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the grammar.

    action: name of the function in `reportedly.times.rules` that says which days the words mean.
    kind: word class that the whole gets for the rules of later levels: date, clock, span, vague.
    check: name of the function in `reportedly.times.context` that may refuse a match, or None.
    needs: a character without which the rule cannot match, "" if there is no such one.
    groups: names of the pattern's groups.
    """

    action: str
    kind: str
    pattern: re.Pattern[str]
    check: str | None
    needs: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word or phrase of the lexicon is. tail: the tokens after the first one."""

    tail: tuple[str, ...]
    sign: str
    value: Any


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's words and rules. signs: the character of each word class; levels: inner rules first."""

    signs: Mapping[str, str]
    names: Mapping[str, str]
    entries: Mapping[str, tuple[Entry, ...]]
    levels: tuple[tuple[Rule, ...], ...]
    lists: Mapping[str, frozenset[str]]


def fold(text: str) -> str:
    """Return ``text`` with Western digits, one yeh, kaf, hyphen and apostrophe; lengths stay equal."""
    return text.translate(_FOLD).translate(_MARKS)


def tokens(folded: str) -> Iterator[re.Match[str]]:
    """Return the tokens of a folded text: runs of digits, runs of letters, single signs."""
    return _TOKEN.finditer(folded)


def sign_of(token: str) -> str:
    """Return the character of a token that no class of words or digits holds."""
    if token[0].isalpha():
        return "w" if token[0].islower() or token[0] >= "\u0590" else "W"
    return token if token in _SIGNS else "·"


@cache
def grammar(language: str) -> Grammar | None:
    """Return the grammar of ``language``, English for an unnamed one, None where there is none."""
    code = language or "en"
    if code not in LANGUAGES:
        return None
    source = resources.files("reportedly.times").joinpath(f"{code}.yaml").read_text(encoding="utf-8")
    tree: Mapping[str, Any] = _Loader(source).get_single_data()
    signs = _signs(tree)
    entries = _entries(tree["words"], tree["cased"], signs)
    levels = tuple(tuple(_rules(level, tree, signs)) for level in tree["levels"])
    lists = {name: frozenset(str(word) for word in words) for name, words in tree["lists"].items()}
    return Grammar(signs, {sign: name for name, sign in signs.items()}, entries, levels, lists)


def _signs(tree: Mapping[str, Any]) -> dict[str, str]:
    kinds = ["date", "clock", "span", "vague", DAY, YEAR, NUMBER]
    names = [*kinds, *tree["words"], *(name for name in tree["cased"] if name not in tree["words"])]
    return {name: chr(0xE000 + number) for number, name in enumerate(names)}


def _entries(
    words: Mapping[str, Any], cased: Mapping[str, Any], signs: Mapping[str, str]
) -> dict[str, tuple[Entry, ...]]:
    """Index all words by their first token, the longest phrase first."""
    found: dict[str, list[Entry]] = {}
    for name, listed in [*words.items(), *cased.items()]:
        for word, value in _valued(listed):
            first, *tail = (match[0] for match in tokens(fold(word)))
            found.setdefault(first, []).append(Entry(tuple(tail), signs[name], value))
    return {first: tuple(sorted(all_of, key=lambda e: -len(e.tail))) for first, all_of in found.items()}


def _valued(listed: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(listed, Mapping):
        return [
            (str(word), value)
            for value, words in listed.items()
            for word in (words if isinstance(words, list) else [words])
        ]
    return [(str(word), str(word)) for word in listed]


def _rules(
    level: Iterable[Mapping[str, Any]], tree: Mapping[str, Any], signs: Mapping[str, str]
) -> Iterator[Rule]:
    for line in level:
        pattern = re.compile(_translate(line["is"], tree["sets"], signs))
        needs = signs[line["needs"]] if "needs" in line else ""
        kind = line.get("kind", "date")
        yield Rule(line["do"], kind, pattern, line.get("check"), needs, tuple(pattern.groupindex))


def _translate(source: str, sets: Mapping[str, str], signs: Mapping[str, str]) -> str:
    """Turn the notation of the YAML file into a regular expression: ``<set>``, ``{class|class}``, ``~``."""
    while (inner := re.search(r"(?<!\?P)<(\w+)>", source)) is not None:
        source = source[: inner.start()] + f"(?:{sets[inner[1]]})" + source[inner.end() :]

    def characters(match: re.Match[str]) -> str:
        return "[" + "".join(signs.get(name) or _word_sign(name) for name in match[1].split("|")) + "]"

    return re.sub(r"\{([A-Za-z][\w|]*)\}", characters, source.replace("~", " ?"))


def _word_sign(name: str) -> str:
    """Return the sign of words without a class.

    Raises:
        KeyError: the grammar names a class that it does not have.
    """
    if name not in ("w", "W"):
        raise KeyError(name)
    return name
