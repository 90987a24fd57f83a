from pathlib import Path

import pytest

from bench import voices
from reportedly.types import Sourcing, Span, Voice, VoiceKind

ROOT = Path(__file__).parents[2]


def test_marks_nest_and_leave_other_brackets_alone() -> None:
    text, spans = voices.unmark("[q1 a [s2 b] [sic] c]")
    assert text == "a b [sic] c"
    assert spans == {("s", 2): [Span(2, 3)], ("q", 1): [Span(0, 11)]}


def test_every_measure_that_the_gold_names_is_compared() -> None:
    gold = {"name": "Ann Reed", "kind": "person", "role": "Mayor"}
    found = Sourcing(Voice("ann reed", VoiceKind.PERSON, role="judge"))
    right = {measure: expected == got for measure, expected, got in voices.compare(gold, found)}
    assert right == {"name": True, "kind": True, "role": False, "of_itself": True, "via": True}


def test_there_are_enough_voices() -> None:
    stories = [
        story
        for part in voices.PARTS
        for story in voices.read_stories(voices.HERE / "voices" / f"{part}.yaml")
    ]
    assert sum(len(story.voices) for story in stories) >= 150


@pytest.mark.issue(4)
def test_floors_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = voices.main(["--floors", str(ROOT / "bench" / "floors-voices.toml")])
    assert status == 0, capsys.readouterr()
