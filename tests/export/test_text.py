"""Marked text reads well with and without colour, and never lets a page's words act on the terminal."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from reportedly.export import text
from reportedly.export.listed import WIDTH
from tests.export.build import DENIAL, HOSTILE, PERSIAN, Told, view

GOLDEN = Path(__file__).parents[1] / "data" / "contract"


def _printed(told: Told, colour: bool = False, width: int = 80) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=colour,
        color_system="truecolor" if colour else None,
        no_color=not colour,
        width=width,
        highlight=False,
        legacy_windows=False,
    )
    text.write_legend(console)
    text.write_story(console, view(told))
    return out.getvalue()


def test_plain_text_marks_with_brackets() -> None:
    assert _printed(DENIAL) == (GOLDEN / "read.txt").read_text(encoding="utf-8")


def test_coloured_text_has_styles_and_no_brackets() -> None:
    printed = _printed(DENIAL, colour=True)
    assert "\x1b[1;36mThe Ministry of Sea Trade\x1b[0m" in printed
    assert not any(bracket in printed for pair in text.BRACKETS.values() for bracket in pair)


def test_a_language_without_a_pipeline_is_said_to_be_stored_whole() -> None:
    assert "no pipeline for this language (fa): stored whole" in _printed(PERSIAN)


@pytest.mark.parametrize("width", [20, 40, 200])
def test_lines_keep_to_the_width_and_have_no_trailing_blanks(width: int) -> None:
    lines = _printed(DENIAL, width=width).splitlines()[6:]
    body = [line for line in lines if line.startswith("  ")]
    assert max(map(len, body)) <= max(min(width, WIDTH), 30)
    assert [line for line in body if line != line.rstrip()] == []


def test_hostile_words_cannot_act() -> None:
    printed = _printed(HOSTILE)
    assert not any(character in printed for character in "\x1b\x07\u202e")
    assert "partial: only the beginning is shown" in " ".join(printed.split())
