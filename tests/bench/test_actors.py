"""The bench for actors: its figures hold their floors."""

from __future__ import annotations

import pytest

from bench import actors


def test_every_case_asks_something_of_its_own_stories() -> None:
    for part in actors.PARTS:
        for case in actors.read_cases(part):
            asked = [question for kind in actors.KINDS for question in case.get(kind, ())]
            assert asked, case["id"]
            for question in asked:
                for name, words in question.items():
                    assert name == "of" or words in case["stories"][name]["text"], (case["id"], words)


def test_floors(capsys: pytest.CaptureFixture[str]) -> None:
    code = actors.main(["--part", "second", "--floors", str(actors.FLOORS)])
    assert code == 0, capsys.readouterr().out
