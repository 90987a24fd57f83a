"""Statements as they are compared: sentence by sentence, without what stands inside another statement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from reportedly.corpus.wording.lexicon import Lexicon, lexicon, stem
from reportedly.corpus.wording.numerals import UNITS, Numeral, numerals
from reportedly.types import Commitment, Kind, Precision, Span
from reportedly.types.claims import Actors, Corpus, StatementRow

NEGATED, HEDGED, WISHED = 1, 2, 4
"""What a word's clause makes of it."""

NAME, GIVEN, PLAIN, WEAK = 3.0, 1.2, 2.0, 0.7
"""Weights of words before rarity: the last word of a name, those before it, other words, those that say little."""

_WORD = re.compile(r"\d[\d.,:]*\d%?|\d%?|[^\W\d_]+(?:['’](?=[^\W\d_])[^\W\d_]+)?|[$£€%]|[;:,.!?()—–]")
_ENDS = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Jr|Lt|No)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Rev)\.)"
    r"[\"”’']*\s+(?=[\"“‘'(]*[A-Z0-9])|\n+|;\s|,? but (?!also\b)"
)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()
_SPOKEN = re.compile(
    r"\b(?:(?P<minutes>five|ten|twenty|twenty-five|(?:a )?quarter|half) (?P<side>to|past|before|after) "
    r"|(?P<near>at (?:about |around )?|(?:shortly|just|soon|right) (?:before|after) ))"
    rf"(?P<hour>{'|'.join(_HOURS)}|midnight|noon|\d{{1,2}})\b(?! (?:to|past|\w+s)\b)(?P<half> ?[ap]\.?m|)"
)
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "quarter": 15, "a quarter": 15, "half": 30}
_FALSE_BEFORE = re.compile(
    r"\b(?:not (?:true|correct|the case)|untrue|false|incorrect|wrong|a lie|no truth|nonsense|no evidence)\b"
    r"(?: \w+){0,4}? that\b"
)
_FALSE_AFTER = re.compile(
    r"(?:\b(?:reports?|rumou?rs?|claims?|allegations?|suggestions?|assertions?|talk|stories|story|accusations?)"
    r"(?: [\w']+){0,4}? (?:that|of)\b|^that\b).{8,}?\b(?:is|are|was|were|be|been) (?:simply |completely |totally |entirely |all )*"
    r"(?:false|untrue|wrong|incorrect|not true|baseless|unfounded|groundless|fabricated|nonsense|denied|lies|a lie)\b"
)
_CUE_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e|es|ed|ing)"
    r"|rebut\w*|disput(?:e|es|ed|ing)|contradict\w*)\b",
    re.IGNORECASE,
)
_HEDGED = frozenset({Commitment.PS_PLUS, Commitment.PS_MINUS, Commitment.PR_PLUS, Commitment.PR_MINUS})


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


@dataclass(slots=True)
class Unit:
    """One sentence of a statement, or what is left of it outside of the statements within it.

    statement: place of the statement in the corpus. order: concepts of the words that count, in order; words:
    concept -> weight before rarity; flags: concept -> what its clause makes of it, where that is anything.
    proper: concepts that are names. singles: of what is said to be one. days: first and last day (ordinals) of times. weekdays: words for days. clocks: minutes after midnight or noon.
    """

    statement: int
    text: str
    order: tuple[str, ...]
    words: dict[str, float]
    flags: dict[str, int]
    quantities: tuple[Quantity, ...]
    names: tuple[NameIn, ...]
    days: tuple[tuple[int, int], ...]
    clocks: tuple[int, ...]
    span: Span
    singles: frozenset[str] = field(default_factory=frozenset)
    proper: frozenset[str] = field(default_factory=frozenset)


@dataclass(slots=True)
class _Token:
    text: str
    lower: str
    start: int
    concept: str
    weight: float
    named: bool = False
    clause: int = 0
    flags: int = 0


