"""`python -m training`: train, export, fit and score as one configuration says.

Each step can be asked for alone (`--steps export score`); training resumes from the run's last checkpoint.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.config import ROOT, load
from training.export import export
from training.mixture import read_data
from training.release import fit_weights, record
from training.train import Run

STEPS = ("train", "export", "fit", "score")


def main() -> None:
    """Run the steps that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--config", type=Path, default=ROOT / "training" / "config.toml")
    parser.add_argument(
        "--run", type=Path, default=ROOT / "runs" / "last", help="folder of checkpoints and log"
    )
    parser.add_argument(
        "--weights", default="best.pt", help="what to export of the run: best.pt, checkpoint.pt"
    )
    parser.add_argument("--version", default="1.1.0", help="version of the exported weights")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    given = parser.parse_args()
    config = load(given.config)
    data = read_data(config, given.run.parent / "cache")
    if "train" in given.steps:
        Run(config, given.run, data.names).train(data)
    if "export" in given.steps:
        export(config, given.run / given.weights, given.version)
    if "fit" in given.steps:
        fit_weights(data.held_out)
    if "score" in given.steps:
        print(record(config, given.run))


if __name__ == "__main__":
    main()
