from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.attribution import (
    Relation,
    below_floor,
    figures,
    from_offsets,
    main,
    match,
    read_gold,
    table,
    tally,
)

ROOT = Path(__file__).parent.parent.parent
DEV = ROOT.parent / "shared" / "data" / "attribution" / "polnear-dev.jsonl.gz"
TEXT = "Ana Moss said it rained ; Bo denied it"  # tokens 0-8
GOLD = [
    {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 23]]},
    {"source": [[26, 28]], "cue": [[29, 35]], "content": [[36, 38]]},
]


def relation(
    source: list[tuple[int, int]], cue: list[tuple[int, int]], content: list[tuple[int, int]]
) -> Relation:
    return frozenset(source), frozenset(cue), frozenset(content)


PERFECT = {"p": 100.0, "r": 100.0, "f1": 100.0}
RIGHT = [relation([(0, 2)], [(2, 3)], [(3, 5)]), relation([(6, 7)], [(7, 8)], [(8, 9)])]


def score(found: list[Relation]) -> dict[str, Any]:
    return figures(tally([(from_offsets(TEXT, GOLD), found, ())]))


def test_gold_against_itself_is_perfect() -> None:
    tree = score(RIGHT)
    for measure in ("exact", "begin", "jaccard"):
        assert tree[measure] == {
            role: {"p": 100.0, "r": 100.0, "f1": 100.0} for role in ("source", "cue", "content")
        }
    assert tree["relation"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert (tree["link"], tree["content_met"]) == (100.0, 100.0)


def test_nothing_found_scores_nothing() -> None:
    tree = score([])
    assert tree["relation"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert tree["link"] == 0.0


def test_an_attribution_found_twice_scores_once() -> None:
    tree = score([RIGHT[0], RIGHT[0], RIGHT[1]])
    assert tree["relation"] == {"p": 66.67, "r": 100.0, "f1": 80.0}


def test_partial_overlap() -> None:
    half = [relation([(1, 2)], [(2, 3)], [(3, 4)])]
    tree = score(half)
    assert tree["exact"]["source"]["f1"] == 0.0
    assert tree["begin"]["content"] == {"p": 100.0, "r": 50.0, "f1": 66.67}
    assert tree["jaccard"]["source"] == {"p": 50.0, "r": 25.0, "f1": 33.33}
    assert tree["relation"] == {"p": 100.0, "r": 50.0, "f1": 66.67}
    assert tree["content_met"] == 50.0


def test_swapped_contents_are_found_but_not_linked() -> None:
    swapped = [relation([(0, 2)], [(2, 3)], [(8, 9)]), relation([(6, 7)], [(7, 8)], [(3, 5)])]
    tree = score(swapped)
    assert tree["exact"]["content"]["f1"] == 100.0
    assert tree["link"] == 0.0
    assert tree["relation"] == {"p": 0.0, "r": 0.0, "f1": 0.0}


def test_a_source_of_two_attributions_is_foreign_to_neither() -> None:
    gold = [GOLD[0], {"source": [[0, 8]], "cue": [[29, 35]], "content": [[36, 38]]}]
    found = [RIGHT[0], relation([(0, 2)], [(7, 8)], [(8, 9)])]
    tree = figures(tally([(from_offsets(TEXT, gold), found, ())]))
    assert tree["link"] == 100.0


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), max_size=5))
def test_matching_is_one_to_one(overlaps: list[list[float]]) -> None:
    found = match(overlaps)
    assert len({row for _, row, _ in found}) == len({column for _, _, column in found}) == len(found)


def test_both_formats_plain_and_packed(tmp_path: Path) -> None:
    tokens = {
        "tokens": ["Bo", "said", "``", "no", "''"],
        "labels": ["B-source", "B-cue", "B-content", "I-content", "I-content"],
    }
    lines = json.dumps({"text": TEXT, "attributions": GOLD}) + "\n" + json.dumps(tokens) + "\n"
    plain, packed = tmp_path / "gold.jsonl", tmp_path / "gold.jsonl.gz"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    assert list(read_gold(plain)) == list(read_gold(packed))
    first, second = read_gold(plain)
    assert first.spans["content"] == {(3, 5), (8, 9)}
    assert second.text == "Bo said `` no ''"
    assert second.spans["content"] == {(2, 5)}
    assert second.relations is None


def test_a_line_in_neither_format_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        list(read_gold(path))


def test_the_token_format_has_no_relations() -> None:
    tree = figures(tally([]))
    assert tree["relation"] is None
    assert tree["link"] is None
    assert "n/a" in table(tree)


def test_floors_are_pinned_to_a_file(tmp_path: Path) -> None:
    gold, floors = tmp_path / "gold.jsonl", tmp_path / "floors.toml"
    gold.write_text("x", encoding="utf-8")
    digest = hashlib.sha256(b"x").hexdigest()
    floors.write_text(
        f'[one]\nsha256 = "{digest}"\n[one.floor]\n"exact.cue.f1" = 101\nlink = 50\n', encoding="utf-8"
    )
    assert below_floor(score(RIGHT), gold, floors) == ["exact.cue.f1 is 100.0, its floor 101"]
    gold.write_text("y", encoding="utf-8")
    with pytest.raises(ValueError, match="no floor"):
        below_floor(score(RIGHT), gold, floors)


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        json.dumps({"text": "Police said the road was closed.", "attributions": []}), encoding="utf-8"
    )
    assert main(["--gold", str(gold), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) >= {"exact", "begin", "jaccard", "relation", "link"}


@pytest.mark.shared
@pytest.mark.issue(2)
@pytest.mark.skipif(not DEV.exists(), reason="../shared is not here")
def test_the_shipped_model_holds_its_floor_on_a_slice_of_dev(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--gold", str(DEV), "--limit", "12", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["exact"]["source"]["f1"] >= 76
    assert tree["exact"]["cue"]["f1"] >= 70
    assert tree["exact"]["content"]["f1"] >= 60
    assert tree["link"] >= 97
