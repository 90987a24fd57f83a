"""Statements as they are compared: sentence by sentence, without what stands inside another statement."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reportedly.corpus.wording.clauses import NEGATED, is_falsified, mark
from reportedly.corpus.wording.clocks import Clock, clocks
from reportedly.corpus.wording.numerals import Numeral, numerals
from reportedly.corpus.wording.tokens import BREAKS, NUMBER, SINGLE, Token, parts, tokens
from reportedly.types import Actor, Commitment, Kind, Span
from reportedly.types.claims import Actors, Corpus, StatementRow

_ENDS = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt|No)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Rev)\.)"
    r"[\"”’']*\s+(?=[\"“‘'(]*[A-Z0-9])|\n+|;\s|,? but (?!also\b)"
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e|es|ed|ing)"
    r"|rebut\w*|disput(?:e|es|ed|ing)|contradict\w*)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told|reported|reports|announced|confirmed|wrote|stated|added)\b(?: \w+){0,3} ?$",
    re.IGNORECASE,
)
_POSSIBLE = frozenset({Commitment.PS_PLUS, Commitment.PS_MINUS})

TOLD = 40
"""Characters before a time in which a verb of saying makes it that of the telling ("said on Thursday")."""
NEAR = 90
"""Characters next to a statement within another one, in which its source and cue are looked for."""
NAMED, UNNAMED = "named", "unnamed"
LEAST_LEFT = 3
"""Words that must be left of a sentence for what is left to be compared."""

Days = tuple[int, int]
"""First and last day, as ordinals."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: stems of the words after it, of those before it where none follow."""

    numeral: Numeral
    counted: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameIn:
    """A name in a unit. words: its stems. actor: id of who it is, None where undecided."""

    label: str
    words: frozenset[str]
    actor: str | None


@dataclass(frozen=True, slots=True)
class TieIn:
    """Who does what to whom in a unit. relation: concepts of the predicate's words. subject, object: labelled
    `NAMED`, or `UNNAMED` where they stand for somebody else ("they", "the organisation")."""

    subject: NameIn
    relation: frozenset[str]
    object: NameIn
    negated: bool


@dataclass(slots=True)
class Unit:
    """One sentence of a statement.

    statement: place of the statement in the corpus. span: in the story's text; text: its words, with the
    source before them where they are an infinitive. order: concepts of the words that count, in order;
    words: concept -> weight before rarity; flags: concept -> what its clause makes of it, where that is
    anything. proper: concepts that are names. singles: of what is said to be one. days: of its times.
    clocks: minutes after midnight or noon. ties: who does what to whom. refused: numbers that
    are denied ("26, not 62").
    """

    statement: int
    text: str
    span: Span
    order: tuple[str, ...]
    words: dict[str, float]
    flags: dict[str, int]
    proper: frozenset[str]
    singles: frozenset[str]
    quantities: tuple[Quantity, ...]
    names: tuple[NameIn, ...]
    days: tuple[Days, ...]
    clocks: tuple[int, ...]
    ties: tuple[TieIn, ...]
    refused: frozenset[float]


