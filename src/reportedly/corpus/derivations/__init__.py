"""What a statement of a claim rests on: other statements of the claim, or outlets that nobody has read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from reportedly.corpus.derivations.citing import Houses, cites, houses, outside, story_cites
from reportedly.corpus.derivations.copies import Copies, retold
from reportedly.corpus.derivations.identity import Verdict, compare, speaks_for, vaguer
from reportedly.corpus.derivations.lexicon import lexicon, words
from reportedly.corpus.derivations.quotations import Spoken
from reportedly.corpus.derivations.sentences import following, occasion
from reportedly.corpus.derivations.standing import Reader, Sort, Standing
from reportedly.types.claims import Actors, Corpus, Derivation, How, Reuse

COMPARED = 150
"""Most different sources of one claim that are compared with each other; the others only by who they are."""
ASKED = 30
"""Most earlier statements that one without a source is compared with, word by word."""

EITHER = frozenset({How.SAME_SPEAKER, How.SAME_DOCUMENT, How.SAME_EVENT})
"""By these two statements have one source, and neither is the other's."""

Derive = Callable[[Sequence[str]], tuple[Derivation, ...]]


def prepare(corpus: Corpus, actors: Actors, reuse: Sequence[Reuse]) -> Derive:
    """Return a function from the statements of one claim to what they rest on.

    A statement rests on one other at most for certain, unless it cites several outlets: on the one that it
    cites, else on the one that it was copied from, else on the story's own source, else on the same source
    told earlier. What only may be is added where nothing is certain.
    """
    reader = Reader(corpus, actors)
    copies = Copies(reader, reuse)

    def derive(members: Sequence[str]) -> tuple[Derivation, ...]:
        ordered = sorted(set(members), key=reader.place.__getitem__)
        if len(ordered) == 1:
            return tuple(outside(reader.standing(ordered[0]))) if reader.cites(ordered[0]) else ()
        return _Claim([reader.standing(one) for one in ordered], reader, copies).derivations()

    return derive


