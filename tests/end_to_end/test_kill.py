"""kill -9 in the middle of `add`, then `add` again: the same case as one undisturbed run."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportedly.errors import CaseError
from reportedly.store import Case

pytestmark = pytest.mark.issue(2)

ROWS = 200
PEOPLE = ("Ada Quill", "Tomas Breck", "Ines Marlow", "a ferry official", "the harbour board", "Odo Wray")
PLACES = ("Port Vell", "Harrow Ferry", "Stennick", "Lower Tam", "Cape Arran")
EVENTS = ("the bridge would open in May", "nobody was hurt", "the ferry had been late", "talks had failed")
QUOTES = ("We never signed it", "The water is safe", "It was not us", "Prices will fall")


def _row(number: int) -> dict[str, str]:
    who, where = PEOPLE[number % 6], PLACES[number % 5]
    text = (
        f"{where.upper()} - {who.capitalize()} said on Monday that {EVENTS[number % 4]}.\n\n"
        f"“{QUOTES[number // 4 % 4]},” {PEOPLE[(number + 1) % 6]} told reporters in {where}. "
        f"It was meeting number {number} of the year. Rain fell on {where} all day."
    )
    return {
        "id": f"r{number}",
        "title": f"Meeting {number} in {where}",
        "text": text,
        "outlet": "Vell Courier" if number % 3 else "Evening Buoy",
        "published": f"2019-{number % 12 + 1:02}-{number % 28 + 1:02}",
    }


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kill") / "rows.jsonl"
    lines = [json.dumps(_row(number)) for number in range(ROWS)]
    lines[50] = "{not json"
    path.write_text("\n".join([*lines, lines[7]]) + "\n")
    return path


def _add(rows: Path, case: Path, jobs: int = 1) -> subprocess.Popen[bytes]:
    command = "from reportedly.cli import main; main()"
    flags = ["--case", str(case), "--jobs", str(jobs)]
    return subprocess.Popen(
        [sys.executable, "-c", command, "--set", "batch.commit_items=4", "add", str(rows), *flags],
        stdout=subprocess.DEVNULL,
    )


def _dump(case: Path) -> list[str]:
    with Case.open_readonly(case) as opened:
        return list(opened.dump())


def _pages(case: Path) -> int:
    try:
        with Case.open_readonly(case) as opened:
            return int(next(opened.select("SELECT count(*) FROM pages"))[0])
    except CaseError:
        return 0


def _kill_at(adding: subprocess.Popen[bytes], case: Path, pages: int) -> None:
    while _pages(case) < pages:
        assert adding.poll() is None, "the run ended before it could be killed"
        time.sleep(0.01)
    adding.send_signal(signal.SIGKILL)
    adding.wait()


@pytest.fixture(scope="module")
def undisturbed(rows: Path) -> list[str]:
    case = rows.parent / "undisturbed.db"
    assert _add(rows, case).wait() == 0
    return _dump(case)


def test_killed_runs_end_like_an_undisturbed_one(rows: Path, undisturbed: list[str], tmp_path: Path) -> None:
    case = tmp_path / "killed.db"
    for pages in (8, 60, 120):
        _kill_at(_add(rows, case), case, pages)
        assert pages <= _pages(case) < ROWS - 1
    assert _add(rows, case).wait() == 0
    assert _dump(case) == undisturbed


def test_a_kill_while_the_file_is_made(rows: Path, undisturbed: list[str], tmp_path: Path) -> None:
    case = tmp_path / "killed.db"
    adding = _add(rows, case)
    while not case.exists():
        assert adding.poll() is None
    adding.send_signal(signal.SIGKILL)
    adding.wait()
    assert _add(rows, case, jobs=2).wait() == 0
    assert _dump(case) == undisturbed


def test_the_undisturbed_run_is_whole(undisturbed: list[str]) -> None:
    tables = [json.loads(line)[0] for line in undisturbed]
    assert (tables.count("pages"), tables.count("stories"), tables.count("rejects")) == (
        ROWS - 1,
        ROWS - 1,
        1,
    )
    assert tables.count("statements") > ROWS
