"""The JSON lines of a claim and of two stories that share text: a public contract, made in this one place.

docs/reference/claim-line.md explains every key; ``claim.schema.json`` and ``reuse.schema.json`` in this
package say the same to a machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from reportedly import queries
from reportedly.export.lines import CONTRACT, statement_line
from reportedly.export.table import Column, Listing, Value

if TYPE_CHECKING:
    from reportedly.queries import ClaimParts, ClaimRow, Comparison, ReuseRow, StatementRow
    from reportedly.store import Case
    from reportedly.types import JsonObject
    from reportedly.types.claims import Derivation, Pair, Passage

UNDATED = "undated"


def claim_summary(row: ClaimRow) -> JsonObject:
    """Return one claim in figures as a JSON object: what tables show."""
    return {
        "contract": CONTRACT,
        "id": row.id,
        "text": row.text,
        "actors": list(row.actors),
        "origins": {
            "low": row.origins.low,
            "high": row.origins.high,
            "grounds": [],
            "outside": list(row.origins.outside),
            "reasons": list(row.origins.reasons),
        },
        "echo": row.echo,
        "disputed": row.against > 0,
        "first_seen": row.first_seen,
        "outlets": row.outlets,
        "stories": row.stories,
        "undated": row.undated,
        "statements": row.statements,
        "commitments": dict(row.commitments),
    }


def claim_line(row: ClaimRow, parts: ClaimParts) -> JsonObject:
    """Return one claim as a JSON object, with all statements and what they rest on."""
    line = claim_summary(row)
    return {
        **line,
        "origins": {**line["origins"], "grounds": [list(ground) for ground in parts.grounds]},
        "support": _statements(parts.support),
        "against": _statements(parts.against),
        "hedged": _statements(parts.hedged),
        "others": _statements(parts.others),
        "derivations": list(map(_derivation, parts.derivations)),
        "loops": [list(loop) for loop in parts.loops],
        "matches": list(map(_match, parts.matches)),
        "distortions": list(map(_distortion, parts.distortions)),
        "disputes": list(map(_dispute, parts.disputes)),
    }


def claim_lines(case: Case, rows: Iterable[ClaimRow]) -> Iterator[JsonObject]:
    """Yield the whole lines of claims, one by one.

    Raises:
        CaseError: the case cannot be read.
    """
    fetcher = queries.Fetcher(case)
    return (claim_line(row, queries.claim_parts(case, fetcher, row.id)) for row in rows)


def reuse_line(row: ReuseRow) -> JsonObject:
    """Return two stories that share text as a JSON object."""
    found = row.reuse
    pages = {found.a: row.page_a, found.b: row.page_b}
    return {
        "contract": CONTRACT,
        "a": row.page_a,
        "b": row.page_b,
        "story_a": found.a,
        "story_b": found.b,
        "kind": str(found.kind),
        "from": pages.get(found.origin) if found.origin else None,
        "shared_a": round(found.shared_a, 4),
        "shared_b": round(found.shared_b, 4),
        "passages": list(map(_passage, found.passages)),
        "reasons": list(found.reasons),
    }


def comparison_line(found: Comparison) -> JsonObject:
    """Return what two stories share as a JSON object."""
    reuse = found.reuse
    pages = {found.a.id: found.page_a, found.b.id: found.page_b}
    return {
        "contract": CONTRACT,
        "a": found.page_a,
        "b": found.page_b,
        "story_a": found.a.id,
        "story_b": found.b.id,
        "kind": str(reuse.kind) if reuse else None,
        "from": pages[reuse.origin] if reuse and reuse.origin else None,
        "shared_a": round(reuse.shared_a, 4) if reuse else 0.0,
        "shared_b": round(reuse.shared_b, 4) if reuse else 0.0,
        "passages": [
            {
                **_passage(one),
                "text_a": found.a.text[one.a.start : one.a.end],
                "text_b": found.b.text[one.b.start : one.b.end],
            }
            for one in (reuse.passages if reuse else ())
        ],
        "reasons": list(reuse.reasons) if reuse else [],
        "claims": [{"id": key, "text": words} for key, words in found.shared],
        "only_a": _statements(found.only_a),
        "only_b": _statements(found.only_b),
    }


def _statements(rows: Iterable[StatementRow]) -> list[JsonObject]:
    return [{**statement_line(*row), "story_id": row.story.id} for row in rows]


def _derivation(one: Derivation) -> JsonObject:
    return {
        "from": one.source,
        "to": one.target,
        "how": str(one.how),
        "credited": one.credited,
        "certainty": "must" if one.certain else "may",
        "evidence": one.evidence,
        "outside": one.outside,
    }


def _match(pair: Pair) -> JsonObject:
    return {"a": pair.a, "b": pair.b, "score": round(pair.score, 4), "reasons": list(pair.reasons)}


def _distortion(pair: Pair) -> JsonObject:
    return {"from": pair.b, "to": pair.a, "score": round(pair.score, 4), "reasons": list(pair.reasons)}


def _dispute(pair: Pair) -> JsonObject:
    return {
        "statement": pair.a,
        "answers": pair.b,
        "relation": str(pair.relation),
        "score": round(pair.score, 4),
        "reasons": list(pair.reasons),
    }


def _passage(one: Passage) -> JsonObject:
    return {
        "a_start": one.a.start,
        "a_end": one.a.end,
        "b_start": one.b.start,
        "b_end": one.b.end,
        "exact": one.exact,
        "quoted": one.quoted,
    }


def origins_told(line: JsonObject) -> str:
    """Return the range of origins as it is shown: "1..2"."""
    return f"{line['origins']['low']}..{line['origins']['high']}"


def spread(line: JsonObject) -> str:
    """Return how sure the supporting statements are, the commonest first: "CT+ 5, PS+ 1"."""
    tally: dict[str, int] = line["commitments"]
    shown = sorted(tally.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{value or '(not measured)'} {count}" for value, count in shown)


def _joined(values: Sequence[str]) -> Value:
    return " | ".join(values) or None


CLAIMS = Listing(
    columns=(
        Column("first seen", lambda line: line["first_seen"] or UNDATED, width=10),
        Column("claim", itemgetter("text"), share=9),
        Column("about", lambda line: ", ".join(line["actors"]), share=3, style="cyan"),
        Column("stories", itemgetter("stories"), width=7, right=True),
        Column("outlets", itemgetter("outlets"), width=7, right=True),
        Column("origins", origins_told, width=7, right=True),
        Column("echo", lambda line: f"{line['echo']:.1f}", width=5, right=True),
        Column("sure", spread, share=2),
        Column("disputed", itemgetter("disputed"), width=8),
        Column("id", itemgetter("id"), width=16, style="dim"),
    ),
    fields={
        "id": itemgetter("id"),
        "text": itemgetter("text"),
        "actors": lambda line: _joined(line["actors"]),
        "low": lambda line: line["origins"]["low"],
        "high": lambda line: line["origins"]["high"],
        "echo": itemgetter("echo"),
        "stories": itemgetter("stories"),
        "outlets": itemgetter("outlets"),
        "statements": itemgetter("statements"),
        "disputed": itemgetter("disputed"),
        "first_seen": itemgetter("first_seen"),
        "undated": itemgetter("undated"),
        "commitments": lambda line: spread(line) or None,
        "outside": lambda line: _joined(line["origins"]["outside"]),
        "reasons": lambda line: _joined(line["origins"]["reasons"]),
    },
)

REUSE = Listing(
    columns=(
        Column("a", itemgetter("a"), share=5),
        Column("b", itemgetter("b"), share=5),
        Column("kind", itemgetter("kind"), width=12),
        Column("from", lambda line: line["from"] or "cannot tell", share=4),
        Column("of a", lambda line: f"{line['shared_a']:.0%}", width=5, right=True),
        Column("of b", lambda line: f"{line['shared_b']:.0%}", width=5, right=True),
        Column("passages", lambda line: len(line["passages"]), width=8, right=True),
        Column("reasons", lambda line: _joined(line["reasons"]), share=6),
    ),
    fields={},
)
