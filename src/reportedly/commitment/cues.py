"""What a cue says about its content: its entry in the lexicon, under the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.commitment.clause import Clause
from reportedly.commitment.lexicon import Cue, Match, Wanted, find, lexicon
from reportedly.commitment.scope import Scope
from reportedly.commitment.values import Reading, Signature, combine
from reportedly.commitment.windows import Run
from reportedly.commitment.words import Words
from reportedly.types import Commitment, Kind

_QUOTES: Final = frozenset("\"'“”‘’«»„`")
_DETERMINERS: Final = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "these"}
)
_BOUNDS: Final = frozenset(
    {",", ";", ".", ":", "!", "?", "-", "—", "–", "that", "which", "who", "and", "but"}
)
_DENIALS: Final = frozenset({"denial", "rejection", "disproof"})
_OPENERS: Final = frozenset({"that", "of", "about", ",", ":", "-", "—"})
NEAR: Final = 12
"""Words before a cue that may govern it, where there is no parse."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What one attribution says of its content, seen from those who make it.

    voice, teller: what the cue makes of the content for its source and for whoever tells of it. own: how
    far the cue itself holds ("did not say"). content: the reading of the content's main predicate, at
    `predicate`. judged: the teller calls it true (CT+) or false (CT-) outright. markers: the
    words that decided.
    """

    voice: Signature
    teller: Signature
    own: Reading
    content: Reading
    predicate: int | None
    judged: Commitment | None
    markers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sides:
    """The tokens of one attribution. around: those of the enclosing content, or of its sentences."""

    cue: Sequence[int]
    content: Sequence[int]
    around: Sequence[int]
    kind: Kind


@cache
def _plain() -> Cue:
    """Return the class of "say", which every word of saying that is in no list belongs to."""
    for entry in lexicon().cues["say"]:
        if isinstance(entry.meaning, Cue):
            return entry.meaning
    raise ValueError("cues.yaml: no class holds 'say'")


def stand(words: Words, sides: Sides) -> Stand:
    """Read one attribution."""
    frame = _frame(words, sides.content)
    found = _cue_match(words, sides.cue, frame)
    own = _own(words, sides, found)
    backshift = sides.kind is not Kind.DIRECT and _is_past(words, found)
    cue = _cue_of(found)
    denied = cue.name in _DENIALS
    tokens = _unopened(words, sides.content) if frame == "whether" else sides.content
    predicate, content = content_reading(words, tokens, backshift=backshift, claims=denied)
    voice, teller = _framed(words, cue, sides, frame)
    judged, judges = _judgement(words, sides, found)
    marks = set(range(found.first, found.last + 1)) & set(sides.cue) if found else set(sides.cue)
    return Stand(
        voice, teller, own, content, predicate, judged, own.markers | content.markers | marks | judges
    )


def _unopened(words: Words, content: Sequence[int]) -> Sequence[int]:
    """Return the tokens without the "whether" in front of them: the cue answers for it."""
    first = next((place for place, at in enumerate(content) if words.lower[at] in ("whether", "if")), -1)
    return content[first + 1 :]


def content_reading(
    words: Words, tokens: Sequence[int], *, backshift: bool = False, claims: bool = False
) -> tuple[int | None, Reading]:
    """Return the main predicate of a stretch, None without a parse, and its reading."""
    if not words.parsed:
        return None, Run(words, tokens, backshift=backshift, claims=claims).reading()
    scope = Scope(words, tokens, backshift=backshift, claims=claims)
    at = scope.predicate()
    return at, scope.read(at) if at is not None else Reading()


def _frame(words: Words, content: Sequence[int]) -> str | None:
    """Return what kind of complement a content is, by its opening words."""
    solid = [at for at in content[:6] if words.lower[at] not in _QUOTES]
    if not solid:
        return None
    first = words.lower[solid[0]]
    before = words.lower[solid[0] - 1] if solid[0] else ""
    if "to" in (first, before):
        verb = solid[1] if first == "to" and len(solid) > 1 else solid[0]
        named = (
            words.tags[verb] == "VB" or words.pos[verb - 1] == "PART"
            if words.parsed
            else words.lower[verb] not in _DETERMINERS
        )
        return "to" if named and (first == "to" or before == "to") else None
    if first in ("whether", "if") or before == "whether":
        return "whether"
    return "that" if "that" in (first, before) else None


def _is_infinitive(words: Words, verb: int) -> bool:
    """Tell whether a word after "to" is a verb."""
    if words.parsed:
        return words.tags[verb] == "VB" or words.pos[verb - 1] == "PART"
    return words.lower[verb] not in _DETERMINERS


def _cue_match(words: Words, cue: Sequence[int], frame: str | None) -> Match | None:
    """Return the entry of the cue's last governed verb: of "refused to confirm", "confirm"."""
    chosen: Match | None = None
    for at in cue:
        if chosen is not None and at <= chosen.last:
            continue
        if chosen is not None and not _governed_by(words, chosen.last, at):
            continue
        found = find(words.lexicon.cues, words.lower, words.lemmas, at, Wanted(_kinds(words, at), frame))
        chosen = found or chosen
    return chosen


