"""How sure, when and who, in words for people."""

from dataclasses import replace

import pytest

from reportedly.export import telling
from reportedly.export.marks import depths, numbered
from reportedly.types import Commitment, Kind, Statement, Voice, VoiceKind
from tests.export.build import DENIAL, Said, Told, view


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2018-03-14", "2018-03-14", "2018-03-14"),
        ("2018-02-01", "2018-02-28", "2018-02"),
        ("2016-02-01", "2016-02-28", "2016-02-01 to 2016-02-28"),
        ("2006-01-01", "2006-12-31", "2006"),
        ("2006-01-01", "2008-12-31", "2006 to 2008"),
        ("2006-01-01", "2006-03-31", "2006-01 to 2006-03"),
        ("2018-03-05", "2018-03-11", "2018-03-05 to 2018-03-11"),
        ("2002-01-01", None, "from 2002-01-01"),
        (None, "2002-01-01", "until 2002-01-01"),
        (None, None, "“last year”?"),
        ("-0044-03-15", "-0044-03-16", "-0044-03-15 to -0044-03-16"),
    ],
)
def test_days_are_told_as_shortly_as_they_can_be(start: str | None, end: str | None, shown: str) -> None:
    assert telling.days(start, end, "last\nyear") == shown


def test_a_list_of_times_is_short_and_says_what_it_leaves_out() -> None:
    assert telling.listed(["2006", "2007", "2006", "2008", "2009", "2010"]) == "2006, 2007, 2008 +2"
    assert telling.listed([]) == ""


def test_every_commitment_has_a_word() -> None:
    assert set(telling.COMMITMENTS) == set(Commitment)
    assert telling.sure(Commitment.PS_PLUS) == "PS+ possible"
    assert telling.sure(None) == ""


def test_the_others_commitment_is_told_where_they_commit_to_anything() -> None:
    denied, _, nested, *_ = view(DENIAL).statements
    assert telling.commitments(denied) == ""
    assert telling.commitments(nested) == "Ossaly Radio PR+, Pavo Dennik CT+, documents PS+"


def test_about_a_voice_nothing_is_said_twice() -> None:
    one = _statement(Voice(kind=VoiceKind.OFFICIAL, role="spokesman", affiliation="CIA"), "spokesman, CIA")
    assert telling.about(one) == ["official"]
    named = _statement(Voice("Ada Quill", VoiceKind.PERSON, "spokeswoman", "CIA"), "Ada Quill")
    assert telling.about(named) == ["person", "spokeswoman, CIA"]


def test_about_an_author_only_a_byline_is_told() -> None:
    author = replace(view(DENIAL).statements[-1], voice=Voice("I. Penhale", VoiceKind.AUTHOR))
    assert author.kind is Kind.AUTHOR
    assert telling.about(author) == ["by I. Penhale"]
    assert telling.about(view(DENIAL).statements[-1]) == []


def test_nested_statements_are_numbered_after_what_is_around_them() -> None:
    told = Told(
        text="Ann said Bea said Cy said it rained. Dee said so.",
        said=(
            Said(("so",), "Dee", "said"),
            Said(("Bea said Cy said it rained",), "Ann", "said"),
            Said(("it rained",), "Cy", "said", inside=1),
            Said(("Cy said it rained",), "Bea", "said", inside=1),
        ),
    )
    seen = list(view(told).statements)
    seen[2] = replace(seen[2], parent=seen[3].id)
    assert [one.source.text for _, one in numbered(seen) if one.source] == ["Ann", "Bea", "Cy", "Dee"]
    assert [depths(seen)[one.id] for one in seen] == [0, 0, 2, 1]
    assert depths(seen[2:3]) == {seen[2].id: 0}, "what is not listed is not around it"


def _statement(voice: Voice, label: str) -> Statement:
    plain = view(DENIAL).statements[0]
    return replace(plain, voice=voice, chain=(plain.chain[0], label))
