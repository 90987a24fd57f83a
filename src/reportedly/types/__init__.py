"""Every data type of the package: frozen, units stated.

Offsets count Unicode code points, half-open: ``[start, end)``. An offset named ``start``/``end`` counts in
the text of a *story*; one named ``page_start``/``page_end`` counts in the text of the *page* the story stands
on. Ids are the first 16 hexadecimal digits of a SHA-256 over what they name, so the same input gives the same
ids anywhere. ``None`` always means "the input does not say"; it is never a stand-in for a failure.
"""

from __future__ import annotations

from typing import Any

from reportedly.types.claims import How, Relation, ReuseKind
from reportedly.types.review import Instead, Judgement, OtherVoice, Quote, Subject, Verdict, Words
from reportedly.types.speech import (
    PLOVER,
    Actor,
    ActorKind,
    Anchor,
    Assertion,
    Attribution,
    Candidate,
    Commitment,
    Encoding,
    Excerpt,
    Kind,
    Mention,
    MentionLabel,
    Number,
    Pool,
    Sourcing,
    Stance,
    Statement,
    Tie,
    TimeMention,
    Voice,
    VoiceKind,
)
from reportedly.types.text import (
    Block,
    Columns,
    Edit,
    Item,
    Media,
    Metadata,
    OffsetMap,
    Page,
    Precision,
    PublishedDate,
    SetAside,
    Span,
    Story,
    content_id,
    replay,
)
from reportedly.types.waist import Counts, Reason, Record, Reject, Stage

JsonObject = dict[str, Any]

__all__ = [
    "PLOVER",
    "Actor",
    "ActorKind",
    "Anchor",
    "Assertion",
    "Attribution",
    "Block",
    "Candidate",
    "Columns",
    "Commitment",
    "Counts",
    "Edit",
    "Encoding",
    "Excerpt",
    "How",
    "Instead",
    "Item",
    "JsonObject",
    "Judgement",
    "Kind",
    "Media",
    "Mention",
    "MentionLabel",
    "Metadata",
    "Number",
    "OffsetMap",
    "OtherVoice",
    "Page",
    "Pool",
    "Precision",
    "PublishedDate",
    "Quote",
    "Reason",
    "Record",
    "Reject",
    "Relation",
    "ReuseKind",
    "SetAside",
    "Sourcing",
    "Span",
    "Stage",
    "Stance",
    "Statement",
    "Story",
    "Subject",
    "Tie",
    "TimeMention",
    "Verdict",
    "Voice",
    "VoiceKind",
    "Words",
    "content_id",
    "replay",
]
