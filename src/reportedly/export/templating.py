"""Words of strangers in HTML: what every page that shows them is made with."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound
from markupsafe import Markup, escape

from reportedly.export.plain import DIRECTION_MARKS, bare, clip, one_line

_ODD = re.compile(r"([\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff])")
_CONTROL = Markup('<span class="ctl" title="{}">{}</span>')


def words(text: str) -> Markup:
    """Return ``text`` escaped for HTML, with controls and direction marks shown by name instead of acting."""
    if _ODD.search(text) is None:
        return escape(text)
    return Markup("").join(
        _shown(part) if _ODD.fullmatch(part) else escape(part) for part in _ODD.split(text)
    )


@cache
def environment(*packages: str) -> Environment:
    """Return the environment of the templates in ``packages``, those of the exports behind them."""

    def load(name: str) -> str:
        for package in packages:
            file = resources.files(package).joinpath("templates", name)
            if file.is_file():
                return file.read_text(encoding="utf-8")
        return template_text(name)

    made = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    made.filters |= {"words": words, "words_plain": one_line, "clip": clip, "bare": bare}
    return made


def template_text(name: str) -> str:
    """Return a file of the exports' templates.

    Raises:
        TemplateNotFound: there is none of that name.
    """
    file = resources.files("reportedly.export").joinpath("templates", name)
    if not file.is_file():
        raise TemplateNotFound(name)
    return file.read_text(encoding="utf-8")


def _shown(character: str) -> Markup:
    code = f"U+{ord(character):04X}"
    return _CONTROL.format(code, DIRECTION_MARKS.get(character, code))
