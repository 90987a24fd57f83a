"""What a story says of the bearers of its names: role, body, and who "the spokesman" may be."""

from __future__ import annotations

from reportedly.types import Span, Voice, VoiceKind
from reportedly.voices import lexicon
from reportedly.voices.groups import Group, Named, find_groups, text_of
from reportedly.voices.kinds import NAMED_KINDS
from reportedly.voices.names import Names
from reportedly.voices.phrases import Phrase
from reportedly.voices.reading import Reading
from reportedly.voices.sources import Description, describe

_GROUPS = frozenset({"Democrats", "Republicans", "Conservatives"})


class People:
    """Descriptions of the entries of one story, each read once."""

    def __init__(self, reading: Reading, names: Names) -> None:
        self.reading = reading
        self.names = names
        self._described: dict[int, list[tuple[Group, Description]]] = {}

    def described(self, number: int) -> list[tuple[Group, Description]]:
        """Return what stands around each place of an entry's name, in order."""
        if number not in self._described:
            groups = sorted(self.names.entries[number].groups, key=lambda group: group.first)
            self._described[number] = [
                (group, one) for group in groups for one in describe(self.reading, group)
            ]
        return self._described[number]

    def voice(self, number: int, here: Group | None) -> Voice:
        """Return the voice of an entry. What stands around this place of the name counts first."""
        entry = self.names.entries[number]
        kind = NAMED_KINDS[entry.named]
        if entry.words[-1] in _GROUPS:
            kind = VoiceKind.GROUP
        evidence = [self._span(entry.groups[0])]
        if kind is not VoiceKind.PERSON:
            return Voice(entry.name, kind, evidence=(*evidence,))
        found = sorted(self.described(number), key=lambda pair: pair[0] != here)
        role = next((one for _, one in found if one.role), None)
        body = role if role and role.owner else next((one for _, one in found if one.owner), None)
        affiliation = self.affiliation(body.owner) if body and body.owner else None
        evidence += [one.span for one in (role, body) if one is not None]
        unique = tuple(dict.fromkeys(evidence))
        return Voice(
            entry.name, kind, role=role.role if role else None, affiliation=affiliation, evidence=unique
        )

    def _span(self, group: Group) -> Span:
        return Span(self.reading.words[group.name_first].start, self.reading.words[group.last - 1].end)

    def affiliation(self, group: Group) -> str:
        """Return the fullest name of the body or person that a group names."""
        ranked = (
            self.names.candidates(group)
            if group.first == group.name_first or group.named is Named.PERSON
            else []
        )
        if ranked and self.names.settled(ranked):
            return _bare(self.names.entries[ranked[0][1]].name)
        return _bare(text_of(self.reading, group.name_first, group.last))

    def holder(self, phrase: Phrase, offset: int) -> int | None:
        """Return the person whom the story describes by a phrase's head noun, the nearest before a place."""
        best: tuple[int, int] | None = None
        for number, entry in enumerate(self.names.entries):
            if not entry.is_person:
                continue
            if any(self._fits(one, phrase) for _, one in self.described(number)):
                starts = [self.reading.words[group.first].start for group in entry.groups]
                gap = min((offset - start for start in starts if start < offset), default=None)
                if gap is not None:  # one whom the story names often is the likelier
                    rank = (gap // len(entry.groups), number)
                    best = min(best, rank) if best else rank
        return best[1] if best else None

    def _fits(self, one: Description, phrase: Phrase) -> bool:
        if not one.role:
            return False
        words = {lexicon.singular(word.lower()) for word in one.role.replace("-", " ").split()}
        head = lexicon.singular(phrase.head.rpartition("-")[2])
        same = head in words or (
            head in lexicon.words("people_spoken")
            and bool(words & lexicon.words("people_spoken") - {"official"})
            and head != "official"
        )
        if not same:
            return False
        mine, theirs = (self.affiliation(group) if group else None for group in (phrase.owner, one.owner))
        return mine is None or theirs is None or mine.casefold() == theirs.casefold()

    def body(self, phrase: Phrase, offset: int, named: Named) -> int | None:
        """Return the body or outlet that "the commission", "the newspaper" means: the nearest before."""
        word = phrase.head
        best: tuple[int, int] | None = None
        for number, entry in enumerate(self.names.entries):
            if entry.named is not named:
                continue
            says_so = word in {part.casefold() for part in entry.words}
            if not says_so and named is Named.BODY and word not in lexicon.words("people_generic"):
                continue
            starts = [self.reading.words[group.first].start for group in entry.groups]
            gap = min((offset - start for start in starts if start < offset), default=None)
            if gap is not None:
                rank = (gap if says_so else gap + 100_000, number)
                best = min(best, rank) if best else rank
        return best[1] if best else None

    def fuller(self, phrase: Phrase, offset: int) -> str | None:
        """Return the words by which the story names what "the regime" is: "Iranian regime"."""
        words = self.reading.words
        _, last = self.reading.between(0, offset)
        for at in range(last - 1, 0, -1):
            if words[at].lower == phrase.head and at != phrase.end - 1:
                group = next(
                    (g for g in find_groups(self.reading, max(at - 4, 0), at + 1) if g.last >= at), None
                )
                if group is not None and group.first < at and group.last in (at, at + 1):
                    return text_of(self.reading, group.first, at + 1)
        return None


def _bare(name: str) -> str:
    """Leave out an article, and the state before the name of its department ("US State Department")."""
    words = name.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    if len(words) > 2 and words[0] in {"US", "U.S.", "UK", "U.K."}:
        words = words[1:]
    return " ".join(words)
