"""Writes docs/reference/cli.md from the live commands: ``python -m tests.cli_reference``."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from reportedly.cli import COMMANDS, app

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"

INTRODUCTION = """\
# Commands

Generated from the live commands by `python -m tests.cli_reference`; a test holds it to them.

Settings, `--verbose` and `--debug` stand before the command: `reportedly --set read.max_bytes=1_000_000 add`.
Results go to standard output; progress, refusals and remarks go to standard error. Tables are as wide as the
terminal (`COLUMNS`, or 160 where there is none), plain in a pipe; `NO_COLOR` takes the colour away. A reader
that stops early (`| head`) is no error.

## Exit codes

| code | meaning |
|---|---|
| 0 | done; for what reads: something was read or known already, even if other inputs were refused |
| 1 | `doctor` found something wrong, or an error that nobody foresaw (`--debug` shows where) |
| 2 | bad configuration: flags or settings that cannot work, all told together before any work starts |
| 3 | nothing could be read: every input was refused, see standard error |
| 4 | the case file cannot be used: missing, not ours, newer, locked; nothing was written to it |
| 5 | the model is missing or damaged |
| 130 | interrupted; what was written stays, and the same command goes on from there |
"""


def page() -> str:
    """Return the page as the live commands have it."""
    blocks = [INTRODUCTION, _block("reportedly", ["--help"])]
    blocks += [_block(f"reportedly {name}", [name, "--help"]) for name in COMMANDS]
    return "\n".join(blocks)


def _block(title: str, arguments: list[str]) -> str:
    done = CliRunner().invoke(
        app, arguments, env={"COLUMNS": "100", "TERMINAL_WIDTH": "100"}, prog_name="reportedly"
    )
    body = "\n".join(line.rstrip() for line in done.output.splitlines()).strip()
    return f"## {title}\n\n```text\n{body}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
