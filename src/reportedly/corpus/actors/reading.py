"""What the text of a story says beside its statements' rows: its sentences, names, who is said to tell what.

Half one misses some attributions ("..., the portal Caspian Monitor reported on Tuesday"); their sentence then
stands as the author's own. The patterns here find them again, by the words alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from reportedly.corpus.actors import names

_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\W_a-zß-ÿ])|\s*\n\s*")
_ABBREVIATED = re.compile(
    r"(?:(?:^|[\s.(\"“])[A-Z]|\b(?:Mr|Ms|Mrs|Dr|St|Lt|Jr|Sr|No|Gen|Sen|Rep|Gov|Col|Sgt|Rev|Hon|Cpt|Maj|Adm|Cdr|Capt|Prof|Supt|Sept|Oct))$"
)
_WORD = re.compile(r"[^\W_](?:[\w’'&]|[.](?=[^\W_])|[-‐‑](?=\w))*")
_SMALL = re.compile(r"\b[a-zß-ÿ]{4,}\b")
_NAME = r"(?:[^\W\d_a-z]\.(?:[^\W\d_a-z]\.)*|(?:(?:al|el|ul|ad|as|ash|an|ar)[-‐‑])?[^\W\d_a-z][\w’'&-]*)"
_SEQUENCE = re.compile(
    rf"{_NAME}(?:[ \t]+(?:(?:of|the|and|for|de|la|le|al|el|bin|ibn|van|von|der|den|du|da|di|del|dos|ul|ur|y|&"
    rf"|for the|of the)[ \t]+){{0,1}}{_NAME}|[ \t]+{_NAME})*"
)
_VERB = (
    r"(?:said|says|told|tells|reported|reports|wrote|writes|announced|confirmed|warned|revealed|reveals|found|finds"
    r"|finding|showed|shows|states|stated|admitted|insisted|claimed|claims|added|testified|declared|recalled|argued"
    r"|noted|explained|disclosed|concluded|concludes|learned|learnt|estimated|estimates|promised|acknowledged)"
)
_TRAILING = re.compile(
    rf"[,;”\"’]\s+(?P<who>(?:[^\s\"“”;:][^\"“”;:]{{1,140}}?))\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+|then\s+)*{_VERB}\b"
    r"(?P<rest>[^\"“”;:]{0,140})$"
)
_TURNED = re.compile(
    rf"[,”\"’]\s+{_VERB}\s+(?P<who>(?!that\b|he\b|she\b|it\b|they\b|we\b|I\b)[^\"“”;:]{{2,110}}?)[.]?$"
)
_ACCORDING = re.compile(
    r"\baccording to (?P<who>[^;:\"“”]{2,110}?)(?:[.;:!?]?$|, (?=[a-z]|[A-Z][a-z]+ )|\s[—–-]\s)",
    re.IGNORECASE,
)
_AS = re.compile(
    rf"^\W*As (?P<who>[^,;:\"“”]{{2,80}}?)\s+(?:has\s+|had\s+|first\s+|also\s+)*{_VERB}\b[^,]{{0,40}},"
)
_LEADING = re.compile(
    rf"^\W*(?:On \w+,? |Yesterday |Earlier |In \w+,? )?"
    rf"(?P<who>(?:The |the |An? )?[^\s,;:\"“”][^;:\"“”]{{1,110}}?),?"
    rf"\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)*{_VERB}\b"
    r"(?=\s+(?:that|how|why|\w+ that|[\w' ]{3,50} that)\b|\s*[,:]?\s*[\"“])"
)
_BY = re.compile(
    r"\b(?:readers of|reports? (?:by|in|from)|investigation (?:by|of)|citing) (?P<who>[^,;:\"“”]{2,80})",
    re.IGNORECASE,
)
_SPEAKING = re.compile(
    r"\bspeaking (?:for|on behalf of) [^,;:\"“”]{2,80}, "
    rf"(?P<who>[^,;:\"“”]{{3,50}}?) (?:has |had )?{_VERB}\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"\b(?:it|so) says in (?P<who>[^,;:\"“”]{2,110})", re.IGNORECASE)
_NAMED_BEFORE = re.compile(
    r"[,”\"]\s(?P<who>(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?\s)?[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w.’'-]*){1,3})$"
)
_PASSIVE = re.compile(r"\b(?:be|been|being|is|was|are|were|not|to)$")
_NOBODY = re.compile(r"(?:that|how|and|but|which|who|to|he|she|it|they|we|I)\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sequence and where it stands there. folded: as of `names.fold`, without a possessive."""

    folded: str
    start: int
    end: int
    capital: bool


