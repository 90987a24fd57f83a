"""What the text around a statement tells of its source, by the words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from reportedly.corpus.derivations.lexicon import lexicon, plain_words, words
from reportedly.types.text import Span

APPOSED = 90
"""Characters before and after a name in which its role is looked for."""
POST = 6
"""Words before a name that may tell a post."""
SEEN = 6
"""How many places of a name in a story are looked at."""
REACH = 400
"""Characters before a statement in which its sentence begins."""

_END = re.compile(r"[.!?][\"”’')\]]*(?=\s|$)|\n")
_BEFORE = re.compile(r"(?P<role>[^,.;:\"“”\n]+)(?P<apart>,)?\s+$")
_AFTER = re.compile(r",\s+(?P<role>[^,.;:\"“”\n]{2,60})[,.;]")
_OF = re.compile(
    r"\s+(?:of|at|from) (?P<role>(?:the )?[A-Z][\w’'-]*(?: (?:(?:of|for|and|the) )*[A-Z][\w’'-]*)*)"
)
_IN_PAPER = re.compile(r"\bit (?:says|said|reads|states|(?:is |was )?stated) in (?P<who>[^,.;:]{3,90})")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^,.;:]{2,80})")
PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i", "you", "who", "which", "that", "his", "her"})


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    verbs = "|".join(sorted(lexicon().verbs, key=len, reverse=True))
    adverbs = r"(?:(?:has|have|had|also|later|then|himself|herself) )*"
    tail = (
        r",[\"”’']?\s+(?P<who>[^,.;:\"“”]{2,70}(?:,\s+[^,.;:\"“”]{2,50})?),?\s+" + adverbs + rf"(?:{verbs})\b"
    )
    turned = rf",[\"”’']?\s+(?:{verbs})\s+(?P<who>[^,.;:\"“”]{{2,70}}(?:,\s+[^,.;:\"“”]{{2,50}})?)"
    head = rf"^(?P<who>[A-Z][^.;:\"“”]{{2,90}}?),?\s+{adverbs}(?:{verbs})\b[^.;:\"“”]{{0,60}}\bthat\b"
    return (_IN_PAPER, re.compile(tail), _ACCORDING, re.compile(turned), re.compile(head))


def given_source(around: str) -> tuple[str, str] | None:
    """Return who a sentence says tells it, and the words that do, where its readers have found nobody."""
    for pattern in _patterns():
        found = pattern.search(around)
        who = found.group("who").strip() if found else ""
        told = words(who)
        if found and told and PRONOUNS.isdisjoint((told[0], told[-1])):
            return who, found.group().strip(" ,\"”’'")
    return None


def sentence(text: str, spans: Sequence[Span]) -> str:
    """Return the text of the sentences in which spans begin and end, with all between them."""
    if not spans:
        return ""
    start, end = spans[0].start, spans[-1].end
    before = [match.end() for match in _END.finditer(text, max(0, start - REACH), max(0, start - 1))]
    return text[before[-1] if before else max(0, start - REACH) : _closing(text, start, end)].strip()


def following(text: str, spans: Sequence[Span]) -> str:
    """Return the sentence after the one in which spans end, of the same paragraph or the next."""
    if not spans:
        return ""
    end = _closing(text, spans[0].start, spans[-1].end)
    rest = text[end : end + REACH].lstrip()
    after = _END.search(rest)
    return rest[: after.end()] if after else rest


def _closing(text: str, start: int, end: int) -> int:
    found = _END.search(text, max(start, end - 1))
    return found.end() if found else len(text)


def apposed(text: str, name: str) -> list[str]:
    """Return the words right before and after a name, in apposition, where it stands in a text."""
    found: list[str] = []
    at = text.find(name)
    for _ in range(SEEN):
        if at < 0 or not name:
            break
        before = _BEFORE.search(text[max(0, at - APPOSED) : at])
        if before and (not before["apart"] or lexicon().speaks_for & plain_words([before["role"]])):
            found.append(" ".join(before["role"].split()[-POST:]))
        found += _behind(text[at + len(name) : at + len(name) + APPOSED])
        at = text.find(name, at + len(name))
    return found


def _behind(rest: str) -> list[str]:
    """Return what a name is followed by: "of the University of Melville", "a chemist" between commas."""
    found = []
    of = _OF.match(rest)
    if of:
        found.append(of["role"])
        rest = rest[of.end() :]
    role = _AFTER.match(rest)
    if role and not lexicon().verbs & set(words(role["role"])[:1]):
        found.append(role["role"])
    return found


def occasion(around: str) -> str | None:
    """Return the occasion that a sentence tells of, at which several listened; None without one."""
    told = around.casefold()
    return next((one for one in lexicon().occasions if one in told), None)
