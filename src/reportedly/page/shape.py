"""What a line of text looks like: a paragraph, a headline, the cut end of a teaser."""

from __future__ import annotations

import re

from reportedly.page.draft import Line

LONGEST_HEADLINE = 220  # characters
PARAGRAPH_LENGTH = 160  # characters; a longer line is running text whatever it ends in
_FULL_STOP = re.compile(r"(?:[.!?؟۔。:;]|\.\.\.|…)[\"'”’»)\]]*$|[.!?][”\"’]$|[”»\"]$")
_CUT = re.compile(
    r"(?:\.{3,}|…|\[\s?(?:\.{3}|…)\s?\]|\(\s?(?:\.{3}|…)\s?\)|\[\+\d+ chars\])\s*(?:(?:read|see|continue|"
    r"learn)\s?more\W*|continue reading\W*|more\W*|»|>+|→|weiterlesen|lire la suite|leer más|ادامه مطلب|"
    r"اقرأ المزيد)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:read|continue) (?:more|reading|on).{0,60}|(?:read|see) (?:the )?(?:full|rest|whole|entire|"
    r"complete).{0,60}|more\W*|\(more\)|weiterlesen.{0,20}|mehr(?: lesen)?\W*|lire la suite.{0,20}|leer "
    r"más.{0,20}|seguir leyendo.{0,20}|ادامه مطلب.{0,10}|ادامه خبر|ادامه|اقرأ المزيد|المزيد|للمزيد|إقرأ "
    r"المزيد|قراءة المزيد",
    re.IGNORECASE,
)
_TRAILER = re.compile(
    r"\s*(?:(?:read|see)\s+more\b|continue reading\b|weiterlesen|lire la suite|leer más|ادامه مطلب|اقرأ "
    r"المزيد)\W*$|\s*\[\+\d+ chars\]$",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[.!?؟۔。…:][\s”\"»)’]|, |، |[.!?؟۔。…”\"»)]$")
_LISTED = re.compile(r"(?:[-*•–—]|\d{1,3}[.)])\s")


def is_cut(text: str) -> bool:
    """Whether a text breaks off as teasers do: in "...", "[…]", "… Read more", "[+1234 chars]"."""
    return bool(_CUT.search(text[-80:]))


def is_clock(text: str) -> bool:
    """Whether a line is a time of day alone, as on live pages: "14:32", "2.05 pm GMT"."""
    return bool(re.fullmatch(r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?", text, re.IGNORECASE))


def breaks_off(text: str) -> bool:
    """Whether a long paragraph ends in the middle of a sentence, as teasers do that are cut by length."""
    return len(text) >= PARAGRAPH_LENGTH and not ends_sentence(text) and text[-1:].isalnum()


def says_goes_on(text: str) -> bool:
    """Whether a line only says that the story goes on elsewhere: "Read more", "Continue reading »"."""
    return bool(_GOES_ON.fullmatch(text.strip(" \t\xa0»«<>→[]()-–—•|")))


def trailer(text: str) -> int:
    """Return where a closing "Read more" begins in a paragraph, its length if there is none."""
    match = _TRAILER.search(text[-80:])
    return len(text) if match is None or not match[0] else max(len(text) - 80, 0) + match.start()


def ends_sentence(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return bool(_FULL_STOP.search(text))


def is_paragraph(line: Line) -> bool:
    """Whether a line is running text: long, or a sentence of some words."""
    text = line.text
    if line.heading:
        return False
    if len(text) >= PARAGRAPH_LENGTH and _STOPS.search(text):
        return True
    return ends_sentence(text) and len(text.split()) >= 6 and not text.endswith((":", "?", "!"))


def is_headline(line: Line) -> bool:
    """Whether a line could be a headline: short, more than a word, not ending in a full stop."""
    text = line.text
    if len(text) > LONGEST_HEADLINE or not any(map(str.isalpha, text)) or _LISTED.match(text):
        return False
    stops = text.endswith((".", ":", ";", ",", "،", "؛")) and not is_cut(text)
    return bool(line.heading) or (not stops and (len(text.split()) >= 3 or len(text) >= 16))


def is_subhead(line: Line) -> bool:
    """Whether a line between paragraphs is a subhead: a few words without a sentence's end."""
    text = line.text
    if line.heading:
        return True
    return (
        len(text) <= 90
        and len(text.split()) <= 12
        and not ends_sentence(text.replace("?", "").replace("!", ""))
        and not text.endswith((",", "،", "؛", "-", "–", "—"))
        and not _LISTED.match(text)
        and (text[0].isupper() or text[0].isdigit() or not text[0].islower())
        and text[0] not in '"“”«'
    )
