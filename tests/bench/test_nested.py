"""The shipped model on a slice of the nested cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.nested import below_floor, figures, read_cases, reader, tally


@pytest.mark.issue(4)
def test_the_shipped_model_holds_its_floor_on_a_slice() -> None:
    cases = [case for part in ("development", "fresh") for case in read_cases(part)[::4]]
    found = figures(tally(cases, reader()))
    assert found["f1"] >= 66  # release 1.1.0: 69.8 on the pinned libraries, every fourth case of both parts
    assert found["quiet"] >= 90


def test_a_floor_gives_way(tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[fresh]\nf1 = 101\nquiet = 50\n", encoding="utf-8")
    assert below_floor({"fresh": {"f1": 90.0, "quiet": 60.0}}, floors) == ["fresh: f1 is 90.0, its floor 101"]
    assert below_floor({"development": {"f1": 90.0}}, floors) == []