class Viewer:
    """Makes units of statements. One for a corpus."""

    def __init__(self, corpus: Corpus, actors: Actors) -> None:
        self._lexicon = lexicon()
        self._texts = {story.id: story.text for story in corpus.stories}
        self._mentions = actors.mentions
        self._known: dict[str, tuple[str, float]] = {}
        self._within = children(corpus.statements)

    def units(self, place: int, statement: StatementRow) -> Iterator[Unit]:
        """Yield the units of a statement."""
        if statement.parent is not None and is_infinitive(statement):
            return
        text = self._texts[statement.story_id]
        inner = [span for child in self._within.get(statement.id, ()) for span in child.spans]
        base = _statement_flags(statement)
        lead = _subject(statement)
        for span in _cut(text, statement.spans):
            if any(hole.start < span.end and span.start < hole.end for hole in inner):
                continue
            unit = self._unit(place, statement, text, span, lead)
            lead = ""
            if unit is None:
                continue
            if base:
                unit.flags = {word: unit.flags.get(word, 0) ^ base for word in unit.words}
            yield unit

    def _unit(self, place: int, statement: StatementRow, text: str, span: Span, lead: str) -> Unit | None:
        words = text[span.start : span.end]
        names = [pair for pair in statement.names if pair[1] != "NUM" and pair[0] in words]
        if lead:
            words = f"{lead} {words}"
        proper = frozenset(part for name, _ in names for part in _parts(name))
        tokens = self._tokens(words, proper)
        _mark_clauses(tokens, words, self._lexicon)
        clocks = _clocks(tokens, words)
        timed = _timed(statement, span, len(lead) + 1 if lead else 0)
        weights: dict[str, float] = {}
        flags: dict[str, int] = {}
        order = []
        for token in tokens:
            if token.weight <= 0 or any(start <= token.start < end for start, end, _ in timed):
                continue
            if token.weight > weights.get(token.concept, 0.0):
                weights[token.concept] = token.weight
            flags[token.concept] = flags.get(token.concept, token.flags) & token.flags
            order.append(token.concept)
        if not order:
            return None
        return Unit(
            statement=place,
            text=words,
            order=tuple(order),
            words=weights,
            flags={word: flag for word, flag in flags.items() if flag},
            quantities=tuple(self._quantities(tokens, timed, clocks)),
            names=tuple(self._names(names, statement.story_id)),
            days=tuple(days for _, _, days in timed if days is not None),
            clocks=tuple(minutes for minutes, _, _ in clocks),
            span=span,
            singles=frozenset(_singles(tokens)),
            proper=frozenset(token.concept for token in tokens if token.named),
        )

    def _tokens(self, words: str, proper: frozenset[str]) -> list[_Token]:
        tokens = []
        fresh = True
        for found in _WORD.finditer(words):
            text = found[0]
            lower = text.lower().replace("’", "'")
            if lower.endswith("'s"):
                lower = lower[:-2]
            concept, weight = self._word(lower)
            named = text[0].isupper() and (lower in proper or (not fresh and weight > WEAK))
            if named:
                if tokens and tokens[-1].named:
                    tokens[-1].weight = GIVEN
                concept, weight = stem(lower), NAME if weight != WEAK else GIVEN
            tokens.append(_Token(text, lower, found.start(), concept, weight, named))
            fresh = text in ".!?:" or (fresh and not text[0].isalnum())
        return tokens

    def _word(self, lower: str) -> tuple[str, float]:
        """Return concept and weight of a word that is no name; numbers and marks weigh nothing."""
        found = self._known.get(lower)
        if found is None:
            found = self._known[lower] = _weighed(lower, self._lexicon)
        return found

    def _names(self, names: Iterable[tuple[str, str]], story_id: str) -> Iterator[NameIn]:
        for name, label in dict.fromkeys(names):
            words = frozenset(stem(part) for part in _parts(name)) - {""}
            if words:
                yield NameIn(label, words, self._mentions.get((story_id, name)))

    def _quantities(
        self,
        tokens: Sequence[_Token],
        timed: Sequence[tuple[int, int, object]],
        clocks: Sequence[tuple[int, int, int]],
    ) -> Iterator[Quantity]:
        for one in numerals([token.lower.rstrip("%") for token in tokens]):
            start = tokens[one.first].start
            if any(a <= start < b and days is not None for a, b, days in timed):
                continue
            if any(a <= start < b for _, a, b in clocks):
                continue
            if one.first and tokens[one.first - 1].lower == "not":
                continue
            yield Quantity(one, _counted(tokens, one))


