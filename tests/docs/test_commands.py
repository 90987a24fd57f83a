"""The docs are tests: every console block runs, and prints what the page says."""

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Command:
    """One `$ ...` line of a console block and the output under it ("" = not checked)."""

    line: str
    expected: str


def commands(page: Path) -> list[Command]:
    """Return the commands of all console blocks of a page, in order."""
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    found = []
    for part in re.split(r"^\$ ", "\n".join(blocks), flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        found.append(Command(line, output.strip()))
    return found


def _make_targets() -> set[str]:
    return set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _runnable(line: str) -> bool:
    return line.startswith(("reportedly ", "python -m bench", "cat ", "printf ", "echo "))


def _run(line: str, folder: Path) -> tuple[int, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        line, shell=True, cwd=folder, env=environment, capture_output=True, check=False, timeout=200
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_run_and_print_what_it_says(page: Path, tmp_path: Path) -> None:
    for command in commands(page):
        if command.line.startswith("make "):
            assert command.line.split()[1] in _make_targets()
        elif _runnable(command.line):
            code, output = _run(command.line, tmp_path)
            expected_code = int(found[1]) if (found := re.search(r"# exit (\d)", command.line)) else 0
            assert code == expected_code, f"{command.line}\n{output}"
            if command.expected:
                same = doctest.OutputChecker().check_output(command.expected + "\n", output, FLAGS)
                assert same, f"$ {command.line}\n--- page\n{command.expected}\n--- printed\n{output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
