"""`python -m training`: train, export and score as the configuration says."""

from __future__ import annotations

import argparse
from pathlib import Path

from training.config import ROOT, load
from training.train import Run, read_data


def main() -> None:
    """Run the steps that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--config", type=Path, default=ROOT / "training" / "config.toml")
    parser.add_argument(
        "--run", type=Path, default=ROOT / "runs" / "main", help="folder of checkpoints and log"
    )
    arguments = parser.parse_args()
    config = load(arguments.config)
    Run(config, arguments.run).train(read_data(config))


if __name__ == "__main__":
    main()
