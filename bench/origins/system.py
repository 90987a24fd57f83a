"""The system under test: `reportedly add`, then `reportedly claims --format jsonl`, read by its contract."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from bench.origins.scoring import Found
from bench.origins.worlds import World, lay_out, story_of_page
from reportedly.cli import app


class NoClaimsError(RuntimeError):
    """The command failed, or there is none; the message is what it said."""


def answers(one: World, folder: Path | None = None) -> tuple[Found, ...]:
    """Return the claims that the system finds in a world, through the command line and nothing else.

    folder: where stories and case are written; None for one that goes away. Raises NoClaimsError.
    """
    if folder is None:
        with tempfile.TemporaryDirectory() as made:
            return answers(one, Path(made))
    case = str(add(one, folder))
    stories = {line["id"]: story_of_page(line["page"]) for line in _lines("stories", case)}
    where = stories | {line["id"]: story_of_page(line["page"]) for line in _lines("statements", case)}
    return tuple(found_claim(line, where) for line in _lines("claims", case))


def add(one: World, folder: Path, *options: str) -> Path:
    """Lay a world out in a folder, have `reportedly add` read it, return the case. Raises NoClaimsError."""
    lay_out(one, folder / one.name)
    case = folder / f"{one.name}.db"
    _run("add", str(folder / one.name), "--case", str(case), "--jobs", "1", *options)
    return case


def _lines(command: str, case: str) -> Iterator[dict[str, Any]]:
    for line in _run(command, "--case", case, "--format", "jsonl").splitlines():
        yield json.loads(line)


def _run(*arguments: str) -> str:
    out, told = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        try:
            code = app(list(arguments))
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    if code:
        raise NoClaimsError(f"reportedly {arguments[0]}: exit code {code}: {told.getvalue().strip()}")
    return out.getvalue()


def found_claim(line: Mapping[str, Any], where: Mapping[str, str]) -> Found:
    """Return a claim's JSON line with stories of the world in the place of ids.

    where: the story of every story id and statement id of the case. A derivation goes from what is rested on
    to what rests on it; ends outside of the corpus and within one story are left out.
    """
    rests = ((_story(one["from"], where), _story(one["to"], where)) for one in line["derivations"])
    return Found(
        text=line["text"],
        support=tuple(_statement(one) for one in line["support"]),
        against=tuple(_statement(one) for one in line["against"]),
        derivations=frozenset((a, b) for a, b in rests if a is not None and b is not None and a != b),
        loops=tuple(frozenset(filter(None, (_story(one, where) for one in loop))) for loop in line["loops"]),
        low=line["origins"]["low"],
        high=line["origins"]["high"],
    )


def _story(end: str | None, where: Mapping[str, str]) -> str | None:
    return where.get(end) if end is not None else None


def _statement(line: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    content = line["content"]
    pieces = [content] if isinstance(content, str) else content
    texts = [piece if isinstance(piece, str) else piece["text"] for piece in pieces]
    return story_of_page(line["page"]), tuple(part for text in texts for part in text.split(" [...] "))