def _weighed(lower: str, words: Lexicon) -> tuple[str, float]:
    if not lower[0].isalpha() or lower in words.stop:
        return lower, 0.0
    plain = stem(words.irregular.get(lower, lower))
    return words.concepts.get(plain, plain), WEAK if plain in words.weak else PLAIN


def _parts(name: str) -> list[str]:
    return [
        found[0].lower().removesuffix("'s").removesuffix("’s")
        for found in _WORD.finditer(name)
        if found[0][0].isalpha()
    ]


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


def _subject(statement: StatementRow) -> str:
    return statement.source or "" if is_infinitive(statement) else ""


def is_denied(statement: StatementRow) -> bool:
    """Whether the content is there to be denied: by the cue, or by its own words ("reports that ... are false")."""
    if statement.kind is not Kind.AUTHOR and statement.cue and _CUE_DENIES.search(statement.cue):
        return True
    words = statement.content.lower()
    return bool(_FALSE_AFTER.search(words) or _FALSE_BEFORE.search(words))


def _statement_flags(statement: StatementRow) -> int:
    """Return what cue and voice make of the whole content."""
    flags = 0
    if statement.kind is not Kind.AUTHOR and statement.cue and _CUE_DENIES.search(statement.cue):
        flags |= NEGATED
    return flags


def is_hedged(statement: StatementRow) -> bool:
    """Whether its voice says no more than that it may or will probably be so."""
    return statement.commitment in _HEDGED


