from __future__ import annotations

from pathlib import Path

import pytest

from bench.times import GUM, PARSTDEX, gum, main, measure, parstdex, read_table


def test_the_table_holds_its_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.times.SHARED", Path("absent"))
    assert main(["--floors", str(Path(__file__).parents[2] / "bench" / "floors-times.toml")]) == 0
    assert set(measure()[0]) == {f"table {name}" for name in read_table()}
    assert "value" in capsys.readouterr().out


@pytest.mark.shared
@pytest.mark.skipif(not GUM.exists(), reason="../shared is not here")
def test_spans_hold_their_floor_on_a_slice_of_gum() -> None:
    assert gum(GUM, limit=6)["overlap.f1"] >= 60


@pytest.mark.shared
@pytest.mark.skipif(not PARSTDEX.exists(), reason="../shared is not here")
def test_spans_hold_their_floor_on_persian_sentences() -> None:
    assert parstdex(PARSTDEX)["overlap.f1"] >= 90
