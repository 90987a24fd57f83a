"""The figure and the section of claims on a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from reportedly.export.lineage import figure, section, stylesheet
from reportedly.export.lineage.claim import read
from tests.export.lineage.lines import NAMES, claim

INVENTED = re.compile(r"<script|<img|<foreignObject|javascript:|\son\w+=|\sstyle=", re.IGNORECASE)


def page(name: str) -> str:
    return "".join(section([claim(name)], lambda one: f"#t-{one}"))


def parsed(html: str) -> ElementTree.Element:
    """Parse what is HTML that happens to be XML; entities that only HTML knows would raise."""
    return ElementTree.fromstring(f"<main>{html}</main>")


@pytest.mark.parametrize("name", NAMES)
def test_the_section_is_well_formed_and_every_id_is_there_once(name: str) -> None:
    tree = parsed(page(name))
    ids = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_strangers_acts(name: str) -> None:
    tags = re.findall(r"<[^>]*>", page(name))
    assert [tag for tag in tags if INVENTED.search(re.sub(r'="[^"]*"', '=""', tag))] == []
    assert [tag for tag in tags if re.search(r'href="(?!#)', tag)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_list_has_every_statement_that_the_picture_has(name: str) -> None:
    tree = parsed(str(figure(claim(name), lambda one: f"#t-{one}")))
    listed = tree.find(".//details")
    assert listed is not None
    opened = [one.attrib["href"].removeprefix("#t-") for one in listed.iter("a")]
    assert sorted(opened) == sorted(read(claim(name)).sayings)


def test_links_inside_the_page_lead_somewhere() -> None:
    html = page("wire")
    assert set(re.findall(r'href="#(claim-[^"]*)"', html)) <= set(re.findall(r'id="([^"]*)"', html))


def test_a_box_without_an_address_is_no_link() -> None:
    assert "<a " not in figure(claim("chain"), lambda _: None)


def test_the_key_explains_what_occurs_and_no_more() -> None:
    assert "circle" in figure(claim("loop"), str)
    assert "circle" not in figure(claim("chain"), str)
    assert "may be one and the same" in figure(claim("unnamed"), str)
    assert "Rows are branches" in figure(claim("crowd"), str)
    assert "Each row is an outlet" in figure(claim("wire"), str)


def test_changed_words_are_shown() -> None:
    assert "<del>Twelve</del><ins>Twenty</ins> crates of cartridges" in page("distorted")


def test_every_class_of_the_picture_is_in_the_stylesheet() -> None:
    used = {
        one
        for name in NAMES
        for group in re.findall(r'class="(lt-[^"]*)"', page(name))
        for one in group.split()
    }
    known = set(re.findall(r"\.(lt-[a-z]+)", stylesheet()))
    assert used - known <= {"lt-rests", "lt-support", "lt-box", "lt-saying", "lt-fold"}
