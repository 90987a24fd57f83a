"""Why a claim has as many origins as it has, in sentences for a reporter; what counting asks of rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from reportedly.types.claims import Actors, Corpus, Derivation, How, Pair, Relation, StatementRow, StoryRow
from reportedly.types.speech import Kind, VoiceKind

MOST = 16
"""Most reasons that are given; what more there are is counted."""

_WORD = re.compile(r"\w+")
_NOBODY = frozenset({VoiceKind.OUTLET, VoiceKind.AUTHOR, None})

_TOLD: Mapping[tuple[How, bool], str] = {
    (How.CITES, True): "{target} cites {source}.",
    (How.CITES, False): "{target} may have it from {source}, which it names.",
    (How.REPRINT, True): "{target} reprints {source}{credit}.",
    (How.REPRINT, False): "{target} may be a reprint of {source}{credit}.",
    (How.REWRITE, True): "{target} rewrites {source}{credit}.",
    (How.REWRITE, False): "{target} may be a rewrite of {source}{credit}; both have: {evidence}.",
    (How.WIRE, True): "{target} and {source} carry one agency's text.",
    (How.WIRE, False): "{target} and {source} may carry one agency's text.",
    (How.SAME_SPEAKER, True): "{target} and {source} have it from one source: {who}.",
    (How.SAME_SPEAKER, False): "{target} and {source} may have it from one and the same source: {who}.",
    (How.SAME_DOCUMENT, True): "{target} and {source} have it from one document or its author: {who}.",
    (How.SAME_DOCUMENT, False): "{target} and {source} may have it from one document: {who}.",
    (How.SAME_EVENT, True): "{target} and {source} have it from one occasion: {who}.",
    (How.SAME_EVENT, False): "{target} and {source} may have it from one occasion.",
}


class Telling:
    """The rows of a corpus, as far as counting and its reasons need them."""

    def __init__(self, corpus: Corpus, actors: Actors) -> None:
        self._rows = {one.id: one for one in corpus.statements}
        self._place = {one.id: at for at, one in enumerate(corpus.statements)}
        self._stories = {one.id: one for one in corpus.stories}
        self._actors = actors

    # What the graph asks

    def ordered(self, members: Iterable[str]) -> tuple[str, ...]:
        """Return statements in the order of the corpus, each once."""
        return tuple(sorted(set(members), key=self._place.__getitem__))

    def story_of(self, statement: str) -> str:
        """Return the id of a statement's story."""
        return self._rows[statement].story_id

    def has_speaker(self, statement: str, outside: str) -> bool:
        """Whether a statement names a source behind the outlet that it has it from."""
        row = self._rows[statement]
        voice = row.voice
        if row.kind is Kind.AUTHOR or voice.kind in _NOBODY:
            return False
        told = voice.name or voice.role or row.source
        return bool(told) and not _one_name(told or "", outside)

    def changed(self, own: Collection[str], pairs: Iterable[Pair]) -> dict[str, str]:
        """Return the statements that changed another claim's wording, each with the one it took it from."""
        return {
            one.a: one.b
            for one in pairs
            if one.relation is Relation.DISTORTION
            and one.a in own
            and one.b in self._rows
            and one.b not in own
        }

    def withdrawn(
        self, own: Collection[str], made: Iterable[Derivation], pairs: Iterable[Pair]
    ) -> dict[str, str]:
        """Return what was taken back by its own outlet, each with the statement that did so.

        Statements, and outlets that nobody has read. What an outlet takes back it takes back wherever it had
        printed it before.
        """
        outside = {one.target: one.outside for one in made if one.outside}
        found: dict[str, str] = {}
        for one in pairs:
            if (
                one.relation in (Relation.RETRACTION, Relation.CORRECTION)
                and one.b in own
                and one.a in self._rows
            ):
                taking, taken = self.story(one.a), self.story(one.b)
                unread = outside.get(one.b)
                if self._house(taking) == self._house(taken):
                    found |= {name: one.a for name in own if self._is_meant(self.story(name), taking, taken)}
                elif unread and taking.outlet and _one_name(unread, taking.outlet):
                    found[unread] = one.a
        return found

    def _is_meant(self, story: StoryRow, taking: StoryRow, taken: StoryRow) -> bool:
        if story.id == taken.id:
            return True
        house = self._house(story)
        before = (story.published or "") <= (taking.published or "")
        return house is not None and house == self._house(taken) and story.id != taking.id and before

    def story(self, statement: str) -> StoryRow:
        """Return a statement's story."""
        return self._stories[self._rows[statement].story_id]

    def row(self, statement: str) -> StatementRow:
        """Return a statement."""
        return self._rows[statement]

    def who(self, statement: str) -> str | None:
        """Return the name of a statement's source, None where the story has none or speaks itself."""
        actor = self._actors.entries.get(self._actors.speakers.get(statement, ""))
        if actor is not None:
            return actor.name if actor.kind != "outlet" else None
        row = self._rows[statement]
        if row.kind is Kind.AUTHOR or row.voice.kind in _NOBODY:
            return None
        return row.voice.name or (row.chain[-1] if row.chain else None) or row.source

    def _house(self, story: StoryRow) -> str | None:
        return self._actors.outlets.get(story.id) or story.outlet


