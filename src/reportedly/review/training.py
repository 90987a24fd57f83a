"""Judgements as training data, in the line format of the attribution corpora (PolNeAR's, as we keep it).

One line a story and reviewer, as that corpus has one line an annotated copy: spans are ``[start, end]`` in
``text``. Beside the corpus's keys a line says what was judged wrong, and whether the whole story was judged:
what nobody judged in a story that was not judged whole is no evidence that nothing is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from reportedly.review.applying import Judged, reviewed
from reportedly.review.placing import quotes_of
from reportedly.types import JsonObject, Judgement, Kind, Quote, Statement, Story, Verdict

_ROLES = ("source", "cue", "content")

Look = Callable[[str], Iterable[tuple[Story, Sequence[Statement]]]]
"""Gives the stories of a page, by its id, each with its statements as they were read."""


def corpus_lines(judgements: Iterable[Judgement], look: Look) -> Iterator[JsonObject]:
    """Yield the judgements that stand as lines of the corpus, by page, story and reviewer.

    judgements: those that stand, in order. Voices are added to an attribution as ``voice``.
    """
    pages: defaultdict[str, list[Judgement]] = defaultdict(list)
    for one in judgements:
        if one.words:
            pages[one.words[0].page_id].append(one)
    for page_id in sorted(pages):
        for story, statements in look(page_id):
            for person in sorted({one.by for one in pages[page_id]}):
                own = [one for one in pages[page_id] if one.by == person]
                yield from _line(story, statements, person, own)


def _line(
    story: Story, statements: Sequence[Statement], person: str, judgements: Sequence[Judgement]
) -> Iterator[JsonObject]:
    laid = reviewed(story, statements, judgements)
    if not laid.by_id:
        return
    standing = [one for one in laid.statements if _is_settled(laid.by_id.get(one.id))]
    told = {one.id for one in statements if one.kind is not Kind.AUTHOR}
    settled = {key for key, one in laid.by_id.items() if one.verdict in (Verdict.RIGHT, Verdict.WRONG)}
    published = story.metadata.published
    yield {
        "id": story.id,
        "annotator": person,
        "published": published.value if published else None,
        "text": story.text,
        "attributions": [_attribution(one, laid.by_id[one.id]) for one in standing],
        "wrong": [_spans(quotes_of(one.read)) for one in laid.by_id.values() if one.verdict is Verdict.WRONG],
        "whole": told <= settled,
    }


def _is_settled(judged: Judged | None) -> bool:
    """Whether the words as they stand are right: found right, or put right."""
    return judged is not None and judged.verdict in (Verdict.RIGHT, Verdict.WRONG)


def _attribution(statement: Statement, judged: Judged) -> JsonObject:
    line: JsonObject = _spans(quotes_of(statement))
    if judged.voice_verdict in (Verdict.RIGHT, Verdict.WRONG):
        voice = statement.voice
        line["voice"] = {
            "name": voice.name,
            "kind": voice.kind.value if voice.kind else None,
            "role": voice.role,
            "affiliation": voice.affiliation,
        }
    return line


def _spans(quotes: Iterable[Quote]) -> JsonObject:
    listed = list(quotes)
    return {role: [[one.start, one.end] for one in listed if one.role == role] for role in _ROLES}
