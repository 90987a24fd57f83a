"""Where statements and stories stand in what half two found: their claims, and stories that share text."""

from __future__ import annotations

from typing import NamedTuple

from reportedly.store import Case

_CLAIMS = """
    SELECT m.statement_id, m.role, c.id, c.low, c.high, c.stories, c.outlets, c.against
    FROM statements s JOIN claim_statements m ON m.statement_id = s.id JOIN claims c ON c.id = m.claim_id
    WHERE s.story_id = ? ORDER BY s.start_char, s.id, m.role DESC
"""
_SHARING = """
    SELECT r.kind, r.origin, r.a, r.shared_a, r.shared_b, t.id, t.title, t.outlet, t.published
    FROM reuse r JOIN stories t ON t.id = CASE r.a WHEN :story THEN r.b ELSE r.a END
    WHERE r.a = :story OR r.b = :story
    ORDER BY max(r.shared_a, r.shared_b) DESC, t.id LIMIT 200
"""


class Standing(NamedTuple):
    """One statement in one claim. role: "support", "against" or "hedged"."""

    statement_id: str
    role: str
    claim_id: str
    low: int
    high: int
    stories: int
    outlets: int
    against: int


class Sharing(NamedTuple):
    """Another story that shares text with this one. shared, other_shared: of this one and of the other."""

    kind: str
    came_first: bool | None
    shared: float
    other_shared: float
    id: str
    title: str | None
    outlet: str | None
    published: str | None


def claims_of_story(case: Case, story_id: str) -> list[Standing]:
    """Return the claims that the statements of a story support, deny or hedge.

    Raises:
        CaseError: the case cannot be read.
    """
    return [Standing(*row) for row in case.select(_CLAIMS, (story_id,))]


def sharing(case: Case, story_id: str) -> list[Sharing]:
    """Return the stories that share text with one, the largest share first.

    came_first: whether this one did; None where it cannot be told.

    Raises:
        CaseError: the case cannot be read.
    """
    found = []
    for row in case.select(_SHARING, {"story": story_id}):
        first = None if row["origin"] is None else row["origin"] == story_id
        shares = (row["shared_a"], row["shared_b"])
        own, other = shares if row["a"] == story_id else shares[::-1]
        found.append(Sharing(row["kind"], first, own, other, *tuple(row)[5:]))
    return found
