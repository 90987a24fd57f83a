"""Trials of single levers: a cut-off one goes on, a logged one is not run again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.training.test_training import config, corpus, module, pytestmark, tasks

__all__ = ["config", "corpus", "pytestmark", "tasks"]


@pytest.fixture
def trials(tmp_path: Path, config: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module, with a log of its own and two small trials."""
    found = module("training.trials")
    monkeypatch.setattr(module("training.experiments"), "LOG", tmp_path / "experiments.tsv")
    small = replace(found.baseline(config), model=config.model)
    monkeypatch.setattr(found, "baseline", lambda _: replace(small, train=replace(small.train, epochs=2)))
    monkeypatch.setattr(
        found, "TRIALS", tuple(one for one in found.TRIALS if one.name in ("baseline", "pieces masked"))
    )
    return found


def test_a_trial_that_was_cut_off_goes_on(trials: Any, config: Any, tmp_path: Path) -> None:
    plain = trials.baseline(config)
    data = module("training.mixture").read_data(plain, tmp_path / "cache")
    cut = module("training.train").Run(plain, tmp_path / "trials" / plain.hash, data.names)
    cut.train(replace(data, held_out=[], dev=[], trees_dev=[]), stop_after=1)
    (line,) = trials.run_trials(config, tmp_path / "trials", "baseline", set())
    assert line.steps > cut.step == 1
    rows = (tmp_path / "trials" / plain.hash / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["epoch"] for row in rows] == [0, 1, 1]  # the last: the mean of both


def test_what_is_in_the_log_is_not_run_again(trials: Any, config: Any, tmp_path: Path) -> None:
    experiments = module("training.experiments")
    assert experiments.logged() == frozenset()
    for line in trials.run_trials(config, tmp_path / "trials", "masked", experiments.logged()):
        experiments.write(line)
    assert len(experiments.logged()) == 1
    left = trials.run_trials(config, tmp_path / "trials", "", experiments.logged())
    assert [line.name for line in left] == ["trial: baseline"]


def test_a_figure_without_a_column_is_refused(trials: Any) -> None:
    experiments = module("training.experiments")
    with pytest.raises(KeyError, match="happiness"):
        experiments.write(experiments.Line("trial: x", "0", "none", 0, 0.0, {"happiness": 1.0}))
