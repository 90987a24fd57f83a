"""Statements to rows and back: one of `statements`, and theirs of the tables that refer to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from reportedly.store.rows import Row, Stored, packed, unpacked
from reportedly.types import (
    Actor,
    ActorKind,
    Anchor,
    Candidate,
    Commitment,
    Excerpt,
    Kind,
    Mention,
    MentionLabel,
    Number,
    OffsetMap,
    Precision,
    Span,
    Stance,
    Statement,
    Story,
    Tie,
    TimeMention,
    Voice,
    VoiceKind,
)

PIECES = " [...] "
"""Stands between the pieces of a content where it is shown as one string."""

PARTS = {
    "excerpts": "role, position",
    "voices": "position",
    "times": "role, position",
    "ties": "position",
    "mentions": "position",
}
"""The tables that refer to a statement, with the order in which `statement_of` wants their rows."""


def statement_row(statement: Statement) -> Row:
    """Return the row of table statements."""
    return {
        "id": statement.id,
        "page_id": statement.page_id,
        "story_id": statement.story_id,
        "kind": statement.kind.value,
        "start_char": statement.content[0].start,
        "source": statement.source.text if statement.source else None,
        "cue": statement.cue.text if statement.cue else None,
        "content": PIECES.join(piece.text for piece in statement.content),
        "chain": packed(list(statement.chain)),
        "voice_name": statement.voice.name,
        "voice_kind": statement.voice.kind.value if statement.voice.kind else None,
        "voice_role": statement.voice.role,
        "voice_affiliation": statement.voice.affiliation,
        "commitment": statement.commitment.value if statement.commitment else None,
        "factuality": statement.stance.factuality if statement.stance else None,
        "confidence": statement.confidence,
        "parent": statement.parent,
        "vector": statement.vector,
    }


def part_rows(statement: Statement, story: Story, places: OffsetMap) -> Mapping[str, Iterator[Row]]:
    """Return the rows of the tables in `PARTS`. places: of ``story``, the statement's own."""
    return {
        "excerpts": _excerpt_rows(statement, story, places),
        "voices": _voice_rows(statement),
        "times": _time_rows(statement, story),
        "ties": _tie_rows(statement),
        "mentions": _mention_rows(statement),
    }


def statement_of(row: Stored, parts: Mapping[str, Sequence[Stored]]) -> Statement:
    """Rebuild a statement from its row and its rows of the tables in `PARTS`, sorted as that says."""
    pieces: dict[str, list[Excerpt]] = {role: [] for role in ("source", "cue", "content")}
    spans: dict[str, list[Span]] = {role: [] for role in ("marker", "presupposed")}
    for piece in parts["excerpts"]:
        if piece["role"] in spans:
            spans[piece["role"]].append(Span(piece["start_char"], piece["end_char"]))
            continue
        place = (piece["start_char"], piece["end_char"], piece["page_start"], piece["page_end"])
        pieces[piece["role"]].append(Excerpt(piece["text"], *place))
    voices = [voice_of(one) for one in parts["voices"]]
    commitments = tuple(commitment_of(one["commitment"]) for one in parts["voices"])
    return Statement(
        id=row["id"],
        page_id=row["page_id"],
        story_id=row["story_id"],
        kind=Kind(row["kind"]),
        source=pieces["source"][0] if pieces["source"] else None,
        cue=pieces["cue"][0] if pieces["cue"] else None,
        content=tuple(pieces["content"]),
        chain=tuple(json.loads(row["chain"])),
        confidence=row["confidence"],
        voice=voices[-1],
        commitment=commitment_of(row["commitment"]),
        parent=row["parent"],
        via=tuple(voices[1:-1]),
        stance=_stance_of(row, commitments, spans["marker"]),
        commitments=commitments,
        presupposed=tuple(spans["presupposed"]),
        times=tuple(time_of(one) for one in parts["times"] if one["role"] == "claim"),
        said=tuple(time_of(one) for one in parts["times"] if one["role"] == "said"),
        ties=tuple(tie_of(one) for one in parts["ties"]),
        mentions=tuple(
            Mention(one["name"], MentionLabel(one["label"]), Span(one["start_char"], one["end_char"]))
            for one in parts["mentions"]
        ),
        vector=row["vector"],
    )


def _excerpt_rows(statement: Statement, story: Story, places: OffsetMap) -> Iterator[Row]:
    def quoted(spans: Sequence[Span]) -> list[Excerpt]:
        return [
            Excerpt(
                story.text[one.start : one.end], one.start, one.end, *places.page_span(one.start, one.end)
            )
            for one in spans
        ]

    pieces: dict[str, Sequence[Excerpt]] = {
        "source": [statement.source] if statement.source else [],
        "cue": [statement.cue] if statement.cue else [],
        "content": statement.content,
        "marker": quoted(statement.stance.markers if statement.stance else ()),
        "presupposed": quoted(statement.presupposed),
    }
    for role, excerpts in pieces.items():
        for position, excerpt in enumerate(excerpts):
            yield {
                "statement_id": statement.id,
                "role": role,
                "position": position,
                "text": excerpt.text,
                "start_char": excerpt.start,
                "end_char": excerpt.end,
                "page_start": excerpt.page_start,
                "page_end": excerpt.page_end,
            }


