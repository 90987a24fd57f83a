"""What a reviewer said, made a judgement: the words, and what is right instead, are found in the story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportedly import queries, review
from reportedly.errors import ConfigurationError
from reportedly.export.plain import bare
from reportedly.queries.reading import Whole, story, story_of_statement
from reportedly.review import Judged, Reviewed
from reportedly.store import Case
from reportedly.store.judgement_rows import instead_line, words_line
from reportedly.types import (
    Instead,
    JsonObject,
    Judgement,
    OtherVoice,
    Quote,
    Statement,
    Subject,
    Verdict,
    Words,
)
from reportedly.web.faults import FaultError, invalid

NOTE_CHARACTERS = 2_000
WORDS_CHARACTERS = 20_000
GAP = "[...]"
"""Stands on a line of its own between the pieces of a content."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer says. statement: id of the one judged; other: of the one it is compared with,
    or the first of other_claim.

    story: of a missing one. words: role -> words of the story that are right instead, a content's pieces
    apart by lines of `GAP`; a role that is not there stays as it is, an empty one is taken away. near: where
    in the story's text the words of a role stand, roughly.
    """

    subject: Subject
    verdict: Verdict
    by: str
    statement: str | None = None
    other: str | None = None
    other_claim: str | None = None
    story: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, int] = field(default_factory=dict)
    voice: OtherVoice | None = None
    names: tuple[str, ...] = ()
    note: str = ""


def judgement_of(case: Case, said: Said) -> Judgement:
    """Return the judgement that somebody means.

    Raises:
        FaultError: there is no such statement or story, or the words do not stand in it.
    """
    if len(said.note) > NOTE_CHARACTERS:
        raise invalid(f"note: at most {NOTE_CHARACTERS:,} characters")
    match said.subject:
        case Subject.STATEMENT | Subject.VOICE:
            return _of_statement(case, said)
        case Subject.MISSING:
            return _of_missing(case, said)
        case Subject.SAME_CLAIM:
            other = said.other or _first_of(case, said.other_claim or "")
            pair = [_words(case, one or "") for one in (said.statement, other)]
            return _made(said, words=tuple(pair))
        case Subject.SAME_ACTOR:
            if len(said.names) != 2 or not all(name.strip() for name in said.names):
                raise invalid("names: two names are compared")
            return _made(said, names=said.names)
        case Subject.UNDO:
            raise invalid("subject: a judgement is undone at its own address")


def laid_over(case: Case, whole: Whole) -> Reviewed:
    """Return a story's statements with all that stands of its judgements laid over them."""
    return review.reviewed(whole.story, whole.statements, review.of_page(case, whole.story.page_id))


def statement_of(case: Case, statement_id: str) -> tuple[Whole, Reviewed, Statement]:
    """Return a statement as it stands after review, or as it was refused, with its story.

    Raises:
        FaultError: the case has none of that id.
    """
    story_id = story_of_statement(case, statement_id) or ""
    whole = story(case, story_id)
    if whole is None:
        raise FaultError(404, "The case has no such statement.")
    laid = laid_over(case, whole)
    for one in (*laid.statements, *laid.refused):
        if one.id == statement_id:
            return whole, laid, one
    raise FaultError(404, "The case has no such statement.")


def judged_line(judged: Judged) -> JsonObject:
    """Return what stands of what people said of a statement as a JSON object."""
    return {
        "verdict": judged.verdict,
        "voice_verdict": judged.voice_verdict,
        "reviewers_differ": judged.differ,
        "judgements": [judgement_line(one) for one in (*judged.words, *judged.voice)],
    }


def judgement_line(judgement: Judgement) -> JsonObject:
    """Return a judgement as a JSON object."""
    return {
        "id": judgement.id,
        "at": judgement.at,
        "by": judgement.by,
        "subject": judgement.subject.value,
        "verdict": judgement.verdict.value,
        "words": [words_line(one) for one in judgement.words],
        "names": list(judgement.names),
        "instead": instead_line(judgement.instead) if judgement.instead else None,
        "note": judgement.note,
        "undoes": judgement.undoes,
    }


