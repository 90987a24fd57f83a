"""What site a page is of: the names that its own lines give to an outlet, by where they stand and recur.

No list of outlets is asked. A name is short, begins with a capital and ends no sentence; it is the outlet's
where it stands alone between date and dateline, under a byline, at the head of the page before the headline,
or where the page signs with it: in a dateline's brackets, behind ©, before a place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reportedly.page.chrome import bare, is_image_label, reason_of, zone_of
from reportedly.page.dateline import find_dateline
from reportedly.page.dates import find_dates
from reportedly.page.draft import Line
from reportedly.page.lexicon import words
from reportedly.page.names import Known, is_name_like, is_outlet_like, read_byline
from reportedly.page.shape import is_headline, is_paragraph

FARTHEST = 40  # lines from the top of a page within which its masthead stands
LONGEST_ENTRY = 40  # characters of a name
FARTHEST_GLUE = 260  # characters into a paragraph within which a headline may be glued to it
_CAMEL = re.compile(r"\b\w*[a-z][A-Z]\w*")
DATE_ABOVE = 2  # lines above the outlet's at which the date may stand
_PLACED = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.’'-]+(?:\s[^\W\d_a-z][\w.’'-]+){0,2})\s?[-–—]\s(?=[^\W\d_a-z“\"])"
)
MENU = 3  # short lines in a row that are a menu
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?,?\s*)?(?:by\s+)?"
    r"(?P<after>(?:[^\W\d_][\w&’'-]*\s?){1,5})|^(?P<before>(?:[^\W\d_][\w.&’'-]*\s){1,5})©",
    re.IGNORECASE | re.MULTILINE,
)


def note_site(lines: Sequence[Line], known: Known) -> None:
    """Add to ``known`` the outlet's names and the datelines' places that the lines of a page show."""
    datelines = [found for line in lines if (found := find_dateline(line.text, 0)) is not None]
    known.places |= {found.place.lower() for found in datelines if found.place and _is_whole(found.place)}
    known.camel |= set(_camel_words(lines))
    signed = Counter(found.agency.lower() for found in datelines if found.agency)
    signed.update(_rights(line.text) for line in lines if "©" in line.text or "opyright" in line.text)
    for name in (*_between(lines, known), *_under_bylines(lines, known), *_masthead(lines, known, signed)):
        known.outlets.add(name.lower())
        _spell(name, known, [found.agency for found in datelines if found.agency])
    standing = {bare(line.text).lower() for line in lines if len(line.text) <= 2 * LONGEST_ENTRY}
    known.outlets |= {name for name in signed if any(_stands(name, short) for short in standing)}
    if known.title and ": " in known.title:
        name = known.title.split(": ")[0]
        if any(bare(line.text) == name for line in lines):
            known.outlets.add(name.lower())


def _stands(name: str, short: str) -> bool:
    """Whether a short line is a name alone or beside a date, rather than the line that signs with it."""
    beside = rf"(?:.*[|,•·–—-]\s)?{re.escape(name)}(?:\s?[|,•·–—-].*)?"
    return bool(name) and "©" not in short and re.fullmatch(beside, short) is not None


def _is_whole(place: str) -> bool:
    """Whether a dateline's place can hold no outlet's name before it."""
    return len(place.split()) <= 2 or place.isupper() or "," in place


def _camel_words(lines: Sequence[Line]) -> Iterator[str]:
    """Yield words with a capital inside that stand in running text, where nothing is glued."""
    for line in lines:
        if is_paragraph(line):
            dated = next(find_dates(line.text[:FARTHEST_GLUE]), None)
            yield from (match[0].lower() for match in _CAMEL.finditer(line.text, dated.end if dated else 0))


def _rights(text: str) -> str:
    match = _RIGHTS.search(text)
    return (match["after"] or match["before"]).strip(" .,").lower() if match else ""


def _spell(name: str, known: Known, others: Sequence[str]) -> None:
    """Prefer the spelling of small letters where the page writes a name in capitals too."""
    for other in others:
        if name.isupper() and other.lower() == name.lower() and not other.isupper():
            known.spellings[name.lower()] = other


def _between(lines: Sequence[Line], known: Known) -> Iterator[str]:
    """Yield names alone between a line that ends in a date and a dateline that names no agency.

    Furniture and labelled lines may stand between date and name. "Port Cobb - Text" is a dateline there.
    """
    content = [line for line in lines if reason_of(line.text) is None]
    dated = -DATE_ABOVE
    for at, (line, after) in enumerate(pairwise(content)):
        name = bare(line.text)
        if _ends_in_date(line.text):
            dated = at
        if at - dated > DATE_ABOVE or at == dated or not is_name_like(name, LONGEST_ENTRY):
            continue
        if _is_other(line, known):
            continue
        found = find_dateline(after.text, 0)
        placed = _PLACED.match(after.text)
        if found is None and placed and is_paragraph(after):
            known.places.add(placed["place"].lower())
            yield name
        elif found is not None and found.place and found.agency is None:
            day = any(map(str.isdigit, after.text[found.start : found.end]))
            if day or is_paragraph(after):
                yield name


def _under_bylines(lines: Sequence[Line], known: Known) -> Iterator[str]:
    """Yield names alone under a "By A. Writer" line and above a date."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        name = bare(line.text)
        if (
            len(name.split()) >= 2
            and is_name_like(name, LONGEST_ENTRY)
            and before.text[:3].lower() == "by "
            and read_byline(before.text, 0, known)
            and _ends_in_date(after.text)
            and not _is_post(name)
            and not (_is_other(line, known) and not name.endswith("Desk"))
        ):
            yield name


