"""Which language a text is in: script rules where letters alone decide, py3langid's bundled model for the
rest.
"""

from __future__ import annotations

import re
from importlib import import_module

LONGEST = 2_000  # characters looked at: more does not change the answer and costs time
FEW_LETTERS = 2  # below this many letters there is nothing to go by

# Scripts that one language of news mainly uses: the model needs more text than these letters do.
_SCRIPTS = (
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("am", re.compile("[\u1200-\u137f]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("bn", re.compile("[\u0980-\u09ff]")),
)
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff\ufb50-\ufeff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Letters of Arabic script that only some of its languages write.
_PERSIAN = re.compile("[پچژگک]|ی(?=\\b)")
_URDU = re.compile("[ٹڈڑںےھہ]")
_KURDISH = re.compile("[ێۆڵڕە]")
_PASHTO = re.compile("[ټډړږښګڼې]")
# Not ك and ي: Persian in windows-1256 and from Arabic keyboards has them for ک and ی.
_ARABIC = re.compile("[ةأإ]|\\bال")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language ``text`` is mainly in, "und" when it has next to no
    letters.
    """
    sample = _URL.sub(" ", text[:LONGEST])
    letters = sum(map(str.isalpha, sample))
    if letters < FEW_LETTERS:
        return "und"
    if sum(char.isascii() for char in sample if char.isalpha()) < letters / 2:
        by_script = _by_script(sample, letters)
        if by_script:
            return by_script
    code = _classify(sample)
    return code if re.fullmatch("[a-z]{2}", code) else "und"


def _by_script(sample: str, letters: int) -> str | None:
    if len(_ARABIC_SCRIPT.findall(sample)) * 2 > letters:
        return _in_arabic_script(sample)
    for code, script in _SCRIPTS:
        share = 0.1 if code == "ja" else 0.5
        if len(script.findall(sample)) > share * letters:
            return code
    return None


def _in_arabic_script(sample: str) -> str:
    """Tell the languages of Arabic script apart by the letters that only they write."""
    counts = {
        "ur": 2 * len(_URDU.findall(sample)),
        "ku": 2 * len(_KURDISH.findall(sample)),
        "ps": 2 * len(_PASHTO.findall(sample)),
        "fa": len(_PERSIAN.findall(sample)),
        "ar": len(_ARABIC.findall(sample)),
    }
    best = max(counts, key=lambda code: (counts[code], code))
    return best if counts[best] else _classify(sample)


def _classify(text: str) -> str:
    return str(import_module("py3langid").classify(text)[0])
