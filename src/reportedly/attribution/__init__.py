"""Doc -> who says what, and what the story says in its own voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.attribution.assemble import attributions
from reportedly.attribution.author import own_voice
from reportedly.attribution.grammar import with_sources
from reportedly.attribution.nested import with_nested
from reportedly.attribution.tagging import tag
from reportedly.attribution.wording import Wording
from reportedly.model.meta import load_meta
from reportedly.model.whole_text import whole_text
from reportedly.types import Assertion, Attribution, Encoding, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def attribute(doc: Doc, reread: Callable[[str], Encoding] | None = None) -> tuple[Attribution, ...]:
    """Return the attributions of a parsed text, in the order of their first word, outer before inner.

    Reads ``doc.user_data["encoding"]``, a `types.Encoding`. Every span slices ``doc.text``.
    reread: the encoder. With it, attributions inside another's content are found too; all spans of such a one
        lie within its parent's content, and it is no surer than its parent.

    Raises:
        ModelError: the model's metadata is missing or damaged.
    """
    meta = load_meta()
    encoding: Encoding = doc.user_data["encoding"]
    wording = Wording(whole_text(doc))
    found = attributions(wording, encoding, tag(wording.text, encoding, meta), meta)
    found = replace(found, whole=with_sources(doc, found.whole))
    return with_nested(doc, found, wording, reread, meta) if reread else found.whole


def assertions(
    doc: Doc, attributions: Sequence[Attribution], skip: Sequence[Span] = ()
) -> tuple[Assertion, ...]:
    """Return what the text says in its author's own voice, outside ``attributions`` and ``skip``."""
    return own_voice(doc, attributions, skip)
