"""Who a header names: outlets and persons told by the look of their names, bylines, what a page knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from reportedly.page.dates import Dated
from reportedly.page.lexicon import alternatives, cased, words

_BYLINE_END = re.compile(r"[.!?…:;”\"]$")


@dataclass(frozen=True, slots=True)
class Part:
    """A range of the page that a header line gives a meaning: role is the metadata's name, value its
    words.
    """

    start: int
    end: int
    role: str
    value: str = ""
    dated: Dated | None = None
    label: str = ""


@dataclass(slots=True)
class Known:
    """What is known of a page before a line of it is read: names by which its lines are recognised.

    outlets, authors, places: in lower case. spellings: of an outlet, by its lower case. camel: words of the
    page that have a capital in the middle wherever they stand ("OpenGate"), in lower case.
    """

    title: str | None = None
    outlets: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    spellings: dict[str, str] = field(default_factory=dict)
    camel: set[str] = field(default_factory=set)

    def is_outlet(self, name: str) -> bool:
        """Whether ``name`` is a known outlet: of this page, of the container, or one of the well-known."""
        return name.lower() in self.outlets or name.lower() in words("outlets")


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('by')})(?![^\W\d_])\s*[:：]?\s*(?=\S)", re.IGNORECASE)


@cache
def _staff() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, cased("staff")), key=len, reverse=True))
    return re.compile(
        rf"(?P<house>[A-Z][\w.&’'-]*(?:\s[A-Z][\w.&’'-]*){{0,4}})\s(?P<staff>{names})(?!\w)"
        r"|(?P<acronym>[A-Z]{2,6})\s(?P<small>staff(?: writers?)?|newsroom|editors)(?!\w)"
    )


def read_byline(text: str, start: int, known: Known) -> list[Part]:
    """Read "By A. Writer", "By A. Writer for Outlet", "Outlet Staff", or the name of a known author."""
    line = text.strip()
    end = start + len(text)
    if len(line) > 120:
        return []
    by = _by().match(line)
    staff = _staff().fullmatch(line[by.end() :] if by else line)
    if staff:
        line = line[by.end() :] if by else line
        return _signed(staff, line, start, end)
    if line.lower().strip(" -–—,") in known.authors:
        return [Part(start, end, "byline", line.strip(" -–—,"))]
    match = _by().match(line)
    if match is None:
        return []
    if not _is_names(line[match.end() :]):
        user = " " in match[0].strip() and re.fullmatch(r"\w[\w.-]{1,30}", line[match.end() :])
        return [Part(start, end, "byline", line[match.end() :])] if user else []
    names = line[match.end() :]
    split = re.fullmatch(
        r"(?P<who>.+?)(?:\s+(?:for|in|von|für|pour|para)\s+|,\s*)(?P<house>(?:[Tt]he\s)?[A-Z].{1,50})", names
    )
    if split and (known.is_outlet(split["house"]) or is_outlet_like(split["house"]) or " for " in names):
        return [Part(start, end, "byline", split["who"].strip()), *_house(split["house"], end)]
    return [Part(start, end, "byline", names.strip())]


def read_staff(text: str, at: int, start: int) -> list[Part]:
    """Read "Outlet Staff" at ``text[at]``, [] if it does not stand there; ``start`` is the text's place."""
    staff = _staff().match(text, at)
    return _signed(staff, staff[0], start + at, start + staff.end()) if staff else []


def _signed(staff: re.Match[str], line: str, start: int, end: int) -> list[Part]:
    """Read the house before the staff's word: before a post or a desk it must look like one."""
    if staff["acronym"]:
        return [Part(start, end, "byline", line), *_house(staff["acronym"], end)]
    house = staff["house"]
    whole = staff["staff"].split()[-1] in {"Staff", "Newsroom", "Board", "Team", "Service"}
    return [Part(start, end, "byline", line), *(_house(house, end) if whole or is_outlet_like(house) else ())]


def _house(name: str, at: int) -> Iterator[Part]:
    if name.lower() not in {"our", "the", "web", "online", "news", "editorial", "special"}:
        role = "agency" if name.lower() in words("agencies") else "outlet"
        yield Part(at, at, role, name.strip())


def _is_names(text: str) -> bool:
    """Whether words can be the names of a byline: few, each with a capital, or in a script without case."""
    if not text or len(text) > 100 or (_BYLINE_END.search(text) and not re.search(r"\b[A-Z]\.$", text)):
        return False
    tokens = re.findall(r"[^\s,;/&|]+", text)
    small = {
        "and",
        "for",
        "in",
        "of",
        "the",
        "und",
        "et",
        "y",
        "de",
        "van",
        "von",
        "der",
        "den",
        "al",
        "el",
        "bin",
        "la",
        "du",
        "da",
        "di",
        "with",
        "at",
        "für",
        "e",
        "i",
        "و",
        "pour",
    }
    if not 1 <= len(tokens) <= 14 or any(map(str.isdigit, text)):
        return False
    return all(
        token[0].isupper() or token.lower() in small or not (token[0].isupper() or token[0].islower())
        for token in tokens
    ) and tokens[0].lower() not in {"the", "this", "it"}


def is_outlet_like(name: str) -> bool:
    """Whether a name reads like an outlet's: it has one of an outlet's words, or is an acronym."""
    tokens = re.findall(r"[\w’'&\u200c-]+", name)
    if not 1 <= len(tokens) <= 6 or not (name[0].isupper() or not name[0].isascii()):
        return False
    if name[0].isascii() and not all(token[0].isupper() or token.lower() in _SMALL for token in tokens):
        return False
    if not name[0].isascii() and not name[0].isupper() and len(tokens) > 3:
        return False
    if any(token in cased("outlet_words") or token.capitalize() in cased("outlet_words") for token in tokens):
        return True
    return len(tokens) == 1 and tokens[0].isupper() and 3 <= len(tokens[0]) <= 6


_SMALL = {"of", "the", "and", "&", "al", "el", "la", "de", "der", "die", "le", "du", "des", "del"}


def is_name_like(text: str, longest: int = 40) -> bool:
    """Whether a line could be the name of an outlet: up to five words, capitals first, no sentence's end.

    In scripts other than the Latin only the first word need begin with a capital, if the script has any.
    """
    tokens = text.split()
    if not 1 <= len(tokens) <= 5 or not 3 <= len(text) <= longest or any(map(str.isdigit, text)):
        return False
    if re.search(r"[.!?؟…:;,،”\"»)]$|[|/@#]|: ", text) or text[0].islower() or not text[0].isalpha():
        return False
    return not text[0].isascii() or all(token[0].isupper() or token.lower() in _SMALL for token in tokens)


def is_person_like(name: str) -> bool:
    """Whether a line reads like one or a few persons' names: two to four capitalised words each."""
    if (
        len(name) > 80
        or any(map(str.isdigit, name))
        or (_BYLINE_END.search(name) and not re.search(r"\bJr\.$", name))
    ):
        return False
    people = re.split(r",\s+|\s+and\s+|\s*&\s*", name)
    return all(
        re.fullmatch(r"(?:[A-ZÀ-Þ][\w’'\-]*\.?\s){1,3}[A-ZÀ-Þ][\w.’'\-]*", person)
        for person in people
        if person
    )
