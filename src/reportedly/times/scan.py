"""A text becomes pieces (words with their classes), and pieces become time expressions, level by level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from reportedly.times.lexicon import DAY, NUMBER, YEAR, Entry, Grammar, Rule, fold, sign_of, tokens


class Piece(NamedTuple):
    """A token, a phrase of the lexicon, or what a rule made of several.

    start, end: characters of the text. sign: its character (`lexicon`). gap: what stands before it, "", a
    blank or a line break. text: its folded words. value: what the lexicon says of it; an int for digits.
    rule, parts: for a made one, its rule and the pieces of each group of the pattern.
    """

    start: int
    end: int
    sign: str
    gap: str
    text: str
    value: Any = None
    rule: Rule | None = None
    parts: Mapping[str, tuple[Any, ...]] = MappingProxyType({})

    def has(self, name: str) -> bool:
        """Say whether group ``name`` took part in the match."""
        return name in self.parts

    def part(self, name: str) -> Any:
        """Return the value of the first valued piece of group ``name``, None if the group is not there."""
        return next((piece.value for piece in self.parts.get(name, ()) if piece.value is not None), None)

    def inner(self, name: str) -> Piece:
        """Return the first piece of group ``name``."""
        found: Piece = self.parts[name][0]
        return found


class Taken(NamedTuple):
    """What a rule wants to take: ``pieces[first:last]`` of all pieces of the text."""

    pieces: Sequence[Piece]
    first: int
    last: int

    @property
    def own(self) -> Sequence[Piece]:
        """The pieces themselves."""
        return self.pieces[self.first : self.last]

    @property
    def head(self) -> Piece:
        """The first of them."""
        return self.pieces[self.first]

    @property
    def tail(self) -> Piece:
        """The last of them."""
        return self.pieces[self.last - 1]

    @property
    def before(self) -> Piece | None:
        """The piece before them, None at the start of a line."""
        return piece_before(self.pieces, self.first)

    @property
    def after(self) -> Piece | None:
        """The piece after them, None at the end of a line."""
        return piece_after(self.pieces, self.last)


Check = Callable[[Taken], bool]
"""Says whether a rule may take what it matched."""


def piece_before(pieces: Sequence[Piece], first: int) -> Piece | None:
    """Return the piece before, None at the start of a line."""
    return pieces[first - 1] if first > 0 and pieces[first].gap != "\n" else None


def piece_after(pieces: Sequence[Piece], last: int) -> Piece | None:
    """Return the piece after, None at the end of a line."""
    return pieces[last] if last < len(pieces) and pieces[last].gap != "\n" else None


def glued(taken: Taken) -> bool:
    """Say whether digits, or a sign and digits, stand without a blank on either side."""
    before, after = taken.before, taken.after
    if before and taken.head.gap == "" and (before.text in "./-:_#" or before.text.isalnum()):
        return True
    if after is None or after.gap != "":
        return False
    if after.text.isdecimal() or after.text == "_":
        return True
    follower = piece_after(taken.pieces, taken.last + 1)
    return after.text in "./-:" and follower is not None and follower.gap == "" and follower.text.isdecimal()


def pieces_of(text: str, grammar: Grammar) -> list[Piece]:
    """Return the pieces of ``text``: of the phrases of the lexicon that begin at a word, the longest one."""
    folded = fold(text)
    found = [(match[0], match.start(), match.end()) for match in tokens(folded)]
    words = [word for word, _, _ in found]
    plain: dict[str, tuple[str, int | None]] = {}  # a word without phrases is looked up once a text
    pieces: list[Piece] = []
    at, before = 0, 0
    while at < len(found):
        word, start, end = found[at]
        known = plain.get(word)
        if known is None:
            sign, value, size, fixed = _look_up(words, at, grammar)
            if fixed:
                plain[word] = (sign, value)
            at += size
            end = found[at][2]
        else:
            sign, value = known
        between = folded[before:start]
        gap = " " if between == " " else _gap(between)
        pieces.append(Piece(start, end, sign, gap, folded[start:end], value))
        before = end
        at += 1
    return pieces


def _look_up(words: Sequence[str], at: int, grammar: Grammar) -> tuple[str, Any, int, bool]:
    """Return sign and value of the piece that begins here, its further tokens, and if it is always so."""
    word = words[at]
    entries = grammar.entries.get(word, ())
    if not word.islower():  # as written first, else in lower case
        entries = (*entries, *grammar.entries.get(word.lower(), ()))
    follower = words[at + 1].lower() if at + 1 < len(words) else ""
    best: Entry | None = None
    phrases = False
    for entry in entries:
        size = len(entry.tail)
        phrases = phrases or size > 0
        if (best and size <= len(best.tail)) or (size and entry.tail[0] != follower):
            continue
        if size < 2 or tuple([one.lower() for one in words[at + 1 : at + 1 + size]]) == entry.tail:
            best = entry
    if best:
        return best.sign, best.value, len(best.tail), not phrases
    return *_plain(word, grammar), 0, not phrases


def _gap(between: str) -> str:
    """A line break ends an expression; a zero-width joint, as Persian writes it, is none."""
    if "\n" in between:
        return "\n"
    return "" if between.strip("\u200c\u200d") == "" else " "


def _plain(word: str, grammar: Grammar) -> tuple[str, int | None]:
    if not word[0].isdecimal():
        return sign_of(word), None
    if len(word) > 9:
        return grammar.signs[NUMBER], None
    value = int(word.replace(",", ""))
    if len(word) <= 2 and 1 <= value <= 31:
        return grammar.signs[DAY], value
    if len(word) == 4 and 1000 <= value < 2200:
        return grammar.signs[YEAR], value
    return grammar.signs[NUMBER], value


def reduce(pieces: Sequence[Piece], grammar: Grammar, checks: Mapping[str, Check]) -> list[Piece]:
    """Apply the rules of all levels, inner ones first; what a level makes is one piece to the next."""
    current = list(pieces)
    for level in grammar.levels:
        current = _apply(current, level, grammar, checks)
    return current


def _apply(
    pieces: list[Piece], level: Iterable[Rule], grammar: Grammar, checks: Mapping[str, Check]
) -> list[Piece]:
    """Apply one level: of overlapping matches the longest wins, then the rule that stands first."""
    code = "".join([piece.gap + piece.sign for piece in pieces])
    places: list[int] = []
    found: list[tuple[int, int, int, Piece, int]] = []
    for order, rule in enumerate(level):
        if rule.needs and rule.needs not in code:
            continue
        for match in rule.pattern.finditer(code):
            places = places or _places(pieces)
            first, last = places[match.start()], places[match.end() - 1] + 1
            if rule.check and not checks[rule.check](Taken(pieces, first, last)):
                continue
            parts = {
                name: tuple(pieces[places[match.start(name)] : places[match.end(name) - 1] + 1])
                for name in rule.groups
                if match.start(name) >= 0
            }
            made = _made(pieces[first:last], rule, grammar, parts)
            found.append((match.start() - match.end(), order, first, made, last))
    return _replaced(pieces, found)


def _places(pieces: Sequence[Piece]) -> list[int]:
    """Return which piece each character of the code stands for; a gap stands for the piece after it."""
    return [number for number, piece in enumerate(pieces) for _ in range(len(piece.gap) + 1)]


def _made(
    taken: Sequence[Piece], rule: Rule, grammar: Grammar, parts: Mapping[str, tuple[Piece, ...]]
) -> Piece:
    text = " ".join(piece.text for piece in taken)
    sign = grammar.signs[rule.kind]
    return Piece(taken[0].start, taken[-1].end, sign, taken[0].gap, text, None, rule, parts)


def _replaced(pieces: list[Piece], found: list[tuple[int, int, int, Piece, int]]) -> list[Piece]:
    if not found:
        return pieces
    owner: dict[int, tuple[Piece, int]] = {}
    taken = bytearray(len(pieces))
    for _, _, first, made, last in sorted(found, key=lambda one: one[:3]):
        if not any(taken[first:last]):
            taken[first:last] = b"\1" * (last - first)
            owner[first] = (made, last)
    out: list[Piece] = []
    at = 0
    for first in sorted(owner):
        made, last = owner[first]
        out += pieces[at:first]
        out.append(made)
        at = last
    return out + pieces[at:]
