"""kill -9 while half two writes: the case keeps what it had, and the next run goes through."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reportedly.corpus import plan
from reportedly.settings import Settings
from reportedly.store import Case
from tests.corpus.written import Line, Told, write

pytestmark = pytest.mark.issue(5)

SHUT = Line("The lock at Tam was shut on 3 May", "Ines Marlow")
KILLED = """
import os, signal, sys
from pathlib import Path
from reportedly.corpus import plan
from reportedly.settings import Settings

rows = plan.rows

def deadly(made):
    yield from made
    os.kill(os.getpid(), signal.SIGKILL)

def some(*arguments):
    tables = dict(rows(*arguments))
    tables["claim_statements"] = deadly(tables["claim_statements"])
    return tables

plan.rows = some
plan.run(Path(sys.argv[1]), Settings())
"""


def _dump(path: Path) -> list[str]:
    with Case.open_readonly(path) as case:
        return list(case.dump())


def test_a_run_killed_in_the_middle_of_its_writing(tmp_path: Path) -> None:
    path = write(tmp_path / "c.db", [Told(f"Paper {day}", f"2019-05-0{day}", [SHUT]) for day in range(1, 5)])
    plan.run(path, Settings())
    write(path, [Told("Late Paper", "2019-05-09", [SHUT, Line("Barges waited at Lower Tam for hours")])])
    before = _dump(path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert _dump(path) == before
    assert plan.run(path, Settings()).fresh
    whole = tmp_path / "whole.db"
    write(whole, [Told(f"Paper {day}", f"2019-05-0{day}", [SHUT]) for day in range(1, 5)])
    write(whole, [Told("Late Paper", "2019-05-09", [SHUT, Line("Barges waited at Lower Tam for hours")])])
    plan.run(whole, Settings())
    assert _dump(path) == _dump(whole)
