"""Who speaks: the voice behind each attribution's source, and the outlets on the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportedly.types import Attribution, Metadata, Sourcing
from reportedly.voices.resolver import Resolver

if TYPE_CHECKING:
    from spacy.tokens import Doc


def resolve(doc: Doc | Any, attributions: Sequence[Attribution], metadata: Metadata) -> tuple[Sourcing, ...]:
    """Return one `Sourcing` an attribution, in their order; docs/explanation/voices.md states the rules.

    doc: parse and entities are used where they are, missed where not. metadata: gives the author's own voice
    its name, and the credits that stand over the whole story. A source that cannot be told is `unspecified`
    with the reason; nothing about the text raises.
    """
    if not attributions:
        return ()
    return Resolver(doc, attributions, metadata).resolve()