def words_of(sequence: str) -> list[Word]:
    """Return the words of a sequence, possessives cut off."""
    return [_word(found[0], found.start()) for found in _WORD.finditer(sequence)]


def _word(word: str, start: int) -> Word:
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            word = word[: -len(ending)]
            break
    return Word(names.fold(word).replace(".", ""), start, start + len(word), word[:1].isupper())


class Text:
    """A story's text, cut into sentences once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sequences: list[tuple[str, int]] | None = None
        ends = (found for found in _SENTENCE.finditer(text) if not _is_abbreviation(text, found))
        self._starts = [0, *(found.end() for found in ends)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentences that characters start..end touch begin and end."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        stop = self._starts[last + 1] if last + 1 < len(self._starts) else len(self.text)
        return self._starts[max(0, first)], stop

    def sequences(self) -> list[tuple[str, int]]:
        """Return the capitalised sequences of the text as written, and where each begins."""
        if self._sequences is None:
            self._sequences = [(found[0], found.start()) for found in _SEQUENCE.finditer(self.text)]
        return self._sequences

    def names(self) -> tuple[Counter[str], frozenset[str]]:
        """Return the capitalised sequences with how often each stands here, and which open sentences only.

        The latter are single words: whether a capital is theirs cannot be told where they stand.
        """
        inside: Counter[str] = Counter()
        opening: Counter[str] = Counter()
        begins = set(self._starts)
        for sequence, start in self.sequences():
            before = self.text[start - 1 : start]
            first = start in begins or (before in {'"', "“", "‘", "'", "("} and start - 1 in begins)
            (opening if first and " " not in sequence else inside)[sequence] += 1
        return inside + opening, frozenset(opening.keys() - inside.keys())

    def small(self) -> set[str]:
        """Return the words of the text that stand in it in small letters, from four letters on."""
        return set(_SMALL.findall(self.text))


def _is_abbreviation(text: str, found: re.Match[str]) -> bool:
    dotted = found[0].startswith(". ")
    return dotted and _ABBREVIATED.search(text, max(0, found.start() - 6), found.start()) is not None


def told_by(sentence: str) -> str | None:
    """Return the words for who tells what a sentence says, None where nobody is said to.

    "Jets have landed, the portal Caspian Monitor reported on Tuesday." gives "the portal Caspian Monitor".
    """
    sentence = " ".join(sentence.split())
    for pattern in (_AS, _ACCORDING, _SPEAKING, _WRITTEN):
        found = pattern.search(sentence)
        if found:
            return found["who"].strip(" ,")
    trailing = _trailing(sentence)
    if trailing:
        named = _NAMED_BEFORE.search(sentence, 0, trailing.start())
        return (named or trailing)["who"].strip(" ,")
    found = _TURNED.search(sentence.rstrip(' .”"')) or _LEADING.match(sentence) or _BY.search(sentence)
    return found["who"].strip(" ,") if found else None


def _trailing(sentence: str) -> re.Match[str] | None:
    """Return the last clause that attributes, if nothing but its own words follow it."""
    bare = sentence.rstrip(" .!?”\"’'")
    at = max(bare.rfind(", "), bare.rfind("” "), bare.rfind('" '))
    while at >= 0:
        found = _TRAILING.match(bare, at)
        if found and not _NOBODY.match(found["who"]) and not _PASSIVE.search(found["who"]):
            return found
        at = max(bare.rfind(", ", 0, at), bare.rfind("” ", 0, at), bare.rfind('" ', 0, at))
    return None
