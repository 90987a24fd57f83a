"""Chrome: what a page wraps around its stories. Each line that is chrome gets its reason."""

from __future__ import annotations

import re

from reportedly.page.lexicon import line_patterns, openings, pattern

LONGEST = 600  # characters; no furniture line of the corpora we read was longer
_SIGNS = " \t\xa0\u200b\ufeff-–—|•·*>»«<→←▼▲►◄▸+_=~✕×☰"
_MENU = re.compile(r"\S.{0,30}(?:\s*[|•·›»>/]\s*\S.{0,30}){3,}")
_IMAGE_LABEL = re.compile(
    r"(?:[\w-]+(?: [\w-]+){0,5}[ _-]0\d{1,2}|[\w-]+_[\w-]+(?:_\w+)*|(?=\S*[a-zA-Z])\S+\.(?:jpe?g|png|gif|"
    r"webp)|IMG[ _-]?\d+"
    r"|(?:image|photo|picture|img|screenshot|untitled)[ _-]?\d{0,3})",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:image (?:copyright|caption|source)\b|media (?:captions?|playback)\b|(?:file )?(?:photo|image|"
    r"picture|foto|bild)(?:\s?credit|\s?by)?\s?[:/(]"
    r"|enlarge (?:this )?image|\(?(?:photo|image|picture|foto)s? (?:by|courtesy|credit)\b|"
    r"photographs?(?:er)?:|a general view of|file\s?[-–—]{1,2} )",
    re.IGNORECASE,
)
_HOUSES = (
    r"(?:Getty Images?|Reuters|REUTERS|AP(?: Photo)?|AFP|EPA|Shutterstock|Alamy|iStock|Flickr"
    r"|Wikimedia Commons|Pixabay)"
)
# "(AFP)" alone also closes wire copy: a picture's credit names a photographer or says Photo.
_PHOTO_CREDIT = re.compile(
    rf"(?:[(\[](?:[A-Z][^()\[\]]{{0,80}}[ /:]{_HOUSES}(?:/[\w. ]{{2,40}})?|{_HOUSES}/[^()\[\]]{{2,60}}|AP "
    rf"Photo[^()]{{0,60}})[)\]]"
    rf"|[/|]\s?(?:[A-Z][\w./ ]{{1,40}}(?:\s?/\s?|via ))?{_HOUSES})\.?$"
)
_CREDIT_ONLY = re.compile(
    r"\(?(?:(?:AP|Reuters|AFP|EPA|Getty) (?:Photo|Images?|File)\S*|(?:[A-Z][\w.’'-]+ ){1,4}(?:/|for|via) "
    r"?(?:Getty|Reuters|REUTERS|AP|AFP|EPA|The [A-Z]\w+)\b.{0,40})\)?"
)


def bare(text: str) -> str:
    """Return a line with evened blanks and without the signs at its ends, ready for the patterns."""
    return " ".join(text.strip(_SIGNS).split())


def reason_of(text: str) -> str | None:
    """Return why a whole line is chrome, None if it is not."""
    if len(text) > LONGEST:
        return None
    if not any(
        map(str.isalpha, text)
    ):  # a number may be a table's cell; a rule or an ornament is nobody's word
        if pattern("credit").fullmatch(text.strip()):
            return "credit"
        return None if any(map(str.isdigit, text)) else "separator"
    line = bare(text)
    return _reason(line) or (_reason(line.strip("()[] ")) if line[:1] in {"(", "["} else None)


def _reason(line: str) -> str | None:
    for reason, expression in line_patterns().items():
        if expression.fullmatch(line):
            return reason
    if _MENU.fullmatch(line) and not line.endswith((".", "!", "?")):
        return "navigation"
    return "credit" if pattern("credit").fullmatch(line) else None


def zone_of(text: str) -> str | None:
    """Return "zone", "aside" or "comments" for a heading after which something else than the story
    follows.
    """
    if len(text) > 140:
        return None
    line = bare(text)
    for name, kind in (("comments", "comments"), ("asides", "aside"), ("zones", "zone")):
        if pattern(name).fullmatch(line):
            return kind
    return None


def is_image_label(text: str) -> bool:
    """Whether a line is the name of an image rather than words about it: "Press-Room 01", "img_2034.jpg"."""
    return len(text) <= 80 and any(map(str.isalpha, text)) and bool(_IMAGE_LABEL.fullmatch(text.strip()))


def is_caption(text: str) -> bool:
    """Whether a line describes or credits a picture."""
    if len(text) > LONGEST:
        return False
    line = text.strip()
    return bool(
        _CAPTION.match(line)
        or _CREDIT_ONLY.fullmatch(line)
        or (_PHOTO_CREDIT.search(line) and "”" not in line[-40:])
    )


def opening(text: str) -> tuple[int, str] | None:
    """Return the length and reason of furniture that a line begins with ("Story Highlights The river
    ...").
    """
    for reason, expression in openings():
        match = expression.match(text)
        if match and match.end() < len(text):
            return match.end(), reason
    return None
