"""What a phrase without a name stands for: "the Lovian energy ministry", "a report of the auditor"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from reportedly.corpus.actors import lexicon, names
from reportedly.model.places import Naming, states_in

_CUT = re.compile(
    r",|;|\(|\s(?:who|whom|whose|which|that|when|where|dated|seen|obtained|leaked|published|citing|called|named|said)\b"
)
_PREPOSITION = re.compile(r"\s(?:of|at|for|in|from|by|with|on|to|into)\s")
_OWN = re.compile(r"^(?P<owner>.+?(?:['’]s|s['’]))\s+(?P<rest>.+)$")
_THEN = re.compile(r"\b(?:then|ex|former)[-‐‑](?=\w)", re.IGNORECASE)
_READ = re.compile(
    r"\b(?:seen|obtained|leaked|reviewed) by\b|\ba copy of\b|\bwhich \w+ (?:has|have) (?:seen|read)\b"
)
_AND = re.compile(r"\s(?:and|or|as)\s(?=[a-z])")
_DETERMINER = re.compile(
    r"^(?:the|an?|its|their|his|her|our|this|that|these|those|one|two|three|four|five|several|some|many|another|other|both|few)\s+",
    re.IGNORECASE,
)
_NATIONAL = (Naming.NAME, Naming.PEOPLE)
SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "center": "centre",
    "organization": "organisation",
    "programme": "program",
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase read. kind: "body", "office" (somebody of a body), "post" (who holds it), "document" or "".

    key: the body, post or kind of document, folded, without what narrows it down to a place; empty for "US
    officials". place: the state or the name that does that, folded. of: the words for whose it is, where they
    are no part of the key. definite: "the", a capital, or no article. many: plural.
    """

    kind: str
    key: str
    place: str = ""
    of: str = ""
    definite: bool = True
    many: bool = False


@lru_cache(maxsize=1 << 16)
def read(words: str, affiliation: str | None = None) -> Phrase:
    """Read a phrase; ``affiliation``: the body that half one found beside it."""
    whole = _THEN.sub("", " ".join(words.split())).strip(" \"'“”‘’.,;:")
    cut = _CUT.split(whole)[0].strip() or whole
    determiner = _DETERMINER.match(cut)
    definite = not (
        determiner
        and determiner[0].lower().strip() not in {"the", "its", "their", "his", "her", "this", "our"}
    )
    bare = cut[determiner.end() :] if determiner else cut
    left, of = _parts(bare)
    of = of or (affiliation or "")
    head = lexicon.singular(_fold(left.split()[-1])) if left.split() else ""
    many = bool(left.split()) and head != _fold(left.split()[-1])
    two = _fold(" ".join(left.split()[-2:]))
    kind = _kind(head, two) or ("document" if _READ.search(whole) else "")
    found = _READERS[kind](left, of, head) if kind else Phrase("", _fold(left), of=of)
    return Phrase(found.kind, found.key, found.place, found.of, definite, many)


def _fold(text: str) -> str:
    return " ".join(SPELLINGS.get(word, word) for word in names.fold(text).replace(".", "").split())


def _parts(bare: str) -> tuple[str, str]:
    """Return head phrase and the phrase of its owner: "report", "the auditor general"."""
    found = _PREPOSITION.search(bare)
    owned = _OWN.match(bare[: found.start()] if found else bare)
    if owned:
        return owned["rest"], owned["owner"].rstrip("'’").removesuffix("'s").removesuffix("’s")
    return (bare[: found.start()], _AND.split(bare[found.end() :])[0]) if found else (bare, "")


def _kind(head: str, two: str) -> str:
    if two in lexicon.words("posts") or two in {"chief executive", "general secretary"}:
        return "post"
    if head in lexicon.words("spoken"):
        return "office"
    if head in lexicon.speech("documents") and head not in lexicon.speech("organisations"):
        return "document"
    if head in lexicon.speech("organisations") or head in {
        "palace",
        "inspectorate",
        "railway",
        "customs",
        "mission",
    }:
        return "body"
    if head in lexicon.speech("officials"):
        return "post"
    return "document" if head in {"investigation", "extract", "inventory", "register"} else ""


def _office(left: str, of: str, _: str) -> Phrase:
    """Read somebody of a body: the words before "official" are the body, unless an owner is named."""
    before = _named_part(" ".join(left.split()[:-1]))
    place, rest = _narrowed(before)
    if of and not _is_kind_of_office(rest):
        inner = _body_phrase(of)
        return Phrase("office", inner.key, inner.place or place, inner.of)
    inner = _body_phrase(rest) if rest else Phrase("", "")
    return Phrase("office", inner.key, inner.place or place or _place(of), "")


def _named_part(before: str) -> str:
    """Cut small words off in front of a name: "include CNN", "opposition Conservative party"."""
    words = before.split()
    first = next((at for at, word in enumerate(words) if word[:1].isupper()), 0)
    return " ".join(words[first:])


def _is_kind_of_office(rest: str) -> bool:
    """Whether the words before "official" already name the body ("defence ministry"), rather than a sort."""
    last = lexicon.singular(_fold(rest).split()[-1]) if rest else ""
    return last in lexicon.speech("organisations") or _fold(rest) in lexicon.offices()


