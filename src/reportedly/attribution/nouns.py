"""Nouns that report: "Iranian claims that ...", "rumours that ...", "the allegation by a rival that ...".

The encoder overlooks many of these where they stand inside another's content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.attribution.cue_words import cue_words
from reportedly.types import Attribution, Kind, Span

CONFIDENCE = 0.5
"""Set by hand, not measured: the noun and its "that" are there, the bounds of source and content guessed."""

_TOKEN = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*[’']?|[^\w\s]")
_AGENT_WORDS = 8  # from "by" to "that"
_AGENT = frozenset({"by", "from", "among"})
_POSSESSIVE = frozenset({"his", "her", "their", "its", "my", "our", "your", "whose"})
_NATIONAL = re.compile(r"[A-Z]\w+(?:an|ish|ese|ch|[^aeiou]i)")
_ADJECTIVES = frozenset(
    {"new", "old", "recent", "earlier", "false", "repeated", "own", "latest", "public", "persistent"}
)
# after these words "that" opens a relative clause: "a report that was published"
_FINITE = frozenset(
    {
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "did",
        "does",
    }
)
_STOP = r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSt)(?<!\b[A-Z])[.!?](?=[\s”’\"')]|$)|[;\n”\"]"
_SENTENCE = re.compile(_STOP)
_END = re.compile(rf"{_STOP}|:(?=\s)|,(?=\s)")
_LEAST = 3  # words of a content; a comma before that does not end it


def noun_attributions(text: str, within: Span) -> Iterator[Attribution]:
    """Yield what nouns report in the characters ``within`` of a text, with their sources if they have any.

    The content goes from "that" to the next comma or stop.
    """
    tokens = [found.span() for found in _TOKEN.finditer(text, within.start, within.end)]
    words = [text[start:end].lower() for start, end in tokens]
    for number, word in enumerate(words):
        if word not in cue_words().that_nouns:
            continue
        agent = _agent(words, number)
        that = number + 1 if agent is None else agent[1]
        if words[that : that + 1] != ["that"] or _is_relative(words, that):
            continue
        content = Span(tokens[that][0], _end(text, tokens[that][1], within.end))
        places = agent or _owner(text, tokens, number)
        source = (Span(tokens[places[0]][0], tokens[places[1] - 1][1]),) if places else ()
        yield Attribution(source, (Span(*tokens[number]),), (content,), Kind.INDIRECT, CONFIDENCE)


def drawn_apart(one: Attribution, text: str) -> Iterator[Attribution]:
    """Yield an attribution without the pieces before its source and cue that a noun reports, and those.

    "In response to Norwegian claims that the fleet was late, the envoy said: ..."
    """
    told = [span.start for span in (*one.source, *one.cue)]
    kept: list[Span] = []
    apart: list[Attribution] = []
    for piece in one.content:
        reports = list(noun_attributions(text, piece)) if told and piece.end <= min(told) else []
        opening = [a for a in reports if min(s.start for s in (*a.source, *a.cue)) == piece.start]
        apart += opening[:1]
        kept += [] if opening else [piece]
    if apart and kept:
        yield from apart
        yield replace(one, content=tuple(kept))
    else:
        yield one


def _agent(words: Sequence[str], number: int) -> tuple[int, int] | None:
    """Return the tokens between "by" and "that" after a noun, None where there is no "by"."""
    if words[number + 1 : number + 2] and words[number + 1] in _AGENT:
        for end in range(number + 3, min(number + 3 + _AGENT_WORDS, len(words))):
            if words[end] == "that":
                return number + 2, end
    return None


def _owner(text: str, tokens: Sequence[tuple[int, int]], number: int) -> tuple[int, int] | None:
    """Return the tokens of a possessive or a nation before a noun: "the company's", "their", "Iranian"."""
    end = number
    while end and text[slice(*tokens[end - 1])].lower() in _ADJECTIVES:
        end -= 1
    if not end:
        return None
    last = text[slice(*tokens[end - 1])]
    if last.lower() in _POSSESSIVE or _NATIONAL.fullmatch(last):
        return end - 1, end
    if not last.endswith(("’s", "'s", "s’", "s'")):
        return None
    start = end - 1
    while start and text[slice(*tokens[start - 1])][:1].isupper():
        start -= 1
    if start and text[slice(*tokens[start - 1])].lower() in ("the", "a", "an", "this"):
        start -= 1
    return start, end


def _is_relative(words: Sequence[str], that: int) -> bool:
    after = words[that + 1] if that + 1 < len(words) else ""
    return not after or not after[0].isalnum() or after in _FINITE or after.endswith("ed")


def _end(text: str, start: int, limit: int) -> int:
    for found in _END.finditer(text, start, limit):
        if found.group() != "," or len(text[start : found.start()].split()) >= _LEAST:
            return found.start()
    return len(text[:limit].rstrip())


SENTENCE_START = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bSt)(?<!\b[A-Z])[.!?][”\"’')]*\s+|\n")
"""What a sentence starts right behind, by the marks alone."""


def sentence_end(text: str, start: int) -> int:
    """Return where the sentence or the half of it ends that goes on at ``start``."""
    found = _SENTENCE.search(text, start)
    return found.start() if found else len(text.rstrip())
