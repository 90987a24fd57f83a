"""A story's first paragraph: what pages glue before its text is taken off - the headline repeated, date,
outlet, byline.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reportedly.page.dateline import Dateline, dateline_after_lead, find_dateline, find_place
from reportedly.page.dates import find_dates
from reportedly.page.draft import Draft, Line
from reportedly.page.glue import cut_section
from reportedly.page.header import next_part
from reportedly.page.lexicon import words
from reportedly.page.names import Known, Part, is_outlet_like

_QUOTES = str.maketrans("‘’‚“”„«»–—يك", '\'\'\'"""""--یک')
_GLUE = " \t\xa0|,;:•·-–—/\n"
FARTHEST = 260  # characters into a paragraph at which a glued headline may still end


def repeated(text: str, title: str) -> int | None:
    """Return where a repetition of ``title`` at the head of ``text`` ends, None if there is none.

    A title cut short ("... wins elect...") counts when the text goes on from the cut.
    """
    wanted = re.sub(r"(?:\.{3,}|…)$", "", title.translate(_QUOTES).strip()).strip().lower()
    have = text[: len(title) * 2 + 40].translate(_QUOTES).lower()
    if len(have) != len(text[: len(title) * 2 + 40]):  # a letter whose lower case is longer: compare as it is
        have = text[: len(title) * 2 + 40]
    at, i = 0, 0
    while i < len(wanted):
        if wanted[i].isspace():
            while i < len(wanted) and wanted[i].isspace():
                i += 1
            begun = at
            while at < len(have) and have[at].isspace():
                at += 1
            if at == begun:
                return None
            continue
        if at >= len(have) or have[at] != wanted[i]:
            return None
        at, i = at + 1, i + 1
    return at


def glued_title(text: str, title: str | None, known: Known) -> list[Part]:
    """Return the parts glued before a paragraph's text, [] if none; offsets count in ``text``."""
    if title:
        end = repeated(text, title)
        if end is not None:
            return _after_title(text, end, known)
    return _by_date_alone(text, known)


def _after_title(text: str, end: int, known: Known) -> list[Part]:
    """Read on after a repeated title: up to a date if one follows closely, else the title alone where a
    sentence begins.
    """
    dated = next((found for found in find_dates(text[: end + FARTHEST]) if found.end > end), None)
    tail = text[end : dated.start] if dated else ""
    if dated and dated.start >= end and _may_stand_between(text, end, tail):
        full, section = cut_section(text[: dated.start].rstrip(_GLUE), known.camel)
        bare_tail = tail.strip(_GLUE)
        if bare_tail.lower() in words("sections"):
            full, section = end, bare_tail
        return _with_date(text, max(full, min(end, dated.start)), section, dated.start, known)
    rest = text[end:].lstrip(_GLUE)
    if not rest or rest[0].islower() or (end < len(text) and text[end].isalnum() and not text[end].isupper()):
        return []
    begins_sentence = len(text) > end and not text[end : end + 1].isalnum()
    return (
        [Part(0, end, "headline", text[:end])]
        if begins_sentence and (len(text[:end].split()) >= 4 or end >= 25)
        else []
    )


def _may_stand_between(text: str, end: int, tail: str) -> bool:
    """Whether what stands between title and date can be the rest of a cut title, a section or a label."""
    if not tail.strip(_GLUE):
        return True
    return len(tail) <= 120 and not re.search(r"[.!?؟]\s", tail) and (end == 0 or text[end - 1] != ".")


def _with_date(text: str, title_end: int, section: str | None, date_start: int, known: Known) -> list[Part]:
    parts = [Part(0, title_end, "headline", text[:title_end].strip())]
    if section:
        at = text.index(section, title_end)
        parts.append(Part(at, at + len(section), "section", section))
    return parts + _sequence(text, parts[-1].end, known, date_start)


def _sequence(text: str, at: int, known: Known, date_start: int | None = None) -> list[Part]:
    parts: list[Part] = []
    while at < len(text):
        at += len(text[at:]) - len(text[at:].lstrip(_GLUE))
        step = next_part(text, at, 0, known)
        if step is None and date_start is not None and at < date_start:
            step = next_part(text, date_start, 0, known)
        if step is None or (step[0].role == "outlet" and _signs(text, step[0].end)):
            break
        parts += step
        at = max(part.end for part in step)
    return parts


def _signs(text: str, end: int) -> bool:
    """Whether an outlet's name stands in a dateline's place ("NCRI - When ..."): then it is the dateline."""
    return bool(re.match(r"\s?[-–—:]\s", text[end : end + 3]))


def _by_date_alone(text: str, known: Known) -> list[Part]:
    """Read "Headline05 March 2018 Outlet PLACE, 5 Mar - Text" with nothing to compare the headline to."""
    dated = next(find_dates(text[:FARTHEST]), None)
    if dated is None:
        return []
    head = text[: dated.start].rstrip(_GLUE)
    if not head:
        parts = _sequence(text, 0, known)
        return parts if len(parts) > 1 or _opens(text, parts) else []
    if len(head) < 15 or re.search(r"[.!?؟]\s", head) or head.endswith("."):
        return []
    title_end, section = cut_section(head, known.camel)
    parts = _with_date(text, title_end, section, dated.start, known)
    glued = text[dated.start - 1].isalnum() or section is not None
    more = len([part for part in parts if part.role in {"outlet", "byline"}]) > 0
    return parts if (glued or more or _opens(text, parts)) and parts[-1].end < len(text) - 20 else []


