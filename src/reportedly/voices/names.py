"""The names of one story: which of them mean one person or body, and what a short name may stand for."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from reportedly.model import places
from reportedly.types import Candidate, Span
from reportedly.voices import lexicon
from reportedly.voices.groups import Group, Named, find_groups, opens, text_of, words_of
from reportedly.voices.mentions import Gender, Mention
from reportedly.voices.reading import Reading

SURE = 0.7
"""Share of the score from which the first of several people of one name is chosen. Untuned: two people named
once each, four sentences apart, stay apart; one named three times as often in the same stretch is chosen."""
_FADES = 6.0  # sentences after which a mention counts a third
_NEVER_SEEN = 0.3  # what a full name that comes only later counts
_WRONG_GENDER = 0.05
_LEAST = 0.1  # share below which someone is not worth naming as a candidate


@dataclass(slots=True)
class Entry:
    """One person or body of the story.

    words: those of its fullest name; folded: the same, casefolded; name: the same, as written.
    """

    words: tuple[str, ...]
    folded: tuple[str, ...]
    named: Named
    groups: list[Group] = field(default_factory=list)
    gender: Gender | None = None
    acronym: str | None = None
    name: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it may be a person."""
        return self.named in (Named.PERSON, Named.UNKNOWN)


_Test = Callable[[tuple[str, ...], tuple[str, ...], Entry], bool]
"""Tells whether a name, as written and casefolded, stands for an entry."""


