"""Judgements laid over the statements of a story: at once, without reading anything again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportedly.review.placing import closest, placed, text_hash
from reportedly.types import (
    Excerpt,
    Judgement,
    Kind,
    OffsetMap,
    OtherVoice,
    Quote,
    Statement,
    Story,
    Subject,
    Verdict,
    Voice,
    content_id,
)

_OF_WORDS = (Subject.STATEMENT, Subject.MISSING)


@dataclass(frozen=True, slots=True)
class Judged:
    """What stands of what people said of one statement, in order.

    words: of its words; voice: of its voice. The last of each counts; `differ` if reviewers do not agree.
    read: the statement as it was read, before a correction.
    """

    read: Statement
    words: tuple[Judgement, ...] = ()
    voice: tuple[Judgement, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The last verdict on its words."""
        return self.words[-1].verdict if self.words else None

    @property
    def voice_verdict(self) -> Verdict | None:
        """The last verdict on its voice."""
        return self.voice[-1].verdict if self.voice else None

    @property
    def differ(self) -> bool:
        """Whether the last verdicts of two people are not the same."""
        return any(len(set(_last_by_person(some).values())) > 1 for some in (self.words, self.voice))

    @property
    def last(self) -> Judgement | None:
        """The newest judgement."""
        return max((*self.words, *self.voice), key=lambda one: one.at, default=None)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The statements of a story with all judgements laid over them.

    statements: as they stand now: corrected ones in their other words, added ones among them, refused ones
    left out. refused: those that are no statement at all. by_id: judgements by the id of the statement in
    `statements` or `refused`. homeless: judgements whose words are not in the story any more.
    """

    statements: Sequence[Statement]
    refused: Sequence[Statement] = ()
    by_id: Mapping[str, Judged] = field(default_factory=dict)
    homeless: Sequence[Judgement] = ()


def reviewed(story: Story, statements: Sequence[Statement], judgements: Iterable[Judgement]) -> Reviewed:
    """Lay the judgements that stand over the statements of ``story``.

    judgements: of the story's page, in order. Those of its other stories change nothing.
    """
    wanted = [one for one in judgements if one.words and one.subject in (*_OF_WORDS, Subject.VOICE)]
    if not wanted:
        return Reviewed(statements)
    found, missing, homeless = _sorted(story, statements, wanted)
    by_id = {one.id: _judged(one, found[one.id]) for one in statements if one.id in found}
    places = OffsetMap(story)
    kept: list[Statement] = []
    refused: list[Statement] = []
    for one in statements:
        judged = by_id.get(one.id)
        stands = judged is None or not _is_refused(judged)
        (kept if stands else refused).append(
            one if judged is None else _corrected(one, judged, story, places)
        )
    for judgement, quotes in missing:
        added = _added(story, quotes, places)
        by_id[added.id] = Judged(added, (judgement,))
        kept.append(added)
    kept.sort(key=lambda one: (one.content[0].start, one.id))
    return Reviewed(kept, refused, by_id, homeless)


def _sorted(
    story: Story, statements: Sequence[Statement], judgements: Sequence[Judgement]
) -> tuple[Mapping[str, list[Judgement]], list[tuple[Judgement, tuple[Quote, ...]]], list[Judgement]]:
    """Sort judgements: those of a statement by its id, those that add one, those without a place."""
    text = text_hash(story)
    found: defaultdict[str, list[Judgement]] = defaultdict(list)
    missing, homeless = [], []
    for one in judgements:
        words = one.words[0]
        quotes = placed(story, text, words, words.quotes)
        if quotes is None:
            if words.story == story.index and words.text_hash != text:
                homeless.append(one)
            continue
        statement = closest(statements, quotes) or _as_corrected(story, text, statements, one)
        if statement is not None:
            found[statement.id].append(one)
        elif one.subject is Subject.MISSING and one.verdict is Verdict.RIGHT:
            missing.append((one, quotes))
        else:
            homeless.append(one)
    return found, missing, homeless


def _as_corrected(
    story: Story, text: str, statements: Sequence[Statement], judgement: Judgement
) -> Statement | None:
    """Return the statement that is read now as the judgement corrected it."""
    if judgement.instead is None or not judgement.instead.quotes:
        return None
    quotes = placed(story, text, judgement.words[0], judgement.instead.quotes)
    return closest(statements, quotes) if quotes else None


def _judged(statement: Statement, judgements: Sequence[Judgement]) -> Judged:
    words = tuple(one for one in judgements if one.subject in _OF_WORDS)
    voice = tuple(one for one in judgements if one.subject is Subject.VOICE)
    return Judged(statement, words, voice)


def _is_refused(judged: Judged) -> bool:
    last = judged.words[-1] if judged.words else None
    return last is not None and last.verdict is Verdict.WRONG and not (last.instead and last.instead.quotes)


def _corrected(statement: Statement, judged: Judged, story: Story, places: OffsetMap) -> Statement:
    """Return the statement with the other words and the other voice that the last judgements say."""
    words = judged.words[-1] if judged.words else None
    if words is not None and words.verdict is Verdict.WRONG and words.instead and words.instead.quotes:
        quotes = placed(story, text_hash(story), words.words[0], words.instead.quotes)
        statement = _in_words(statement, quotes, story, places) if quotes else statement
    voice = judged.voice[-1] if judged.voice else None
    if voice is not None and voice.verdict is Verdict.WRONG and voice.instead and voice.instead.voice:
        statement = _in_voice(statement, voice.instead.voice)
    return statement


def _in_words(statement: Statement, quotes: Sequence[Quote], story: Story, places: OffsetMap) -> Statement:
    pieces = {role: [_excerpt(one, story, places) for one in quotes if one.role == role] for role in _ROLES}
    return replace(
        statement,
        source=next(iter(pieces["source"]), None),
        cue=next(iter(pieces["cue"]), None),
        content=tuple(sorted(pieces["content"], key=lambda one: one.start)) or statement.content,
        confidence=1.0,
    )


def _in_voice(statement: Statement, other: OtherVoice) -> Statement:
    voice = Voice(other.name, other.kind, other.role, other.affiliation)
    described = ", ".join(part for part in (other.role, other.affiliation) if part)
    label = other.name or described or (statement.source.text if statement.source else None)
    return replace(statement, voice=voice, chain=(*statement.chain[:-1], label))


def _added(story: Story, quotes: Sequence[Quote], places: OffsetMap) -> Statement:
    """Return a statement that was missed, in the words that a reviewer gave it."""
    pieces = {role: [_excerpt(one, story, places) for one in quotes if one.role == role] for role in _ROLES}
    source = next(iter(pieces["source"]), None)
    outlet = story.metadata.outlet
    return Statement(
        id=content_id("added", story.id, *(f"{one.role} {one.start} {one.end}" for one in quotes)),
        page_id=story.page_id,
        story_id=story.id,
        kind=Kind.INDIRECT if source else Kind.AUTHOR,
        source=source,
        cue=next(iter(pieces["cue"]), None),
        content=tuple(sorted(pieces["content"], key=lambda one: one.start)),
        chain=(outlet, source.text) if source else (outlet,),
        confidence=1.0,
    )


def _excerpt(quote: Quote, story: Story, places: OffsetMap) -> Excerpt:
    page = places.page_span(quote.start, quote.end)
    return Excerpt(story.text[quote.start : quote.end], quote.start, quote.end, *page)


def _last_by_person(judgements: Iterable[Judgement]) -> dict[str, Verdict]:
    return {one.by: one.verdict for one in judgements}


_ROLES = ("source", "cue", "content")
