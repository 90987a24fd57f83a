"""What a house prints under many of its stories: footers, "subscribe to", notes about authors.

A run of words is furniture of an outlet when it stands in several of its stories that share little else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from reportedly.corpus.reuse.words import Mask, Reading, covered, shingles

WIDTH = 8
STORIES = 3
"""Stories of one outlet in which a run must stand."""
MOST = 0.5
"""Share of a story that may be furniture: with more, it is one of several versions of a story."""

_HOST = re.compile(r"^(?:https?:)?//(?:www\d?\.|m\.|amp\.|edition\.)?([^/:?#]+)", re.IGNORECASE)
_DRESS = re.compile(r"\b(?:the|online|website|com|org|net)\b|[^\w]+", re.IGNORECASE)


def house(outlet: str | None, url: str | None) -> str:
    """Return what stories of one outlet have in common: its name undressed, or its host, or ""."""
    if outlet and (name := _DRESS.sub("", outlet).lower()):
        return name
    found = _HOST.match(url or "")
    return found[1].lower() if found else ""


def furniture(readings: Sequence[Reading]) -> Mapping[str, Mask]:
    """Return the words of each story that are furniture of its outlet, by story id; none where none are."""
    owners: dict[str, list[Reading]] = {}
    for reading in readings:
        owners.setdefault(house(reading.story.outlet, reading.story.url), []).append(reading)
    masks: dict[str, Mask] = {}
    for name, own in owners.items():
        if name and len(own) >= STORIES:
            masks |= _of_house(own)
    return masks


def _of_house(own: Sequence[Reading]) -> dict[str, Mask]:
    runs = [shingles(reading.codes, WIDTH) for reading in own]
    every, counts = np.unique(np.concatenate([np.unique(run) for run in runs]), return_counts=True)
    common = every[counts >= STORIES]
    masks = {}
    for reading, run in zip(own, runs, strict=True) if len(common) else ():
        mask = covered(np.isin(run, common), WIDTH, len(reading))
        if 0 < mask.sum() <= MOST * len(reading):
            masks[reading.story.id] = mask
    return masks
