"""Words by which a text treats something as settled: "it is no secret that", "of course", "as all know".

They name nobody, so what they introduce is the author's own assertion (Recasens, Danescu-Niculescu-Mizil and
Jurafsky 2013 count such words among the markers of epistemological bias).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from reportedly.types import Attribution, Span

_HEAD = r"(?:^|(?<=[.!?;:,\n–—“\"(-])|(?<=\band)|(?<=\bbut))\s*"
_TAIL = r"(?=\s*(?:[,;.!?\n–—)]|$))"
_LEAD = r"(?:^|(?<=[.!?;:\n–—“\"(]))\s*"
_SUBJECT = re.compile(r"\b(?:it|there)(?:['’]s)?(?:\s+\w+){0,2}\s+\Z", re.IGNORECASE)


class _Patterns(NamedTuple):
    frames: re.Pattern[str]
    asides: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    lists = yaml.safe_load(Path(__file__).with_name("settled.yaml").read_text(encoding="utf-8"))
    frames, asides = ("|".join(lists[name]).replace(" ", r"\s+") for name in ("frames", "asides"))
    # an aside opens its clause ("Clearly the plan failed") or stands between pauses
    aside = rf"{_LEAD}(?P<opening>{asides})\b|{_HEAD}(?P<between>{asides}){_TAIL}"
    return _Patterns(re.compile(rf"\b(?:{frames})\b", re.IGNORECASE), re.compile(aside, re.IGNORECASE))


def presupposing_words(text: str) -> Iterator[Span]:
    """Yield the words of a text that treat something as settled, in order."""
    found = [Span(*frame.span()) for frame in _patterns().frames.finditer(text)]
    for aside in _patterns().asides.finditer(text):
        name = "opening" if aside["opening"] else "between"
        if not any(span.start < aside.end(name) and aside.start(name) < span.end for span in found):
            found.append(Span(*aside.span(name)))
    yield from sorted(found, key=lambda span: span.start)


def names_nobody(one: Attribution, text: str) -> bool:
    """Tell whether source and cue are only such words: "it is no secret", "everyone knows"."""
    before = [*one.source, *one.cue]
    content = min(span.start for span in one.content)
    if not before or max(span.end for span in before) > content:
        return False
    start = min(span.start for span in before)
    subject = _SUBJECT.search(text, max(0, start - 40), start)  # where the cue was tagged without its "it is"
    said = text[subject.start() if subject and not one.source else start : content].strip().rstrip('"“:,')
    whole = said if said.endswith("that") else f"{said} that"
    return _patterns().frames.fullmatch(whole) is not None
