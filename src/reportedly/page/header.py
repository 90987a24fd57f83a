"""Header lines of a story: dates, bylines, outlets, sections, breadcrumbs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reportedly.page.chrome import bare
from reportedly.page.dateline import find_dateline
from reportedly.page.dates import Dated, find_dates, match_date, plain
from reportedly.page.lexicon import alternatives, words
from reportedly.page.names import (
    Known,
    Part,
    is_name_like,
    is_outlet_like,
    is_person_like,
    read_byline,
    read_staff,
)

SHORT = 200  # characters; a longer line is no header line
_SPLIT = re.compile(r"\s+[|•·–—>»]\s+|\s*[|•·»]\s*|\s-\s|\t+| {3,}")


@cache
def _labels() -> re.Pattern[str]:
    by_role = "|".join(
        rf"(?P<{role}>{alternatives(f'date_labels.{role}')})" for role in ("updated", "published")
    )
    return re.compile(rf"(?:{by_role})(?![^\W\d_])\s*[:：]?\s*", re.IGNORECASE)


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
    if known.is_outlet(bare(text)):
        return [Part(start, end, "outlet", known.spellings.get(bare(text).lower(), bare(text)))]
    byline = read_byline(text, start, known)
    if byline:
        return byline
    if bare(text).lower() in words("sections"):
        return [Part(start, end, "section", bare(text))]
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
                if re.fullmatch(
                    r"(?i)(?:[ECMP][SD]?T|GMT|UTC|IST|BST|Uhr|h|ET|г|года|at|um|by|admin)\W*", rest
                )
                else None
            )
        role = role or ("updated" if match["updated"] else "published")
        if match["updated"]:
            role = "updated"
        rest = rest[match.end() :].strip(" \t\xa0,;:|•·-–—()[]/،.")
    return role


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
    signed = read_byline(rest, start + text.rindex(rest), known) if parts and rest else []
    if signed:
        return parts + signed
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


def named_date(text: str, start: int, known: Known) -> list[Part]:
    """Read "Open Weekly, 9 March 2023": a name and a date in a line under a headline, [] if it is none."""
    dated = next(find_dates(text), None) if len(text) <= SHORT else None
    if dated is None or text[dated.end :].strip(" .)"):
        return []
    name = text[: dated.start].rstrip(" ,|•·–—-(")
    short = (
        1 <= len(name.split()) <= 4 and re.fullmatch(r"[^\W\d_][\w &’'-]+", name) and not name[0].islower()
    )
    if not (short or is_name_like(name)) or bare(name).lower() in words("date_labels.published"):
        return []
    role = "byline" if is_person_like(name) else ("outlet" if is_name_like(name) else "section")
    if name.lower() in words("sections"):
        role = "section"
    elif name.lower() in known.places or name.lower() in words("cities"):
        role = "place"
    elif known.is_outlet(name) or is_outlet_like(name):
        role = "outlet"
    date = Part(start + dated.start, start + len(text), "date", text[dated.start : dated.end], dated)
    return [Part(start, start + len(name), role, name), date]


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
    staff = read_staff(text, at, start)
    if staff:
        return staff
    signed = _byline_at(text, at, start, known)
    if signed:
        return signed
    named = _known_outlet_at(text, at, known)
    if named:
        return [Part(start + at, start + at + len(named), "outlet", named)]
    return None


def _byline_at(text: str, at: int, start: int, known: Known) -> list[Part]:
    """Read "By A. Writer" in a running line where an outlet's name or a dateline follows it."""
    match = re.compile(r"By (?:[A-Z][\w.’'-]+ ){1,4}").match(text, at)
    for gap in re.finditer(" ", match[0] if match else ""):
        end = at + gap.end()
        if gap.start() > 2 and (find_dateline(text, end) or _known_outlet_at(text, end, known)):
            return [Part(start + at, start + end - 1, "byline", text[at + 3 : end - 1])]
    return []


def _of_a_sentence(text: str, dated: Dated) -> bool:
    """Whether a date at the head of a text is its first words: "5 March 2018 was a Monday",
    "2018-03-05: ..."
    """
    after = text[dated.end : dated.end + 12].lstrip()
    return bool(after) and after[0].islower() and not re.match(r"(?:by|von|par|por|di) ", after)


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


def evened(text: str) -> str:
    """Return ``text`` as headlines are compared: lower case, one blank between words, one form of quotes and
    dashes.
    """
    even = plain(text).lower().translate(_EVEN)
    return " ".join(even.split())


_EVEN = str.maketrans("‘’‚“”„«»–—", '\'\'\'"""""--')
