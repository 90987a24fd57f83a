"""What the lists of the command line show: statements, sources, stories, rejects."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import TYPE_CHECKING

from reportedly.export import telling
from reportedly.export.table import Column, Listing, Value
from reportedly.store.judgement_rows import instead_line, words_line

if TYPE_CHECKING:
    from reportedly.queries import SourceRow
    from reportedly.types import JsonObject, Judgement, Reject

PIECES = " … "
"""Between the pieces of a content where they are shown as one string."""


def source_line(row: SourceRow) -> JsonObject:
    """Return one source of a case as a JSON object."""
    return {
        "source": row.label,
        "name": row.name,
        "kind": None if row.kind is None else str(row.kind),
        "role": row.role,
        "affiliation": row.affiliation,
        "pronoun": row.pronoun,
        "wordings": [{"text": words, "statements": count} for words, count in row.wordings.items()],
        "statements": row.statements,
        "stories": row.stories,
        "outlets": row.outlets,
        "direct": row.direct,
        "indirect": row.indirect,
        "mixed": row.mixed,
    }


def reject_line(reject: Reject) -> JsonObject:
    """Return one reject as a JSON object."""
    return {
        "place": reject.place,
        "stage": str(reject.stage),
        "reason": str(reject.reason),
        "detail": reject.detail,
    }


def judgement_line(judgement: Judgement, stands: bool) -> JsonObject:
    """Return one judgement as a JSON object; stands: nobody took it back. The log keeps all of them."""
    words = [words_line(one) for one in judgement.words]
    instead = instead_line(judgement.instead) if judgement.instead else None
    return {
        "id": judgement.id,
        "at": judgement.at,
        "by": judgement.by,
        "subject": judgement.subject.value,
        "verdict": judgement.verdict.value,
        "stands": stands,
        "page_id": words[0]["page_id"] if words else None,
        "words": words,
        "names": list(judgement.names),
        "text": " / ".join(map(_said, words)) or " / ".join(judgement.names),
        "instead": instead,
        "instead_text": _instead(instead) if instead else None,
        "note": judgement.note,
        "undoes": judgement.undoes,
    }


def _said(words: JsonObject) -> str:
    return PIECES.join(text for role, _, _, text in words["quotes"] if role == "content")


def _instead(instead: JsonObject) -> str:
    voice = instead["voice"] or {}
    told = [voice.get(name) for name in ("name", "kind", "role", "affiliation")]
    return " | ".join([text for _, _, _, text in instead["quotes"]] + [one for one in told if one])


def _words(role: str) -> Callable[[JsonObject], Value]:
    def words(line: JsonObject) -> Value:
        return line[role]["text"] if line[role] else None

    return words


def _content(line: JsonObject) -> Value:
    return PIECES.join(piece["text"] for piece in line["content"])


def _chain(line: JsonObject) -> Value:
    return " > ".join(name or "(not named)" for name in line["chain"])


def _edge(key: str, last: bool) -> Callable[[JsonObject], Value]:
    def edge(line: JsonObject) -> Value:
        value: int = line["content"][-1 if last else 0][key]
        return value

    return edge


def _voice(key: str) -> Callable[[JsonObject], Value]:
    def voice(line: JsonObject) -> Value:
        value: Value = line["voice"][key]
        return value

    return voice


def _fields(*names: str) -> dict[str, Callable[[JsonObject], Value]]:
    return {name: itemgetter(name) for name in names}


def _who(line: JsonObject) -> Value:
    if line["kind"] == "author":
        return "(the story itself)"
    return telling.ARROW.join(name or telling.NOT_NAMED for name in line["chain"][1:])


def _times(role: str) -> Callable[[JsonObject], Value]:
    """Return the times as ISO 8601 intervals, an open side as "..", an unresolved one as its words."""

    def times(line: JsonObject) -> Value:
        return PIECES.join(_interval(time) for time in line[role]) or None

    return times


def _interval(time: JsonObject) -> str:
    if time["start"] is None and time["end"] is None:
        return f"{time['span']['text']}?"
    return f"{time['start'] or '..'}/{time['end'] or '..'}"


def _when(line: JsonObject) -> Value:
    found = (telling.days(time["start"], time["end"], time["span"]["text"]) for time in line["times"])
    return telling.listed(found)


def _quotes(key: str) -> Callable[[JsonObject], Value]:
    def quotes(line: JsonObject) -> Value:
        return PIECES.join(piece["text"] for piece in line[key]) or None

    return quotes


def _via(line: JsonObject) -> Value:
    return " > ".join(name or telling.NOT_NAMED for name in line["chain"][1:-1]) or None


def _commitments(line: JsonObject) -> Value:
    return " > ".join(value or "-" for value in line["commitments"])


def _ties(line: JsonObject) -> Value:
    return PIECES.join(map(_tie, line["ties"])) or None


def _tie(tie: JsonObject) -> str:
    relation = f"not {tie['relation']}" if tie["negated"] else tie["relation"]
    return " | ".join((tie["subject"]["name"], relation, tie["plover"] or "-", tie["object"]["name"]))


def _source_kind(line: JsonObject) -> Value:
    if line["pronoun"]:
        return "pronoun"
    return None if line["kind"] is None else str(line["kind"])


def _source_role(line: JsonObject) -> Value:
    """Return role and affiliation beside a name; without one they stand in its place."""
    told = ", ".join(part for part in (line["role"], line["affiliation"]) if part)
    return told if line["name"] else None


def _source_words(line: JsonObject) -> Value:
    return line["source"] or ("(outlet not named)" if line["kind"] == "author" else "(not named)")


STATEMENTS = Listing(
    columns=(
        Column("published", itemgetter("published"), width=10),
        Column("outlet", itemgetter("outlet"), share=3),
        Column("who", _who, share=4, style="cyan"),
        Column("cue", _words("cue"), share=2, style="yellow"),
        Column("what", _content, share=9),
        Column("sure", itemgetter("commitment"), width=4),
        Column("when", _when, share=2),
        Column("kind", itemgetter("kind"), width=8),
        Column("conf", lambda line: f"{line['confidence']:.2f}", width=4, right=True),
    ),
    fields={
        **_fields("id", "page", "story", "title", "outlet", "published", "language", "partial", "kind"),
        "source": _words("source"),
        "cue": _words("cue"),
        "content": _content,
        "start": _edge("start", last=False),
        "end": _edge("end", last=True),
        "page_start": _edge("page_start", last=False),
        "page_end": _edge("page_end", last=True),
        "voice_name": _voice("name"),
        "voice_kind": _voice("kind"),
        "voice_role": _voice("role"),
        "voice_affiliation": _voice("affiliation"),
        "voice_number": _voice("number"),
        "voice_country": _voice("country"),
        "anonymous": _voice("anonymous"),
        "of_itself": _voice("of_itself"),
        "reason": _voice("reason"),
        "chain": _chain,
        "via": _via,
        "commitments": _commitments,
        "markers": _quotes("markers"),
        "presupposed": _quotes("presupposed"),
        "times": _times("times"),
        "said": _times("said"),
        "ties": _ties,
        **_fields("commitment", "factuality", "parent", "confidence"),
    },
)

SOURCES = Listing(
    columns=(
        Column("source", _source_words, share=6, style="cyan"),
        Column("kind", _source_kind, width=12),
        Column("role", _source_role, share=4),
        Column("wordings", lambda line: len(line["wordings"]), width=8, right=True),
        Column("statements", itemgetter("statements"), width=10, right=True),
        Column("stories", itemgetter("stories"), width=7, right=True),
        Column("outlets", itemgetter("outlets"), width=7, right=True),
        Column("direct", itemgetter("direct"), width=6, right=True),
        Column("indirect", itemgetter("indirect"), width=8, right=True),
        Column("mixed", itemgetter("mixed"), width=5, right=True),
    ),
    fields={
        **_fields("source", "name", "kind", "role", "affiliation", "pronoun"),
        "wordings": lambda line: len(line["wordings"]),
        **_fields("statements", "stories", "outlets", "direct", "indirect", "mixed"),
    },
)

STORIES = Listing(
    columns=(
        Column("published", itemgetter("published"), width=10),
        Column("outlet", itemgetter("outlet"), share=3),
        Column("title", itemgetter("title"), share=8),
        Column("place", itemgetter("place"), share=2),
        Column("language", itemgetter("language"), width=8),
        Column("partial", itemgetter("partial"), width=7),
        Column("characters", lambda line: len(line["text"]), width=10, right=True),
        Column("set aside", lambda line: len(line["set_aside"]), width=9, right=True),
        Column("page", lambda line: f"{line['page']} [{line['story']}]", share=5, style="dim"),
    ),
    fields={
        **_fields("id", "page", "story", "title", "section", "outlet", "byline", "agency", "place", "url"),
        **_fields("published", "published_at", "precision", "language", "partial", "page_start", "page_end"),
        "set_aside": lambda line: len(line["set_aside"]),
        "text": itemgetter("text"),
    },
)

JUDGEMENTS = Listing(
    columns=(
        Column("when (UTC)", lambda line: line["at"][:16].replace("T", " "), width=16),
        Column("who", itemgetter("by"), share=2),
        Column("subject", itemgetter("subject"), width=10),
        Column("verdict", itemgetter("verdict"), width=7),
        Column("stands", itemgetter("stands"), width=6),
        Column("words", itemgetter("text"), share=8),
        Column("instead", itemgetter("instead_text"), share=4),
        Column("note", itemgetter("note"), share=3),
    ),
    fields=_fields(
        "id", "at", "by", "subject", "verdict", "stands", "text", "instead_text", "note", "undoes", "page_id"
    ),
)

REJECTS = Listing(
    columns=(
        Column("where", itemgetter("place"), share=6),
        Column("stage", itemgetter("stage"), width=11),
        Column("reason", itemgetter("reason"), width=18),
        Column("detail", itemgetter("detail"), share=7),
    ),
    fields=_fields("place", "stage", "reason", "detail"),
)
