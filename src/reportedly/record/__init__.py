"""Parts to a record: statements with the exact words behind them, every offset checked.

The checks raise `ValueError`: a span that does not hold is broken code, not bad input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reportedly.record.chains import Link, chained
from reportedly.record.nesting import ancestors, parents, surest
from reportedly.record.quoting import Quoter, check_story
from reportedly.record.standing import Finds, settled
from reportedly.types import (
    Assertion,
    Attribution,
    Excerpt,
    Kind,
    Page,
    Record,
    Reject,
    Sourcing,
    Stance,
    Statement,
    Story,
    Voice,
    VoiceKind,
    content_id,
)

__all__ = ["Finds", "StoryParts", "StoryRecord", "build_record", "build_story", "surest"]


@dataclass(frozen=True, slots=True)
class StoryParts:
    """One story and what was found in it.

    sourcings, stances: one an attribution, or none at all where nothing was resolved; own_stances: one an
    assertion, or none at all. pipeline: whether there was one for the story's language.
    """

    story: Story
    attributions: tuple[Attribution, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    sourcings: tuple[Sourcing, ...] = ()
    stances: tuple[Stance, ...] = ()
    own_stances: tuple[Stance, ...] = ()
    finds: Finds = field(default_factory=Finds)
    pipeline: bool = True


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """One story with its statements, checked."""

    story: Story
    statements: tuple[Statement, ...]
    pipeline: bool = True


def build_story(page: Page, parts: StoryParts) -> StoryRecord:
    """Make the statements of one story, sorted by place, ids being hashes of what they name.

    Raises:
        ValueError: an offset or an edit does not hold, or parts are not one an attribution.
    """
    story = parts.story
    check_story(page, story)
    quote = Quoter(page, story)
    _check_parts(quote, parts)
    told = [_attributed(quote, one) for one in parts.attributions]
    own = [_asserted(quote, one) for one in parts.assertions]
    unique = {one.id: one for one in reversed([*told, *own])}
    ordered = _with_parents(sorted(unique.values(), key=_place), told, parts.attributions)
    whole = [*_with_chains(ordered, told, parts), *_with_authors(ordered, own, parts)]
    finds = parts.finds.outside(story.dateline) if story.dateline else parts.finds
    return StoryRecord(story, settled(sorted(whole, key=_place), finds), parts.pipeline)


def build_record(page: Page, stories: Sequence[StoryRecord], rejects: Iterable[Reject] = ()) -> Record:
    """Put the stories of one page together.

    Raises:
        ValueError: two stories of the page have one id.
    """
    if len({one.story.id for one in stories}) < len(stories):
        raise ValueError(f"two stories of page {page.id} have one id")
    return Record(
        page=page,
        stories=tuple(one.story for one in stories),
        statements=tuple(statement for one in stories for statement in one.statements),
        rejects=tuple(rejects),
        no_pipeline=tuple(one.story.id for one in stories if not one.pipeline),
    )


def _attributed(quote: Quoter, found: Attribution) -> Statement:
    if not found.content:
        raise ValueError(f"an attribution of story {quote.story.id} has no content")
    source = quote.one(found.source, (*found.cue, *found.content))
    cue = quote.one(found.cue, (*found.source, *found.content))
    content = tuple(quote.excerpt(span) for span in sorted(found.content, key=lambda span: span.start))
    return _draft(quote.story, found.kind, (source, cue, content), found.confidence)


def _asserted(quote: Quoter, found: Assertion) -> Statement:
    draft = _draft(quote.story, Kind.AUTHOR, (None, None, (quote.excerpt(found.span),)), found.confidence)
    return replace(draft, presupposed=found.presupposed)


Roles = tuple[Excerpt | None, Excerpt | None, tuple[Excerpt, ...]]


def _draft(story: Story, kind: Kind, roles: Roles, confidence: float) -> Statement:
    """Make a statement without its chain; its id says what it is: page, story, kind, and spans by role."""
    if not 0 <= confidence <= 1:
        raise ValueError(f"confidence {confidence} of a statement of story {story.id} is no probability")
    source, cue, content = roles
    spans = [_spans(source), _spans(cue), _spans(*content)]
    return Statement(
        id=content_id(story.page_id, str(story.index), kind, *spans),
        page_id=story.page_id,
        story_id=story.id,
        kind=kind,
        source=source,
        cue=cue,
        content=content,
        chain=(story.metadata.outlet,),
        confidence=confidence,
    )


def _with_parents(
    ordered: Sequence[Statement], told: Sequence[Statement], attributions: Sequence[Attribution]
) -> list[Statement]:
    given: dict[str, str] = {}
    for statement, one in zip(told, attributions, strict=True):
        if one.parent is not None:
            given.setdefault(statement.id, told[one.parent].id)
    found = parents(ordered, given)
    return [replace(one, parent=found.get(one.id)) for one in ordered]


def _with_chains(
    ordered: Sequence[Statement], told: Sequence[Statement], parts: StoryParts
) -> Iterable[Statement]:
    """Give each attributed statement the chain of those around it and its own."""
    parent_of = {one.id: one.parent for one in ordered if one.parent}
    sourcings = parts.sourcings or tuple(Sourcing(Voice()) for _ in told)
    links = {
        one.id: Link(sourcing, one.source.text if one.source else None)
        for one, sourcing in reversed([*zip(told, sourcings, strict=True)])
    }
    stances = _by_id(told, parts.stances)
    for one in ordered:
        if one.id in links:
            around = [links[outer] for outer in ancestors(one.id, parent_of)]
            yield chained(one, parts.story.metadata.outlet, [*around, links[one.id]], stances.get(one.id))


def _with_authors(
    ordered: Sequence[Statement], own: Sequence[Statement], parts: StoryParts
) -> Iterable[Statement]:
    """Say of the statements that the story makes in its own voice whose voice that is."""
    about = parts.story.metadata
    voice = Voice(name=about.byline or about.outlet, kind=VoiceKind.AUTHOR)
    stances = _by_id(own, parts.own_stances)
    for one in ordered:
        if one.kind is Kind.AUTHOR:
            commitment = stances[one.id].voice if one.id in stances else None
            stance = replace(stances[one.id], outlet=commitment, between=()) if commitment else None
            yield replace(one, voice=voice, stance=stance, commitment=commitment, commitments=(commitment,))


def _by_id(statements: Sequence[Statement], stances: Sequence[Stance]) -> Mapping[str, Stance]:
    """Return the stances by their statement's id; of two statements with one id the first counts."""
    return {one.id: stance for one, stance in reversed([*zip(statements, stances, strict=bool(stances))])}


def _spans(*excerpts: Excerpt | None) -> str:
    return ",".join(f"{one.start}-{one.end}" for one in excerpts if one)


def _place(statement: Statement) -> tuple[int, int, str]:
    """Outer statements before those that stand within them."""
    return statement.content[0].start, -statement.content[-1].end, statement.id


def _check_parts(quote: Quoter, parts: StoryParts) -> None:
    for of, several in (
        (parts.attributions, parts.sourcings),
        (parts.attributions, parts.stances),
        (parts.assertions, parts.own_stances),
    ):
        if several and len(of) != len(several):
            raise ValueError(f"{len(several)} {type(several[0]).__name__}s are not one each for {len(of)}")
    if any(not 0 <= one.parent < at for at, one in enumerate(parts.attributions) if one.parent is not None):
        raise ValueError("the parent of an attribution does not stand before it")
    quote.checked(parts.finds.spans())
    quote.checked(span for one in (*parts.stances, *parts.own_stances) for span in one.markers)
    quote.checked(span for one in parts.assertions for span in one.presupposed)
    for sourcing in parts.sourcings:
        quote.checked(span for voice in (*sourcing.via, sourcing.voice) for span in voice.evidence)
