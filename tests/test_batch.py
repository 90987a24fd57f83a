"""Many items: order, jobs, repeats, workers that hang or die, and two at once."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import settings as tree
from reportedly.batch import AddOptions, Progress, add
from reportedly.batch.pool import MakeExtract
from reportedly.errors import LockedCaseError, ModelError, NotACaseError
from reportedly.store import Case
from reportedly.types import Counts, Reason
from tests.store import extractors

FAST = tree.load(overrides=["batch.commit_items=3", "store.busy_seconds=20"])

IMPORTS = """
import sys
from pathlib import Path
from reportedly import settings
from reportedly.batch import *
from tests.store import extractors
"""


def options(jobs: int = 1) -> AddOptions:
    return AddOptions(jobs, extractor=extractors.scripted)


def files(folder: Path, *texts: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number:03}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return [str(path) for path in paths]


def dump(path: Path) -> list[str]:
    with Case.open_readonly(path) as case:
        return list(case.dump())


def reasons(path: Path) -> dict[str, str]:
    with Case.open_readonly(path) as case:
        rows = case.select("SELECT place, reason FROM rejects WHERE page_id IS NULL")
        return {Path(place).name: reason for place, reason in rows}


def balanced(counts: Counts) -> bool:
    return counts.items == counts.pages + counts.known + counts.rejected


def test_jobs_and_order_do_not_show(tmp_path: Path) -> None:
    inputs = files(tmp_path / "in", *(f"page {n}" if n % 5 else "slow refuse" for n in range(11)), "page 1")
    one = add(inputs, tmp_path / "one.db", FAST, options())
    two = add(inputs[::-1], tmp_path / "two.db", FAST, options(2))
    assert dump(tmp_path / "one.db") == dump(tmp_path / "two.db")
    assert one == two
    assert balanced(one)
    assert (one.items, one.pages, one.known, one.rejected) == (12, 8, 1, 3)


def test_adding_again_reads_nothing_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTEDLY_TEST_STARTS", str(tmp_path / "starts"))
    (tmp_path / "starts").mkdir()
    inputs = files(tmp_path / "in", *(f"page {n}" for n in range(5)))
    counting = AddOptions(extractor=extractors.counted)
    add(inputs, tmp_path / "c.db", FAST, counting)
    before = dump(tmp_path / "c.db")
    counts = add(inputs, tmp_path / "c.db", FAST, counting)
    assert dump(tmp_path / "c.db") == before
    assert (counts.items, counts.known) == (5, 5)
    assert len(list((tmp_path / "starts").iterdir())) == 1


def test_workers_are_replaced_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTEDLY_TEST_STARTS", str(tmp_path))
    short = tree.load(overrides=["batch.worker_items=2"])
    inputs = files(tmp_path / "in", *(f"page {n}" for n in range(5)))
    counts = add(inputs, tmp_path / "c.db", short, AddOptions(extractor=extractors.counted))
    assert counts.pages == 5
    assert sum(path.name.isdigit() for path in tmp_path.iterdir()) == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_item_costs_itself_only(tmp_path: Path, jobs: int) -> None:
    limited = tree.load(overrides=["batch.item_seconds=1", "batch.worker_megabytes=2000"])
    texts = ["page 0", "hang", "page 1", "die", "abort", "page 2", "die", "page 3"]
    counts = add(files(tmp_path / "in", *texts), tmp_path / "c.db", limited, options(jobs))
    assert balanced(counts)
    assert (counts.pages, counts.rejected) == (4, 4)
    assert reasons(tmp_path / "c.db") == {
        "001.txt": Reason.TIMEOUT,
        "003.txt": Reason.WORKER_DIED,
        "004.txt": Reason.WORKER_DIED,
        "006.txt": Reason.WORKER_DIED,
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts private memory")
def test_an_item_that_eats_memory_is_contained(tmp_path: Path) -> None:
    limited = tree.load(overrides=["batch.worker_megabytes=1000"])
    counts = add(files(tmp_path / "in", "eat", "page"), tmp_path / "c.db", limited, options())
    assert (counts.pages, counts.rejected) == (1, 1)


def test_inputs_that_are_refused_before_any_worker(tmp_path: Path) -> None:
    counts = add([str(tmp_path / "absent.txt")], tmp_path / "c.db", FAST, options())
    assert (counts.items, counts.rejected) == (1, 1)
    assert reasons(tmp_path / "c.db") == {"absent.txt": Reason.NOT_FOUND}


@pytest.mark.parametrize("text", ["page", "page " * 100_000])
@pytest.mark.parametrize("make", [extractors.unable, extractors.dead])
def test_a_worker_that_cannot_begin_ends_the_run(tmp_path: Path, text: str, make: MakeExtract) -> None:
    broken = AddOptions(extractor=make)
    with pytest.raises(ModelError):
        add(files(tmp_path / "in", text), tmp_path / "c.db", FAST, broken)


def test_a_model_that_fails_later_ends_the_run_and_keeps_what_was_done(tmp_path: Path) -> None:
    inputs = files(tmp_path / "in", "page 1", "page 2", "no-model", "page 3")
    with pytest.raises(ModelError, match="damaged"):
        add(inputs, tmp_path / "c.db", FAST, options())
    assert sum(line.startswith('["pages"') for line in dump(tmp_path / "c.db")) == 2


def test_an_interrupt_keeps_what_was_done(tmp_path: Path) -> None:
    inputs = files(tmp_path / "in", *(f"slow page {n}" for n in range(8)))

    def stop(progress: Progress) -> None:
        if progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(inputs, tmp_path / "c.db", FAST, options(), stop)
    assert sum(line.startswith('["pages"') for line in dump(tmp_path / "c.db")) == 4
    add(inputs, tmp_path / "c.db", FAST, options())
    add(inputs, tmp_path / "whole.db", FAST, options())
    assert dump(tmp_path / "c.db") == dump(tmp_path / "whole.db")


def test_progress_counts_every_item(tmp_path: Path) -> None:
    seen: list[Progress] = []
    inputs = files(tmp_path / "in", *(f"page {n}" for n in range(7)))
    add(inputs, tmp_path / "c.db", FAST, options(), seen.append)
    assert [one.done for one in seen] == list(range(1, 8))
    assert [one.place for one in seen] == inputs
    assert [one.counts.items for one in seen] == [0, 0, 3, 3, 3, 6, 6]


def test_two_adds_at_once(tmp_path: Path) -> None:
    inputs = files(tmp_path / "in", *(f"slow page {n}" for n in range(10)))
    command = (
        f"{IMPORTS}"
        "add(sys.argv[2:], Path(sys.argv[1]), settings.load(overrides=['batch.commit_items=2']),"
        " AddOptions(1, extractor=extractors.scripted))"
    )
    path = tmp_path / "c.db"
    running = [
        subprocess.Popen([sys.executable, "-c", command, str(path), *part], cwd=Path(__file__).parents[1])
        for part in (inputs, inputs[::-1])
    ]
    assert [one.wait(120) for one in running] == [0, 0]
    add(inputs, tmp_path / "alone.db", FAST, options())
    assert dump(path) == dump(tmp_path / "alone.db")


def test_a_case_that_stays_locked(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    hasty = tree.load(overrides=["store.busy_seconds=0.1"])
    with Case.create_or_open(path, 1.0) as case, case._transaction():
        case._insert("rejects", [])
        with pytest.raises(LockedCaseError):
            add(files(tmp_path / "in", "page"), path, hasty, options())


def test_a_file_that_is_no_case_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("notes")
    with pytest.raises(NotACaseError):
        add([str(tmp_path)], path, FAST, options())
    assert path.read_text() == "notes"


def test_reading_while_adding(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    Case.create_or_open(path, 1.0).close()
    inputs = files(tmp_path / "in", *(f"slow page {n}" for n in range(9)))
    amounts: list[int] = []

    def look(_: Progress) -> None:
        with Case.open_readonly(path) as case:
            amounts.append(next(case.select("SELECT count(*) FROM pages"))[0])

    adding = threading.Thread(target=add, args=(inputs, path, FAST, options(), look))
    adding.start()
    adding.join(120)
    assert amounts == [0, 0, 3, 3, 3, 6, 6, 6, 9]


def test_memory_of_waiting_items_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.batch._AHEAD_BYTES", 1)
    inputs = files(tmp_path / "in", *(f"page {n}" for n in range(6)))
    assert add(inputs, tmp_path / "c.db", FAST, options(2)).pages == 6


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    starts.mkdir()
    command = (
        f"{IMPORTS}"
        "add(sys.argv[2:], Path(sys.argv[1]), settings.Settings(), AddOptions(extractor=extractors.counted))"
    )
    inputs = files(tmp_path / "in", "hang")
    parent = subprocess.Popen(
        [sys.executable, "-c", command, str(tmp_path / "c.db"), *inputs],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "REPORTEDLY_TEST_STARTS": str(starts)},
    )
    worker = _eventually(lambda: next((int(path.name) for path in starts.iterdir()), None))
    parent.kill()
    parent.wait()
    assert _eventually(lambda: _gone(worker) or None)


def _gone(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def _eventually(look: Callable[[], int | None]) -> int:
    for _ in range(600):
        found = look()
        if found is not None:
            return found
        time.sleep(0.05)
    raise AssertionError("it never happened")


def test_what_a_worker_loaded_is_left_out_of_garbage_collection() -> None:
    code = (
        "import gc; from reportedly.batch import ready_extractor; from reportedly.settings import Settings\n"
    )
    code += "ready_extractor(Settings()); print(gc.get_freeze_count())"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) > 10_000