class Viewer:
    """Makes units of statements. One for a corpus."""

    def __init__(self, corpus: Corpus, actors: Actors) -> None:
        self._texts = {story.id: story.text for story in corpus.stories}
        self._mentions = actors.mentions
        self._within = children(corpus.statements)

    def units(self, place: int, statement: StatementRow) -> Iterator[Unit]:
        """Yield the units of a statement: its sentences, without what other statements within it say."""
        if statement.parent is not None and is_infinitive(statement):
            return
        text = self._texts[statement.story_id]
        inner = _told_within(text, self._within.get(statement.id, ()))
        lead = statement.source or "" if is_infinitive(statement) else ""
        denied = statement.kind is not Kind.AUTHOR and bool(statement.cue and _DENIES.search(statement.cue))
        for sentence in _sentences(text, statement.spans):
            for span in _outside(sentence, inner):
                unit = self._unit(place, statement, text[span.start : span.end], span, lead)
                lead = ""
                if unit is None or (span != sentence and len(unit.order) < LEAST_LEFT):
                    continue
                if denied:
                    unit.flags = {word: unit.flags.get(word, 0) ^ NEGATED for word in unit.words}
                yield unit

    def _unit(self, place: int, statement: StatementRow, text: str, span: Span, lead: str) -> Unit | None:
        names = dict.fromkeys(pair for pair in statement.names if pair[1] != "NUM" and pair[0] in text)
        if lead:
            text = f"{lead} {text}"
        proper = frozenset(part.lower for name, _ in names for part in parts(name))
        found = tokens(text, proper)
        mark(found, text)
        timed = _timed(statement, span, text, len(lead) + 1 if lead else 0)
        hours = clocks(text)
        kept = _untimed(found, timed) if timed else [token for token in found if token.weight]
        if not kept:
            return None
        weights: dict[str, float] = {}
        flags: dict[str, int] = {}
        for token in kept:
            weights[token.concept] = max(token.weight, weights.get(token.concept, 0.0))
            flags[token.concept] = flags.get(token.concept, token.flags) & token.flags
        return Unit(
            statement=place,
            text=text,
            span=span,
            order=tuple(token.concept for token in kept),
            words=weights,
            flags={word: flag for word, flag in flags.items() if flag},
            proper=frozenset(token.concept for token in kept if token.named),
            singles=_singles(found),
            quantities=tuple(_quantities(found, timed, hours)),
            names=tuple(self._names(names, statement.story_id)),
            days=tuple(days for _, _, days in timed if days is not None),
            clocks=tuple(one.minutes for one in hours),
            ties=tuple(self._ties(statement, span)),
            refused=_refused(found),
        )

    def _ties(self, statement: StatementRow, span: Span) -> Iterator[TieIn]:
        for one in statement.ties:
            if span.start <= one.span.start < span.end:
                relation = frozenset(
                    part.concept for part in parts(one.relation) if part.weight and part.concept
                )
                ends = (self._end(one.subject, statement.story_id), self._end(one.object, statement.story_id))
                if relation:
                    yield TieIn(ends[0], relation, ends[1], one.negated)

    def _end(self, actor: Actor, story_id: str) -> NameIn:
        words = frozenset(part.stem for part in parts(actor.name) if part.weight)
        named = actor.name[:1].isupper()
        label = NAMED if named else UNNAMED
        return NameIn(label, words, self._mentions.get((story_id, actor.name)))

    def _names(self, names: Iterable[tuple[str, str]], story_id: str) -> Iterator[NameIn]:
        for name, label in names:
            words = frozenset(part.stem for part in parts(name))
            if words:
                yield NameIn(label, words, self._mentions.get((story_id, name)))


def children(statements: Iterable[StatementRow]) -> Mapping[str, list[StatementRow]]:
    """Return the statements right within each statement, those left out that only say what it is to do.

    "X has decided to leave", taken apart as X decides "to leave", is one claim, and the outer words say it.
    """
    found: defaultdict[str, list[StatementRow]] = defaultdict(list)
    for one in statements:
        if one.parent is not None and not is_infinitive(one):
            found[one.parent].append(one)
    return found


def is_infinitive(statement: StatementRow) -> bool:
    """Whether the content is an infinitive ("to leave"), whose subject is the source."""
    return statement.content.startswith("to ")


def is_denied(statement: StatementRow) -> bool:
    """Whether the content is there to be denied: by the cue, or by its own words ("reports that ... are
    false")."""
    if statement.kind is not Kind.AUTHOR and statement.cue and _DENIES.search(statement.cue):
        return True
    return is_falsified(statement.content)


def is_possible(statement: StatementRow) -> bool:
    """Whether the voice that is named says no more than that it may be so."""
    return statement.kind is not Kind.AUTHOR and statement.commitment in _POSSIBLE


