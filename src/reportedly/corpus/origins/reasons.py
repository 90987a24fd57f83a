"""Why a claim has as many origins as it has, in sentences for a reporter; what counting asks of rows."""

from __future__ import annotations

import re
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
    (How.REWRITE, False): "{target} may be a rewrite of {source}{credit}: “{evidence}” stands in both.",
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
                taking, taken = self._story(one.a), self._story(one.b)
                unread = outside.get(one.b)
                if self._house(taking) == self._house(taken):
                    found |= {name: one.a for name in own if self._is_meant(self._story(name), taking, taken)}
                elif unread and taking.outlet and _one_name(unread, taking.outlet):
                    found[unread] = one.a
        return found

    def _is_meant(self, story: StoryRow, taking: StoryRow, taken: StoryRow) -> bool:
        if story.id == taken.id:
            return True
        house = self._house(story)
        before = (story.published or "") <= (taking.published or "")
        return house is not None and house == self._house(taken) and story.id != taking.id and before

    # Words

    def reasons(
        self,
        members: Sequence[str],
        made: Sequence[Derivation],
        grounds: Sequence[Sequence[str]],
        taken_back: Mapping[str, str],
        changed: Mapping[str, str],
    ) -> Iterator[str]:
        """Yield why there are as many origins as there are, the most telling first."""
        yield from self._of_grounds(made, grounds)
        yield from (f"{self._outlet(name)} has taken it back." for name in taken_back.values())
        for name, other in changed.items():
            yield f"{self._outlet(name)} changed what {self._outlet(other)} said: this wording begins there."
        yield from self._of_links(made, certain=False)
        yield from self._of_links(made, certain=True)
        undated = [self._outlet(one) for one in members if not self._story(one).published]
        if undated and len({self.story_of(one) for one in members}) > 1:
            yield f"cannot order: undated: {_listed(undated)}."

    def of_loop(self, loop: Sequence[str]) -> str:
        """Return the sentence for stories that rest on each other in a circle."""
        names = [self._stories[one].outlet or self._stories[one].page for one in loop]
        return f"{_listed(names)} cite each other in a circle, which is no origin."

    def _of_grounds(self, made: Sequence[Derivation], grounds: Sequence[Sequence[str]]) -> Iterator[str]:
        resting = {one.target for one in made if one.certain and one.source is not None}
        for ground in grounds:
            first = next((name for name in ground if name not in resting), ground[0])
            others = [self._outlet(name) for name in ground if self.story_of(name) != self.story_of(first)]
            also = f"; also in {_listed(others)}" if others else ""
            yield f"Origin: {self._outlet(first)}, {self._who(first)}{also}."
            if any(self._rows[name].voice.of_itself for name in ground):
                yield f"{self._who(first)} speaks about itself."

    def _of_links(self, made: Iterable[Derivation], certain: bool) -> Iterator[str]:
        for one in made:
            if one.certain is not certain:
                continue
            if one.outside:
                yield f"{self._outlet(one.target)} has it from {one.outside}: lineage not recorded."
            elif one.source is not None and (one.how, certain) in _TOLD:
                yield _TOLD[one.how, certain].format(
                    target=self._outlet(one.target),
                    source=self._outlet(one.source),
                    credit="" if one.credited else " without credit",
                    evidence=one.evidence,
                    who=one.evidence or self._who(one.target),
                )

    def _who(self, statement: str) -> str:
        row = self._rows[statement]
        actor = self._actors.entries.get(self._actors.speakers.get(statement, ""))
        if actor is None and (row.kind is Kind.AUTHOR or row.voice.kind is VoiceKind.AUTHOR):
            return "in its own words"
        return (actor.name if actor else _label(row)) or "a source that is not given"

    def _outlet(self, statement: str) -> str:
        story = self._story(statement)
        return story.outlet or story.page

    def _story(self, statement: str) -> StoryRow:
        return self._stories[self._rows[statement].story_id]

    def _house(self, story: StoryRow) -> str | None:
        return self._actors.outlets.get(story.id) or story.outlet


def shortened(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return reasons, each once, as many as anybody reads."""
    told = tuple(dict.fromkeys(reasons))
    more = len(told) - MOST
    return (*told[:MOST], f"and {more} more of the kind.") if more > 0 else told


def _label(row: StatementRow) -> str | None:
    return row.voice.name or (row.chain[-1] if row.chain else None) or row.source


def _one_name(a: str, b: str) -> bool:
    told, other = (set(_WORD.findall(name.casefold())) - {"the"} for name in (a, b))
    return told <= other or other <= told


def _listed(names: Iterable[str]) -> str:
    told = list(dict.fromkeys(names))
    if len(told) > 6:
        told = [*told[:5], f"{len(told) - 5} others"]
    return " and ".join((", ".join(told[:-1]), told[-1])) if len(told) > 1 else "".join(told)
