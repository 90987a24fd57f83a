"""One claim for a terminal, from its JSON line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.export.claims import UNDATED, origins_told, spread
from reportedly.export.plain import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.types import JsonObject


def write_trace(console: Console, line: JsonObject) -> None:
    """Print a claim, its statements in order of time, and why its origins were counted so."""
    console.print(Text(one_line(line["text"]), style="bold"))
    counts = f"{line['outlets']} outlets, {line['stories']} stories, origins {origins_told(line)}"
    console.print(Text(f"{counts}, echo {line['echo']:.1f}, sure: {spread(line)}"))
    for role in ("support", "hedged", "against"):
        for one in line[role]:
            console.print(Text(_statement(role, one)))
    for reason in line["origins"]["reasons"]:
        console.print(Text(f"  {one_line(reason)}"))


def _statement(role: str, one: JsonObject) -> str:
    chain = " > ".join(name or "(not named)" for name in one["chain"])
    words = " … ".join(piece["text"] for piece in one["content"])
    return one_line(f"{role:<8} {one['published'] or UNDATED:<10} {chain}: {words}")