def _post(left: str, of: str, head: str) -> Phrase:
    place, rest = _narrowed(left)
    body = lexicon.ranks().get(_fold(rest)) or lexicon.offices().get(_fold(rest))
    if body:
        return Phrase("body", body, place or _place(of))
    if " ".join(_fold(rest).split()[-2:]) in lexicon.words("posts"):
        return Phrase("post", _fold(rest), place or _place(of), "" if _place(of) else of)
    if not of and is_head(rest):
        of = _owner(rest)
        rest = rest.removeprefix(of).strip()
    key = _fold(rest)
    if head in {"minister", "secretary"} and of and rest.lower() == head:
        place, key = place or _state(of), f"{_function(of)} {head}"
    elif of:
        place = place or _place(of)
    body = lexicon.offices().get(key)
    if body is None and key.endswith(" minister"):
        body = key.removesuffix("minister") + "ministry"
    if body:
        return Phrase("body", body, place)
    return Phrase("post", key, place, of if not _place(of) else "")


@lru_cache(maxsize=1 << 16)
def is_head(role: str) -> bool:
    """Return whether who holds a post speaks for its body: its spokesman, its chief."""
    left = names.fold(role)
    for preposition in (" of ", " for ", " at ", " in ", " from "):
        left = left.split(preposition)[0]
    words = left.split()
    return any(" ".join(words[-many:]) in lexicon.words("heads") for many in (1, 2, 3) if len(words) >= many)


def _owner(rest: str) -> str:
    """Return the name in front of a post ("Tanjong Holdings" of its chairwoman), "" without one."""
    kept: list[str] = []
    for word in rest.split()[:-1]:
        if (
            not word[:1].isupper()
            or _fold(word) in lexicon.words("title_parts")
            or _fold(word) in lexicon.speech("titles")
        ):
            break
        kept.append(word)
    return " ".join(kept)


def _body(left: str, of: str, head: str) -> Phrase:
    place, rest = _narrowed(left)
    key = _fold(rest)
    if of and head in lexicon.words("functional") and len(rest.split()) == 1:
        place, key = place or _state(of), f"{_function(of)} {key}".strip()
        of = ""
    usual = lexicon.offices().get(key, key)
    if usual == key and key.split()[-1:] == ["police"]:
        usual = "police"
    return Phrase("body", usual, place or _place(of), "" if _place(of) else of)


def _document(left: str, of: str, head: str) -> Phrase:
    _, rest = _narrowed(left)
    return Phrase("document", head if of else _fold(rest), "", of)


_READERS = {"office": _office, "post": _post, "body": _body, "document": _document}


def _body_phrase(words: str) -> Phrase:
    inner = read(words)
    return inner if inner.kind in {"body", "post"} else _body(*_bare(words))


def _bare(words: str) -> tuple[str, str, str]:
    bare = _DETERMINER.sub("", words.strip())
    left, of = _parts(bare)
    return left, of, lexicon.singular(_fold(left.split()[-1])) if left.split() else ""


def _function(of: str) -> str:
    """Return what an office is for, without the state: "Foreign Affairs of Iran" gives "foreign affairs"."""
    left, _ = _parts(_DETERMINER.sub("", of.strip()))
    return _fold(_narrowed(left)[1])


def _narrowed(left: str) -> tuple[str, str]:
    """Return the place that modifiers give and the other words: ("Lovian energy ministry": Lovian, ...)."""
    words = [
        word for word in left.split() if _fold(word) not in lexicon.words("plain") or len(left.split()) == 1
    ]
    place, kept = "", []
    capitals = all(word[:1].isupper() for word in words)
    for at, word in enumerate(words):
        state = names.state(word)
        if state and names.naming(word) in _NATIONAL:
            place = place or names.fold(state)
        elif not capitals and at < len(words) - 1 and _is_name(word) and not _goes_on(words, at):
            place = place or names.fold(word)
        else:
            kept.append(word)
    return place, " ".join(kept)


def _goes_on(words: list[str], at: int) -> bool:
    """Whether a capital is part of a longer name ("Tanjong Holdings") or of the post ("Harbour master")."""
    beside = [words[other] for other in (at - 1, at + 1) if 0 <= other < len(words) - 1]
    longer = any(word[:1].isupper() and not names.state(word) for word in beside)
    return longer or _fold(" ".join(words[at : at + 2])) in lexicon.words("posts")


def _is_name(word: str) -> bool:
    """Whether a modifier is a name rather than a common word with a capital ("District police")."""
    bare = _fold(word)
    common = bare in lexicon.speech("organisations") or bare in lexicon.speech("empty_modifiers")
    return word[:1].isupper() and not word.isupper() and not common


def _place(of: str) -> str:
    """Return the state, or the name alone, that an owner's phrase is ("of Iran", "of Calder")."""
    bare = names.clean(of)
    state = names.state(bare)
    if state:
        return names.fold(state)
    words = bare.split()
    proper = 0 < len(words) <= 2 and all(word[:1].isupper() for word in words)
    return _fold(bare) if proper and not set(words) & lexicon.speech("org_words") else ""


def _state(of: str) -> str:
    found = states_in(of)
    return names.fold(found[0]) if found else ""


def is_general(key: str) -> bool:
    """Whether many bodies go by a key without a place: "police", "energy ministry", "council"."""
    return bool(key) and lexicon.singular(key.rsplit(maxsplit=1)[-1]) in lexicon.words("general_bodies")


def is_own_post(key: str) -> bool:
    """Whether one person at a time holds a post, so that it stands for him: "auditor general", "mayor"."""
    words = key.split()
    if not words:
        return False
    return words[-1] in lexicon.words("held_by_one") or " ".join(words[-2:]) in lexicon.words("posts")
