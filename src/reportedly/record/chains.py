"""On whose word a statement stands: its chain from the outlet inwards, and how far each of them commits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.types import Commitment, Sourcing, Stance, Statement, Voice, VoiceKind


@dataclass(frozen=True, slots=True)
class Link:
    """One attribution of a chain: who speaks, and the story's words for them."""

    sourcing: Sourcing
    words: str | None


def chained(draft: Statement, outlet: str | None, links: Sequence[Link], stance: Stance | None) -> Statement:
    """Return ``draft`` with its chain: ``links`` are the attributions around it and its own, outermost first.

    The names are the outlet, and for each link the outlets on the way to its voice, then the voice. An outlet
    on the way that is the story's own is no further step.
    """
    between = stance.between if stance and len(stance.between) == len(links) - 1 else ()
    known = [*(between or [None] * (len(links) - 1)), stance.voice if stance else None]
    names: list[str | None] = [outlet]
    voices: list[Voice] = []
    commitments: list[Commitment | None] = [stance.outlet if stance else None]
    for link, commitment in zip(links, known, strict=True):
        via = tuple(one for one in link.sourcing.via if not _is(one, outlet))
        voice = link.sourcing.voice
        voices += [*via, voice]
        names += [*(described(one) for one in via), described(voice) or link.words]
        commitments += [*(None for _ in via), commitment]
    if stance:
        stance = replace(stance, between=tuple(one for one in commitments[1:-1] if one))
    return replace(
        draft,
        chain=tuple(names),
        voice=voices[-1],
        via=tuple(voices[:-1]),
        stance=stance,
        commitment=stance.voice if stance else None,
        commitments=tuple(commitments),
    )


def _is(voice: Voice, outlet: str | None) -> bool:
    """Whether a voice on the way is the story's own outlet: "told the Courier", in the Verrane Courier."""
    if voice.kind is not VoiceKind.OUTLET or not voice.name or not outlet:
        return False
    words, own = (set(re.findall(r"\w+", name.casefold())) - {"the"} for name in (voice.name, outlet))
    return bool(words) and words <= own


def described(voice: Voice) -> str | None:
    """Return how a voice is called where it has one line: its name, else its role and whom it speaks for."""
    return voice.name or ", ".join(part for part in (voice.role, voice.affiliation) if part) or None