def _sentences(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        start = span.start
        for end in _ENDS.finditer(text, span.start, span.end):
            if text[start : end.start()].strip():
                yield Span(start, end.start())
            start = end.end()
        if text[start : span.end].strip():
            yield Span(start, span.end)


def _told_within(text: str, within: Iterable[StatementRow]) -> list[Span]:
    """Return the stretches of statements within another, with their source and cue where those stand next
    to them."""
    found = []
    for child in within:
        start, end = child.spans[0].start, child.spans[-1].end
        for words in (child.cue, child.source):
            if words:
                before = text.rfind(words, max(0, start - NEAR), start)
                after = text.find(words, end, end + NEAR)
                if before >= 0:
                    start = before
                elif after >= 0:
                    end = after + len(words)
        found.append(Span(start, end))
    return found


def _outside(sentence: Span, holes: Sequence[Span]) -> list[Span]:
    """Return what is left of a sentence outside of holes."""
    left = [(sentence.start, sentence.end)]
    for hole in holes:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole.start)), (max(start, hole.end), end))
            if piece[0] < piece[1]
        ]
    return [Span(start, end) for start, end in left]


def _timed(statement: StatementRow, span: Span, text: str, shift: int) -> list[tuple[int, int, Days | None]]:
    """Return where the unit's times stand in its words, with first and last day where those are known."""
    found = []
    for one in statement.times:
        if span.start <= one.span.start < span.end:
            start = one.span.start - span.start + shift
            days = None if _SAID.search(text, max(0, start - TOLD), start) else _days(one.start, one.end)
            found.append((start, start + one.span.end - one.span.start, days))
    return found


def _days(first: str | None, last: str | None) -> Days | None:
    if first is None or last is None:
        return None
    try:
        return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    except ValueError:
        return None


def _untimed(found: Iterable[Token], timed: Sequence[tuple[int, int, Days | None]]) -> list[Token]:
    return [
        token
        for token in found
        if token.weight and not any(start <= token.start < end for start, end, _ in timed)
    ]


def _quantities(
    found: Sequence[Token], timed: Sequence[tuple[int, int, Days | None]], hours: Sequence[Clock]
) -> Iterator[Quantity]:
    """Yield the numbers that count something: not those of days and hours, nor one that is denied ("not
    62")."""
    if not any(token.word.role & NUMBER or token.word.lower in ("half", "all") for token in found):
        return
    aside = [(start, end) for start, end, days in timed if days is not None]
    aside += [(one.start, one.end) for one in hours]
    for one in numerals([token.word.lower.rstrip("%") or "%" for token in found]):
        start = found[one.first].start
        denied = one.first > 0 and found[one.first - 1].word.lower == "not"
        if not denied and not any(a <= start < b for a, b in aside):
            yield Quantity(one, _counted(found, one))


def _refused(found: Sequence[Token]) -> frozenset[float]:
    if not any(token.word.lower == "not" for token in found):
        return frozenset()
    read = numerals([token.word.lower.rstrip("%") or "%" for token in found])
    return frozenset(one.value for one in read if one.first and found[one.first - 1].word.lower == "not")


def _counted(found: Sequence[Token], one: Numeral) -> frozenset[str]:
    after = _near(found[one.last + 1 : one.last + 6])
    return after or _near(found[max(0, one.first - 5) : one.first][::-1])


def _near(found: Iterable[Token]) -> frozenset[str]:
    near: list[str] = []
    for token in found:
        if token.word.role & BREAKS or len(near) == 2:
            break
        if token.weight > 0 or token.text in "$£€%":
            near.append(token.concept)
    return frozenset(near)


def _singles(found: Sequence[Token]) -> frozenset[str]:
    """Return the concepts of what is said to be one: "a drone"."""
    return frozenset(
        after.concept for one, after in itertools.pairwise(found) if one.word.role & SINGLE and after.weight
    )
