"""The picture: all of it once, nothing on top of anything, arrows between known boxes only, words escaped."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.export.lineage import drawing
from reportedly.export.lineage.claim import Line, Side, read
from reportedly.export.lineage.folding import MOST, fold
from reportedly.export.lineage.graph import Graph, Shape, Tie
from reportedly.export.lineage.layout import Picture, Placed, lay_out
from reportedly.export.lineage.measure import width
from reportedly.export.lineage.tracing import draw_up
from tests.export.lineage.lines import NAMES, claim, written_out

HOWS = ("reprint", "rewrite", "wire", "cites", "same-speaker", "same-document", "same-event", "same-story")
DAYS = (None, "2015", "2015-06", "2015-06-21", "2015-06-22", "2015-06-22", "2016-02-30", "2019-01-01", "soon")
NAMESPACE = "{http://www.w3.org/2000/svg}"


def graph_of(line: Line) -> Graph:
    return fold(draw_up(read(line)))


def drawn(line: Line) -> ElementTree.Element:
    picture = lay_out(graph_of(line))
    return ElementTree.fromstring(drawing.svg(picture, "p", "A tree", lambda one: f"#{one}"))


def _pair(ids: list[str]) -> st.SearchStrategy[tuple[str, str]]:
    return st.tuples(st.sampled_from(ids), st.sampled_from(ids))


@st.composite
def claims(draw: st.DrawFn, words: st.SearchStrategy[str] | None = None) -> Line:
    """Any claim: statements of few outlets, links that run anywhere, circles and unknown ends included."""
    text = (
        words
        if words is not None
        else st.sampled_from(["It fell.", "It was felled", "در شب افتاد", "a" * 90, ""])
    )
    ids = [f"s{number}" for number in range(draw(st.integers(1, 14)))]
    sides: dict[str, list[Line]] = {"support": [], "against": [], "hedged": [], "others": []}
    for one in ids:
        side = draw(st.sampled_from(["support", "support", "support", "against", "hedged", "others"]))
        outlet = draw(st.one_of(st.none(), st.sampled_from(["Obrero", "Valley Echo", "روزنامه"]), text))
        voice = draw(st.one_of(st.none(), st.tuples(text, st.just("person"), text)))
        entry = {"id": one, "outlet": outlet, "day": draw(st.sampled_from(DAYS)), "words": draw(text)}
        sides[side].append(entry | {"voice": voice, "story": f"t{draw(st.integers(0, 6))}"})
    links = [
        {
            "from": draw(st.one_of(st.none(), st.just(source), st.just("unknown"))),
            "to": target,
            "how": draw(st.sampled_from(HOWS)),
            "credited": draw(st.booleans()),
            "certainty": draw(st.sampled_from(["must", "may"])),
            "evidence": draw(text),
            "outside": draw(st.one_of(st.none(), text)),
        }
        for source, target in draw(st.lists(_pair(ids), max_size=16))
    ]
    disputes = [
        {"statement": a, "answers": b, "relation": "denial", "reasons": [draw(text)]}
        for a, b in draw(st.lists(_pair(ids), max_size=4))
    ]
    changes = [{"from": a, "to": b, "reasons": []} for a, b in draw(st.lists(_pair(ids), max_size=3))]
    grounds = draw(st.lists(st.lists(st.sampled_from(ids), max_size=5), max_size=4))
    loops = draw(st.lists(st.lists(st.sampled_from(["t0", "t1", "t2", "s1"]), max_size=4), max_size=2))
    rest = {"derivations": links, "disputes": disputes, "distortions": changes, "loops": loops}
    origins = {"low": 0, "high": len(grounds), "grounds": grounds, "reasons": [draw(text)]}
    return written_out({"text": draw(text), **sides, **rest, "origins": origins})


def assert_sound(line: Line) -> None:
    """Check what holds of every picture."""
    graph = graph_of(line)
    picture = lay_out(graph)
    shown = [saying.id for node in graph.nodes.values() for saying in node.members]
    assert sorted(shown) == sorted(read(line).sayings)
    assert all(edge.source in graph.nodes and edge.target in graph.nodes for edge in graph.edges)
    assert {box.card.node.key for box in picture.boxes} == set(graph.nodes)
    assert len(picture.ways) == len(graph.edges)
    assert_nothing_overlaps(picture)


def assert_nothing_overlaps(picture: Picture) -> None:
    for one, other in itertools.combinations(picture.boxes, 2):
        assert apart(one, other), (one.card.node.key, other.card.node.key)
    for box in picture.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.card.width <= picture.width
        assert box.y + box.card.height <= picture.height


def apart(one: Placed, other: Placed) -> bool:
    beside = one.x + one.card.width <= other.x or other.x + other.card.width <= one.x
    return beside or one.y + one.card.height <= other.y or other.y + other.card.height <= one.y


def crosses(picture: Picture, slack: float = 1.0) -> list[tuple[str, str, str]]:
    """Return each line that runs through a box, its own ends left out."""
    found = []
    for way in picture.ways:
        for (x1, y1), (x2, y2) in itertools.pairwise(way.points):
            for box in picture.boxes:
                inside_x = max(x1, x2) > box.x + slack and min(x1, x2) < box.x + box.card.width - slack
                inside_y = max(y1, y2) > box.y + slack and min(y1, y2) < box.y + box.card.height - slack
                if inside_x and inside_y:
                    found.append((way.edge.source, way.edge.target, box.card.node.key))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_there_once_and_nothing_overlaps(name: str) -> None:
    assert_sound(claim(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_line_runs_through_a_box(name: str) -> None:
    assert crosses(lay_out(graph_of(claim(name)))) == []


@given(claims())
@settings(max_examples=60, deadline=None)
def test_any_claim_can_be_drawn(line: Line) -> None:
    assert_sound(line)
    assert crosses(lay_out(graph_of(line))) == []
    drawn(line)


@given(claims(), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_folding_loses_nothing(line: Line, most: int) -> None:
    graph = fold(draw_up(read(line)), most)
    shown = [saying.id for node in graph.nodes.values() for saying in node.members]
    assert sorted(shown) == sorted(read(line).sayings)
    assert all(edge.source in graph.nodes and edge.target in graph.nodes for edge in graph.edges)
    assert_nothing_overlaps(lay_out(graph))


@given(claims(st.text(max_size=40)))
@settings(max_examples=40, deadline=None)
def test_whatever_words_say_the_picture_is_xml(line: Line) -> None:
    tree = drawn(line)
    allowed = {"svg", "title", "g", "a", "rect", "path", "text"}
    assert {one.tag.removeprefix(NAMESPACE) for one in tree.iter()} <= allowed
    for one in tree.iter():
        assert not [name for name in one.attrib if name == "style" or name.startswith("on")]
        assert one.get("href", "#").startswith("#")


@pytest.mark.parametrize("name", NAMES)
def test_labels_stay_in_their_boxes(name: str) -> None:
    for box in lay_out(graph_of(claim(name))).boxes:
        for row in box.card.rows:
            assert width(row.text, row.size, row.style in {"house", "name"}) <= box.card.width
            assert row.baseline <= box.card.height - 4


@pytest.mark.parametrize("name", NAMES)
def test_time_runs_from_left_to_right(name: str) -> None:
    picture = lay_out(graph_of(claim(name)))
    dated = sorted((box.card.node.when, box.x) for box in picture.boxes if box.card.node.when.known)
    one_day = {when: [x for other, x in dated if other == when] for when, _ in dated}
    days = sorted(one_day)
    if len(days) <= 9:
        assert all(max(one_day[one]) < min(one_day[other]) for one, other in itertools.pairwise(days))
    undated = [box.x for box in picture.boxes if box.card.node.members and not box.card.node.when.known]
    assert all(x > max((place for _, place in dated), default=0) for x in undated)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_claim_gives_the_same_picture(name: str) -> None:
    pictures = {drawing.svg(lay_out(graph_of(claim(name))), "p", "x", lambda one: one) for _ in range(2)}
    assert len(pictures) == 1


def test_what_was_said_by_one_to_many_has_one_root() -> None:
    graph = graph_of(claim("fan-out"))
    roots = {node.name: node.grounds for node in graph.nodes.values() if node.root}
    assert roots == {"Walda Kemper": (1,), "Annual accounts of the cooperative": (2,)}
    kemper = next(node.key for node in graph.nodes.values() if node.name == "Walda Kemper")
    assert {edge.target for edge in graph.edges if edge.source == kemper} == {"a1", "b1", "b2"} - {"b2"} | {
        "b2"
    }


def test_a_circle_is_drawn_as_one_and_has_no_root() -> None:
    graph = graph_of(claim("loop"))
    looped = {(edge.source, edge.target) for edge in graph.edges if edge.loop}
    assert looped == {("b1", "a1"), ("c1", "b1"), ("a1", "c1")}
    assert [node.name for node in graph.nodes.values() if node.root] == ["Tamar Jelik"]


def test_denials_stand_apart() -> None:
    picture = lay_out(graph_of(claim("denials")))
    lowest = {side: [box.y for box in picture.boxes if box.card.node.side is side] for side in Side}
    assert min(lowest[Side.AGAINST]) > max(lowest[Side.HEDGED]) > max(lowest[Side.SUPPORT])
    answers = {
        edge.source: edge.target for edge in graph_of(claim("denials")).edges if edge.tie is Tie.ANSWERS
    }
    assert answers == {"x1": "a1", "x2": "c1", "x3": "b1"}


def test_outside_origins_are_said_to_be_unrecorded() -> None:
    nodes = [node for node in graph_of(claim("outside")).nodes.values() if node.shape is Shape.OUTSIDE]
    assert {node.name: node.about for node in nodes} == {
        "Radio Tessaly": "lineage not recorded",
        "Antares News Agency": "lineage not recorded",
    }


def test_unnamed_officials_may_be_one() -> None:
    graph = graph_of(claim("unnamed"))
    perhaps = [edge for edge in graph.edges if edge.tie is Tie.PERHAPS]
    assert [(graph.nodes[one.source].name, graph.nodes[one.target].name) for one in perhaps] == [
        ("officials, Border Guard", "an official, Border Guard")
    ]


def test_forty_copies_are_one_box_that_says_so() -> None:
    graph = graph_of(claim("wire"))
    folds = [node for node in graph.nodes.values() if node.shape is Shape.FOLD]
    assert [(node.name, len(node.members)) for node in folds] == [("+40 copies of the agency's text", 40)]
    assert folds[0].about == "40 outlets, 23 to 26 Sept 2014"


def test_a_picture_never_has_more_boxes_than_can_be_read() -> None:
    graph = graph_of(claim("dense"))
    assert sum(bool(node.members) for node in graph.nodes.values()) <= MOST


def test_branches_fold_within_themselves() -> None:
    graph = graph_of(claim("dense"))
    folds = [node.key for node in graph.nodes.values() if node.shape is Shape.FOLD]
    led = [edge.target for edge in graph.edges if edge.target in folds]
    assert len(folds) > 20
    assert len(led) == len(set(led))


def test_a_claim_of_two_thousand_statements_is_drawn() -> None:
    short = [
        {"id": f"m{number}", "outlet": f"Paper {number}", "day": None, "words": "x"} for number in range(2000)
    ]
    links = [
        {"from": f"m{number // 3}", "to": f"m{number}", "how": "cites", "credited": True}
        for number in range(1, 2000)
    ]
    everything = [one["id"] for one in short]
    origins = {"low": 1, "high": 1, "grounds": [everything]}
    assert_sound(written_out({"text": "x", "support": short, "derivations": links, "origins": origins}))


@pytest.mark.parametrize(
    "found", ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_an_address_that_would_run_something_is_no_link(found: str) -> None:
    assert drawing.address(lambda _: found, "a1") is None


@pytest.mark.parametrize(
    "found", ["#a1", "/claims/1?x=a:b", "https://example.org/", "stories/a1.html#t", "?at=1:2"]
)
def test_other_addresses_are(found: str) -> None:
    assert drawing.address(lambda _: found, "a1") == found


def test_right_to_left_words_stand_right() -> None:
    lines = [one for one in drawn(claim("right-to-left")).iter(f"{NAMESPACE}text") if one.get("direction")]
    assert lines
    assert all(re.search("[\u0600-\u06ff]", str(one.text)) for one in lines)


def test_no_statement_at_all() -> None:
    assert_sound(written_out({"text": "Nothing.", "origins": {"low": 0, "high": 0, "grounds": []}}))
