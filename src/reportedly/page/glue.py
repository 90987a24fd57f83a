"""Headlines with their section and date glued to them, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from reportedly.page.dates import Dated, find_dates, weekdays
from reportedly.page.header import read_header
from reportedly.page.lexicon import alternatives, words
from reportedly.page.names import Known, Part

# "Headline - Harbour wars", "Headline | Harbour wars", with the date behind it
_SET_OFF = re.compile(r"\s+(?:[|/»•·]|[-–—])\s+(?P<section>[^\W\d_]\S+(?:\s[^\s|/»•·–—]+){0,3})$")
MOST_WORDS = 4  # of a section glued to a headline
# Words that stand in sentences and headlines but not in the names of sections.
_OF_SENTENCES = frozenset(
    ("after", "are", "as", "at", "by", "for", "from", "has", "have", "is", "its", "on", "over", "says", "to")
) | {"was", "will", "wins", "with"}


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
    title_end, section = cut_section(head[:cut].rstrip(" \t\xa0|,-–—•·("), known.camel)
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


def cut_section(head: str, camel: Collection[str] = ()) -> tuple[int, str | None]:
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
    at = _glued_at(head, camel)
    if at and head[at:].lower() in weekdays():
        return at, None
    if at:
        return at, head[at:]
    set_off = _SET_OFF.search(head)
    if set_off and _could_be_section(set_off["section"].split()):
        return set_off.start(), set_off["section"]
    return len(head), None


def _glued_at(head: str, camel: Collection[str]) -> int:
    """Return where the section begins that is glued to the end of ``head``, 0 if none is.

    A capital right behind a small letter, a closing mark or two capitals, with at most four words to the end.
    """
    for at in range(len(head) - 3, 8, -1):
        if not head[at].isupper() or not head[at + 1 : at + 3].islower() or head[at - 1].isspace():
            continue
        before = head[at - 1]
        if not (before.islower() or before.isdigit() or before in "’'”\")?!" or head[at - 2 : at].isupper()):
            continue
        tail = head[at:].split()
        if len(tail) > MOST_WORDS:
            return 0
        if _could_be_section(tail) and _not_camel(head, at, camel):
            return at
    return 0


def _could_be_section(tail: Sequence[str]) -> bool:
    if not all(re.fullmatch(r"[^\W\d_][\w’'-]*|&", word) for word in tail) or len(tail[0]) < 3:
        return False
    return not any(word in _OF_SENTENCES for word in tail)


def _not_camel(head: str, at: int, camel: Collection[str]) -> bool:
    left = head.rfind(" ", 0, at) + 1
    right = head.find(" ", at)
    token = head[left : right if right > 0 else len(head)].lower().strip("“”\"'’()")
    if token in words("camel") or token in camel:
        return False
    return not re.match(r"(?i)(?:mc|mac|de|la|le|di|al|o')$", head[left:at])
