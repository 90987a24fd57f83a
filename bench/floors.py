"""The floors under a bench's figures: a TOML file with a table a part of the data and a floor a figure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path


def below_floor(measured: Mapping[str, Mapping[str, float]], floors: Path) -> list[str]:
    """Return a sentence for each figure below its floor; parts that were not measured have none to hold."""
    pinned = tomllib.loads(floors.read_text(encoding="utf-8"))
    return [
        f"{part}: {name} is {measured[part][name]}, its floor {floor}"
        for part, wanted in pinned.items()
        if part in measured
        for name, floor in wanted.items()
        if measured[part][name] < floor
    ]