def _governed_by(words: Words, first: int, second: int) -> bool:
    """Tell whether the second verb is the infinitive complement of the first."""
    between = words.lower[first + 1 : second]
    return bool(between) and "to" in between[-2:] and second - first <= 4


def _kinds(words: Words, at: int) -> tuple[str, ...]:
    if words.parsed and words.pos[at] in ("NOUN", "PROPN"):
        return ("nouns", "verbs")
    if words.parsed and words.pos[at] == "ADJ":
        return ("adjectives", "verbs")
    return ("verbs", "adjectives", "nouns")


def _cue_of(found: Match | None) -> Cue:
    meaning = found.entry.meaning if found else None
    return meaning if isinstance(meaning, Cue) else _plain()


def _is_past(words: Words, found: Match | None) -> bool:
    if found is None:
        return False
    word = words.lower[found.first]
    return word != words.lemmas[found.first] and not word.endswith(("s", "ing"))


def _own(words: Words, sides: Sides, found: Match | None) -> Reading:
    """Return how far the cue itself holds, from the words that govern it outside the content."""
    if found is None and not sides.cue:
        return Reading()
    head = found.first if found else sides.cue[0]
    if words.parsed:
        inside = set(sides.content)
        governed = Clause(words, head).is_infinitive() and "to" in words.lower[max(0, head - 2) : head]
        outside = [at for at in sides.around if at not in inside] if governed else [head]
        return Scope(words, outside, backshift=True, addressed=False).read(head)
    before = [at for at in sides.around if head - NEAR <= at < head and at not in set(sides.content)]
    bounds = [place for place, at in enumerate(before) if words.lower[at] in _BOUNDS]
    before = before[bounds[-1] + 1 if bounds else 0 :]
    own = Run(words, before, backshift=True, governed="to" in words.lower[max(0, head - 2) : head]).reading()
    after = [at for at in range(head + 1, min(head + 3, len(words.lower))) if words.lower[at] == "not"]
    return own.then(Commitment.CT_MINUS, *after) if after and words.lemmas[head] == "do" else own


def _framed(words: Words, cue: Cue, sides: Sides, frame: str | None) -> tuple[Signature, Signature]:
    """Return what the cue makes of this kind of content, for the voice and for the teller."""
    quoted = sides.kind is Kind.DIRECT and len(sides.content) > 4
    if cue.name in _DENIALS and quoted:
        return _plain().voice, _plain().teller
    if cue.claims_only and not _is_claim(words, sides.content, frame):
        return Signature(Commitment.UU, Commitment.UU, unreal=True), _plain().teller
    if frame == "to" and cue.to is not None:
        return cue.to, cue.to
    if frame == "whether" and cue.whether is not None:
        return cue.whether, _plain().teller
    if quoted and cue.quoted is not None:
        return cue.voice, cue.quoted
    return cue.voice, cue.teller


def _is_claim(words: Words, content: Sequence[int], frame: str | None) -> bool:
    """Tell whether what is rejected was said, and not a plan or an offer."""
    if frame == "that":
        return True
    for at in content[:8]:
        for entry in words.lexicon.operators.get(words.lemmas[at], ()):
            meaning = entry.meaning
            if entry.kind == "nouns" and isinstance(meaning, Signature) and not meaning.unreal:
                return meaning.when is Commitment.UU
    return False


def _judgement(words: Words, sides: Sides, found: Match | None) -> tuple[Commitment | None, set[int]]:
    """Return the teller's own verdict on what is passed on, and its words."""
    if found is None and not sides.cue:
        return None, set()
    head = found.first if found else sides.cue[0]
    inside = set(sides.content[1:])
    lists = words.lexicon.words
    near = {*sides.cue, *range(max(0, head - 2), head), *sides.content[:1]}
    for at in sorted(near - inside):
        if words.lower[at] in lists["false_words"]:
            return Commitment.CT_MINUS, {at}
        if words.lower[at] in lists["true_words"]:
            return Commitment.CT_PLUS, {at}
    return None, set()


def told(seen: Stand, own: Commitment, value: Commitment) -> Commitment:
    """Return what the teller commits to, where the cue holds as far as ``own``, the content is ``value``."""
    if seen.judged is not None:
        return combine(seen.judged, value)
    return seen.teller.under(own, value)