def _cut(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences of spans."""
    for span in spans:
        start = span.start
        for end in _ENDS.finditer(text, span.start, span.end):
            if text[start : end.start()].strip():
                yield Span(start, end.start())
            start = end.end()
        if text[start : span.end].strip():
            yield Span(start, span.end)


def _timed(statement: StatementRow, span: Span, shift: int) -> list[tuple[int, int, tuple[int, int] | None]]:
    """Return where the unit's times stand in its words, with first and last day where those are known."""
    found = []
    for one in statement.times:
        if span.start <= one.span.start < span.end:
            start = one.span.start - span.start + shift
            found.append(
                (start, start + one.span.end - one.span.start, _days(one.start, one.end, one.precision))
            )
    return found


def _days(first: str | None, last: str | None, precision: Precision | None) -> tuple[int, int] | None:
    if first is None or last is None or precision is None:
        return None
    try:
        return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    except ValueError:
        return None


def _mark_clauses(tokens: Sequence[_Token], words: str, lexicon_: Lexicon) -> None:
    """Give each token the flags of its clause: negated, hedged, wished."""
    clause, flags = 0, [0]
    for place, token in enumerate(tokens):
        if token.lower in lexicon_.clauses or token.text in ";:()—–" or _is_break(tokens, place):
            clause += 1
            flags.append(0)
        elif token.lower == "without":
            clause += 1
            flags.append(0)
        token.clause = clause
        flags[clause] ^= NEGATED * (_is_negator(token, lexicon_) and not _is_number_next(tokens, place))
        if token.lower in lexicon_.hedges and token.text != "May" and not _is_not_next(tokens, place):
            flags[clause] |= HEDGED
        if token.lower in lexicon_.wishes:
            flags[clause] |= WISHED
    for token in tokens:
        token.flags = flags[token.clause]
    _flip_falsified(tokens, words.lower())


def _is_break(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a comma begins another clause: one that is followed by "and" or "but" does."""
    return (
        tokens[place].text == ","
        and place + 1 < len(tokens)
        and tokens[place + 1].lower in ("and", "but", "so")
    )


def _is_negator(token: _Token, lexicon_: Lexicon) -> bool:
    return token.lower in lexicon_.negators or token.lower.endswith("n't")


def _is_number_next(tokens: Sequence[_Token], place: int) -> bool:
    """Whether only a number is denied: "26, not 62"."""
    if tokens[place].lower != "not" or place + 1 == len(tokens):
        return False
    return tokens[place + 1].text[0].isdigit() or tokens[place + 1].lower in UNITS


def _is_not_next(tokens: Sequence[_Token], place: int) -> bool:
    return tokens[place].lower == "could" and place + 1 < len(tokens) and tokens[place + 1].lower == "not"


def _flip_falsified(tokens: Sequence[_Token], words: str) -> None:
    """Negate what is called false: "it is not true that", "reports that ... are false"."""
    before = _FALSE_BEFORE.search(words)
    after = None if before else _FALSE_AFTER.search(words)
    if before:
        for token in tokens:
            token.flags = (token.flags ^ NEGATED) if token.start >= before.end() else token.flags & ~NEGATED
    elif after:
        for token in tokens:
            if after.start() <= token.start < after.end():
                token.flags ^= NEGATED


def _counted(tokens: Sequence[_Token], one: Numeral) -> frozenset[str]:
    return _near(tokens[one.last + 1 : one.last + 6]) or _near(
        tokens[max(0, one.first - 5) : one.first][::-1]
    )


def _near(tokens: Sequence[_Token]) -> frozenset[str]:
    found: list[str] = []
    for token in tokens:
        if token.text in ".,;:!?()—–" or len(found) == 2:
            break
        if token.text in "$£€%":
            found.append(token.text)
        elif token.weight > 0:
            found.append(token.concept)
    return frozenset(found)


def _clocks(tokens: Sequence[_Token], words: str) -> list[tuple[int, int, int]]:
    """Return the times of day: minutes after midnight or noon, and where their words begin and end."""
    found = []
    for place, token in enumerate(tokens):
        read = _CLOCK.fullmatch(token.text)
        if read is None:
            continue
        hour, minute = int(read[1]), int(read[2])
        after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
        marked = ":" in token.text or after in ("am", "pm", "a", "p")
        if marked and hour < 24 and minute < 60:
            found.append(((hour % 12) * 60 + minute, token.start, token.start + len(token.text)))
    for spoken in _SPOKEN.finditer(words.lower()):
        hour = _hour(spoken["hour"])
        if hour is None or (spoken["near"] and spoken["hour"].isdigit() and not spoken["half"]):
            continue
        minutes = _MINUTES.get(spoken["minutes"] or "", 0)
        sign = -1 if spoken["side"] in ("to", "before") else 1
        found.append(((hour * 60 + sign * minutes) % 720, spoken.start(), spoken.end()))
    return found


def _hour(word: str) -> int | None:
    if word in ("midnight", "noon", "twelve"):
        return 0
    number = _HOURS.index(word) + 1 if word in _HOURS else int(word)
    return number % 12 if number <= 24 else None


def _singles(tokens: Sequence[_Token]) -> Iterator[str]:
    """Yield the concepts of what is said to be one: "a drone"."""
    for place, token in enumerate(tokens[:-1]):
        if token.lower in ("a", "an", "one", "single") and tokens[place + 1].weight > 0:
            yield tokens[place + 1].concept


def surfaces(text: str) -> dict[str, str]:
    """Return the words of a text by what they are compared as: the way back from stems, for a person."""
    known = lexicon()
    found: dict[str, str] = {}
    for each in _WORD.finditer(text):
        lower = each[0].lower()
        plain = stem(known.irregular.get(lower, lower))
        for concept in (known.concepts.get(plain, plain), stem(lower)):
            found.setdefault(concept, each[0])
    return found
