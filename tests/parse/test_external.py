from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from typer.testing import CliRunner

from reportedly.attribution import attribute
from reportedly.cli import app
from reportedly.errors import ConfigurationError
from reportedly.parse import load_pipeline, pipeline_problems
from reportedly.parse.pipeline import Pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Span

TEXT = "Ada Moss of Ostrava said: “It rained.” Nobody asked why\nThe town slept. It was late."


def saved(folder: Path, *components: str, language: str = "en") -> str:
    """Build a spaCy pipeline, save it, and return the folder's name."""
    nlp = spacy.blank(language)
    for component in components:
        nlp.add_pipe(component)
    if "entity_ruler" in components:
        ruler: Any = nlp.get_pipe("entity_ruler")
        ruler.add_patterns([{"label": "GPE", "pattern": "Ostrava"}])
    nlp.to_disk(folder)
    return str(folder)


def loaded(name: str) -> Pipeline:
    found = load_pipeline("en", ParseSettings(pipeline=name))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return loaded(saved(tmp_path_factory.mktemp("other"), "sentencizer", "entity_ruler"))


def test_entities_and_sentences_are_the_other_pipelines(other: Pipeline) -> None:
    doc = other.parse(TEXT)
    assert doc.text == TEXT
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Ostrava", "GPE")]
    assert [sentence.text.strip() for sentence in doc.sents][-3:] == [
        "Nobody asked why",
        "The town slept.",
        "It was late.",
    ]


def test_attribution_stays_ours(other: Pipeline) -> None:
    ours = load_pipeline("en", ParseSettings())
    assert ours is not None
    assert attribute(other.parse(TEXT)) == attribute(ours.parse(TEXT))
    assert np.array_equal(other.parse(TEXT).user_data["encoding"].emissions, ours.encode(TEXT).emissions)


def test_headings_stay_sentences_of_their_own(other: Pipeline) -> None:
    doc = other.parse("Flood in Ostrava The river rose.", [Span(0, 16)])
    assert [sentence.text.strip() for sentence in doc.sents] == ["Flood in Ostrava", "The river rose."]


def test_a_pipeline_without_sentences_gets_ours(tmp_path: Path) -> None:
    doc = loaded(saved(tmp_path, "entity_ruler")).parse(TEXT)
    ours = load_pipeline("en", ParseSettings())
    assert ours is not None
    assert [sentence.text for sentence in doc.sents] == [sentence.text for sentence in ours.parse(TEXT).sents]


@pytest.mark.parametrize("text", ["", " \n", "a" * 100_000, "😀 باران"])
def test_odd_texts_keep_every_character(other: Pipeline, text: str) -> None:
    assert other.parse(text).text == text


def test_a_language_neutral_pipeline_will_do(tmp_path: Path) -> None:
    assert loaded(saved(tmp_path, "sentencizer", language="xx")).parse(TEXT).text == TEXT


def test_a_name_that_cannot_be_loaded_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'en'\n", encoding="utf-8")
    for name in ("en_no_such_pipeline", str(tmp_path), str(tmp_path / "none")):
        settings = ParseSettings(pipeline=name)
        with pytest.raises(ConfigurationError, match="cannot be loaded"):
            load_pipeline("en", settings)
        [problem] = pipeline_problems(settings)
        assert name in problem


def test_a_pipeline_for_another_language_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="'de', not for 'en'"):
        load_pipeline("en", ParseSettings(pipeline=saved(tmp_path, "sentencizer", language="de")))


def test_no_problem_is_found_with_our_own_pipeline() -> None:
    assert pipeline_problems(ParseSettings()) == []


@pytest.mark.parametrize("command", [["read"], ["add", "--case", "CASE"]])
def test_the_commands_refuse_a_bad_name_before_they_read_anything(tmp_path: Path, command: list[str]) -> None:
    page, case = tmp_path / "page.txt", tmp_path / "case.db"
    page.write_text(TEXT, encoding="utf-8")
    given = [part.replace("CASE", str(case)) for part in command]
    done = CliRunner().invoke(app, [*given, "--pipeline", "en_no_such_pipeline", str(page)])
    assert done.exit_code == 2
    assert "en_no_such_pipeline" in done.stderr
    assert not case.exists()


def test_the_commands_take_a_name(tmp_path: Path) -> None:
    name = saved(tmp_path / "other", "sentencizer", "entity_ruler")
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(app, ["read", "--pipeline", name, "--format", "jsonl", str(page)])
    assert done.exit_code == 0
    assert "It rained." in done.stdout
