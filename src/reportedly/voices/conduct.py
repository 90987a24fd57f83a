"""Whether a party speaks about its own conduct."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.types import Span, Voice, VoiceKind
from reportedly.voices import lexicon
from reportedly.voices.reading import Reading

_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|admit(?:s|ted|ting)?|defend(?:s|ed|ing)?|apologi[sz]\w+)\b",
    re.IGNORECASE,
)
_OWN_PART = re.compile(
    r"\b(?:it|any (?:\w+ )?(?:role|involvement|wrongdoing|links?|responsibility|part|knowledge)"
    r"|wrongdoing|its|their|his|her|\w+ing)\b",
    re.IGNORECASE,
)
_BODIES = frozenset({VoiceKind.ORGANISATION, VoiceKind.OFFICIAL, VoiceKind.GROUP, VoiceKind.OUTLET})


def speaks_of_itself(reading: Reading, voice: Voice, cue: Sequence[Span], content: Sequence[Span]) -> bool:
    """Tell whether the content is about the voice itself or the body that it speaks for.

    The first noun of the content decides: "we", "it" of a body, "he" of a person, or the party's own name; a
    denial or admission of "any role", "having ..." is always about oneself.
    """
    if not content or voice.kind in (None, VoiceKind.DOCUMENT, VoiceKind.UNSPECIFIED):
        return False
    first = min(content, key=lambda span: span.start)
    said = " ".join(reading.text[span.start : span.end] for span in cue)
    if _DENIES.search(said) and _OWN_PART.search(reading.text[first.start : first.end][:60]):
        return True
    at, last = reading.covering(first)
    while at < last and (
        reading.words[at].lower in lexicon.words("conduct_skipped") or not reading.words[at].is_word
    ):
        at += 1
    return at < last and _opens_with(reading, voice, at, last)


def _opens_with(reading: Reading, voice: Voice, at: int, last: int) -> bool:
    word = reading.words[at].lower
    if word in lexicon.words("conduct_first"):
        return True
    if word in lexicon.words("conduct_thing") and voice.kind in _BODIES:
        return True
    if word in lexicon.words("conduct_persons") and voice.kind is VoiceKind.PERSON:
        return at + 1 >= last or reading.words[at + 1].lower not in {"of", "for", "to", "as"}
    opening = [one.lower for one in reading.words[at : min(at + 6, last)]]
    return any(_named_first(name, opening) for name in (voice.name, voice.affiliation) if name)


def _named_first(name: str, opening: Sequence[str]) -> bool:
    words = [word.lower() for word in name.split() if word.lower() != "the"]
    start = 1 if opening and opening[0] == "the" else 0
    here = list(opening[start : start + len(words)])
    return here == words or (bool(words) and here[:1] == words[-1:])
