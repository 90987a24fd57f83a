"""Judgements to rows and back."""

from __future__ import annotations

import json
from typing import Any

from reportedly.store.rows import Row, Stored, packed
from reportedly.types import Instead, Judgement, OtherVoice, Quote, Subject, Verdict, VoiceKind, Words


def judgement_row(judgement: Judgement) -> Row:
    """Return the row of table judgements."""
    return {
        "id": judgement.id,
        "at": judgement.at,
        "by": judgement.by,
        "subject": judgement.subject.value,
        "verdict": judgement.verdict.value,
        "page_id": judgement.words[0].page_id if judgement.words else None,
        "words": packed([words_line(one) for one in judgement.words]),
        "names": packed(list(judgement.names)),
        "instead": packed(instead_line(judgement.instead)) if judgement.instead else None,
        "note": judgement.note,
        "undoes": judgement.undoes,
    }


def judgement_of(row: Stored) -> Judgement:
    """Rebuild a judgement from its row."""
    instead = row["instead"]
    return Judgement(
        id=row["id"],
        at=row["at"],
        by=row["by"],
        subject=Subject(row["subject"]),
        verdict=Verdict(row["verdict"]),
        words=tuple(words_of(one) for one in json.loads(row["words"])),
        names=tuple(json.loads(row["names"])),
        instead=instead_of(json.loads(instead)) if instead else None,
        note=row["note"],
        undoes=row["undoes"],
    )


def words_line(words: Words) -> dict[str, Any]:
    """Return judged words as a JSON object."""
    return {
        "page_id": words.page_id,
        "story": words.story,
        "text_hash": words.text_hash,
        "quotes": _quote_lists(words.quotes),
    }


def words_of(line: Stored) -> Words:
    """Rebuild judged words from a JSON object."""
    quotes = tuple(Quote(*quote) for quote in line["quotes"])
    return Words(line["page_id"], line["story"], line["text_hash"], quotes)


def instead_line(instead: Instead) -> dict[str, Any]:
    """Return what is right instead as a JSON object."""
    voice = instead.voice
    return {
        "quotes": _quote_lists(instead.quotes),
        "voice": {
            "name": voice.name,
            "kind": voice.kind.value if voice.kind else None,
            "role": voice.role,
            "affiliation": voice.affiliation,
        }
        if voice
        else None,
    }


def instead_of(line: Stored) -> Instead:
    """Rebuild what is right instead from a JSON object."""
    voice = line["voice"]
    if voice is not None:
        kind = VoiceKind(voice["kind"]) if voice["kind"] else None
        voice = OtherVoice(voice["name"], kind, voice["role"], voice["affiliation"])
    return Instead(tuple(Quote(*quote) for quote in line["quotes"]), voice)


def _quote_lists(quotes: tuple[Quote, ...]) -> list[list[Any]]:
    return [[one.role, one.start, one.end, one.text] for one in quotes]