class _Claim:
    """The statements of one claim while it is worked out what they rest on."""

    def __init__(self, members: Sequence[Standing], reader: Reader, copies: Copies) -> None:
        self._members = members
        self._reader = reader
        self._copies = copies
        self._houses: Houses = houses(reader, members)
        self._stories: dict[str, list[Standing]] = {}
        for one in members:
            self._stories.setdefault(one.story.id, []).append(one)
        self._made: list[Derivation] = []
        self._resting: set[str] = set()
        self._doubted: set[str] = set()
        self._up = {one.statement.id: one.statement.id for one in members}

    def derivations(self) -> tuple[Derivation, ...]:
        """Return what the statements rest on, by the statement that rests, in order of time."""
        for one in self._members:
            for made in cites(one, self._houses, self._reader):
                self._take(made)
        self._copied()
        for story in self._stories.values():
            self._within(story)
        self._credited()
        self._announced()
        self._same_words()
        self._told_alike()
        self._outside()
        self._retold()
        place = self._reader.place
        return tuple(sorted(self._made, key=lambda one: (place[one.target], place.get(one.source or "", -1))))

    def _take(self, made: Derivation) -> None:
        self._made.append(made)
        if made.certain and made.source is not None:
            if made.how not in EITHER:
                self._resting.add(made.target)
            self._join(made.target, made.source)

    def _free(self) -> Iterator[Standing]:
        return (one for one in self._members if one.statement.id not in self._resting)

    def _copied(self) -> None:
        for one in list(self._free()):
            made = self._copies.source(one, self._stories)
            if made is not None and (made.certain or not one.voiced):
                self._take(made)

    def _within(self, story: Sequence[Standing]) -> None:
        """Have a story's own words rest on the source that it gives, and a telling on the one inside it."""
        sourced = [one for one in story if one.sort not in (Sort.OWN, Sort.UNKNOWN)]
        plain = [one for one in story if one.sort in (Sort.OWN, Sort.UNKNOWN)]
        heads = sorted(sourced or plain[:1], key=lambda one: (_start(one), -_end(one)))
        starts = [_start(head) for head in heads]
        for one in plain:
            if one is not heads[0] and one.statement.id not in self._resting:
                after = bisect_left(starts, _start(one))
                self._take(_same_story(one, heads[min(after, len(heads) - 1)]))
        for outer, inner in _nested(heads):
            if outer.statement.id not in self._resting:
                self._take(_same_story(outer, inner))

    def _credited(self) -> None:
        """Have what a story says itself rest on the outlet that it credits elsewhere."""
        for one in list(self._free()):
            if one.sort in (Sort.OWN, Sort.UNKNOWN):
                made = story_cites(one, self._houses, self._reader)
                if made is not None:
                    self._take(made)

    def _announced(self) -> None:
        """Have what a story says itself rest on a source that speaks in the sentence after it.

        Certainly where that sentence tells of an occasion ("gave the number at a briefing"), else maybe.
        """
        for one in list(self._free()):
            if one.sort is Sort.OWN:
                found = next((other for other in self._members if self._speaks_after(one, other)), None)
                if found is not None:
                    after = following(one.story.text, one.statement.spans)
                    ids = one.statement.id, found.statement.id
                    openly = occasion(after) is not None or bool(lexicon().announcing & set(words(after)))
                    how = How.SAME_EVENT if occasion(after) and found.occasion else How.SAME_SPEAKER
                    self._take(Derivation(*ids, how, False, openly, " ".join(after.split())))
                    self._doubted.add(one.statement.id)

    def _speaks_after(self, one: Standing, other: Standing) -> bool:
        """Whether the source of a statement is named as telling, in the sentence after another one.

        Or that sentence tells of an announcement, and the source speaks for whom the first one names.
        """
        if other.story.id == one.story.id or not other.voiced:
            return False
        after = words(following(one.story.text, one.statement.spans))
        if other.sort is Sort.PERSON and len(other.name[-1]) > 2 and other.name[-1] in after:
            return bool(lexicon().telling & set(after) or "gave" in after)
        names = frozenset(name.casefold() for name, _ in one.statement.names)
        announced = lexicon().announcing & set(after)
        return bool(announced) and (speaks_for(other, names) or bool(other.about & names))

    def _same_words(self) -> None:
        """Have a quotation whose speaker is not told rest on the same words of somebody who is."""
        spoken = Spoken()
        for one in sorted(self._members, key=lambda one: not one.voiced):
            spoken.note(one)
        for one in list(self._free()):
            found = spoken.other(one)
            if found is not None and self._root(found[0].statement.id) != self._root(one.statement.id):
                ids = one.statement.id, found[0].statement.id
                self._take(Derivation(*ids, How.SAME_SPEAKER, False, True, found[1]))

    # One source, told several times

    def _told_alike(self) -> None:
        """Link what has one source for certain, then what may have."""
        seats = list(self._seats().values())
        joined = Seats(len(seats))
        maybe: list[tuple[Standing, Standing, Verdict]] = []
        for at, seat in enumerate(seats):
            for before in range(min(at, COMPARED)):
                verdict = _verdict(seats[before][0], seat[0])
                if verdict is not None and verdict.certain:
                    joined.join(before, at)
                elif verdict is not None:
                    maybe.append((seats[before][0], seat[0], verdict))
        for places in joined.sets():
            self._alike([one for place in places for one in seats[place]])
        for first, later, verdict in maybe:
            self._doubt(first, later, verdict)

    def _seats(self) -> dict[object, list[Standing]]:
        """Return the statements by their source: those of one seat have one for certain."""
        seats: dict[object, list[Standing]] = {}
        for one in self._members:
            if one.sort is Sort.OWN:
                key: object = (one.sort, self._reader.house(one.story.id) or one.story.id)
            elif one.sort in (Sort.UNNAMED, Sort.UNKNOWN):
                key = (one.signature, one.story.id)
            elif one.sort is Sort.OUTLET:
                continue
            else:
                key = one.signature
            seats.setdefault(key, []).append(one)
        return seats

    def _alike(self, members: list[Standing]) -> None:
        """Link statements of one source to the earliest, each bunch that is linked already by one of it."""
        bunches: dict[str, Standing] = {}
        for one in sorted(members, key=self._age):
            bunches.setdefault(self._root(one.statement.id), one)
        first, *others = sorted(bunches.values(), key=self._age)
        for one in others:
            verdict = compare(first, one)
            how = verdict.how if verdict is not None else How.SAME_SPEAKER
            evidence = one.evidence or one.story.outlet or ""
            made = Derivation(one.statement.id, first.statement.id, how, False, True, evidence)
            self._made.append(made)
            self._join(one.statement.id, first.statement.id)

    def _age(self, one: Standing) -> tuple[bool, int]:
        return one.statement.id in self._resting, self._reader.place[one.statement.id]

    def _doubt(self, first: Standing, later: Standing, verdict: Verdict) -> None:
        """Have the vaguer of two statements rest on the other one, maybe, if it rests on nothing yet."""
        target, source = (first, later) if vaguer(first, later) else (later, first)
        ids = target.statement.id, source.statement.id
        if ids[0] in self._resting or ids[0] in self._doubted or self._root(ids[0]) == self._root(ids[1]):
            return
        self._doubted.add(ids[0])
        evidence = target.evidence or target.story.outlet or ""
        self._made.append(Derivation(*ids, verdict.how, False, False, evidence))

    # What is not in the corpus, and what is only likely

    def _outside(self) -> None:
        for one in list(self._free()):
            self._made += outside(one)

    def _retold(self) -> None:
        """Doubt what a story says itself: it may be retold, or had from whom it quotes on other matters."""
        for one in list(self._free()):
            if one.sort is not Sort.OWN or one.statement.id in self._doubted:
                continue
            root = self._root(one.statement.id)
            apart = (other for other in self._members if self._root(other.statement.id) != root)
            others = list(islice(apart, ASKED))
            heard = self._reader.quoted(one.story.id)
            found = next((other for other in others if other.ground in heard), None)
            if found is not None:
                self._doubt(found, one, Verdict(How.SAME_SPEAKER, certain=False))
            else:
                made = retold(one, others)
                self._made += [made] if made else []

    def _root(self, name: str) -> str:
        while self._up[name] != name:
            self._up[name] = self._up[self._up[name]]
            name = self._up[name]
        return name

    def _join(self, a: str, b: str) -> None:
        self._up[self._root(a)] = self._root(b)