def _opens(text: str, parts: list[Part]) -> bool:
    """Whether a dateline follows the parts read: certain proof that they were a header."""
    if not parts:
        return False
    at = parts[-1].end
    at += len(text[at:]) - len(text[at:].lstrip(_GLUE))
    return find_dateline(text, at) is not None or dateline_after_lead(text, at) is not None


def open_paragraph(line: Line, draft: Draft, known: Known) -> Line:
    """Take a first paragraph's glued header and dateline into ``draft``; return what is left of the line."""
    text = line.text
    parts = glued_title(text, draft.values.get("title"), known)
    parts += [] if parts else _labelled_sequence(text, known)
    at = max((part.end for part in parts), default=0)
    note(
        draft,
        [replace(part, start=part.start + line.start, end=part.end + line.start) for part in parts],
        line,
    )
    at += len(text[at:]) - len(text[at:].lstrip(" \t\xa0|,;•·"))
    at = _open_dateline(line, at if parts else 0, draft, known, after_date=bool(parts))
    rest = text[at:]
    lead_in = len(rest) - len(rest.lstrip(" \t\xa0-–—:" if parts else ""))
    return replace(line, start=line.at(at + lead_in), text=rest[lead_in:]) if at + lead_in else line


def _open_dateline(line: Line, at: int, draft: Draft, known: Known, *, after_date: bool) -> int:
    """Take the dateline at ``line.text[at]`` and the outlet's name before it; return where text begins."""
    text = line.text
    dateline = find_dateline(text, at, frozenset(known.outlets)) or find_place(text, at, known.places)
    if dateline is None:
        dateline = dateline_after_lead(text, at)
        length = dateline.start - at if dateline else 0
    else:
        length = lead_of(dateline.place, known, after_date=after_date) if dateline.place else 0
        inner = find_dateline(text, at + length) if length else None
        dateline, length = (inner, length) if inner is not None and inner.place else (dateline, 0)
    if length:
        named = text[at : at + length].strip(_GLUE)
        note(draft, [Part(line.start + at, line.start + at + len(named), "outlet", named)], line)
    if dateline is not None:
        _take_dateline(draft, dateline, line)
    return at + length


def lead_of(place: str, known: Known, *, after_date: bool) -> int:
    """Return how long the outlet's name is that stands before the place in one stretch, 0 if none does.

    "Open Strait Port Verrane" is taken apart where the page knows the outlet or the place; three capitalised
    words or more right after a date are the two of an outlet and a place, as nothing else stands there.
    """
    head = place.split(",", maxsplit=1)[0]
    tokens = head.split(" ")
    splits = [(" ".join(tokens[:i]), " ".join(tokens[i:])) for i in range(len(tokens) - 1, 0, -1)]
    if head.lower() in words("cities") or head.lower() in known.places:
        return 0
    for outlet, rest in splits:
        if known.is_outlet(outlet) or rest.lower() in known.places or rest.lower() in words("cities"):
            return len(outlet) + 1
    for outlet, rest in splits:
        if is_outlet_like(outlet) and not (rest.isupper() and outlet.isupper()):
            return len(outlet) + 1
    if after_date and len(tokens) >= 3 and not head.isupper():
        return len(" ".join(tokens[:2])) + 1
    return 0


def _labelled_sequence(text: str, known: Known) -> list[Part]:
    """Read "Published: 5 March 2018 The minister ..." and "5 March 2018 Outlet Staff The minister ..."."""
    parts = _sequence(text, 0, known)
    certain = any(part.label or part.role == "byline" for part in parts) or len(parts) > 1
    return parts if certain and parts[-1].end < len(text) else []


def _take_dateline(draft: Draft, dateline: Dateline, line: Line) -> None:
    end = dateline.start + len(line.text[dateline.start : dateline.end].rstrip())
    draft.dateline = (line.at(dateline.start), line.at(end, end=True))
    for name in ("place", "agency", "outlet"):
        value = getattr(dateline, name)
        if value and not (name == "outlet" and "outlet" in draft.values):
            draft.values[name] = value.strip()
    if dateline.dated is not None:
        draft.dates.append(("dateline", dateline.dated))


def note(draft: Draft, parts: list[Part], line: Line | None = None) -> None:
    """Set header parts aside in ``draft`` and take their values; the first value of a kind stands.

    ``line`` is the line that the parts were read from, given where its text may lack signs of markup.
    """
    for part in parts:
        if part.end > part.start:
            shift = line.start if line else 0
            start = line.at(part.start - shift) if line else part.start
            draft.add(start, line.at(part.end - shift, end=True) if line else part.end, part.role)
        if part.role == "date" and part.dated is not None:
            draft.dates.append((part.label, part.dated))
        elif part.role == "headline":
            draft.values["title"] = part.value.strip()
        elif part.value:
            draft.values.setdefault(part.role, part.value.strip())
