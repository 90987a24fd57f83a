"""What kind of voice a noun phrase is; docs/explanation/voices.md states the rules."""

from __future__ import annotations

import re

from reportedly.types import Number, VoiceKind
from reportedly.voices import lexicon
from reportedly.voices.groups import Named
from reportedly.voices.phrases import Phrase

_AGENT = re.compile(r"(?:er|or|ist|ian|ant|man|woman|ee|eer|crat|ologist|maker|holder|goer)$")

NAMED_KINDS = {
    Named.PERSON: VoiceKind.PERSON,
    Named.UNKNOWN: VoiceKind.PERSON,
    Named.BODY: VoiceKind.ORGANISATION,
    Named.PLACE: VoiceKind.ORGANISATION,
    Named.OUTLET: VoiceKind.OUTLET,
    Named.PEOPLE: VoiceKind.GROUP,
    Named.POST: VoiceKind.OFFICIAL,
}
NOBODY = "nobody in particular"
UNKNOWN_KIND = "a source of no known kind"


def kind_of(phrase: Phrase) -> tuple[VoiceKind, str | None]:
    """Return the kind of an unnamed source, and the reason where it is `VoiceKind.UNSPECIFIED`."""
    head = phrase.head
    if (
        phrase.bare
        and not phrase.definite
        and phrase.owner_pronoun is None
        and head in lexicon.words("weasels") | {"source"}
    ):
        return VoiceKind.UNSPECIFIED, NOBODY
    if lexicon.singular(head) == "source":
        return _kind_of_source(phrase), None
    kind = _listed(phrase) or _guessed(phrase)
    return (kind, None) if kind else (VoiceKind.UNSPECIFIED, UNKNOWN_KIND)


def _kind_of_source(phrase: Phrase) -> VoiceKind:
    """A source of an office is an official; any other is a person, several are a group."""
    telling = {word.lower() for word in (phrase.role or "").split()} & lexicon.words("kinds_of_office")
    owned = phrase.owner is not None and phrase.owner.named in (Named.BODY, Named.PLACE)
    if telling or owned:
        return VoiceKind.OFFICIAL
    return VoiceKind.GROUP if phrase.plural else VoiceKind.PERSON


def _listed(phrase: Phrase) -> VoiceKind | None:
    head = phrase.head
    modifiers = {word.lower() for word in (phrase.role or "").split()[:-1]}
    if head in lexicon.words("kinds_figures") and modifiers:
        return VoiceKind.PERSON if not phrase.plural else VoiceKind.GROUP
    if head in {"paper", "papers"}:
        return VoiceKind.DOCUMENT if modifiers & lexicon.words("kinds_document_papers") else VoiceKind.OUTLET
    if head in lexicon.words("outlets") or f"{' '.join(sorted(modifiers))} {head}" in lexicon.words(
        "outlets"
    ):
        return VoiceKind.OUTLET
    if lexicon.holds("officials", head):
        body = head in lexicon.words("organisations") and not phrase.plural
        return VoiceKind.ORGANISATION if body else VoiceKind.OFFICIAL
    if lexicon.holds("people", head) and head not in lexicon.words("groups"):
        return VoiceKind.GROUP if phrase.plural else VoiceKind.PERSON
    for name, kind in (
        ("documents", VoiceKind.DOCUMENT),
        ("organisations", VoiceKind.ORGANISATION),
        ("groups", VoiceKind.GROUP),
    ):
        if lexicon.holds(name, head):
            return kind
    return None


def _guessed(phrase: Phrase) -> VoiceKind | None:
    """Guess from the ending of a noun that no list holds ("beekeeper")."""
    if phrase.plural and phrase.head not in lexicon.words("kinds_abstract"):
        return VoiceKind.GROUP
    if phrase.head in {"one", "another", "other", "someone", "somebody"}:
        return VoiceKind.PERSON
    if _AGENT.search(lexicon.singular(phrase.head)) and len(phrase.head) > 4:
        return VoiceKind.GROUP if phrase.plural else VoiceKind.PERSON
    return None


def number_of(phrase: Phrase, kind: VoiceKind) -> Number | None:
    """Return how many people an unnamed source is; None for bodies and documents."""
    if kind is VoiceKind.UNSPECIFIED:
        return Number.SEVERAL if phrase.plural or phrase.head in lexicon.words("several") else Number.UNKNOWN
    if kind not in (VoiceKind.PERSON, VoiceKind.OFFICIAL, VoiceKind.GROUP):
        return None
    if phrase.plural:
        return Number.SEVERAL
    return Number.SEVERAL if kind is VoiceKind.GROUP else Number.ONE
