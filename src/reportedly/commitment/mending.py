"""Mend the arcs that the rules hang on: a complement belongs to the governing word right in front of it.

The parser of the English model gets one arc in eight wrong, and often hangs "to recover" in "said prices were
unlikely to recover" on "said". Where a word of the lexicon stands right before "to", "that", "whether" or a
gerund, word order is the better guide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportedly.commitment.lexicon import Wanted, find
from reportedly.commitment.words import Words, list_children, read_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

REACH: Final = 12
"""Words after "that" or "whether" among which the verb of its clause is looked for."""
_OPENERS: Final = frozenset({"to", "that", "whether", "if"})
_AUXILIARY: Final = frozenset({"aux", "aux:pass", "auxpass", "cop", "mark"})
_CLAUSES: Final = frozenset({"ccomp", "ROOT", "root", "parataxis"})
_ASKED: Final = frozenset({"who", "what", "how", "why", "when", "where", "which"})
_ATTITUDES: Final = frozenset({"think", "believe", "suspect", "doubt", "guess", "suppose", "hope", "fear"})


def mended_words(doc: Doc) -> Words:
    """Return the words of ``doc`` with their parse, if it has one, mended."""
    words = read_words(doc)
    if words.parsed:
        mend(words)
        list_children(words)
    return words


def mend(words: Words) -> None:
    """Rehang complements in ``words.heads`` and ``words.deps``, before the children are listed."""
    for at in range(1, len(words.lower) - 1):
        word = words.lower[at]
        if word in _OPENERS and words.pos[at] in ("PART", "SCONJ", "ADP", "PRON"):
            _hang(words, at - 1, at, _verb_of(words, at))
        elif word.endswith("ing") and words.pos[at] in ("VERB", "AUX"):
            _hang(words, at - 1, at, at)
        elif words.lemmas[at] in _ATTITUDES and words.lower[at - 1] in ("i", "we", "not", "n't"):
            _hang_bare(words, at)
        elif words.lemmas[at] in ("remain", "seem", "appear") and words.pos[at + 1] == "ADJ":
            if words.heads[at + 1] == words.heads[at] != at:
                _move(words, at + 1, at, "xcomp")
        elif word in _ASKED and words.lower[at - 1] in ("unclear", "unknown", "uncertain", "unsure"):
            _hang(words, at - 1, at, _next_verb(words, at) or words.heads[at])
        elif word == "there" and words.lemmas[at + 1] == "be":
            _hang_existing(words, at + 1)


def _verb_of(words: Words, opener: int) -> int | None:
    """Return the verb of the clause that an opener stands in front of."""
    verb = words.heads[opener]
    if words.deps[opener] in ("mark", "aux") and verb > opener:
        return verb
    if words.lower[opener] == "to":
        return opener + 1 if words.pos[opener + 1] in ("VERB", "AUX") else None
    return _next_verb(words, opener)


def _next_verb(words: Words, at: int) -> int | None:
    if words.deps[at] not in ("mark", "ccomp", "xcomp", "acl", "dep"):
        return None
    for near in range(at + 1, min(at + REACH, len(words.lower))):
        if words.lower[near] in (",", ";", "."):
            return None
        if words.pos[near] in ("VERB", "AUX") and words.deps[near] not in _AUXILIARY:
            return near
    return None


def _hang(words: Words, governor: int, opener: int, verb: int | None) -> None:
    """Hang ``verb`` on ``governor`` if the lexicon has it as a word that takes such a clause."""
    if verb is None or verb == governor or words.pos[governor] not in ("VERB", "AUX", "ADJ", "NOUN", "ADV"):
        return
    word = words.lower[opener]
    frame = "to" if word == "to" else "whether" if word in ("whether", "if") else "that"
    gerund = opener == verb
    if gerund and words.pos[governor] != "VERB":
        return
    index = words.lexicon.operators
    found = find(index, words.lower, words.lemmas, governor, Wanted(frame=frame))
    if found is None and not gerund:
        found = find(words.lexicon.cues, words.lower, words.lemmas, governor, Wanted(frame=frame))
    if found is not None:
        _move(words, verb, governor, "acl" if words.pos[governor] == "NOUN" else _label(frame, gerund))


def _label(frame: str, gerund: bool) -> str:
    return "xcomp" if frame == "to" or gerund else "ccomp"


def _hang_bare(words: Words, attitude: int) -> None:
    """Hang the clause after "I think" on "think" where the parser made the two stand side by side."""
    for near in range(attitude + 1, min(attitude + REACH, len(words.lower))):
        if words.lower[near] in (",", ";", ".", "that", "to", "and", "of", "about"):
            return
        if words.pos[near] in ("VERB", "AUX", "ADJ") and words.deps[near] in (
            "ccomp",
            "ROOT",
            "root",
            "parataxis",
        ):
            _move(words, near, attitude, "ccomp")
            return


def _hang_existing(words: Words, verb: int) -> None:
    """Hang the noun of "there is no evidence" on "is" where the parser made the two stand side by side."""
    for near in range(verb + 1, min(verb + 5, len(words.lower))):
        if words.pos[near] == "NOUN" and words.deps[near] != "compound":
            if words.heads[near] == words.heads[verb] and words.heads[verb] != verb:
                _move(words, near, verb, "nsubj")
            return


def _move(words: Words, verb: int, governor: int, label: str) -> None:
    heads, deps = words.heads, words.deps
    if heads[verb] != governor and verb in _above(words, governor):
        heads[governor], deps[governor] = heads[verb] if heads[verb] != verb else governor, deps[verb]
        if governor in _above(words, heads[governor]) and heads[governor] != governor:
            heads[governor] = governor
    heads[verb], deps[verb] = governor, label


def _above(words: Words, at: int) -> list[int]:
    """Return ``at`` and what it hangs on, up to the root."""
    chain = [at]
    while words.heads[chain[-1]] not in chain:
        chain.append(words.heads[chain[-1]])
    return chain