class Account:
    """The reasons for one claim's range, in sentences."""

    def __init__(self, telling: Telling, members: Sequence[str], made: Sequence[Derivation]) -> None:
        self._telling = telling
        self._members = members
        self._made = made
        stories = {telling.story_of(one): telling.story(one) for one in members}
        self._often = Counter(story.outlet for story in stories.values())

    def of_loop(self, loop: Sequence[str]) -> str:
        """Return the sentence for stories that rest on each other in a circle."""
        first = {self._telling.story_of(one): one for one in reversed(self._members)}
        return f"{_listed(self._outlet(first[one]) for one in loop)} cite each other in a circle: no origin."

    def of_grounds(self, grounds: Sequence[Sequence[str]]) -> Iterator[str]:
        """Yield a sentence for each ground: who, where first, where else."""
        resting = {one.target for one in self._made if one.certain and one.source is not None}
        for ground in grounds:
            first = next((name for name in ground if name not in resting), ground[0])
            here = self._telling.story_of(first)
            others = _listed(self._outlet(name) for name in ground if self._telling.story_of(name) != here)
            who = self._telling.who(first) or "in its own words"
            yield f"Origin: {self._outlet(first)}, {who}{'; also in ' if others else ''}{others}."
            if any(self._telling.row(name).voice.of_itself for name in ground):
                yield f"{who} is a party, speaking of its own conduct."

    def of_changes(self, taken_back: Mapping[str, str], changed: Mapping[str, str]) -> Iterator[str]:
        """Yield a sentence for each outlet that took it back, and for each that changed what it took over."""
        yield from (f"{self._outlet(name)} has taken it back." for name in taken_back.values())
        for name, other in changed.items():
            yield f"{self._outlet(name)} changed what {self._outlet(other)} said: this wording begins there."

    def of_links(self, certain: bool) -> Iterator[str]:
        """Yield a sentence for each thing that a story rests on, for certain or maybe."""
        for one in self._made:
            if one.certain is not certain or self._within(one):
                continue
            if one.outside:
                yield f"{self._outlet(one.target)} has it from {one.outside}: lineage not recorded."
            elif one.source is not None and (one.how, certain) in _TOLD:
                yield _TOLD[one.how, certain].format(
                    target=self._outlet(one.target),
                    source=self._outlet(one.source),
                    credit="" if one.credited else " without credit",
                    evidence=one.evidence,
                    who=self._telling.who(one.target) or one.evidence or "the outlet itself",
                )

    def _within(self, one: Derivation) -> bool:
        story = self._telling.story_of
        return one.source is not None and story(one.source) == story(one.target)

    def of_order(self) -> Iterator[str]:
        """Yield a sentence if there are stories to put in order and some have no date."""
        undated = [self._outlet(one) for one in self._members if not self._telling.story(one).published]
        if undated and len({self._telling.story_of(one) for one in self._members}) > 1:
            yield f"cannot order: undated: {_listed(undated)}."

    def _outlet(self, statement: str) -> str:
        """Return the outlet of a statement, with the date where several of its stories are spoken of."""
        story = self._telling.story(statement)
        name = story.outlet or story.page
        dated = story.published and self._often[story.outlet] > 1
        return f"{name} of {story.published}" if dated else name


def shortened(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return reasons, each once, as many as anybody reads."""
    told = tuple(dict.fromkeys(reasons))
    more = len(told) - MOST
    return (*told[:MOST], f"and {more} more of the kind.") if more > 0 else told


def _one_name(a: str, b: str) -> bool:
    told, other = (set(_WORD.findall(name.casefold())) - {"the"} for name in (a, b))
    return told <= other or other <= told


def _listed(names: Iterable[str]) -> str:
    told = list(dict.fromkeys(names))
    if len(told) > 6:
        told = [*told[:5], f"{len(told) - 5} others"]
    return " and ".join((", ".join(told[:-1]), told[-1])) if len(told) > 1 else "".join(told)
