"""Names as strings: what is cut off them, what two spellings have in common. Pure functions of the words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reportedly.corpus.actors import lexicon
from reportedly.model.places import Naming, naming_of, state_of

_EDGES = " \t\n\r\"'“”‘’«»‹›„`´,;:()[]{}*…–—-/|"
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+|(?:Jr|Sr|Inc|Co|Corp|Ltd)\.")
_SPLIT = re.compile(r"[\s\-‐‑–—/_]+")
_OPENING = re.compile(
    r"^(?:For|But|And|In|On|At|If|When|While|As|With|From|To|By|Of|After|Before|Since|That|So|Yet|Or|Not|Like|Unlike|Both|Even"
    r"|Although|Though|Because|Until|Under|Over|Also|Meanwhile|However|Among|Against|Then|Now|Is|Was|Are|Did|Does|Has|Will)"
    r"\s+(?=[A-ZÀ-Þ])"
)
_ABBREVIATED = re.compile(r"^(?:[^\W\d_]\.){2,}[^\W\d_]?$")
_ARABIC_ARTICLE = re.compile(r"^(?:al|el|ul|ad|as|ash|an|ar|at|az)[-‐‑ ](?=\w)|^Al-(?=\w)")
_AGENT = re.compile(r"(?:er|or|ist|ian|man|woman|eer)$")
_FOLDED_ARTICLE = re.compile(r"^(?:al|el|ul|ad|as|ash|an|ar)[-‐‑](?=\w)")
_LONG = 5  # letters from which one may differ
_ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ash", "an", "ar"})
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)

_SOUNDS = (
    (re.compile(r"['’ʿʾ`]"), ""),
    (re.compile(r"sch"), "sh"),
    (re.compile(r"tch|tsch"), "ch"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|gh|dh"), lambda found: found[0][0]),
    (re.compile(r"ck|q|c(?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"dj"), "j"),
    (re.compile(r"th"), "t"),
    (re.compile(r"[ou]+"), "u"),
    (re.compile(r"[ae]?[iy]+[ei]?|a?e+"), "i"),
    (re.compile(r"a+h?$"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Return the text in lower case without diacritics, on one line, quotation marks made straight."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(bare.replace("’", "'").replace("‘", "'").split())


@lru_cache(maxsize=1 << 17)
def clean(name: str) -> str:
    """Return a name without what stands around it: marks, article, possessive, a full stop, "For"."""
    bare = " ".join(name.split()).strip(_EDGES)
    bare = _POSSESSIVE.sub("", _ARTICLE.sub("", _OPENING.sub("", bare))).strip(_EDGES)
    if bare.endswith(".") and not _INITIAL.fullmatch(bare.rsplit(" ", 1)[-1]):
        bare = bare.rstrip(". ")
    return bare


@lru_cache(maxsize=1 << 17)
def state(name: str) -> str | None:
    """Return `places.state_of` a name, remembered."""
    return state_of(name)


@lru_cache(maxsize=1 << 17)
def naming(name: str) -> Naming | None:
    """Return `places.naming_of` a name, remembered."""
    return naming_of(name)


@lru_cache(maxsize=1 << 17)
def tokens(name: str) -> tuple[str, ...]:
    """Return the folded words of a name, hyphens split, full stops and apostrophes gone ("U.S.": "us")."""
    parts = (part.strip(_EDGES + ".") for part in _SPLIT.split(fold(clean(name))))
    return tuple(part.replace(".", "").replace("'", "") for part in parts if part)


@lru_cache(maxsize=1 << 17)
def key(name: str) -> str:
    """Return what all plain spellings of a name share: folded words, the Arabic article dropped."""
    words = tokens(name)
    if len(words) > 1 and _ARABIC_ARTICLE.match(" ".join(clean(name).split())):
        words = words[1:]
    return " ".join(words)


def is_acronym(name: str) -> bool:
    """Return whether a name is written as an acronym: two to eight letters, all or nearly all capitals."""
    bare = clean(name).replace(".", "").replace("-", "")
    capitals = sum(char.isupper() for char in bare)
    return bare.isalnum() and 2 <= len(bare) <= 8 and capitals >= max(2, len(bare) - 1) and bare[0].isupper()


def initials(name: str) -> str:
    """Return the first letters of a name's words, small words left out, folded."""
    words = [word for word in tokens(name) if word not in lexicon.words("small")]
    return "".join(word[0] for word in words)


