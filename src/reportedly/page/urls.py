"""Dates that URLs state: /2018/03/05/ and the like."""

from __future__ import annotations

import re

from reportedly.page.dates import parse_date
from reportedly.types import PublishedDate

_URL_DATE = re.compile(
    r"(?:/|-|_)((?:19|20)\d\d)(?P<sign>[/_-])(0?[1-9]|1[0-2])(?P=sign)(0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)


def url_date(url: str) -> PublishedDate | None:
    """Return the day that a URL's path states, None if it states none."""
    match = _URL_DATE.search(url)
    if match is None:
        return None
    return parse_date(f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}", "url")