class Names:
    """The entries of a story. Entries are numbered in the order in which their fullest names appear."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entries: list[Entry] = []
        self._of_group: dict[tuple[int, int], int] = {}
        self._folded: dict[str, int] = {}
        found = [(group, words_of(reading, group)) for group in find_groups(reading)]
        kept = [(group, words) for group, words in found if words and group.named is not Named.POST]
        kept = [(group, words) for group, words in kept if not self._shouted(group)]
        kept = self._without_openers(kept)
        self._place(kept)
        self._name_kinds()

    def _without_openers(
        self, found: Sequence[tuple[Group, tuple[str, ...]]]
    ) -> list[tuple[Group, tuple[str, ...]]]:
        """Leave out lone words with a capital only because they open a sentence ("Ask those ...")."""
        inside = {words for group, words in found if len(words) > 1 or not opens(self.reading, group.first)}
        known = {word for words in inside for word in words}
        return [
            (group, words)
            for group, words in found
            if group.sure or group.named is not Named.UNKNOWN or len(words) > 1 or words[0] in known
        ]

    def _shouted(self, group: Group) -> bool:
        start = self.reading.words[group.name_first].start
        return any(line.start <= start < line.end for line in self.reading.shouted)

    def _place(self, found: Sequence[tuple[Group, tuple[str, ...]]]) -> None:
        """Give every group its entry, long names first, so that short ones find them."""
        order = sorted(range(len(found)), key=lambda at: (-len(found[at][1]), at))
        acronyms = self._acronyms(found)
        for at in order:
            group, words = found[at]
            number = self._known(group, words)
            if number is None:
                number = len(self.entries)
                written = text_of(self.reading, group.name_first, group.last)
                self.entries.append(
                    Entry(words, _folds(words), group.named, acronym=acronyms.get(words), name=written)
                )
            self._enter(number, group, words)

    def _acronyms(self, found: Sequence[tuple[Group, tuple[str, ...]]]) -> dict[tuple[str, ...], str]:
        """Return the acronyms that stand in brackets right behind names."""
        words = self.reading.words
        table: dict[tuple[str, ...], str] = {}
        for group, name in found:
            after = words[group.last : group.last + 3]
            if (
                len(after) == 3
                and after[0].text == "("
                and after[2].text == ")"
                and _is_acronym(after[1].text)
            ):
                table.setdefault(name, after[1].text)
        return table

    def _enter(self, number: int, group: Group, words: tuple[str, ...]) -> None:
        entry = self.entries[number]
        entry.groups.append(group)
        self._of_group[group.name_first, group.last] = number
        self._folded.setdefault(" ".join(words).casefold(), number)

    def _known(self, group: Group, words: tuple[str, ...]) -> int | None:
        """Return the entry that a group belongs to, the likeliest of several; None for a new one."""
        same = self._folded.get(" ".join(words).casefold())
        if same is not None and (len(words) > 1 or not self.entries[same].is_person):
            return same
        ranked = self._ranked(words, group)
        return ranked[0][1] if ranked else same

    def _ranked(self, words: tuple[str, ...], group: Group) -> list[tuple[float, int]]:
        """Return (score, entry) of all that a name may stand for, best first; scores add up to 1."""
        numbers = self._fitting(words, group)
        offset = self.reading.words[group.name_first].start
        scores = [self._score(number, offset, group.gender) for number in numbers]
        total = sum(scores)
        pairs = [(score / total, number) for score, number in zip(scores, numbers, strict=True)]
        pairs = [pair for pair in pairs if pair[0] >= _LEAST]
        return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))

    def _fitting(self, words: tuple[str, ...], group: Group) -> list[int]:
        able = group.named in (Named.PERSON, Named.UNKNOWN) or not group.sure
        tests: list[_Test] = [_is_acronym_of] if len(words) == 1 and _is_acronym(words[0]) else []
        tests += [_shortens_person, _is_first_name_of, _is_inside] if able else []
        tests += [_shortens_body]
        mine = _folds(words)
        for test in tests:
            found = [at for at, entry in enumerate(self.entries) if test(words, mine, entry)]
            if found:
                return found
        return []

    def _score(self, number: int, offset: int, gender: Gender | None) -> float:
        """Weigh an entry by how often and how near before a place its full name stands."""
        here = self.reading.sentence_number(offset)
        entry = self.entries[number]
        full = [one for one in entry.groups if one.last - one.name_first > 1 or entry.named is Named.BODY]
        starts = [self.reading.words[one.name_first].start for one in full or entry.groups]
        before = [self.reading.sentence_number(start) for start in starts if start < offset]
        score = sum(math.exp((at - here) / _FADES) for at in before) or _NEVER_SEEN * 0.5
        wrong = gender is not None and entry.gender is not None and gender is not entry.gender
        return max(score, 1e-6) * (_WRONG_GENDER if wrong else 1.0)

    def _name_kinds(self) -> None:
        """Settle what each entry is, and of which gender, by all its places."""
        for entry in self.entries:
            votes = Counter(group.named for group in entry.groups if group.sure)
            if votes:
                entry.named = min(votes, key=lambda named: (-votes[named], list(Named).index(named)))
            genders = Counter(group.gender for group in entry.groups if group.gender)
            if genders:
                entry.gender = genders.most_common(1)[0][0]
            if entry.named is Named.UNKNOWN and self._stays_put(entry):
                entry.named = Named.PLACE

    def _stays_put(self, entry: Entry) -> bool:
        """Tell whether a lone word stands as a place does, everywhere: "in Tromvik", "from Tromvik"."""
        words = self.reading.words
        return all(
            group.first > 0 and words[group.first - 1].lower in {"in", "near", "into", "outside", "around"}
            for group in entry.groups
        )

    def number_of(self, group: Group) -> int | None:
        """Return the entry of a group of this story, None if it is none of it."""
        return self._of_group.get((group.name_first, group.last))

    def candidates(self, group: Group) -> list[tuple[float, int]]:
        """Return (score, entry) of all that a group of this story may mean, best first."""
        words = words_of(self.reading, group)
        number = self.number_of(group)
        if number is not None and len(words) > 1:
            return [(1.0, number)]
        ranked = self._ranked(words, group)
        if ranked:
            return ranked
        number = self._folded.get(" ".join(words).casefold()) if number is None else number
        return [] if number is None else [(1.0, number)]

    def settled(self, ranked: Sequence[tuple[float, int]]) -> bool:
        """Tell whether the first candidate is far enough ahead."""
        return bool(ranked) and ranked[0][0] >= SURE

    def as_candidates(self, ranked: Iterable[tuple[float, int]]) -> tuple[Candidate, ...]:
        """Return candidates by name with scores."""
        return tuple(Candidate(self.entries[number].name, round(score, 3)) for score, number in ranked)

    def mentions(self) -> tuple[Mention, ...]:
        """Return every name at its place, in order, as pronouns are resolved by."""
        found = [
            self._mention(number, group)
            for number, entry in enumerate(self.entries)
            for group in entry.groups
        ]
        return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.span.end)))

    def _mention(self, number: int, group: Group) -> Mention:
        entry = self.entries[number]
        span = Span(self.reading.words[group.name_first].start, self.reading.words[group.last - 1].end)
        person = entry.named is Named.PERSON
        sure = person and any(group.sure for group in entry.groups)
        animate: bool | None = False
        if sure or entry.named is Named.PEOPLE:
            animate = True
        elif person or entry.named is Named.UNKNOWN:
            animate = None
        plural = (
            False if person else True if entry.words[-1] in lexicon.words("names_plural_bodies") else None
        )
        if entry.named is Named.PEOPLE:
            plural = entry.words[-1].endswith("s")
        return Mention(span, entry.name, number, entry.gender if entry.is_person else None, plural, animate)

    def by_last_words(self) -> dict[str, list[int]]:
        """Return entries by the last word of their names, in lower case."""
        table: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            table[entry.words[-1].casefold()].append(number)
        return table

    def country(self, number: int) -> str | None:
        """Return the state that a name says it belongs to."""
        return places.state_of(self.entries[number].name)


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isalnum() and sum(letter.isupper() for letter in letters) >= 2


def _is_acronym_of(words: tuple[str, ...], _: tuple[str, ...], entry: Entry) -> bool:
    """ "IRGC" of "Islamic Revolutionary Guard Corps": said in brackets, or its initials."""
    if entry.acronym == words[0]:
        return True
    initials = "".join(word[0] for word in entry.words if word[0].isupper())
    every = "".join(word[0].upper() for word in entry.words)
    return (
        len(entry.words) > 1
        and words[0].replace(".", "") in {initials, every}
        and entry.named is not Named.PERSON
    )


def _folds(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)


def _shortens_person(words: tuple[str, ...], mine: tuple[str, ...], entry: Entry) -> bool:
    """The surname alone, or the last words, or other first names that agree ("J. Smith", "John A. Smith")."""
    full = entry.folded
    if len(full) < len(words) or len(full) < 2 or not entry.is_person:
        return False
    if full[-len(mine) :] == mine:
        return True
    if full[-1] in lexicon.words("suffixes") and full[-len(mine) - 1 : -1] == mine:
        return True
    if len(mine) < 2 or mine[-1] != full[-1]:
        return False
    return mine[0] == full[0] or (min(len(mine[0]), len(full[0])) == 1 and mine[0][0] == full[0][0])


def _is_first_name_of(words: tuple[str, ...], mine: tuple[str, ...], entry: Entry) -> bool:
    return len(words) == 1 < len(entry.words) and entry.folded[0] == mine[0] and entry.is_person


def _is_inside(words: tuple[str, ...], mine: tuple[str, ...], entry: Entry) -> bool:
    """One of the middle names, two surnames' first: "Guajardo" of "Ildefonso Guajardo Villarreal"."""
    if len(words) != 1 or len(words[0]) < 3 or not entry.is_person:
        return False
    return mine[0] in entry.folded[1:-1]


def _shortens_body(words: tuple[str, ...], mine: tuple[str, ...], entry: Entry) -> bool:
    """The first words of a body's longer name: "Amnesty" of "Amnesty International"."""
    if entry.named not in (Named.BODY, Named.OUTLET) or len(words) >= len(entry.words):
        return False
    if len(words) == 1 and (words[0] in lexicon.words("org_words") or places.state_of(words[0])):
        return False
    return entry.folded[: len(words)] == mine
