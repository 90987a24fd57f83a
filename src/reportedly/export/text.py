"""Stories as text for a terminal: source, cue and content marked in place, the statements listed below.

With colour the marks are styles; without it (NO_COLOR, a pipe, a dumb terminal) they are brackets that occur
in hardly any news text: ⟦source⟧ ⟨cue⟩ ⟪content⟫. Either way the statement's number follows its content.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.export.marks import Mark, Role, Segment, marks_of, numbered, paragraphs, segments
from reportedly.export.plain import one_line, printable
from reportedly.types import Kind

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.export.views import StoryView
    from reportedly.types import Excerpt, Statement, Story

WIDTH = 100
"""Widest text, in columns; a narrower terminal makes it narrower."""

BRACKETS = {Role.SOURCE: ("⟦", "⟧"), Role.CUE: ("⟨", "⟩"), Role.CONTENT: ("⟪", "⟫")}
STYLES = {Role.SOURCE: "bold cyan", Role.CUE: "italic yellow", Role.CONTENT: "green", Role.AUTHOR: ""}
_NESTED = "bold green underline"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT_MARK = "\u200e"  # keeps a date from being read into the right-to-left name before it


def write_legend(console: Console) -> None:
    """Print the line that explains the marks, in the form that ``console`` gets them."""
    line = Text().append("marks: ", style="dim")
    for role in (Role.SOURCE, Role.CUE, Role.CONTENT):
        left, right = ("", "") if _coloured(console) else BRACKETS[role]
        line.append(f"{left}{role}{right}", style=STYLES[role])
        line.append("[n]   n: its number in the list below" if role is Role.CONTENT else "  ", style="dim")
    console.print(line, no_wrap=True, crop=False, soft_wrap=True)
    console.print()


def write_story(console: Console, view: StoryView) -> None:
    """Print one story: header, running text with its marks, and the list of its statements."""
    width = min(console.width, WIDTH)
    _write_header(console, view, width)
    marks = [mark for mark in marks_of(view.statements) if mark.role is not Role.AUTHOR]
    for start, end in paragraphs(view.story.text):
        _print(console, _paragraph(view.story, (start, end), marks, _coloured(console)), indent=2)
        console.print()
    _write_list(console, view)


def _print(console: Console, text: Text, indent: int, hanging: int = 0) -> None:
    """Print ``text`` wrapped and indented, without the trailing blanks that rich pads lines with."""
    room = max(min(console.width, WIDTH) - indent - hanging - 2, 20)
    for number, line in enumerate(text.wrap(console, room)):
        line.rstrip()
        blanks = " " * (indent + (hanging if number else 0))
        console.print(Text(blanks).append_text(line), soft_wrap=True)


def _coloured(console: Console) -> bool:
    return console.is_terminal and not console.no_color and console.color_system is not None


def _write_header(console: Console, view: StoryView, width: int) -> None:
    told = view.story.metadata
    console.print(Text("─" * width, style="dim"), no_wrap=True)
    console.print(Text(one_line(told.title or "(no headline)"), style="bold"), width=width)
    facts = [
        told.outlet or "(no outlet named)",
        told.published.value if told.published else "undated",
        told.place,
        f"by {told.byline}" if told.byline else None,
        f"agency {told.agency}" if told.agency else None,
        view.story.language,
        "partial: only the beginning is shown" if view.story.partial else "whole",
    ]
    line = " · ".join(one_line(fact) for fact in facts if fact)
    if _RIGHT_TO_LEFT.search(line):
        line = line.replace(" · ", f" · {_LEFT_TO_RIGHT_MARK}")
    console.print(Text(line), width=width)
    place = f"{one_line(view.page_name)}  story {view.story.index}"
    console.print(Text(place, style="dim"), soft_wrap=True)
    console.print()


def _paragraph(story: Story, bounds: tuple[int, int], marks: list[Mark], coloured: bool) -> Text:
    line = Text()
    for segment in segments(*bounds, marks):
        if not coloured:
            line.append("".join(BRACKETS[mark.role][0] for mark in _distinct(segment.opens)))
        line.append(
            printable(story.text[segment.start : segment.end]), style=_style(story, segment, coloured)
        )
        for mark in _distinct(segment.closes):
            if not coloured:
                line.append(BRACKETS[mark.role][1])
            if mark.role is Role.CONTENT:
                line.append(f"[{mark.number}]", style="dim")
    return line


def _distinct(marks: tuple[Mark, ...]) -> list[Mark]:
    """Return one mark of several on the same words in the same role: a source may speak twice."""
    keys = [(mark.start, mark.end, mark.role, mark.number * (mark.role is Role.CONTENT)) for mark in marks]
    return list(dict(zip(keys, marks, strict=True)).values())


def _style(story: Story, segment: Segment, coloured: bool) -> str:
    if any(span.start <= segment.start < span.end for span in (*story.headings, *story.captions)):
        return "bold"
    if not coloured or not segment.marks:
        return ""
    innermost = segment.marks[-1]
    nested = sum(mark.role is Role.CONTENT for mark in segment.marks) > 1
    return _NESTED if nested and innermost.role is Role.CONTENT else STYLES[innermost.role]


def _write_list(console: Console, view: StoryView) -> None:
    if not view.has_pipeline:
        console.print(
            f"  no pipeline for this language ({view.story.language}): stored whole\n", markup=False
        )
        return
    listed = numbered(view.statements)
    numbers = {statement.id: number for number, statement in listed}
    for number, statement in listed:
        _print(console, _entry(number, statement, numbers), indent=2, hanging=4)
        body = (
            Text().append("says: ", style="dim").append(_words(statement.content), style=STYLES[Role.CONTENT])
        )
        _print(console, body, indent=6)
    _write_own_voice(console, view)
    console.print()


def _write_own_voice(console: Console, view: StoryView) -> None:
    """List what the story says itself, a line each: the whole words stand in the text above."""
    own = [statement for statement in view.statements if statement.kind is Kind.AUTHOR]
    said = "statement" if len(own) == 1 else "statements"
    console.print(Text(f"  {len(own)} {said} in the story's own voice", style="dim"))
    room = max(min(console.width, WIDTH) - 8, 20)
    for statement in own:
        line = Text(_words(statement.content))
        line.truncate(room, overflow="ellipsis")
        console.print(Text("      ").append_text(line), soft_wrap=True)


def _entry(number: int, statement: Statement, numbers: dict[str, int]) -> Text:
    head = Text()
    head.append(f"[{number}]", style="bold").append(f" {statement.kind}")
    for label, excerpt, role in (("who", statement.source, Role.SOURCE), ("cue", statement.cue, Role.CUE)):
        head.append(f"  {label}: ", style="dim")
        head.append(one_line(excerpt.text) if excerpt else "(not named)", style=STYLES[role])
    head.append(f"  conf {_decimal(statement.confidence)}", style="dim")
    if statement.parent in numbers:
        head.append(f"  inside [{numbers[statement.parent]}]", style="dim")
    return head


def _words(content: tuple[Excerpt, ...]) -> str:
    return " … ".join(one_line(piece.text) for piece in content)


def _decimal(confidence: float) -> str:
    return f"{confidence:.2f}".removeprefix("0")
