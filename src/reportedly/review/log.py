"""The log of judgements: what was said, in order, and what of it still stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from reportedly.store import Case
from reportedly.store.judgement_rows import judgement_of, judgement_row
from reportedly.types import Judgement, Subject, Verdict, content_id

_ALL = "SELECT * FROM judgements ORDER BY row"
_STRETCH = "SELECT * FROM judgements WHERE row > ? ORDER BY row LIMIT ?"
_OF_PAGE = """
    SELECT * FROM judgements WHERE page_id = :page
    OR undoes IN (SELECT id FROM judgements WHERE page_id = :page) ORDER BY row
"""


def made(judgement: Judgement, now: datetime | None = None) -> Judgement:
    """Return a judgement with its time and its id, the hash of all that it says; ``now`` is for tests."""
    at = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    row = judgement_row(replace(judgement, id="", at=at))
    return replace(judgement, at=at, id=content_id(*(str(row[name]) for name in sorted(row))))


def undo(judgement: Judgement, by: str, now: datetime | None = None) -> Judgement:
    """Return the judgement that takes another back."""
    back = Judgement("", "", by, Subject.UNDO, Verdict.RIGHT, words=judgement.words, undoes=judgement.id)
    return made(back, now)


def history(case: Case) -> Iterator[Judgement]:
    """Yield every judgement, undone ones and the undoing too, in the order in which they were written.

    Raises:
        CaseError: the case cannot be read.
    """
    for row in case.select(_ALL):
        with case.intact():
            found = judgement_of(dict(row))
        yield found


def stretch(case: Case, after: int, most: int) -> list[tuple[int, Judgement]]:
    """Return the judgements behind row ``after``, at most so many, each with its row.

    Raises:
        CaseError: the case cannot be read.
    """
    rows = list(case.select(_STRETCH, (after, most)))
    with case.intact():
        return [(row["row"], judgement_of(dict(row))) for row in rows]


def of_page(case: Case, page_id: str) -> list[Judgement]:
    """Return what still stands of what was said of one page, in order.

    Raises:
        CaseError: the case cannot be read.
    """
    rows = list(case.select(_OF_PAGE, {"page": page_id}))
    with case.intact():
        return standing(judgement_of(dict(row)) for row in rows)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that nobody took back, in order; taking back an undo brings it back."""
    listed = list(judgements)
    undone: set[str] = set()
    for one in reversed(listed):
        if one.subject is Subject.UNDO and one.undoes and one.id not in undone:
            undone.add(one.undoes)
    return [one for one in listed if one.subject is not Subject.UNDO and one.id not in undone]
