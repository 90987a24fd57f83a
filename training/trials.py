"""`python -m training.trials`: each lever alone against one plain baseline, at a fraction of the data.

A whole run for each would take days on two cores. The same articles, steps and seed stand behind every line,
so lines compare with each other and with nothing else; differences under about one point are noise (two seeds
of the baseline are among the lines to show it).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training.config import ROOT, Config, load
from training.data import label
from training.experiments import Line, logged, write
from training.measure import measure, measure_trees
from training.mixture import Data, read_data
from training.train import Run

ARTICLES, EPOCHS = 100, 3

Change = Callable[[Config], Config]


@dataclass(frozen=True, slots=True)
class Trial:
    """A lever: what it changes in the baseline."""

    name: str
    change: Change


def _tasks(**values: Any) -> Change:
    return lambda config: replace(config, tasks=replace(config.tasks, **values))


def _weighted(name: str, **values: Any) -> Change:
    def changed(config: Config) -> Config:
        weights = config.tasks.weights | dict.fromkeys(name.split(), 1.0)
        return replace(config, tasks=replace(config.tasks, weights=weights, **values))

    return changed


def _model(**values: Any) -> Change:
    return lambda config: replace(config, model=replace(config.model, **values))


def _train(**values: Any) -> Change:
    return lambda config: replace(config, train=replace(config.train, **values))


def _guessing(config: Config) -> Config:
    tasks = replace(config.tasks, wild_articles=200)
    return replace(config, tasks=tasks, trial=replace(config.trial, words=0.3))


TRIALS = (
    Trial("baseline", lambda config: config),
    Trial("baseline, another seed", _train(seed=21)),
    Trial("case, break and quotation features", _model(features=True)),
    Trial("chain (CRF)", _model(chain=True)),
    Trial("64 pieces of the text before", lambda c: replace(c, data=replace(c.data, context=64))),
    Trial("running mean of the weights, 0.99", _train(ema=0.99)),
    Trial("quotation marks restyled", lambda c: replace(c, augment=replace(c.augment, quotes=0.2))),
    Trial("letter case lost", lambda c: replace(c, augment=replace(c.augment, case=0.1))),
    Trial("pieces masked", lambda c: replace(c, augment=replace(c.augment, mask=0.05))),
    Trial("encoder's rate 1e-4", _train(encoder_rate=1e-4)),
    Trial("twice as long", _train(epochs=2 * EPOCHS)),
    Trial("dropout 0.2", _model(dropout=0.2)),
    Trial("syntax learned along", _weighted("tags parse sentences", treebank_passes=1)),
    Trial("entities learned along", _weighted("entities", entity_passes=1)),
    Trial("sentence vectors kept along", _weighted("vectors", wild_articles=100)),
    Trial("masked words of wild guessed along", _guessing),
    Trial("told whose annotation it is", lambda c: replace(c, trial=replace(c.trial, annotators=True))),
    Trial("goes on from attribution, 6 epochs", _model(start="runs/attribution", features=True, chain=True)),
)


def baseline(config: Config) -> Config:
    """Return the plain network of the design: no features, no chain, no context, nothing learned along."""
    tasks = replace(
        config.tasks,
        treebank_passes=0,
        entity_passes=0,
        wild_articles=0,
        attribution_weight=1.0,
        weights=dict.fromkeys(config.tasks.weights, 0.0),
    )
    return replace(
        config,
        data=replace(config.data, limit=ARTICLES, context=0),
        model=replace(config.model, start=config.model.published, features=False, chain=False),
        train=replace(config.train, epochs=EPOCHS, ema=0.0, checkpoint_steps=40),
        augment=replace(config.augment, quotes=0.0, case=0.0, mask=0.0),
        tasks=tasks,
    )


def run_trials(config: Config, folder: Path, wanted: str, done: Container[str]) -> Iterator[Line]:
    """Run the trials whose name holds ``wanted`` and whose configuration's hash is not in ``done``.

    A trial that was cut off goes on from the checkpoint in its folder.
    """
    plain = baseline(config)
    for trial in TRIALS:
        ours = trial.change(plain)
        if wanted in trial.name and ours.hash not in done:
            yield _measured(trial, ours, folder / ours.hash, read_data(ours, folder.parent / "cache"))


def _measured(trial: Trial, config: Config, folder: Path, data: Data) -> Line:
    run = Run(config, folder, data.names)
    unjudged = replace(data, held_out=[], dev=[], trees_dev=[])  # judged once, at the end
    run.train(unjudged)
    network = run.averaged()
    held, dev = (
        measure(network, [label(document, data.tokenizer) for document in documents])
        for documents in (data.held_out, data.dev)
    )
    figures = {f"held_{name}": held[name] for name in ("source", "cue", "content")}
    figures |= {name: dev[name] for name in ("source", "cue", "content")}
    if config.tasks.treebank_passes:
        figures |= measure_trees(network, data)
    described = f"{ARTICLES} articles x {config.train.epochs}"
    return Line(f"trial: {trial.name}", config.hash, described, run.step, run.seconds / 60, figures)


def main() -> None:
    """Run the trials that are asked for and log each."""
    parser = argparse.ArgumentParser(prog="python -m training.trials", description=__doc__)
    parser.add_argument("--config", type=Path, default=ROOT / "training" / "joint.toml")
    parser.add_argument("--folder", type=Path, default=ROOT / "runs" / "trials")
    parser.add_argument("--only", default="", help="part of a trial's name")
    given = parser.parse_args()
    for line in run_trials(load(given.config), given.folder, given.only, logged()):
        print(write(line), flush=True)


if __name__ == "__main__":
    main()
