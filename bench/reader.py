"""The reader on a large case: server time of every page with several clients at once, and memory.

    python -m bench.reader --case wild.db --copies 25         # 400 articles of ../shared/data/wild, 25 times
    python -m bench.reader --case big.db --clients 8 --requests 10000

The case is copied with other ids as often as asked, so that the reader has as many rows as there would be;
the copy stands beside it, as NAME-x25.db, and is made once. The server runs as users run it, in a process of
its own; clients are threads of this one.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportedly import schema

COPIED = {
    "pages": ("id",),
    "sightings": ("page_id",),
    "stories": ("id", "page_id"),
    "set_aside": ("story_id",),
    "statements": ("id", "page_id", "story_id", "parent"),
    "excerpts": ("statement_id",),
    "voices": ("statement_id",),
    "times": ("statement_id",),
    "ties": ("statement_id",),
    "mentions": ("statement_id",),
}
"""The tables that are copied, with the columns that hold ids."""
WORDS = ("president", "police", "attack", "bill", "ministry", "oil prices", "said he would", "court ruling")
PAGE_BYTES = 4096


def main(arguments: list[str] | None = None) -> int:
    """Measure and print a line a page."""
    asked = _parser().parse_args(arguments)
    case = copied(asked.case, asked.copies) if asked.copies > 1 else asked.case
    with served(case, asked.workers) as (port, process):
        addresses = _addresses(port)
        _get(port, "/overview.json")
        seconds, megabytes = load(port, process.pid, addresses, (asked.clients, asked.requests))
    print(f"{'page':12} {'n':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    for name, found in seconds.items():
        found.sort()
        print(
            f"{name:12} {len(found):6} {_at(found, 0.5):8.1f} {_at(found, 0.95):8.1f} {found[-1] * 1e3:8.1f}"
        )
    print("memory in MB at each tenth: " + " ".join(f"{one:.0f}" for one in megabytes))
    return 0


def copied(case: Path, copies: int) -> Path:
    """Return a case with the rows of ``case`` so many times, each time under other ids."""
    made = case.with_name(f"{case.stem}-x{copies}.db")
    if made.exists():
        return made
    connection = sqlite3.connect(made, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    for statement in schema.ddl():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")
    connection.execute("ATTACH ? AS given", (str(case),))
    connection.execute("INSERT INTO engines SELECT * FROM given.engines")
    for number in range(copies):
        _copy(connection, number)
    connection.close()
    return made


def _copy(connection: sqlite3.Connection, number: int) -> None:
    def renamed(value: str | None) -> str | None:
        return None if value is None else hashlib.sha256(f"{value} {number}".encode()).hexdigest()[:16]

    connection.create_function("renamed", 1, renamed, deterministic=True)
    connection.execute("BEGIN")
    for table, ids in COPIED.items():
        names = schema.tables()[table].column_names
        columns = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(f'renamed("{name}")' if name in ids else f'"{name}"' for name in names)
        connection.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM given.{table}")
    connection.execute("COMMIT")


@contextmanager
def served(case: Path, workers: int) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Serve a case in a process of its own; yield its port and the process."""
    program = str(Path(sys.executable).parent / "reportedly")
    command = [program, "serve", "--case", str(case), "--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            port = int(line.partition("127.0.0.1:")[2].partition("/")[0])
            while not _answers(port):
                time.sleep(0.05)
            yield port, process
        finally:
            process.terminate()


def load(
    port: int, pid: int, addresses: dict[str, list[str]], amount: tuple[int, int]
) -> tuple[dict[str, list[float]], list[float]]:
    """Ask for pages from so many clients at once, so many times in all; return seconds and memory."""
    clients, requests = amount
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    megabytes: list[float] = []
    plan = _plan(addresses, requests)
    lock = threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            with lock:
                if not plan:
                    return
                name, address = plan.pop()
                if len(plan) % max(requests // 10, 1) == 0:
                    megabytes.append(_megabytes(pid))
            began = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{address}: {answer.status}")
            seconds[name].append(time.perf_counter() - began)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return dict(sorted(seconds.items())), megabytes


def _plan(addresses: dict[str, list[str]], requests: int) -> list[tuple[str, str]]:
    chance = random.Random(7)
    names = sorted(addresses)
    picked = (names[number % len(names)] for number in range(requests))
    plan = [(name, chance.choice(addresses[name])) for name in picked]
    chance.shuffle(plan)
    return plan


def _addresses(port: int) -> dict[str, list[str]]:
    stories = [one["id"] for one in json.loads(_get(port, "/stories.json"))["stories"]]
    sources = [one["address"] for one in json.loads(_get(port, "/sources.json"))["sources"]]
    return {
        "overview": ["/"],
        "stories": ["/stories", "/stories?from=2013&to=2014"],
        "story": [f"/stories/{one}" for one in stories],
        "as read": [f"/stories/{one}/page" for one in stories],
        "sources": ["/sources", "/sources?kind=person&name=ma"],
        "source": sources[:20],
        "search": [f"/search?q={word.replace(' ', '+')}" for word in WORDS],
        "review": ["/review"],
        "API list": ["/api/v1/stories?limit=50", "/api/v1/statements?limit=50"],
    }


def _get(port: int, address: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", address)
    return connection.getresponse().read()


def _answers(port: int) -> bool:
    try:
        return bool(_get(port, "/static/reader.css"))
    except OSError:
        return False


def _megabytes(pid: int) -> float:
    """Return the resident memory of the server and its workers; what they share counts for each."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    statm = [Path(f"/proc/{one}/statm").read_text(encoding="ascii") for one in (pid, *children)]
    return sum(int(one.split()[1]) for one in statm) * PAGE_BYTES / 1e6


def _at(found: Sequence[float], share: float) -> float:
    return found[min(int(share * len(found)), len(found) - 1)] * 1e3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description=__doc__)
    parser.add_argument("--case", type=Path, required=True, help="a case to serve")
    parser.add_argument("--copies", type=int, default=1, help="how often to copy its rows")
    parser.add_argument("--clients", type=int, default=8, help="clients at once")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer")
    parser.add_argument("--requests", type=int, default=400, help="requests in all")
    return parser


if __name__ == "__main__":
    sys.exit(main())
