"""The floors under the figures of times, voices, ties and nested attributions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import floors


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    path = tmp_path / "floors.toml"
    path.write_text('["own fresh"]\nprecision = 0.5\nn = 66\n\n[dev]\nname = 90.0\n', encoding="utf-8")
    return path


def test_each_figure_below_its_floor_is_told(pinned: Path) -> None:
    low = floors.below_floor({"own fresh": {"precision": 0.4, "n": 1}, "dev": {"name": 89.9}}, pinned)
    assert low == [
        "own fresh: precision is 0.4, its floor 0.5",
        "own fresh: n is 1, its floor 66",
        "dev: name is 89.9, its floor 90.0",
    ]


def test_a_figure_at_its_floor_holds_and_what_was_not_measured_is_not_asked(pinned: Path) -> None:
    assert floors.below_floor({"dev": {"name": 90.0, "kind": 1.0}}, pinned) == []
    assert floors.below_floor({"other": {"f1": 0.0}}, pinned) == []


def test_a_pinned_figure_that_a_bench_no_longer_gives_is_an_error(pinned: Path) -> None:
    with pytest.raises(KeyError):
        floors.below_floor({"dev": {"kind": 95.0}}, pinned)
