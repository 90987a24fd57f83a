"""The list under a marked text in a terminal: each statement with its chain, how sure, and when.

A margin lines up down the page: the number, and how sure the voice is over the time that the claim is of. A
statement inside another stands under it and further in. On a narrow terminal the margin becomes a line
above.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.export import telling
from reportedly.export.marks import Role, depths, numbered
from reportedly.export.plain import clip, one_line
from reportedly.types import Commitment, Kind

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.export.views import StoryView
    from reportedly.types import Excerpt, Statement, Story

WIDTH = 100
"""Widest text, in columns; a narrower terminal makes it narrower."""
STYLES = {Role.SOURCE: "bold cyan", Role.CUE: "italic yellow", Role.CONTENT: "green", Role.AUTHOR: ""}
SURE = {
    Commitment.CT_PLUS: "bold green",
    Commitment.PR_PLUS: "green",
    Commitment.PS_PLUS: "yellow",
    Commitment.CT_MINUS: "bold red",
    Commitment.PR_MINUS: "red",
    Commitment.PS_MINUS: "magenta",
    Commitment.CT_U: "blue",
    Commitment.UU: "dim",
}
"""Green for, red against, the stronger the surer."""

_NUMBER, _SURE = 7, 16
"""Columns of the margin: the number; how sure, and under it when."""
_MARGIN = _NUMBER + _SURE
_NARROW = _MARGIN + 36
"""Columns under which the margin goes above."""
_INDENT = 2
_STEP = 2
"""Columns further in for each statement around one."""


def write_legend(console: Console) -> None:
    """Print the lines that explain the list."""
    lines = [Text("sure:  ", style="dim"), Text("       ")]
    for at, (value, word) in enumerate(telling.COMMITMENTS.items()):
        lines[at // 4].append(f"{value.value:<3} ", style=SURE[value]).append(f"{word:<13}", style="dim")
    lines.append(
        Text("when:  under it, the days that the claim is of; “words”? could not be told", style="dim")
    )
    lines.append(Text("chain: outlet › on the way › who says it; └ inside the one above", style="dim"))
    for line in lines:
        line.rstrip()
        console.print(line, no_wrap=True, crop=False, soft_wrap=True)


def write_list(console: Console, view: StoryView) -> None:
    """Print the statements of a story: those on somebody's word, then the story's own."""
    listed = numbered(view.statements)
    deep = depths([statement for _, statement in listed])
    if listed:
        _heading(console)
    for number, statement in listed:
        depth = deep[statement.id]
        margin = _margin(f"└[{number}]" if depth else f"[{number}]", statement, view.story)
        _entry(console, margin, list(_told(statement, view.story)), depth)
    own = [statement for statement in view.statements if statement.kind is Kind.AUTHOR]
    said = "statement" if len(own) == 1 else "statements"
    console.print(Text(f"  {len(own)} {said} in the story's own voice", style="dim"))
    for statement in own:
        room = max(_width(console) - _INDENT - _MARGIN * (_width(console) >= _NARROW), 20)
        _entry(console, _margin("", statement, view.story), _own(statement, view.story, room), 0)


def _heading(console: Console) -> None:
    if _width(console) >= _NARROW:
        head = " " * _INDENT + f"{'no':<{_NUMBER}}{'sure, when':<{_SURE}}on whose word, and what"
        console.print(Text(head, style="dim"), soft_wrap=True)


def _margin(number: str, statement: Statement, story: Story) -> tuple[Text, Text, Text]:
    style = SURE[statement.commitment] if statement.commitment else ""
    when = telling.when(statement.times, story)
    return Text(number, style="bold"), Text(telling.sure(statement.commitment), style=style), Text(when)


def _entry(console: Console, margin: tuple[Text, Text, Text], body: list[Text], depth: int) -> None:
    """Print one statement: its body beside its margin, or under it where there is no room for both."""
    inner = _INDENT + _STEP * depth
    if _width(console) < _NARROW:
        _print(console, [Text("  ").join(part for part in margin if part.plain)], inner)
        _print(console, body, inner + 2 * _STEP)
        return
    number, *rest = margin
    middle = [line for part in rest if part.plain for line in part.wrap(console, _SURE - 1)]
    right = [line for text in body for line in _wrapped(console, text, _width(console) - _MARGIN - inner)]
    for at in range(max(len(middle), len(right))):
        line = _padded(number if at == 0 else Text(), _NUMBER)
        line.append_text(_padded(middle[at] if at < len(middle) else Text(), _SURE))
        line.append(" " * (inner - _INDENT)).append_text(right[at] if at < len(right) else Text())
        _put(console, line, _INDENT)


def _padded(cell: Text, size: int) -> Text:
    cell.rstrip()
    return Text().append_text(cell).append(" " * (size - cell.cell_len))


def _print(console: Console, body: list[Text], indent: int) -> None:
    room = max(_width(console) - indent, 20)
    for line in (line for text in body if text.plain for line in _wrapped(console, text, room)):
        _put(console, line, indent)


def _put(console: Console, line: Text, indent: int) -> None:
    line.rstrip()  # of the blanks that rich pads lines with
    console.print(Text(" " * indent).append_text(line), soft_wrap=True)


def _wrapped(console: Console, text: Text, room: int) -> Iterator[Text]:
    """Yield ``text`` in lines of at most ``room`` columns, those after the first a step further in."""
    for number, line in enumerate(text.wrap(console, max(room, 20) - _STEP)):
        yield Text(" " * _STEP).append_text(line) if number else line


def _told(statement: Statement, story: Story) -> Iterator[Text]:
    """Yield the lines of a statement on somebody's word: its chain, its words, what else is known."""
    *on_the_way, voice = telling.chain(statement)
    line = Text().append("".join(name + telling.ARROW for name in on_the_way), style="dim")
    line.append(voice, style=STYLES[Role.SOURCE])
    confidence = f"{statement.confidence:.2f}".removeprefix("0")
    for fact in (*telling.about(statement), statement.kind, f"conf {confidence}"):
        line.append(f" · {fact}", style="dim")
    yield line
    words = Text()
    if statement.source and one_line(statement.source.text) != voice:
        words.append(f"{one_line(statement.source.text)} ", style="cyan")
    words.append(telling.cue(statement), style=STYLES[Role.CUE])
    said = telling.when(statement.said, story)
    words.append(f" ({said})" if said else "", style="dim").append(": ", style="dim")
    yield words.append(_words(statement.content), style=STYLES[Role.CONTENT])
    others = telling.commitments(statement)
    if others:
        yield Text(f"sure: {others}", style="dim")
    for tie in statement.ties:
        yield Text(f"tie: {telling.tied(tie)}", style="dim")


def _own(statement: Statement, story: Story, room: int) -> list[Text]:
    """Return what the story says itself on one line: the whole words stand in the text above."""
    settled = ", ".join(f"“{one_line(story.text[one.start : one.end])}”" for one in statement.presupposed)
    line = Text(clip(_words(statement.content), room - 2 * _STEP))
    return [line, *([Text(f"as settled: {settled}", style="dim")] if settled else [])]


def _words(content: tuple[Excerpt, ...]) -> str:
    return " … ".join(one_line(piece.text) for piece in content)


def _width(console: Console) -> int:
    return min(console.width, WIDTH)
