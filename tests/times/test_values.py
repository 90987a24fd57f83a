from __future__ import annotations

from pathlib import Path

import pytest
import spacy
import yaml
from spacy.tokens import Doc, Span

from bench.times import Case, _case, read_table, right, spanned
from reportedly.times import time_mentions
from reportedly.types import Anchor, Precision, PublishedDate, TimeMention

EN, FA = spacy.blank("en"), spacy.blank("fa")
WEDNESDAY = PublishedDate("2018-03-14", Precision.DAY)
TABLE = [(part, case) for part, cases in read_table().items() for case in cases]


def english(
    text: str, published: PublishedDate | None = WEDNESDAY
) -> list[tuple[str, str | None, str | None]]:
    mentions = time_mentions(EN.make_doc(text), published)
    return [(text[m.span.start : m.span.end], m.start, m.end) for m in mentions]


@pytest.mark.issue(4)
@pytest.mark.parametrize(("part", "case"), TABLE, ids=[case.text[:40] for _, case in TABLE])
def test_the_table(part: str, case: Case) -> None:
    assert right(case, time_mentions(EN.make_doc(case.text), case.published))


def test_the_table_is_large_enough_and_its_spans_are_right_too() -> None:
    assert len(TABLE) >= 200
    assert sum(part == "fresh" for part, _ in TABLE) >= 60
    marked = [case for _, case in TABLE if case.marked and case.expected != "no days"]
    exact = sum(spanned(case, time_mentions(EN.make_doc(case.text), case.published)) for case in marked)
    assert exact / len(marked) >= 0.93


def persian_cases() -> list[Case]:
    lines = yaml.safe_load((Path(__file__).parent / "persian.yaml").read_text(encoding="utf-8"))["cases"]
    return [_case(line) for line in lines]


@pytest.mark.parametrize("case", persian_cases())
def test_persian(case: Case) -> None:
    assert right(case, time_mentions(FA.make_doc(case.text), case.published))


def test_a_bad_published_date_is_none() -> None:
    for value in ("", "2018-02-30", "soon", "2018-13"):
        found = time_mentions(EN.make_doc("He left yesterday."), PublishedDate(value, Precision.DAY))
        assert [(m.start, m.end, m.reason) for m in found] == [(None, None, "no published date")]


def test_a_published_time_of_day_counts_as_its_day() -> None:
    published = PublishedDate("2018-03-14", Precision.MINUTE, at="2018-03-14T23:59")
    assert english("He left yesterday.", published) == [("yesterday", "2018-03-13", "2018-03-13")]


def test_an_expression_ends_with_its_line() -> None:
    assert english("It opened in March\n2018 guests came.") == [("March", "2018-03-01", "2018-03-31")]


def test_a_clock_time_takes_the_day_of_its_paragraph_only() -> None:
    found = english("The march on Monday began late. At 10:30 a.m. police came.\n\nAt 11:15 a.m. it rained.")
    assert found[1][1:] == ("2018-03-12", "2018-03-12")
    assert found[2][1:] == (None, None)


def test_what_is_told_of_an_old_year_keeps_it_until_the_paragraph_ends() -> None:
    text = "The strike began in March 1984. In June, pickets fought police.\n\nIn June, the plant closed."
    assert [start for _, start, _ in english(text)] == ["1984-03-01", "1984-06-01", "2017-06-01"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Voters go to the polls on Friday, and the result will be known at night.", "2018-03-16"),
        ("The court will sit on Friday.", "2018-03-16"),
        ("The court sat on Friday.", "2018-03-09"),
        ("The hearing, due Friday, was moved.", "2018-03-16"),
        ("He said Wednesday that it will rain.", "2018-03-14"),
        ("He told the panel on Monday that he would resign on Friday.", "2018-03-12"),
    ],
)
def test_the_verb_near_a_weekday_decides(text: str, start: str) -> None:
    assert english(text)[0][1] == start


def test_tags_decide_where_the_doc_has_them() -> None:
    words = ["The", "mayor", "quit", "Friday", "."]
    spaces = [True, True, True, False, False]
    plain = Doc(EN.vocab, words=words, spaces=spaces)
    tagged = Doc(EN.vocab, words=words, spaces=spaces, tags=["DT", "NN", "VBD", "NNP", "."])
    assert [m.start for m in time_mentions(plain, WEDNESDAY)] == ["2018-03-09"]
    assert [m.start for m in time_mentions(tagged, WEDNESDAY)] == ["2018-03-09"]


def test_a_number_before_a_plural_noun_is_no_year() -> None:
    words = ["Around", "were", "2003", "wellingtons", "."]
    tags = ["RB", "VBD", "CD", "NNS", "."]
    doc = Doc(EN.vocab, words=words, spaces=[True, True, True, False, False], tags=tags)
    assert time_mentions(doc, WEDNESDAY) == ()


def test_a_person_is_no_month() -> None:
    doc = EN.make_doc("Everyone applauded when June left in June.")
    before = time_mentions(doc, WEDNESDAY)
    doc.ents = [Span(doc, 3, 4, label="PER"), Span(doc, 6, 7, label="PER")]
    assert [doc.text[m.span.start : m.span.end] for m in before] == ["June"]
    assert time_mentions(doc, WEDNESDAY) == ()


def test_a_language_without_a_grammar_has_no_mentions() -> None:
    assert time_mentions(spacy.blank("de").make_doc("am Freitag, 3. Mai 2018"), WEDNESDAY) == ()
    assert time_mentions(EN.make_doc(""), WEDNESDAY) == ()


def test_a_hand_made_doc_counts_as_english() -> None:
    doc = Doc(EN.vocab, words=["in", "2006"])
    assert time_mentions(doc, None) == (
        TimeMention(
            time_mentions(doc, None)[0].span, "2006-01-01", "2006-12-31", Precision.YEAR, Anchor.NONE
        ),
    )


@pytest.mark.issue(4)
@pytest.mark.parametrize(
    ("text", "expression"),
    [
        (
            "It rose over the first several decades of the century.",
            "the first several decades of the century",
        ),
        ("He left several years before 2010.", "several years before 2010"),
    ],
)
def test_a_length_without_a_number_counts_to_no_day(text: str, expression: str) -> None:
    assert english(text) == [(expression, None, None)]