@lru_cache(maxsize=1 << 17)
def person(name: str) -> tuple[str, ...]:
    """Return the words of a person's name as written, titles, posts and suffixes cut off.

    "Restorer Maja Vendt" gives Maja, Vendt; a name that is nothing but titles gives ().
    """
    words = _after_titles(clean(name).split())
    words = _without_suffix([word.strip(",") for word in words if word.strip(",")])
    if len(words) == 1 and fold(words[0]).strip(".,") in lexicon.speech("titles"):
        return ()
    return tuple(_POSSESSIVE.sub("", word) for word in words)


def _without_suffix(words: list[str]) -> list[str]:
    """Cut "III" and "PhD" off a name; "Jr" stays, in one with the surname, since it tells son from father."""
    junior = False
    while len(words) > 1 and (last := fold(words[-1]).strip(".,")) in lexicon.speech("suffixes") | {"junior"}:
        junior |= last in {"jr", "junior"}
        words = words[:-1]
    return [*words[:-1], f"{words[-1]} Jr"] if junior and len(words) > 1 else words


def _after_titles(words: list[str]) -> list[str]:
    """Return the words behind the last title ("House Speaker Nancy Pelosi")."""
    while words and (at := _title_words(words)) and at < len(words):
        words = words[at:]
    if words and fold(words[0]) in lexicon.given_names():
        return words
    last = max((at for at, word in enumerate(words[:-1]) if _is_office(word)), default=-1)
    last = max(last, max((at for at, word in enumerate(words[:-2]) if _is_title(word)), default=-1))
    return words[last + 1 :]


def _is_office(word: str) -> bool:
    bare = fold(word).strip(".,")
    return bare in lexicon.speech("titles") or bare in lexicon.speech("officials")


def _title_words(words: list[str]) -> int:
    for many in (3, 2, 1):
        joined = fold(" ".join(words[:many])).replace(".", "")
        if len(words) > many and joined in lexicon.speech("titles"):
            return many
    return 1 if len(words) > 2 and _is_title(words[0]) else 0


def _is_title(word: str) -> bool:
    """Whether a word before a full name tells what somebody is: a listed one, or one made like those."""
    bare = fold(word).strip(".,")
    if bare in lexicon.families() or any(
        bare in lexicon.speech(name) for name in ("titles", "officials", "people")
    ):
        return True
    made = _AGENT.search(bare) is not None and len(bare) > 5
    return made and "-" not in bare and bare not in lexicon.given_names()


@lru_cache(maxsize=1 << 17)
def surname(words: tuple[str, ...]) -> str:
    """Return the folded last word of a person's name."""
    last = fold(words[-1]).replace(".", "").replace("'", "") if words else ""
    return _FOLDED_ARTICLE.sub("", last)


def person_key(words: tuple[str, ...]) -> str:
    """Return first and last word, folded, by which a full name is found."""
    plain = tokens(" ".join(words[1:] if len(words) > 2 and is_initial(words[0]) else words))
    last = " ".join(plain[-2:]) if len(plain) > 2 and plain[-1] == "jr" else plain[-1] if plain else ""
    return f"{plain[0]} {last}" if len(plain) > 1 else last


def is_initial(word: str) -> bool:
    """Return whether a word of a name is an initial ("N.", "J")."""
    return len(word.strip(".")) == 1


def is_initialled(words: tuple[str, ...]) -> bool:
    """Return whether all that a full name gives before the surname are initials ("N. Lusajo")."""
    return len(words) > 1 and all(map(is_initial, words[:-1]))


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """Return a folded word with the spellings of one sound made one (Qaeda, Qaida; Mohamed, Muhammad)."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word's sound, its first vowel as "a"."""
    heard = sound(word)
    bare = re.sub(r"[aiu]", "", heard[1:])
    return ("a" if heard[:1] in {"a", "i", "u"} else heard[:1]) + bare


def alike(one: str, other: str) -> bool:
    """Return whether two folded words may spell one name: the same sound, or one letter of it apart."""
    if one == other or (one in _ARTICLES and other in _ARTICLES):
        return True
    a, b = sound(one), sound(other)
    return a == b or (min(len(a), len(b)) >= _LONG and skeleton(one) == skeleton(other) and _near(a, b))


def _near(a: str, b: str) -> bool:
    """Return whether one letter changed, put in or left out makes two words one."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[at + 1 :] == b[at + 1 :] if len(a) == len(b) else a[at:] == b[at + 1 :]
