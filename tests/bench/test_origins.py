"""The origin benchmark: worlds hold what they say, answers are scored as documented, baselines count."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bench.origins import system
from bench.origins.__main__ import COLUMNS, baseline_rows, gave_way, score_baseline, score_system, table
from bench.origins.baselines import BASELINES, cosine
from bench.origins.generator import made
from bench.origins.scoring import Found, Score, joined, matched
from bench.origins.system import found_claim
from bench.origins.worlds import (
    GoldClaim,
    Passage,
    UnsoundWorldError,
    World,
    hand_made,
    lay_out,
    sound,
    story_of_page,
    world,
)

pytestmark = pytest.mark.issue(5)

KINDS = {
    *("reprint", "trim", "rewrite-credited", "rewrite-uncredited", "wire", "shared-speaker"),
    *("shared-document", "independent", "distortion", "denial", "loop", "unnamed-officials", "same-name"),
    *("correction", "recycled", "press-conference", "eyewitness-and-document", "outsider", "retraction"),
    *("organisation-and-spokesman", "self", "furniture", "denied-reports", "cited-outside", "hedge"),
}

TINY = """
about: A word goes round.
kinds: [cited]
wires: [Corvid]
stories:
  north:
    {outlet: North, published: "2020-01-01", title: Barn burns, text: "The barn burned, Ann said. It is old."}
  south: {outlet: South, published: "2020-01-02", title: Barn burns, text: "The barn burned, North reported."}
  east: {outlet: East, published: "2020-01-03", title: Smoke, text: "(Corvid) The barn burned, Bo said."}
  west: {outlet: East, published: "2020-01-03", title: Rain, text: "(Corvid) The barn did not burn, Cy said"}
claims:
  - text: The barn burned.
    support: [{north: The barn burned}, {south: The barn burned}, {east: The barn burned}]
    against: [{west: The barn did not burn}]
    derivations: [{from: north, to: south, how: cites, credited: true}]
    loops: [[north, south]]
    origins: {low: 2, high: 2, why: Ann and Bo.}
