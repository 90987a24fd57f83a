"""What a reviewer is given: statements to judge, the least sure first, and where judged words stand."""

from __future__ import annotations

from reportedly.store import Case

_LEAST_SURE = """
    SELECT row, id, story_id, confidence FROM statements
    WHERE kind <> 'author' AND (confidence, row) > (:confidence, :row)
    ORDER BY confidence, row LIMIT :most
"""


def least_sure(case: Case, after: tuple[float, int] | None, most: int) -> list[tuple[int, str, str, float]]:
    """Return row, id, story and confidence of statements on somebody's word, the least sure first.

    after: confidence and row of the last one that was seen.

    Raises:
        CaseError: the case cannot be read.
    """
    confidence, row = after or (-1.0, 0)
    found = case.select(_LEAST_SURE, {"confidence": confidence, "row": row, "most": most})
    return [(one[0], one[1], one[2], one[3]) for one in found]


def story_at(case: Case, page_id: str, position: int) -> tuple[str, str | None] | None:
    """Return id and headline of a story by its page and number, None if there is none there now.

    Raises:
        CaseError: the case cannot be read.
    """
    sql = "SELECT id, title FROM stories WHERE page_id = ? AND position = ?"
    row = next(case.select(sql, (page_id, position)), None)
    return None if row is None else (row[0], row[1])
