"""Doc -> who says what, and what the story says in its own voice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportedly.attribution.assemble import attributions as _attributions
from reportedly.attribution.author import own_voice
from reportedly.model.meta import load_meta
from reportedly.types import Assertion, Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def attribute(doc: Doc) -> tuple[Attribution, ...]:
    """Return the attributions of a parsed text, in the order of their first word.

    Reads ``doc.user_data["encoding"]``, a `types.Encoding`. Every span slices ``doc.text``.

    Raises:
        ModelError: the model's metadata is missing or damaged.
    """
    return _attributions(doc.text, doc.user_data["encoding"], load_meta())


def assertions(
    doc: Doc, attributions: Sequence[Attribution], skip: Sequence[Span] = ()
) -> tuple[Assertion, ...]:
    """Return what the text says in its author's own voice, outside ``attributions`` and ``skip``."""
    return own_voice(doc, attributions, skip)