def _voice_rows(statement: Statement) -> Iterator[Row]:
    """The voices stand beside their labels in the chain, the outlet first; an author's own is one row."""
    outlet = [] if len(statement.chain) == 1 else [Voice(statement.chain[0], VoiceKind.OUTLET)]
    voices = [*outlet, *statement.via, statement.voice]
    rows = zip_longest(statement.chain, voices, statement.commitments[: len(statement.chain)])
    for position, (label, voice, commitment) in enumerate(rows):
        yield {
            "statement_id": statement.id,
            "position": position,
            "label": label,
            "name": voice.name,
            "kind": voice.kind.value if voice.kind else None,
            "role": voice.role,
            "affiliation": voice.affiliation,
            "number": voice.number.value if voice.number else None,
            "country": voice.country,
            "anonymous": int(voice.anonymous),
            "of_itself": int(voice.of_itself),
            "reason": voice.reason,
            "candidates": packed([[one.name, one.score] for one in voice.candidates]),
            "evidence": packed([[span.start, span.end] for span in voice.evidence]),
            "commitment": commitment.value if commitment else None,
        }


def _time_rows(statement: Statement, story: Story) -> Iterator[Row]:
    for role, times in (("claim", statement.times), ("said", statement.said)):
        for position, time in enumerate(times):
            yield {
                "statement_id": statement.id,
                "role": role,
                "position": position,
                "text": story.text[time.span.start : time.span.end],
                "start_char": time.span.start,
                "end_char": time.span.end,
                "first_day": time.start,
                "last_day": time.end,
                "precision": time.precision.value if time.precision else None,
                "anchor": time.anchor.value,
                "reason": time.reason,
            }


def _tie_rows(statement: Statement) -> Iterator[Row]:
    for position, tie in enumerate(statement.ties):
        yield {
            "statement_id": statement.id,
            "position": position,
            **_actor_columns("subject", tie.subject),
            "relation": tie.relation,
            "plover": tie.plover,
            **_actor_columns("object", tie.object),
            "negated": int(tie.negated),
            "start_char": tie.span.start,
            "end_char": tie.span.end,
            "confidence": tie.confidence,
        }


def _mention_rows(statement: Statement) -> Iterator[Row]:
    for position, one in enumerate(statement.mentions):
        yield {
            "statement_id": statement.id,
            "position": position,
            "name": one.name,
            "label": one.label.value,
            "start_char": one.span.start,
            "end_char": one.span.end,
        }


def _actor_columns(side: str, actor: Actor) -> Row:
    return {
        f"{side}_name": actor.name,
        f"{side}_kind": actor.kind.value,
        f"{side}_state": actor.state,
        f"{side}_start": actor.span.start,
        f"{side}_end": actor.span.end,
    }


def commitment_of(value: str | None) -> Commitment | None:
    """Return a stored commitment, None for none."""
    return Commitment(value) if value else None


def _stance_of(
    row: Stored, commitments: Sequence[Commitment | None], markers: Sequence[Span]
) -> Stance | None:
    voice = commitment_of(row["commitment"])
    if voice is None or commitments[0] is None:
        return None
    between = tuple(one for one in commitments[1:-1] if one)
    return Stance(voice, commitments[0], between, tuple(markers), row["factuality"])


def voice_of(row: Stored, evidence: bool = True) -> Voice:
    """Rebuild a voice from its row of `voices`, with or without the places that it was read from."""
    return Voice(
        name=row["name"],
        kind=VoiceKind(row["kind"]) if row["kind"] else None,
        role=row["role"],
        affiliation=row["affiliation"],
        number=Number(row["number"]) if row["number"] else None,
        country=row["country"],
        anonymous=bool(row["anonymous"]),
        of_itself=bool(row["of_itself"]),
        evidence=tuple(Span(*pair) for pair in unpacked(row["evidence"])) if evidence else (),
        reason=row["reason"],
        candidates=tuple(Candidate(*pair) for pair in unpacked(row["candidates"])),
    )


def time_of(row: Stored) -> TimeMention:
    """Rebuild a time from its row of `times`."""
    return TimeMention(
        span=Span(row["start_char"], row["end_char"]),
        start=row["first_day"],
        end=row["last_day"],
        precision=Precision(row["precision"]) if row["precision"] else None,
        anchor=Anchor(row["anchor"]),
        reason=row["reason"],
    )


def tie_of(row: Stored) -> Tie:
    """Rebuild a tie from its row of `ties`."""
    return Tie(
        subject=_actor_of(row, "subject"),
        relation=row["relation"],
        plover=row["plover"],
        object=_actor_of(row, "object"),
        negated=bool(row["negated"]),
        span=Span(row["start_char"], row["end_char"]),
        confidence=row["confidence"],
    )


def _actor_of(row: Stored, side: str) -> Actor:
    return Actor(
        name=row[f"{side}_name"],
        kind=ActorKind(row[f"{side}_kind"]),
        span=Span(row[f"{side}_start"], row[f"{side}_end"]),
        state=row[f"{side}_state"],
    )