def located(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return where words stand in a text, nearest to ``near``.

    Blanks of any kind count as one, and characters that act and are not seen do not count.
    """
    seen = (
        [at for at, character in enumerate(text) if bare(character)]
        if bare(text) != text
        else range(len(text))
    )
    pattern = r"\s+".join(re.escape(word) for word in bare(words).split())
    found = re.finditer(pattern, bare(text)) if pattern else iter(())
    places = ((seen[match.start()], seen[match.end() - 1] + 1) for match in found)
    return min(places, key=lambda place: (abs(place[0] - near), place), default=None)


def pieces(statement: Statement) -> str:
    """Return the content of a statement as a reviewer edits it."""
    return f"\n{GAP}\n".join(piece.text for piece in statement.content)


def _of_statement(case: Case, said: Said) -> Judgement:
    whole, laid, standing = statement_of(case, said.statement or "")
    judged = laid.by_id.get(standing.id)
    read = judged.read if judged else standing
    instead = None
    if said.verdict is Verdict.WRONG and (said.words or said.voice):
        quotes = _quotes(whole, said, standing) if said.words else ()
        instead = Instead(quotes, said.voice)
    return _made(said, words=(review.words_of(whole.story, review.quotes_of(read)),), instead=instead)


def _of_missing(case: Case, said: Said) -> Judgement:
    whole = story(case, said.story or "")
    if whole is None:
        raise FaultError(404, "The case has no such story.")
    quotes = _quotes(whole, said, None)
    if not any(quote.role == "content" for quote in quotes):
        raise invalid("content: what is said is missing")
    return _made(said, words=(review.words_of(whole.story, quotes),))


def _first_of(case: Case, address: str) -> str:
    """Return the first statement that supports a claim, given by its id or its address.

    Raises:
        FaultError: there is no such claim.
    """
    try:
        row = queries.claim(case, address.rstrip("/").rpartition("/")[2])
    except ConfigurationError as error:
        raise FaultError(404, "The case has no such claim.") from error
    return queries.claim_parts(case, queries.Fetcher(case), row.id).support[0].statement.id


def _words(case: Case, statement_id: str) -> Words:
    whole, laid, standing = statement_of(case, statement_id)
    judged = laid.by_id.get(standing.id)
    return review.words_of(whole.story, review.quotes_of(judged.read if judged else standing))


def _quotes(whole: Whole, said: Said, standing: Statement | None) -> tuple[Quote, ...]:
    """Return the words that are right instead, found in the story."""
    text = whole.story.text
    old = review.quotes_of(standing) if standing else ()
    quotes: list[Quote] = []
    problems: list[str] = []
    for role in ("source", "cue", "content"):
        before = [one for one in old if one.role == role]
        if role not in said.words:
            quotes += before
            continue
        near = said.near.get(role, before[0].start if before else _middle(old))
        for piece in _split(said.words[role][:WORDS_CHARACTERS]):
            place = located(text, piece, near)
            if place is None:
                problems.append(f"{role}: these words do not stand in the story: {piece[:80]!r}")
            else:
                quotes.append(Quote(role, *place, text[slice(*place)]))
                near = place[1]
    if standing and not problems and not any(one.role == "content" for one in quotes):
        problems.append("content: what is said is missing; to say that nothing is said here, say wrong alone")
    if problems:
        raise invalid(*problems)
    return tuple(quotes)


def _split(words: str) -> Sequence[str]:
    return [piece for part in words.split(GAP) if (piece := part.strip())]


def _middle(quotes: Sequence[Quote]) -> int:
    return quotes[0].start if quotes else 0


def _made(
    said: Said,
    words: tuple[Words, ...] = (),
    names: tuple[str, ...] = (),
    instead: Instead | None = None,
) -> Judgement:
    return review.made(
        Judgement("", "", said.by, said.subject, said.verdict, words, names, instead, said.note.strip())
    )
