"""Header lines of a story: dates, bylines, outlets, sections, breadcrumbs, and headlines glued to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from reportedly.page.chrome import bare
from reportedly.page.dates import Dated, find_dates, match_date, plain
from reportedly.page.lexicon import alternatives, cased, words

SHORT = 200  # characters; a longer line is no header line
_SPLIT = re.compile(r"\s+[|•·–—>»]\s+|\s*[|•·»]\s*|\s-\s|\t+| {3,}")
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
    """What is known of a page before a line of it is read: names by which its lines are recognised."""

    title: str | None = None
    outlets: set[str] = field(default_factory=set)
    authors: set[str] = field(default_factory=set)

    def is_outlet(self, name: str) -> bool:
        """Whether ``name`` is a known outlet: of this page, of the container, or one of the well-known."""
        return name.lower() in self.outlets or name.lower() in words("outlets")


@cache
def _labels() -> re.Pattern[str]:
    by_role = "|".join(
        rf"(?P<{role}>{alternatives(f'date_labels.{role}')})" for role in ("updated", "published")
    )
    return re.compile(rf"(?:{by_role})(?![^\W\d_])\s*[:：]?\s*", re.IGNORECASE)


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('by')})(?![^\W\d_])\s*[:：]?\s*(?=\S)", re.IGNORECASE)


@cache
def _staff() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, cased("staff")), key=len, reverse=True))
    return re.compile(rf"(?P<house>[A-Z][\w.&’'-]*(?:\s[A-Z][\w.&’'-]*){{0,4}})\s(?P<staff>{names})(?!\w)")


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(
        r"(?P<section>category|section|topic|rubrik|ressort|rubrique|catégorie|categoría|sección|filed in|"
        r"posted in|published in|گروه|دسته|دسته بندی|التصنيف|القسم)\s?[:：]\s*(?P<of_section>\S.{1,60})"
        r"|(?P<outlet>source|publisher|published by|publication|quelle|fuente|منبع|المصدر|the "
        r"source)\s?[:：]\s*(?P<of_outlet>\S.{1,60})",
        re.IGNORECASE,
    )


def read_header(text: str, start: int, known: Known) -> list[Part]:
    """Return the parts of a line that is a header line from end to end, [] if any of it is not.

    ``text`` is the line, ``start`` its place on the page; parts stand in page order.
    """
    if len(text) > SHORT:
        return []
    whole = _one(text, start, known)
    if whole:
        return whole
    pieces = list(_pieces(text))
    if len(pieces) < 2:
        return _in_sequence(text, start, known)
    parts: list[Part] = []
    for left, right in pieces:
        read = _one(text[left:right], start + left, known) or _in_sequence(
            text[left:right], start + left, known
        )
        if not read:
            return _in_sequence(text, start, known)
        parts += read
    return parts if any(part.role != "section" for part in parts) else []


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _SPLIT.finditer(text):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if at < len(text):
        yield at, len(text)


def _one(text: str, start: int, known: Known) -> list[Part]:
    """Read a line, or a piece of one between separators, that says one thing."""
    end = start + len(text)
    dated = _date_line(text, start)
    if dated:
        return dated
    labelled = _labelled().fullmatch(text)
    if labelled:
        role = "section" if labelled["section"] else "outlet"
        return [Part(start, end, role, labelled[f"of_{role}"].strip())]
    byline = read_byline(text, start, known)
    if byline:
        return byline
    if bare(text).lower() in words("sections"):
        return [Part(start, end, "section", bare(text))]
    if known.is_outlet(bare(text)):
        return [Part(start, end, "outlet", bare(text))]
    return []


def _date_line(text: str, start: int) -> list[Part]:
    """Read a line of nothing but dates with their labels."""
    if not any(map(str.isdigit, text)):
        return []
    dates = list(find_dates(text))
    if not dates:
        return []
    label, at = "", 0
    parts: list[Part] = []
    for dated in [*dates, None]:
        between = text[at : dated.start if dated else len(text)]
        role = _label_role(between)
        if role is None:
            return []
        if dated is None:
            break
        label = role
        left = at if parts else 0
        parts.append(
            Part(start + left, start + dated.end, "date", text[dated.start : dated.end], dated, label)
        )
        at = dated.end
    last = parts[-1]
    parts[-1] = Part(last.start, start + len(text), "date", last.value, last.dated, last.label)
    return parts


def _label_role(between: str) -> str | None:
    """Return the role that words around a date give it, "" if none are there, None if they are no label."""
    rest = between.strip(" \t\xa0,;:|•·-–—()[]/،.")
    role = ""
    while rest:
        match = _labels().match(rest)
        if match is None:
            return (
                role
                if re.fullmatch(r"(?i)(?:[ECMP][SD]?T|GMT|UTC|IST|BST|Uhr|h|ET|at|um|by|admin)\W*", rest)
                else None
            )
        role = role or ("updated" if match["updated"] else "published")
        if match["updated"]:
            role = "updated"
        rest = rest[match.end() :].strip(" \t\xa0,;:|•·-–—()[]/،.")
    return role


def read_byline(text: str, start: int, known: Known) -> list[Part]:
    """Read "By A. Writer", "By A. Writer for Outlet", "Outlet Staff", or the name of a known author."""
    line = text.strip()
    end = start + len(text)
    if len(line) > 120:
        return []
    staff = _staff().fullmatch(line)
    if staff:
        return [Part(start, end, "byline", line), *_house(staff["house"], end)]
    if line.lower().strip(" -–—,") in known.authors:
        return [Part(start, end, "byline", line.strip(" -–—,"))]
    match = _by().match(line)
    if match is None or not _is_names(line[match.end() :]):
        return []
    names = line[match.end() :]
    split = re.fullmatch(
        r"(?P<who>.+?)(?:\s+(?:for|in|von|für|pour|para)\s+|,\s*)(?P<house>(?:[Tt]he\s)?[A-Z].{1,50})", names
    )
    if split and (known.is_outlet(split["house"]) or is_outlet_like(split["house"]) or " for " in names):
        return [Part(start, end, "byline", split["who"].strip()), *_house(split["house"], end)]
    return [Part(start, end, "byline", names.strip())]


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
    tokens = re.findall(r"[\w’'&-]+", name)
    if not 1 <= len(tokens) <= 6 or not all(
        token[0].isupper()
        or token.lower() in {"of", "the", "and", "&", "al", "el", "la", "de", "der", "die", "le"}
        for token in tokens
    ):
        return False
    if any(token in cased("outlet_words") or token.capitalize() in cased("outlet_words") for token in tokens):
        return True
    return len(tokens) == 1 and tokens[0].isupper() and 3 <= len(tokens[0]) <= 6


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


def _in_sequence(text: str, start: int, known: Known) -> list[Part]:
    """Read parts that follow each other without a separator: "Saturday, 24 February 2018 07:57 NCRI
    Staff".
    """
    parts: list[Part] = []
    at = 0
    while at < len(text):
        step = next_part(text, at, start, known)
        if step is None or step[0].end - start <= at:
            break
        parts += step
        at = max(part.end for part in step) - start
        at += len(text[at:]) - len(text[at:].lstrip(" \t\xa0,;|•·-–—/"))
    rest = text[at:].strip()
    if (
        parts
        and rest
        and parts[0].role == "date"
        and at > 0
        and (is_outlet_like(rest) or is_person_like(rest))
    ):
        role = "outlet" if is_outlet_like(rest) else "byline"
        parts.append(Part(start + at, start + len(text), role, rest))
        return parts
    return parts if parts and not rest and any(part.role in {"date", "byline"} for part in parts) else []


def next_part(text: str, at: int, start: int, known: Known) -> list[Part] | None:
    """Return the header parts that begin exactly at ``text[at]``, None if running text begins there."""
    label = _labels().match(text, at)
    role = "" if label is None else ("updated" if label["updated"] else "published")
    for left in ([label.end()] if label else []) + [at]:
        dated = match_date(text, left)
        if dated is not None and not _of_a_sentence(text, dated):
            return [
                Part(
                    start + at,
                    start + dated.end,
                    "date",
                    text[dated.start : dated.end],
                    dated,
                    role if left != at else "",
                )
            ]
    staff = _staff().match(text, at)
    if staff:
        end = start + staff.end()
        return [Part(start + at, end, "byline", staff[0]), *_house(staff["house"], end)]
    named = _known_outlet_at(text, at, known)
    if named:
        return [Part(start + at, start + at + len(named), "outlet", named)]
    return None


def _of_a_sentence(text: str, dated: Dated) -> bool:
    """Whether a date at the head of a text is its first words: "5 March 2018 was a Monday",
    "2018-03-05: ..."
    """
    after = text[dated.end : dated.end + 12].lstrip()
    return bool(after) and after[0].islower()


def _known_outlet_at(text: str, at: int, known: Known) -> str | None:
    match = re.compile(r"\S+(?:\s\S+){0,5}").match(text, at)
    if match is None:
        return None
    tokens = match[0].split(" ")
    for count in range(min(len(tokens), 5), 0, -1):
        name = " ".join(tokens[:count])
        after = text[at + len(name) : at + len(name) + 3]
        if known.is_outlet(name) and (
            not after.strip() or after.lstrip()[:1].isupper() or after.lstrip()[:1] in "|،,("
        ):
            return name
    return None


def split_glued(text: str, start: int, known: Known) -> list[Part]:
    """Take apart "Headline about the USTerrorism 26 October 2017": headline, section, date; [] if it
    is none.
    """
    if len(text) > 320:
        return []
    dated = None
    for found in find_dates(text):
        dated = found
        if found.start > 20:
            break
    if dated is None or dated.start < 12:
        return []
    tail = read_header(text[dated.end :].lstrip(" ,|-–"), 0, known) if text[dated.end :].strip() else []
    if text[dated.end :].strip() and not tail:
        return []
    head = text[: dated.start]
    label = re.search(
        rf"(?:\s|[|,•·–—-]|(?<=[a-z]))\s*(?P<label>{alternatives('date_labels.updated')}|"
        rf"{alternatives('date_labels.published')})\s*[:：]?\s*$",
        head,
        re.IGNORECASE,
    )
    cut = label.start() if label and len(label["label"]) > 3 else dated.start
    title_end, section = cut_section(head[:cut].rstrip(" \t\xa0|,-–—•·("))
    if not _is_title(text[:title_end]) or _mentions(text, dated, title_end, section):
        return []
    parts = [Part(start, start + title_end, "headline", text[:title_end])]
    if section:
        at = text.index(section, title_end)
        parts.append(Part(start + at, start + at + len(section), "section", section))
    role = "updated" if label and label["label"].lower() in words("date_labels.updated") else ""
    parts.append(Part(parts[-1].end, start + dated.end, "date", text[dated.start : dated.end], dated, role))
    shift = start + len(text) - len(text[dated.end :].lstrip(" ,|-–"))
    parts += [Part(p.start + shift, p.end + shift, p.role, p.value, p.dated, p.label) for p in tail]
    return parts


def _mentions(text: str, dated: Dated, title_end: int, section: str | None) -> bool:
    """Whether the date is the headline's own ("Massacre of 5 March 2018"): glued or set off, it is the
    page's.
    """
    before = text[: dated.start].rstrip()
    own = re.search(
        r"(?i)\b(?:of|on|in|since|until|by|from|for|before|after|the|to|vom|am|du|le|del|de|el|seit|bis)$",
        before,
    )
    return (
        bool(own)
        and not section
        and text[dated.start - 1 : dated.start].isspace()
        and title_end == len(before)
    )


def _is_title(text: str) -> bool:
    return len(text) >= 12 and len(text.split()) >= 2 and not text.rstrip().endswith((".", ","))


@cache
def _section_tail() -> re.Pattern[str]:
    return re.compile(rf"(?P<section>{alternatives('sections')})$", re.IGNORECASE)


def cut_section(head: str) -> tuple[int, str | None]:
    """Return where the headline in ``head`` ends and the section glued to it or set off after it, None if
    none.
    """
    match = next((m for m in [_section_tail().search(head)] if m and m.start() > 8), None)
    if match and head[match.start()].isupper():
        before = head[: match.start()]
        token = head.rsplit(maxsplit=1)[-1].lower()
        if not before[-1].isspace() and before[-1].isalnum() and token not in words("camel"):
            return match.start(), match["section"]
        set_off = re.search(r"\s*[|/>»•·]\s*$|\s[-–—]\s*$|\s{2,}$", before)
        if set_off:
            return set_off.start(), match["section"]
    glued = re.search(
        r"(?<=[a-z’'”\")?!])(?P<s1>[A-Z][a-z]{3,}(?:\s(?:&\s)?[A-Z][a-z]+){0,2})$|"
        r"(?<=[A-Z]{2})(?P<s2>[A-Z][a-z]{3,}(?:\s(?:&\s)?[A-Z][a-z]+){0,2})$",
        head,
    )
    if (
        glued
        and re.search(r"\S+$", head[: glued.end()].rsplit("  ", maxsplit=1)[-1])
        and _not_camel(head, glued.start())
    ):
        return glued.start(), glued[0]
    return len(head), None


def _not_camel(head: str, at: int) -> bool:
    left = head.rfind(" ", 0, at) + 1
    right = head.find(" ", at)
    token = head[left : right if right > 0 else len(head)].lower().strip("“”\"'’()")
    return token not in words("camel") and not re.match(r"(?i)(?:mc|mac|de|la|le|di|al|o')$", head[left:at])


def evened(text: str) -> str:
    """Return ``text`` as headlines are compared: lower case, one blank between words, one form of quotes and
    dashes.
    """
    even = plain(text).lower().translate(_EVEN)
    return " ".join(even.split())


_EVEN = str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--')
