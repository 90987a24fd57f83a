"""The questions one can ask a case."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportedly import queries
from reportedly.errors import ConfigurationError
from reportedly.queries import Filters
from reportedly.queries.gathering import Said, gathered, normalised
from reportedly.store import Case
from reportedly.types import (
    Anchor,
    Commitment,
    Precision,
    Record,
    Span,
    Stance,
    TimeMention,
    Voice,
    VoiceKind,
)
from tests.store.samples import ENGINE, entry, record, refused


def otherwise(made: Record) -> Record:
    """Where the sample has Ada Quill let another voice speak, in another's content, of another year."""
    voice = Voice("Adelaide Quill", VoiceKind.GROUP, "divers' union", None)
    stance = Stance(Commitment.PR_MINUS, Commitment.UU)
    time = TimeMention(Span(0, 4), None, "2011-03-01", Precision.DAY, Anchor.TEXT)
    first = made.statements[0].id
    known = tuple(
        replace(
            one,
            voice=voice,
            chain=(one.chain[0], "Adelaide Quill"),
            via=(),
            stance=stance,
            commitment=stance.voice,
            commitments=(stance.outlet, stance.voice),
            times=(time,),
            parent=first,
        )
        if one.source and one.source.text == "Ada Quill"
        else one
        for one in made.statements
    )
    return replace(made, statements=known)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    path = tmp_path_factory.mktemp("queries") / "c.db"
    made = [
        record("z.txt", b"one", "2018-05-03", "Vell Courier"),
        otherwise(record("a.txt", b"two", "2018-05", "Evening Buoy")),
        record("m.txt", b"three", "2017", "THE BUOY"),
        record("u.txt", b"four", None, None),
    ]
    with Case.create_or_open(path, 5.0) as writer:
        writer.write([*map(entry, made), refused("broken.pdf")], ENGINE)
    with Case.open_readonly(path) as reader:
        yield reader


def pages(case: Case, **filters: Any) -> list[str]:
    return [row.page_name for row in queries.statements(case, Filters(**filters))]


def test_statements_come_by_date_page_and_place(case: Case) -> None:
    rows = list(queries.statements(case))
    assert [row.page_name for row in rows] == [*["m.txt"] * 3, *["a.txt"] * 3, *["z.txt"] * 3, *["u.txt"] * 3]
    assert [row.statement.content[0].start for row in rows[:3]] == sorted(
        row.statement.content[0].start for row in rows[:3]
    )


def test_statements_are_rebuilt_whole(case: Case) -> None:
    made = record("z.txt", b"one")
    rows = [row for row in queries.statements(case) if row.page_name == "z.txt"]
    assert tuple(row.statement for row in rows) == made.statements
    assert all(row.story == made.stories[0] for row in rows)


ALL = ["m.txt", "a.txt", "z.txt", "u.txt"]
REST = ["m.txt", "z.txt", "u.txt"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "ada"}, ALL),
        ({"source": "QUILL"}, ALL),
        ({"source": "adelaide  quill"}, ["a.txt"]),
        ({"source": "penhale"}, []),
        ({"about": "harbour closed"}, ALL),
        ({"about": "CLOSED harbour"}, ALL),
        ({"about": "harbou"}, []),
        ({"about": 'july" OR "rain'}, []),
        ({"about": "mayor"}, []),
        ({"outlet": "buoy"}, ["m.txt", "a.txt"]),
        ({"outlet": "vell"}, ["z.txt"]),
        ({"kind": "direct"}, ALL),
        ({"kind": "person"}, REST),
        ({"kind": "official"}, ALL),
        ({"kind": "document"}, []),
        ({"voice_kind": "group"}, ["a.txt"]),
        ({"commitment": ("PR-",)}, ["a.txt"]),
        ({"commitment": ("PR-", "PS+")}, ALL),
        ({"commitment": ("Uu",)}, []),
        ({"voice": "adelaide"}, ["a.txt"]),
        ({"voice": "MAYOR, port"}, ALL),
        ({"role": "harbour master"}, REST),
        ({"voice": "penhale", "kind": "author"}, ALL),
        ({"role": "port vell"}, ALL),
        ({"voice": "quill", "role": "port vell"}, []),
        ({"via": "tidewire"}, REST),
        ({"via": "evening buoy"}, []),
        ({"nested": True}, ["a.txt"]),
        ({"of_itself": True}, REST),
        ({"anonymous": True}, ALL),
        ({"anonymous": True, "of_itself": True}, []),
        ({"anonymous": True, "kind": "person"}, []),
        ({"after": "2018-06-30"}, REST),
        ({"after": "2018-07"}, []),
        ({"before": "2011-02"}, ["a.txt"]),
        ({"before": "1990"}, ["a.txt"]),
        ({"after": "2011-03", "before": "2011"}, ["a.txt"]),
        ({"after": "2011-04", "before": "2018-05"}, []),
        ({"actor": "ossaly"}, ALL),
        ({"actor": "the harbour", "relation": "CLOSE", "plover": "coerce"}, ALL),
        ({"relation": "clos"}, []),
        ({"actor": "ossaly", "plover": "AID"}, []),
        ({"actor": "ossaly", "outlet": "vell"}, ["z.txt"]),
        ({"date_from": "2018"}, ["a.txt", "z.txt"]),
        ({"date_from": "2018-05-04"}, ["a.txt"]),
        ({"date_to": "2018-05-02"}, ["m.txt", "a.txt"]),
        ({"date_to": "2017-06"}, ["m.txt"]),
        ({"date_from": "2018-05-03", "date_to": "2018-05-03"}, ["a.txt", "z.txt"]),
        ({"date_from": "2019"}, []),
        ({"text": "divers harbour"}, ALL),
        ({"text": "penhale"}, []),
        ({"kind": "author", "outlet": "vell"}, ["z.txt"]),
        ({"source": "%"}, []),
    ],
)
def test_filters(case: Case, filters: dict[str, Any], found: list[str]) -> None:
    assert list(dict.fromkeys(pages(case, **filters))) == found
    whole = [row.page_name for row in queries.stories(case, Filters(**filters)) if row.statements]
    assert list(dict.fromkeys(whole)) == found


