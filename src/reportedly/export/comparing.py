"""Two stories for a terminal: the words they share side by side, and what each has alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from reportedly.export.claims import UNDATED
from reportedly.export.plain import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.types import JsonObject, Story

MOST_ALONE = 40
"""Most statements shown that one story has alone."""


def write_comparison(console: Console, line: JsonObject, a: Story, b: Story) -> None:
    """Print what two stories share and what each adds. line: `claims.comparison_line` of the two."""
    for name, page, story in (("a", line["a"], a), ("b", line["b"], b)):
        _print(console, f"{name}  {_headline(story)}", "bold")
        _print(console, f"   {_facts(page, story)}", "dim")
    _print(console, "")
    _print(console, _standing(line))
    for reason in line["reasons"]:
        _print(console, f"  {reason}")
    if line["passages"]:
        console.print(_side_by_side(line["passages"]))
    if line["claims"]:
        _print(console, "claims that both make", "bold")
        for claim in line["claims"]:
            _print(console, f"  {claim['id']}  {claim['text']}")
    for name, alone in (("a", line["only_a"]), ("b", line["only_b"])):
        _alone(console, name, alone)


def _print(console: Console, words: str, style: str = "") -> None:
    console.print(Text(one_line(words) if words.strip() == words else words.rstrip(), style=style))


def _headline(story: Story) -> str:
    return one_line(story.metadata.title or "(no headline)")


def _facts(page: str, story: Story) -> str:
    told = story.metadata
    date = told.published.value if told.published else UNDATED
    facts = (told.outlet or "(no outlet named)", date, page, f"story {story.index}", story.id)
    return " · ".join(map(one_line, facts))


def _standing(line: JsonObject) -> str:
    if line["kind"] is None:
        return "they share no passage"
    first = f"first: {line['from']}" if line["from"] else "which came first cannot be told"
    return f"{line['kind']}; {line['shared_a']:.0%} of a, {line['shared_b']:.0%} of b; {first}"


def _side_by_side(passages: Sequence[JsonObject]) -> Table:
    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False, show_lines=False)
    for header in ("a", "b"):
        table.add_column(header, ratio=1)
    table.add_column("how", width=14)
    for one in passages:
        how = "same words" if one["exact"] else "edited"
        quoted = ", quoted" if one["quoted"] else ""
        table.add_row(Text(one_line(one["text_a"])), Text(one_line(one["text_b"])), how + quoted)
    return table


def _alone(console: Console, name: str, statements: Sequence[JsonObject]) -> None:
    if not statements:
        return
    _print(console, f"only in {name}", "bold")
    for one in statements[:MOST_ALONE]:
        words = " … ".join(piece["text"] for piece in one["content"])
        voice = "" if one["kind"] == "author" else f"{one_line(one['chain'][-1] or '(not named)')}: "
        _print(console, f"  {voice}{one_line(words)}")
    if len(statements) > MOST_ALONE:
        _print(console, f"  and {len(statements) - MOST_ALONE:,} more")