class Seats:
    """Places that are joined into sets."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))

    def join(self, a: int, b: int) -> None:
        """Make the sets of two places one."""
        a, b = sorted((self._root(a), self._root(b)))
        self._up[b] = a

    def sets(self) -> Iterator[list[int]]:
        """Yield the places of each set, in order."""
        found: dict[int, list[int]] = {}
        for place in range(len(self._up)):
            found.setdefault(self._root(place), []).append(place)
        yield from found.values()

    def _root(self, place: int) -> int:
        while self._up[place] != place:
            self._up[place] = self._up[self._up[place]]
            place = self._up[place]
        return place


def _verdict(a: Standing, b: Standing) -> Verdict | None:
    """Compare sources of two statements; within one story "the official" is one and the same."""
    verdict = compare(a, b)
    if verdict is not None and a.story.id == b.story.id and a.sort is b.sort is Sort.UNNAMED:
        return Verdict(verdict.how, certain=True)
    return verdict


def _same_story(target: Standing, source: Standing) -> Derivation:
    words = source.evidence or source.story.outlet or ""
    return Derivation(target.statement.id, source.statement.id, How.SAME_STORY, True, True, words)


def _start(one: Standing) -> int:
    return one.statement.spans[0].start if one.statement.spans else 0


def _nested(story: Sequence[Standing]) -> Iterator[tuple[Standing, Standing]]:
    """Yield each statement of a story, in order, with the first one that is told in its content."""
    for at, outer in enumerate(story):
        for inner in story[at + 1 :]:
            if _start(inner) >= _end(outer):
                break
            if _end(inner) <= _end(outer) and inner.statement.spans != outer.statement.spans:
                yield outer, inner
                break


def _end(one: Standing) -> int:
    return one.statement.spans[-1].end if one.statement.spans else 0
