"""The floors under a bench's figures: a TOML file with a table a part of the data and a floor a figure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bench.shortfalls import complaint


def below_floor(measured: Mapping[str, Mapping[str, float]], floors: Path) -> list[str]:
    """Return a sentence for each figure below its floor; parts that were not measured have none to hold.

    A part's table `short` holds the figures that are known to miss their floor; see `bench.shortfalls`.
    """
    pinned = tomllib.loads(floors.read_text(encoding="utf-8"))
    told: list[str] = []
    for part, wanted in pinned.items():
        short = wanted.pop("short", {})
        for name, floor in wanted.items() if part in measured else ():
            found = complaint(name, measured[part][name], floor, short.get(name))
            told += [f"{part}: {found}"] if found else []
    return told
