"""Days as they are read and told."""

import pytest

from reportedly.export.lineage.days import NEVER, pause_told, span_told, when_of


@pytest.mark.parametrize(
    ("published", "iso", "told"),
    [
        ("2018-03-14", "2018-03-14", "14 Mar 2018"),
        ("2018-03-14T10:00:00Z", "2018-03-14", "14 Mar 2018"),
        ("2018-03", "2018-03", "Mar 2018"),
        ("2018", "2018", "2018"),
        ("2018-13-01", "undated", "undated"),
        ("last week", "undated", "undated"),
        (None, "undated", "undated"),
        (2018, "undated", "undated"),
    ],
)
def test_a_day_is_as_fine_as_it_is_known(published: object, iso: str, told: str) -> None:
    assert (when_of(published).iso, when_of(published).told()) == (iso, told)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("2018-03-14", "2018-03-15", ""),
        ("2018-03-14", "2018-03-16", "2 days"),
        ("2018-03-14", "2018-04-14", "4 weeks"),
        ("2018-03-14", "2018-09-14", "6 months"),
        ("2018-03-14", "2023-03-14", "5 years"),
        ("2018-03", "2018-03-20", ""),
        ("2018", "2018-06-20", "about 6 months"),
    ],
)
def test_a_pause_is_told_as_a_person_would(one: str, other: str, told: str) -> None:
    assert pause_told(when_of(one), when_of(other)) == told


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2018-03-14"], "14 Mar 2018"),
        (["2018-03-14", "2018-03-20"], "14 to 20 Mar 2018"),
        (["2018-03-14", "2018-05-20"], "14 Mar to 20 May 2018"),
        (["2017-03-14", "2018-05"], "14 Mar 2017 to May 2018"),
        (["no"], "undated"),
    ],
)
def test_several_days_are_told_by_their_ends(days: list[str], told: str) -> None:
    assert span_told(map(when_of, days)) == told


def test_never_is_not_known() -> None:
    assert not NEVER.known
