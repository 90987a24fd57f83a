"""Stories as text for a terminal: source, cue and content marked in place, the statements listed below.

With colour the marks are styles; without it (NO_COLOR, a pipe, a dumb terminal) they are brackets that occur
in hardly any news text: ⟦source⟧ ⟨cue⟩ ⟪content⟫. Either way the statement's number follows its content.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.export import listed
from reportedly.export.listed import STYLES, WIDTH, write_list
from reportedly.export.marks import Mark, Role, Segment, marks_of, paragraphs, segments
from reportedly.export.plain import one_line, printable

if TYPE_CHECKING:
    from rich.console import Console

    from reportedly.export.views import StoryView
    from reportedly.types import Story

BRACKETS = {Role.SOURCE: ("⟦", "⟧"), Role.CUE: ("⟨", "⟩"), Role.CONTENT: ("⟪", "⟫")}
_NESTED = "bold green underline"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT_MARK = "\u200e"  # keeps a date from being read into the right-to-left name before it


def write_legend(console: Console) -> None:
    """Print the lines that explain marks and list, in the form that ``console`` gets them."""
    line = Text().append("marks: ", style="dim")
    for role in (Role.SOURCE, Role.CUE, Role.CONTENT):
        left, right = ("", "") if _coloured(console) else BRACKETS[role]
        line.append(f"{left}{role}{right}", style=STYLES[role])
        line.append("[n]   n: its number in the list below" if role is Role.CONTENT else "  ", style="dim")
    console.print(line, no_wrap=True, crop=False, soft_wrap=True)
    listed.write_legend(console)
    console.print()


def write_story(console: Console, view: StoryView) -> None:
    """Print one story: header, running text with its marks, and the list of its statements."""
    width = min(console.width, WIDTH)
    _write_header(console, view, width)
    marks = [mark for mark in marks_of(view.statements) if mark.number]
    for start, end in paragraphs(view.story.text):
        _print(console, _paragraph(view.story, (start, end), marks, _coloured(console)), indent=2)
        console.print()
    if view.has_pipeline:
        write_list(console, view)
    else:
        language = view.story.language
        console.print(f"  no pipeline for this language ({language}): stored whole", markup=False)
    console.print()


def _print(console: Console, text: Text, indent: int) -> None:
    """Print ``text`` wrapped and indented, without the trailing blanks that rich pads lines with."""
    room = max(min(console.width, WIDTH) - indent - 2, 20)
    for line in text.wrap(console, room):
        line.rstrip()
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)


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
