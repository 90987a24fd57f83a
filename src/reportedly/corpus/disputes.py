"""Statements that answer others: corrections and retractions, beside what `matching` found to be at odds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reportedly.corpus.standing import WITHDRAWN, mentions, withdrawals
from reportedly.types.claims import Actors, Corpus, Pair, Relation, StatementRow, StoryRow

_CORRECTS = re.compile(
    r"\b(?:correct(?:ion|ions|ed|s)|clarification|erratum|regrets? the error|apologi[sz]es? for the error"
    r"|an earlier version of this"
    r"|(?:gave|stated|printed|published|carried) (?:a |the )?(?:wrong|incorrect))\b",
    re.IGNORECASE,
)
_AT_ODDS = frozenset({Relation.DENIAL, Relation.CONTRADICTION, Relation.DISTORTION})


def disputes(corpus: Corpus, actors: Actors, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return the corrections and retractions among statements, the answering one as a, in order of time.

    pairs: those of `matching`, with its denials and contradictions, which stay as they are. A correction
    is a statement at odds with one of the same outlet in a story that says that it corrects. A retraction
    is the sentence that calls a report wrong or withdraws it, or the mention of the report where that
    sentence is no statement; what it answers are the statements of the same outlet that are the same as
    the report mentioned.
    """
    return tuple(_Answers(corpus, actors, pairs).found())


class _Answers:
    def __init__(self, corpus: Corpus, actors: Actors, pairs: Sequence[Pair]) -> None:
        self._stories = {story.id: story for story in corpus.stories}
        self._statements = {one.id: one for one in corpus.statements}
        self._place = {one.id: place for place, one in enumerate(corpus.statements)}
        self._outlets = actors.outlets
        self._pairs = pairs
        self._mentions = mentions(corpus)
        self._of: defaultdict[str, list[StatementRow]] = defaultdict(list)
        for one in corpus.statements:
            self._of[one.story_id].append(one)

    def found(self) -> Iterator[Pair]:
        """Yield the pairs in order of time."""
        made: dict[tuple[str, str], Pair] = {}
        for pair in (*self._retractions(), *self._corrections()):
            made.setdefault((pair.a, pair.b), pair)
        yield from sorted(made.values(), key=lambda pair: (self._place[pair.a], self._place[pair.b]))

    def _retractions(self) -> Iterator[Pair]:
        same = self._same()
        for one, reason in self._mentions.items():
            if reason != WITHDRAWN:
                continue
            mention = self._statements[one]
            by, words = self._withdrawing(mention)
            for other, score in same.get(one, {}).items():
                if self._is_before(other, one) and self._one_outlet(other, one):
                    yield Pair(by, other, Relation.RETRACTION, score, (f"withdrawn: {words}",))

    def _same(self) -> Mapping[str, Mapping[str, float]]:
        """Return for each statement those found the same, and those found the same as these."""
        direct: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for pair in self._pairs:
            if pair.relation is Relation.SAME:
                direct[pair.a][pair.b] = direct[pair.b][pair.a] = pair.score
        return direct

    def _withdrawing(self, mention: StatementRow) -> tuple[str, str]:
        """Return the statement that calls a mention wrong, the mention itself if none does, and its words."""
        story = self._stories[mention.story_id]
        start = mention.spans[-1].end
        for place, words in withdrawals(story.text):
            if place < start - 1:
                continue
            for one in self._of[story.id]:
                if one.id != mention.id and any(span.start <= place < span.end for span in one.spans):
                    return one.id, words
            return mention.id, words
        return mention.id, mention.cue or ""

    def _corrections(self) -> Iterator[Pair]:
        corrects: dict[str, str] = {}
        for story in self._stories.values():
            found = _CORRECTS.search(f"{story.title or ''}\n{story.text}")
            if found:
                corrects[story.id] = found[0]
        for pair in self._pairs:
            if pair.relation not in _AT_ODDS or pair.a not in self._statements:
                continue
            marker = corrects.get(self._statements[pair.a].story_id)
            if marker and self._is_before(pair.b, pair.a) and self._one_outlet(pair.a, pair.b):
                yield Pair(
                    pair.a, pair.b, Relation.CORRECTION, pair.score, (f"corrects: {marker}", *pair.reasons)
                )

    def _is_before(self, one: str, other: str) -> bool:
        return self._statements[one].story_id != self._statements[other].story_id and (
            self._place[one] < self._place[other]
        )

    def _one_outlet(self, one: str, other: str) -> bool:
        first, second = self._statements[one].story_id, self._statements[other].story_id
        known = self._outlets.get(first), self._outlets.get(second)
        if None not in known:
            return known[0] == known[1]
        return _named(self._stories[first]) == _named(self._stories[second]) != ""


def _named(story: StoryRow) -> str:
    return (story.outlet or "").casefold()
