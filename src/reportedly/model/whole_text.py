"""The text of a Doc, put together once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "text"


def whole_text(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy puts together anew, token by token, each time that it is asked for."""
    found: str | None = doc.user_data.get(_KEY)
    if found is None:
        found = doc.user_data[_KEY] = doc.text
    return found
