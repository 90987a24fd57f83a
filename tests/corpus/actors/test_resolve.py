"""Who is who across stories written by hand, row by row."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.corpus.actors import resolve
from reportedly.types import Voice, VoiceKind
from reportedly.types.claims import Actors, Corpus, StatementRow, StoryRow
from tests.corpus.actors.rows import body, corpus, person, said, story, unnamed


def _two(
    one: tuple[str, str, Voice | None], other: tuple[str, str, Voice | None], **given: object
) -> tuple[Actors, str, str]:
    """Resolve two stories with a statement each: (text, content, voice)."""
    stories = [story(name, text, **given) for name, (text, _, _) in zip("ab", (one, other), strict=True)]
    rows = [said(of, words, voice) for of, (_, words, voice) in zip(stories, (one, other), strict=True)]
    return resolve(corpus(stories, rows)), rows[0].id, rows[1].id


def _chain(actors: Actors, statement: str) -> list[str]:
    found, who = [], actors.speakers.get(statement)
    while who:
        found.append(actors.entries[who].name)
        who = actors.parties.get(who)
    return found


def test_a_short_name_is_the_full_one_of_its_story() -> None:
    a = story("a", "Tilda Moss came to Orun. The well is dry, Moss said.")
    actors = resolve(corpus([a], [said(a, "The well is dry", person("Moss"))]))
    assert _chain(actors, "a 25") == ["Tilda Moss"]


def test_one_full_name_is_one_person() -> None:
    actors, a, b = _two(
        (
            "The well at Orun is dry, farmer Tilda Moss said.",
            "The well at Orun is dry",
            person("Tilda Moss", "farmer"),
        ),
        ("Tilda Moss said the well was dry.", "the well was dry", person("Tilda Moss")),
    )
    assert actors.speakers[a] == actors.speakers[b]


def test_two_of_one_name_are_kept_apart_by_what_they_do() -> None:
    actors, a, b = _two(
        ("Surgeon Karim Aziz said Orun was dark.", "Orun was dark", person("Karim Aziz", "surgeon")),
        ("Bus driver Karim Aziz said Orun was dark.", "Orun was dark", person("Karim Aziz", "driver")),
    )
    assert actors.speakers[a] != actors.speakers[b]


def test_two_of_one_name_are_kept_apart_by_age() -> None:
    actors, a, b = _two(
        ("Karim Aziz, 31, said Orun was dark.", "Orun was dark", person("Karim Aziz")),
        ("Karim Aziz, 70, said Orun was dark.", "Orun was dark", person("Karim Aziz")),
    )
    assert actors.speakers[a] != actors.speakers[b]


def test_who_fits_two_namesakes_is_undecided() -> None:
    stories = [
        story("a", "Surgeon Karim Aziz said Orun was dark."),
        story("b", "Bus driver Karim Aziz said Orun was dark."),
        story("c", "Karim Aziz said Orun was dark."),
    ]
    voices = [person("Karim Aziz", "surgeon"), person("Karim Aziz", "driver"), person("Karim Aziz")]
    rows = [said(of, "Orun was dark", voice) for of, voice in zip(stories, voices, strict=True)]
    actors = resolve(corpus(stories, rows))
    assert rows[2].id not in actors.speakers
    assert ("c", "Karim Aziz") not in actors.mentions


def test_a_title_alone_leads_to_the_full_name_of_a_story_nearby() -> None:
    actors, a, b = _two(
        (
            "President Lucia Ferrano left Porto Lisse.\nTwo terms are enough, Ferrano said.",
            "Two terms are enough",
            person("Lucia Ferrano", "President"),
        ),
        (
            "President Ferrano told Porto Lisse that two terms were enough.",
            "two terms were enough",
            person("Ferrano", "President"),
        ),
    )
    assert actors.speakers[a] == actors.speakers[b]


def test_spellings_of_one_name_in_stories_of_one_matter() -> None:
    actors, a, b = _two(
        (
            "Mohammed Harbi said the wells at Rahba were dry.",
            "the wells at Rahba were dry",
            person("Mohammed Harbi"),
        ),
        (
            "Muhammad Harbi said the wells at Rahba were dry.",
            "the wells at Rahba were dry",
            person("Muhammad Harbi"),
        ),
    )
    assert actors.speakers[a] == actors.speakers[b]


def test_spellings_in_stories_of_two_matters_stay_two() -> None:
    actors, a, b = _two(
        (
            "Mohammed Harbi said the wells at Rahba were dry.",
            "the wells at Rahba were dry",
            person("Mohammed Harbi"),
        ),
        (
            "Muhammad Harbi said the bakery in Telk was shut.",
            "the bakery in Telk was shut",
            person("Muhammad Harbi"),
        ),
    )
    assert actors.speakers[a] != actors.speakers[b]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Qaeda", "Al Qaida"),
        ("IRGC", "Iran's Revolutionary Guards"),
        ("the State Department", "US State Department"),
    ],
)
def test_well_known_bodies_in_other_words(one: str, other: str) -> None:
    actors, a, b = _two(
        (f"{one} said it was so.", "it was so", body(one)),
        (f"{other} said it was so.", "it was so", body(other)),
    )
    assert actors.speakers[a] == actors.speakers[b]


def test_an_acronym_that_one_story_explains() -> None:
    actors, a, b = _two(
        ("The Northern Herring Union (NHU) said it was so.", "it was so", body("Northern Herring Union")),
        ("The NHU said it was so.", "it was so", body("NHU")),
    )
    assert actors.speakers[a] == actors.speakers[b]


def test_a_state_its_people_and_its_seat() -> None:
    actors, a, b = _two(
        ("Iran said it was so.", "it was so", body("Iran")),
        ("Tehran said it was so.", "it was so", body("Tehran")),
    )
    assert actors.speakers[a] == actors.speakers[b]
    assert actors.entries[actors.speakers[a]].kind == "state"


@pytest.mark.parametrize("where", ["Orun", ""])
def test_police_are_one_where_the_stories_share_a_name(where: str) -> None:
    actors, a, b = _two(
        (
            "Three were held in Orun, police said.",
            "Three were held in Orun",
            unnamed(VoiceKind.ORGANISATION, "police"),
        ),
        (
            f"Three were held in {where or 'Telk'}, police said.",
            "Three were held",
            unnamed(VoiceKind.ORGANISATION, "police"),
        ),
    )
    assert (actors.speakers[a] == actors.speakers[b]) is bool(where)


def test_spokeswoman_and_firm_are_one_party() -> None:
    actors, a, b = _two(
        ("No acid escaped, Veltra Chemicals said.", "No acid escaped", body("Veltra Chemicals")),
        (
            "Veltra Chemicals spokeswoman Ilse Kant said no acid escaped.",
            "no acid escaped",
            person("Ilse Kant", "spokeswoman", "Veltra Chemicals"),
        ),
    )
    assert _chain(actors, b) == ["Ilse Kant", "Veltra Chemicals"]
    assert actors.parties[actors.speakers[b]] == actors.speakers[a]


def test_an_analyst_does_not_speak_for_his_bank() -> None:
    a = story("a", "Analyst Jonna Weit of Bremer Bank said the pound would fall.")
    actors = resolve(
        corpus([a], [said(a, "the pound would fall", person("Jonna Weit", "analyst", "Bremer Bank"))])
    )
    assert actors.parties == {}


def test_a_document_has_its_author_for_a_party() -> None:
    a = story("a", "Orun lost 30 boats, a report of the Aruma Laboratory shows.")
    row = said(a, "Orun lost 30 boats", unnamed(VoiceKind.DOCUMENT, "report", "Aruma Laboratory"))
    actors = resolve(corpus([a], [row]))
    assert _chain(actors, row.id)[-1] == "Aruma Laboratory"


def test_unnamed_officials_have_an_office_and_no_speaker() -> None:
    official = unnamed(VoiceKind.OFFICIAL, "official", "Veltish embassy", anonymous=True)
    other = unnamed(VoiceKind.OFFICIAL, "official", "Lovian embassy", anonymous=True)
    text = "The ship left Orun, an official said."
    stories = [story(name, text) for name in "abc"]
    rows = [
        said(of, "The ship left Orun", voice)
        for of, voice in zip(stories, (official, official, other), strict=True)
    ]
    actors = resolve(corpus(stories, rows))
    assert not actors.speakers
    assert actors.offices[rows[0].id] == actors.offices[rows[1].id] != actors.offices[rows[2].id]


def test_a_missed_attribution_is_read_in_the_words() -> None:
    a = story("a", "The council will sell the baths.", outlet="Kestrel Gazette")
    b = story("b", "The council will sell the baths, the Kestrel Gazette newspaper reported on Sunday.")
    rows = [said(a, a.text, None), said(b, b.text, None)]
    actors = resolve(corpus([a, b], rows))
    assert actors.speakers[rows[0].id] == actors.outlets["a"]
    assert actors.cited[rows[1].id] == (actors.outlets["a"],)
    assert actors.speakers[rows[1].id] == actors.outlets["a"]


def test_the_own_outlet_is_not_cited() -> None:
    a = story("a", "A lawyer told the Gazette that the deed was real.", outlet="Kestrel Gazette")
    row = said(a, "the deed was real", None, via=(Voice("Gazette", VoiceKind.OUTLET),))
    assert resolve(corpus([a], [row])).cited == {}


def test_an_agency_credit_comes_first() -> None:
    a = story("a", "Two trains collided, Telegraf Sunda said.", agency="Meridian")
    row = said(a, "Two trains collided", Voice("Telegraf Sunda", VoiceKind.OUTLET))
    actors = resolve(corpus([a], [row]))
    assert [actors.entries[one].name for one in actors.cited[row.id]] == ["Meridian", "Telegraf Sunda"]


_PEOPLE = ["Tilda Moss", "Moss", "Karim Aziz", "President Aziz", "Aziz", "Ida Lund"]
_BODIES = ["Veltra Chemicals", "Veltra", "Iran", "the Kestrel Gazette", "NHU", "police"]


@st.composite
def _corpora(draw: st.DrawFn) -> Corpus:
    stories: list[StoryRow] = []
    rows: list[StatementRow] = []
    for number in range(draw(st.integers(1, 4))):
        pieces: list[tuple[str, str, str | None, str]] = []
        for who in draw(st.lists(st.sampled_from(_PEOPLE + _BODIES), min_size=1, max_size=4)):
            role = draw(st.sampled_from(["", "surgeon ", "driver ", "spokesman "]))
            pieces.append((f"{role}{who}", who, role.strip() or None, f"thing {len(pieces)} fell in Orun"))
        text = " ".join(f"It was {shown} who said {words}." for shown, _, _, words in pieces)
        of = story(f"s{number}", text, outlet=draw(st.sampled_from(["Kestrel Gazette", "Moor Lamp", None])))
        stories.append(of)
        for _, who, post, words in pieces:
            kind = VoiceKind.PERSON if who in _PEOPLE else VoiceKind.ORGANISATION
            rows.append(said(of, words, Voice(who, kind, role=post)))
    return corpus(stories, rows)


def _plain(actors: Actors) -> Mapping[str, object]:
    return {name: dict(getattr(actors, name)) for name in Actors.__slots__}


@settings(max_examples=60, deadline=None)
@given(_corpora(), st.randoms(use_true_random=False))
def test_the_order_of_stories_is_no_matter(one: Corpus, chance: random.Random) -> None:
    stories, rows = list(one.stories), list(one.statements)
    chance.shuffle(stories)
    assert _plain(resolve(Corpus(tuple(stories), tuple(rows), one.vectors))) == _plain(resolve(one))


@settings(max_examples=60, deadline=None)
@given(_corpora())
def test_what_is_resolved_is_an_entry_and_parties_have_no_circle(one: Corpus) -> None:
    actors = resolve(one)
    known = set(actors.entries)
    assert (
        set(actors.mentions.values()) | set(actors.speakers.values()) | set(actors.offices.values()) <= known
    )
    assert {*actors.outlets.values(), *actors.parties.values(), *actors.states.values()} <= known
    assert {found for cited in actors.cited.values() for found in cited} <= known
    assert not actors.speakers.keys() & actors.offices.keys()
    for statement in actors.speakers:
        assert len(_chain(actors, statement)) <= len(known)
    assert _plain(resolve(one)) == _plain(actors)


def test_an_empty_corpus() -> None:
    assert resolve(corpus([], [])).entries == {}