def _ends_in_date(text: str) -> bool:
    if len(text) > 320 or not any(map(str.isdigit, text)):
        return False
    return any(found.end >= len(text.rstrip(" .|-–")) for found in find_dates(text))


def _is_post(name: str) -> bool:
    """Whether a name is a writer's post: "Shipping Correspondent", "Foreign Editor"."""
    return name.rsplit(maxsplit=1)[-1].lower() in words("posts")


def _is_other(line: Line, known: Known) -> bool:
    """Whether a short line is certainly something else than a name of an outlet."""
    name = bare(line.text)
    return (
        name.lower() in words("sections")
        or name.lower() in words("cities")
        or reason_of(line.text) is not None
        or zone_of(line.text) is not None
        or is_image_label(line.text)
        or bool(read_byline(line.text, 0, known))
        or name.lower() in known.authors
        or _is_post(name)
    )


def _masthead(lines: Sequence[Line], known: Known, signed: Mapping[str, int]) -> Iterator[str]:
    """Yield the name that stands at the head of the page, if a headline and a text follow it.

    Alone it needs two words or an outlet's word; one word, or a person's name, must be signed with or recur.
    """
    head = _before_headline(lines)
    if head is None:
        return
    standing = Counter(bare(line.text).lower() for line in lines if len(line.text) <= LONGEST_ENTRY)
    run = 0
    for i, line in enumerate(head):
        name = bare(line.text)
        if reason_of(line.text) is not None or not is_name_like(name, LONGEST_ENTRY):
            run = 0
            continue
        run = run + 1 if not line.gap or not i else 1
        if _is_other(line, known) or (len(head) - i > 2 and _ends_in_date(head[i + 1].text)):
            continue  # a name over a date, and no headline right below, is itself the headline
        sure = signed.get(name.lower(), 0) > 0 or standing[name.lower()] > 1 or is_outlet_like(name)
        if sure or (run == 1 and not _menu_at(head, i) and len(name.split()) >= 2):
            yield name
            return


def _menu_at(head: Sequence[Line], at: int) -> bool:
    following = head[at : at + MENU]
    return len(following) == MENU and all(
        len(line.text.split()) <= 3 and len(line.text) <= 24 for line in following
    )


def _before_headline(lines: Sequence[Line]) -> Sequence[Line] | None:
    """Return the lines above the first headline of a page whose text follows; None if it has none."""
    for i, line in enumerate(lines[:FARTHEST]):
        if is_paragraph(line):
            return None
        long = len(line.text.split()) >= 4 and len(line.text) > 24 and is_headline(line)
        if long and reason_of(line.text) is None and not is_outlet_like(line.text):
            ahead = lines[i + 1 : i + 12]
            return lines[:i] if any(map(is_paragraph, ahead)) else None
    return None