"""


@pytest.fixture
def tree() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(TINY)
    return read


@pytest.fixture
def tiny(tree: Mapping[str, Any]) -> World:
    return sound(world("tiny", tree))


def found(**given: Any) -> Found:
    leaves: dict[str, Any] = {"text": "", "support": (), "against": (), "derivations": frozenset()}
    return Found(**leaves | {"loops": (), "low": 1, "high": 1} | given)


def scored(one: World, answer: Found | None) -> Score:
    score = Score()
    score.add(one, one.claims[0], answer)
    return score


# Worlds


def test_worlds_by_hand_are_sound_many_and_of_every_kind() -> None:
    worlds = list(hand_made())
    assert len(worlds) >= 20
    assert {kind for one in worlds for kind in one.kinds} >= KINDS
    assert all(3 <= len(one.stories) <= 8 for one in worlds)
    assert all(len(claim.why) > 25 for one in worlds for claim in one.claims)


def test_worlds_by_hand_do_not_reward_one_answer() -> None:
    ranges = [(claim.low, claim.high) for one in hand_made() for claim in one.claims]
    assert max(map(ranges.count, ranges)) <= 0.55 * len(ranges)
    assert {(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3)} <= set(ranges)


def test_generated_worlds_are_sound_and_the_same_for_a_seed() -> None:
    worlds = list(made(40))
    assert worlds == list(made(40))
    assert [one.stories for one in worlds] != [one.stories for one in made(40, seed=1)]
    assert len({one.stories for one in worlds}) == 40
    assert all(3 <= len(one.stories) <= 8 for one in worlds)


@given(st.integers(min_value=0))
def test_any_seed_makes_sound_worlds(seed: int) -> None:
    assert len([sound(one) for one in made(20, seed)]) == 20


def test_a_generated_loop_gives_no_ground_and_two_officials_one_or_two() -> None:
    by_recipe = {one.about.partition(": ")[2]: one.claims for one in made(20)}
    assert (by_recipe["loop 3"][0].low, by_recipe["loop 3"][0].high) == (0, 0)
    assert [len(loop) for loop in by_recipe["loop 3"][0].loops] == [3]
    unnamed = by_recipe["unnamed, unnamed, cite 0"][0]
    assert (unnamed.low, unnamed.high) == (1, 2)
    true, changed = by_recipe["person, distort 0, retract-distorted 1"]
    assert (true.low, true.high, changed.low, changed.high) == (1, 1, 0, 1)
    assert {passage.words for passage in changed.support} == {passage.words for passage in true.distortions}


@pytest.mark.parametrize(
    ("key", "wrong", "told"),
    [
        ("support", [{"north": "The barn sank"}], "does not have"),
        ("against", [{"up": "The barn burned"}], "unknown story up"),
        ("derivations", [{"from": "north", "to": "north", "how": "x", "credited": True}], "derives north"),
        ("loops", [["north", "up"]], "loop"),
        ("origins", {"low": 2, "high": 4, "why": ""}, "2..4"),
        ("origins", {"low": 3, "high": 2, "why": ""}, "3..2"),
        ("neither", [{"north": "The barn burned"}], "warns of"),
    ],
)
def test_a_world_that_contradicts_itself_is_refused(
    tree: dict[str, Any], key: str, wrong: object, told: str
) -> None:
    tree["claims"][0][key] = wrong
    with pytest.raises(UnsoundWorldError, match=told):
        sound(world("tiny", tree))


def test_a_story_in_a_format_that_prints_its_date_has_one(tree: dict[str, Any]) -> None:
    tree["stories"]["north"] |= {"format": "md", "published": None}
    with pytest.raises(UnsoundWorldError, match="north is undated"):
        sound(world("tiny", tree))


def test_a_world_is_laid_out_as_files_whose_pages_lead_back(tiny: World, tree: Any, tmp_path: Path) -> None:
    for name, kind in {"north": "html", "south": "eml", "east": "md"}.items():
        tree["stories"][name]["format"] = kind
    lay_out(world("tiny", tree), tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"rows.jsonl", "north.html", "south.eml", "east.md"}
    assert json.loads((tmp_path / "rows.jsonl").read_text())["id"] == "west"
    assert story_of_page(str(tmp_path / "rows.jsonl") + "#west") == "west"
    assert story_of_page(str(tmp_path / "north.html")) == "north"
    assert "*East, 3 January 2020*" in (tmp_path / "east.md").read_text()
    assert "Date: Thu, 02 Jan 2020" in (tmp_path / "south.eml").read_text()
    assert '<meta property="og:site_name" content="North">' in (tmp_path / "north.html").read_text()


# Scores


def test_a_right_answer_scores_all(tiny: World) -> None:
    answer = found(
        support=tuple((name, ("The barn burned",)) for name in ("north", "south", "east")),
        derivations=frozenset({("north", "south")}),
        loops=(frozenset({"north", "south"}),),
        low=2,
        high=2,
    )
    row = scored(tiny, answer).row()
    assert {row[key] for key in ("exact", "low", "high", "derivation", "loops", "found")} == {100}
    assert {row[key] for key in ("false", "trapped")} == {0}


def test_a_claim_that_was_not_found_is_wrong_throughout(tiny: World) -> None:
    row = scored(tiny, None).row()
    assert {row[key] for key in ("exact", "low", "high", "derivation", "loops", "found")} == {0}
    assert row["false"] is None


def test_a_denial_counted_as_support_is_false(tiny: World) -> None:
    support = (("north", ("The barn burned",)), ("west", ("The barn did not\nburn",)))
    score = scored(tiny, found(support=support))
    assert (score.supports, score.false, score.trapped, score.traps) == (2, 1, 1, 1)


def test_an_edge_the_wrong_way_round_is_wrong_unless_there_is_no_way(tiny: World, tree: Any) -> None:
    turned = found(derivations=frozenset({("south", "north")}))
    assert scored(tiny, turned).row()["derivation"] == 0
    tree["claims"][0]["derivations"][0]["either"] = True
    assert scored(world("tiny", tree), turned).row()["derivation"] == 100


def test_stories_of_one_root_ask_for_one_link_less_than_there_are(tree: Any) -> None:
    ends = [("north", "south"), ("south", "east")]
    tree["claims"][0]["derivations"] = [
        {"from": a, "to": b, "how": "same-event", "credited": False, "either": True} for a, b in ends
    ]
    one = world("tiny", tree)
    star = scored(one, found(derivations=frozenset({("north", "south"), ("north", "east")})))
    clique = scored(
        one, found(derivations=frozenset({("north", "south"), ("north", "east"), ("east", "south")}))
    )
    assert star.row()["derivation"] == clique.row()["derivation"] == 100
    half = scored(one, found(derivations=frozenset({("east", "south")})))
    assert (half.gold_derivations, half.found_derivations, half.right_derivations) == (2, 1, 1)


def test_a_link_with_a_story_that_does_not_support_is_neither_right_nor_wrong(tiny: World) -> None:
    answer = found(derivations=frozenset({("north", "south"), ("west", "north")}))
    assert scored(tiny, answer).row()["derivation"] == 100


def test_claims_are_matched_one_to_one_by_their_support(tiny: World) -> None:
    most = found(support=(("north", ("barn burned",)), ("east", ("The barn burned, Bo",))))
    other = found(support=(("south", ("The barn burned",)),))
    none = found(support=(("north", ("It is old.",)), ("west", ("The barn did not burn",))))
    assert matched(tiny, [none, other, most]) == [(tiny.claims[0], most)]
    assert matched(tiny, [none]) == [(tiny.claims[0], None)]


def test_the_public_line_of_a_claim_is_read() -> None:
    where = {"s1": "north", "s2": "south", "story2": "south", "story1": "north"}
    statement = {"page": "x/rows.jsonl#north", "content": [{"text": "The barn"}, {"text": "burned"}]}
    line = {
        "text": "The barn burned.",
        "support": [statement, {"page": "x/south.html", "content": "The barn [...] burned"}],
        "against": [],
        "derivations": [
            {"from": "s1", "to": "s2"},
            {"from": None, "to": "s1"},
            {"from": "s1", "to": "s1"},
        ],
        "loops": [["story1", "story2"]],
        "origins": {"low": 1, "high": 2},
    }
    claim = found_claim(line, where)
    assert claim.support == (("north", ("The barn", "burned")), ("south", ("The barn", "burned")))
    assert claim.derivations == {("north", "south")}
    assert claim.loops == (frozenset({"north", "south"}),)
    assert (claim.low, claim.high) == (1, 2)


def test_the_system_is_asked_through_the_command_line(
    tiny: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = str(tmp_path / "tiny" / "rows.jsonl")
    claim = {
        "text": "The barn burned.",
        "support": [{"page": f"{page}#{name}", "content": "The barn burned"} for name in ("north", "south")],
        "against": [],
        "derivations": [{"from": "id-north", "to": "id-south"}],
        "loops": [["story-north", "story-south"]],
        "origins": {"low": 2, "high": 2},
    }
    told: dict[str, list[dict[str, Any]]] = {
        "add": [],
        "stories": [{"id": f"story-{name}", "page": f"{page}#{name}"} for name in ("north", "south")],
        "statements": [{"id": f"id-{name}", "page": f"{page}#{name}"} for name in ("north", "south")],
        "claims": [claim],
    }
    calls: list[tuple[str, ...]] = []

    def run(*arguments: str) -> str:
        calls.append(arguments)
        return "".join(json.dumps(line) + "\n" for line in told[arguments[0]])

    monkeypatch.setattr(system, "_run", run)
    row = scored(tiny, matched(tiny, system.answers(tiny, tmp_path))[0][1]).row()
    assert (row["exact"], row["derivation"], row["loops"]) == (100, 100, 100)
    assert [call[0] for call in calls] == ["add", "stories", "statements", "claims"]
    assert calls[0][1] == str(tmp_path / "tiny")


def test_a_command_that_fails_is_told() -> None:
    with pytest.raises(system.NoClaimsError, match="reportedly nonsense: exit code 2"):
        system._run("nonsense")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_joined_groups_are_apart_and_hold_every_pair(pairs: list[tuple[str, str]]) -> None:
    groups = joined(pairs)
    assert sum(map(len, groups)) == len({end for pair in pairs for end in pair})
    assert all(any({*pair} <= group for group in groups) for pair in pairs)


# Baselines


@pytest.mark.parametrize(
    ("name", "count", "rests"),
    [
        ("headline Jaccard 0.55", 2, {("north", "south")}),
        ("TF-IDF 0.85", 3, set()),
        ("agency names", 3, set()),
        ("outlets", 3, set()),
        ("always 1..1", 1, set()),
    ],
)
def test_baselines_count_as_they_say(tiny: World, name: str, count: int, rests: set[tuple[str, str]]) -> None:
    answer = BASELINES[name](tiny, tiny.claims[0])
    assert (answer.low, answer.high, set(answer.derivations)) == (count, count, rests)


def test_agency_names_and_outlets_join(tiny: World) -> None:
    both = (Passage("east", "The barn burned"), Passage("west", "The barn did not burn"))
    gold = GoldClaim("", both, (), (), (), (), (), (), 1, 1, "")
    for name in ("agency names", "outlets"):
        assert BASELINES[name](tiny, gold).high == 1


def test_tfidf_knows_copies_and_strangers() -> None:
    cosines = cosine(["a barn burned", "a barn burned", "ships sail", ""])
    assert cosines[0, 1] == pytest.approx(1)
    assert cosines[0, 2] == 0
    assert cosines[3, 3] == 0


def test_the_table_has_a_row_for_each_baseline_and_floors_are_held(tiny: World, tmp_path: Path) -> None:
    rows = baseline_rows([tiny])
    lines = table(rows).splitlines()
    assert lines[0].split() == list(COLUMNS)
    assert len(lines) == len(BASELINES) + 1
    assert rows["headline Jaccard 0.55"]["exact"] == 100
    floors = tmp_path / "floors.toml"
    floors.write_text('["always 1..1"]\nexact = 1.0\nlow = 99.0\n', encoding="utf-8")
    assert gave_way(rows, floors) == ["always 1..1: exact is 0.0, its limit 1.0"]


def test_no_baseline_comes_near_the_floors_that_the_system_must_reach() -> None:
    for worlds in (list(hand_made()), list(made(40))):
        scores = [score_baseline(worlds, answer).row()["exact"] for answer in BASELINES.values()]
        assert all(score is not None and score <= 55 for score in scores)


SLICE = ("04", "16", "29", "46", "65", "68")
"""A circle, two people of one name, and others in natural prose: a slice of what the bench runs whole."""


def test_the_system_holds_a_slice_of_the_worlds() -> None:
    picked = [one for one in hand_made() if one.name.startswith(SLICE)]
    row = score_system(picked).row()
    assert row["exact"] is not None
    assert row["exact"] >= 75
    assert row["false"] is not None
    assert row["false"] <= 3
    assert row["loops"] == 100


def test_the_docs_have_the_figures_of_the_baselines() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "origin-benchmark.md").read_text("utf-8")
    for worlds in (list(hand_made()), list(made(40))):
        for name, row in baseline_rows(worlds).items():
            assert f"| {name} | " + " | ".join(f"{row[column]:g}" for column in COLUMNS[:5]) + " |" in page
