"""Outlets: merged by house and domain, found again in other words."""

from __future__ import annotations

import pytest

from reportedly.corpus.actors.outlets import house, read_outlets, registrable
from tests.corpus.actors.rows import story


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.kestrelgazette.com/a/b", "kestrelgazette.com"),
        ("http://news.kestrel.co.uk/x", "kestrel.co.uk"),
        ("kestrel.example", None),
        ("https://kestrel.blogspot.com", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_registrable_domains(url: str | None, domain: str | None) -> None:
    assert registrable(url) == domain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fox News", "Fox Online News"),
        ("The Guardian", "theguardian.com"),
        ("the Harbour Ledger newspaper", "Harbour Ledger"),
        ("the sports paper Piste", "Piste"),
        ("NYT", "The New York Times"),
        ("Kestrel Gazette Online", "The Kestrel Gazette"),
    ],
)
def test_other_words_for_one_house(one: str, other: str) -> None:
    assert house(one) == house(other)


def test_two_houses_stay_two() -> None:
    assert house("The Sunday Lamp") != house("The Morning Lamp")


def test_stories_of_one_house_have_one_entry() -> None:
    stories = [
        story("a", "x", outlet="The Kestrel Gazette", url="https://www.kestrelgazette.com/1"),
        story("b", "x", outlet="Kestrel Gazette"),
        story("c", "x", outlet=None, url="https://kestrelgazette.com/2"),
        story("d", "x", outlet="Moor Observer"),
        story("e", "x", outlet=None),
    ]
    outlets = read_outlets(stories)
    assert outlets.of_story["a"] == outlets.of_story["b"] == outlets.of_story["c"] != outlets.of_story["d"]
    assert "e" not in outlets.of_story
    assert outlets.find("kestrelgazette.com") == outlets.of_story["a"]
    assert outlets.find("Marsh Mirror") is None


def test_a_host_of_many_houses_merges_none() -> None:
    stories = [
        story(f"s{i}", "x", outlet=f"{name} Post", url="https://portal.net/x")
        for i, name in enumerate("ABCDE")
    ]
    assert len(set(read_outlets(stories).of_story.values())) == len(stories)


def test_an_agency_with_and_without_news_agency() -> None:
    outlets = read_outlets([story("a", "x", outlet="Antares News Agency")])
    assert outlets.find("Antares") == outlets.of_story["a"]


def test_a_short_form_is_the_house_that_the_story_names() -> None:
    outlets = read_outlets([story("a", "x", outlet="Straits Herald"), story("b", "x", outlet="Hill Herald")])
    herald = outlets.of_story["a"]
    assert outlets.shortened("the Herald", [herald]) == herald
    assert outlets.shortened("the Herald", []) is None


def test_a_paper_means_itself_by_its_short_name() -> None:
    outlets = read_outlets([story("a", "x", outlet="Port Elphin Inquirer")])
    assert outlets.is_own("the Inquirer", "a")
    assert not outlets.is_own("the Bugle", "a")