def test_impossible_filters_are_told_together(case: Case) -> None:
    bad = Filters(kind="rumour", voice_kind="ghost", commitment=("PS+", "maybe"), date_from="May", after="x")
    bad = replace(bad, before="2018-02-30", plover="gossip")
    with pytest.raises(ConfigurationError) as caught:
        list(queries.statements(case, bad))
    assert len(caught.value.problems) == 7


def test_dates_the_wrong_way_round_are_a_problem() -> None:
    Filters(date_from="2018-03-14", date_to="2018").check()
    with pytest.raises(ConfigurationError, match="from is the later"):
        Filters(date_from="2019-05", date_to="2018").check()
    with pytest.raises(ConfigurationError, match="after is the later"):
        Filters(after="2019-05", before="2018").check()


def test_sources(case: Case) -> None:
    rows = {(row.label, row.kind): row for row in queries.sources(case)}
    mayor = rows["mayor, Port Vell", VoiceKind.OFFICIAL]
    assert (mayor.statements, mayor.stories, mayor.outlets, mayor.indirect, mayor.direct) == (4, 4, 3, 4, 0)
    assert (mayor.name, mayor.words, mayor.wordings) == (None, "the mayor", {"the mayor": 4})
    assert rows["Ada Quill", VoiceKind.PERSON].statements == 3
    assert rows["Adelaide Quill", VoiceKind.GROUP].direct == 1
    assert rows["Adelaide Quill", VoiceKind.GROUP].wordings == {"Ada Quill": 1}
    assert rows["Evening Buoy", VoiceKind.AUTHOR].statements == 1
    assert rows[None, VoiceKind.AUTHOR].outlets == 0
    order = [(row.kind is VoiceKind.AUTHOR, -row.statements) for row in queries.sources(case)]
    assert order == sorted(order)


def test_sources_of_some_statements(case: Case) -> None:
    assert {row.label for row in queries.sources(case, Filters(outlet="vell"))} == {
        "mayor, Port Vell",
        "Ada Quill",
        "Vell Courier",
    }


def test_sources_without_a_name_are_told_apart_by_role_and_then_by_words() -> None:
    said = Said("indirect", None, None, None, None, None, "s", "Vell Courier")
    found = gathered(
        [
            said._replace(words="he", voice_kind="unspecified"),
            said._replace(words="He", voice_kind="unspecified"),
            said._replace(words="a spokesman", role="spokesman", affiliation="Port", voice_kind="official"),
            said._replace(words="the spokesman", role="spokesman", affiliation="port", voice_kind="official"),
            said._replace(words="the spokesman", role="spokesman", affiliation="Navy", voice_kind="official"),
            said,
        ]
    )
    assert [(row.label, row.kind, row.pronoun, row.statements) for row in found] == [
        ("spokesman, Port", VoiceKind.OFFICIAL, False, 2),
        ("spokesman, Navy", VoiceKind.OFFICIAL, False, 1),
        ("He", VoiceKind.UNSPECIFIED, True, 2),
        (None, None, False, 1),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("The Mayor", "mayor"), ("a  spokesman", "A spokesman"), ("An aide", "aide"), ("STRASSE", "straße")],
)
def test_sources_that_are_one(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("Theodore", "odore"), ("the", ""), ("Ann", "nn")])
def test_sources_that_are_not(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_stories(case: Case) -> None:
    rows = list(queries.stories(case))
    dated, undated = (
        ["m.txt 0", "a.txt 0", "z.txt 0"],
        ["a.txt 1", "m.txt 1", "u.txt 0", "u.txt 1", "z.txt 1"],
    )
    assert [f"{row.page_name} {row.story.index}" for row in rows] == dated + undated
    assert [row.statements for row in rows] == [3, 3, 3, 0, 0, 3, 0, 0]
    assert [row.has_pipeline for row in rows] == [row.statements > 0 for row in rows]


def test_outlets_count_every_story_once(case: Case) -> None:
    found = list(queries.outlets(case))
    named = Counter(row.story.metadata.outlet for row in queries.stories(case))
    assert dict(found) == named
    assert [count for _, count in found] == sorted(named.values(), reverse=True)


def test_rejects_and_overview(case: Case) -> None:
    assert [reject.place for reject in queries.rejects(case)] == [
        "a.txt#story-2",
        "broken.pdf",
        "m.txt#story-2",
        "u.txt#story-2",
        "z.txt#story-2",
    ]
    found = queries.overview(case)
    assert (found.pages, found.sightings, found.stories, found.partial, found.statements) == (4, 4, 8, 4, 12)
    assert (found.rejects, found.outlets, found.first, found.last) == (5, 3, "2017-01-01", "2018-05-31")
    assert found.kinds == {"author": 4, "direct": 4, "indirect": 4}
    assert found.languages == {"en": 4, "fa": 4}
    assert found.no_pipeline == {"fa": 4}
    assert found.reject_reasons == {"damaged": 1, "failed": 4}


def test_an_empty_case(tmp_path: Path) -> None:
    with Case.create_or_open(tmp_path / "c.db", 1.0) as empty:
        found = queries.overview(empty)
        assert (found.stories, found.partial, found.first, found.kinds) == (0, 0, None, {})
        assert list(queries.statements(empty)) == []
        assert list(queries.sources(empty)) == []
