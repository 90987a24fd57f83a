"""Stories and statements built by hand, by quoting: all invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.export.views import StoryView
from reportedly.types import (
    Excerpt,
    Kind,
    Metadata,
    Precision,
    PublishedDate,
    Reason,
    Reject,
    SetAside,
    Span,
    Stage,
    Statement,
    Story,
    content_id,
)


@dataclass(frozen=True)
class Said:
    """One statement, its words quoted from the story; `inside` names the index of its parent."""

    content: tuple[str, ...]
    source: str | None = None
    cue: str | None = None
    kind: Kind = Kind.INDIRECT
    confidence: float = 0.9
    inside: int | None = None


@dataclass(frozen=True)
class Told:
    """One story."""

    text: str
    name: str = "case/radio.txt"
    title: str | None = "Ministry denies report"
    outlet: str | None = "Ossaly Radio"
    language: str = "en"
    partial: bool = False
    shift: int = 0
    said: tuple[Said, ...] = ()
    set_aside: tuple[SetAside, ...] = field(default=(SetAside(0, 5, "Share", "share line"),))


def view(told: Told) -> StoryView:
    """Build the story and its statements."""
    page_id = content_id("page", told.name, told.text)
    published = PublishedDate("2023-03-09", Precision.DAY, origin="text")
    metadata = Metadata(told.title, outlet=told.outlet, place="OSSALY", published=published)
    story = Story(
        id=content_id("story", page_id),
        page_id=page_id,
        index=0,
        text=told.text,
        page_start=told.shift,
        page_end=told.shift + len(told.text),
        edits=(),
        language=told.language,
        metadata=metadata,
        partial=told.partial,
        set_aside=told.set_aside,
    )
    statements: list[Statement] = []
    for index, said in enumerate(told.said):
        parent = None if said.inside is None else statements[said.inside].id
        statements.append(_statement(story, told, said, (index, parent)))
    return StoryView(told.name, story, statements, told.language == "en")


def _statement(story: Story, told: Told, said: Said, place: tuple[int, str | None]) -> Statement:
    return Statement(
        id=content_id(story.id, str(place[0])),
        page_id=story.page_id,
        story_id=story.id,
        kind=said.kind,
        source=None if said.source is None else _excerpt(told, said.source),
        cue=None if said.cue is None else _excerpt(told, said.cue),
        content=tuple(_excerpt(told, piece) for piece in said.content),
        chain=(told.outlet,) if said.source is None else (told.outlet, said.source),
        confidence=said.confidence,
        parent=place[1],
    )


def _excerpt(told: Told, words: str) -> Excerpt:
    start = told.text.index(words)
    end = start + len(words)
    return Excerpt(words, start, end, start + told.shift, end + told.shift)


DENIAL = Told(
    text=(
        "OSSALY - The Ministry of Sea Trade on Thursday denied that the freighter carried explosives.\n\n"
        'Spokesman Pavo Dennik said documents show that the captain called it "an ordinary load".\n\n'
        '"We will publish what we find," the minister told parliament, "whoever it hurts."\n\n'
        "The sea was calm."
    ),
    shift=7,
    said=(
        Said(("that the freighter carried explosives",), "The Ministry of Sea Trade", "denied"),
        Said(
            ('documents show that the captain called it "an ordinary load"',),
            "Spokesman Pavo Dennik",
            "said",
            Kind.MIXED,
        ),
        Said(("that the captain called it",), "documents", "show", Kind.INDIRECT, 0.41, inside=1),
        Said(
            ('"We will publish what we find,"', '"whoever it hurts."'),
            "the minister",
            "told parliament",
            Kind.DIRECT,
            0.97123456,
        ),
        Said(("The sea was calm.",), kind=Kind.AUTHOR, confidence=0.6),
    ),
)

HOSTILE = Told(
    text="He said <script>alert(1)</script> was \u202egnorw\u202c and \x1b[31mred\x07 "
    '"><img src=x onerror=alert(2)>. ' + "w" * 5000,
    name='"><script>alert(3)</script>.html',
    title="<img src=x onerror=alert(4)>",
    outlet="javascript:alert(5)",
    partial=True,
    said=(Said(("<script>alert(1)</script> was \u202egnorw\u202c",), "He", "said", confidence=0.2),),
    set_aside=(SetAside(0, 9, "<script>alert(6)</script>", "<b>chrome</b>"),),
)

PERSIAN = Told(
    text="سخنگوی وزارت تجارت دریایی گفت که هیچ پیام اضطراری دریافت نشده است.",
    title="کشتی باری ناپدید شد",
    outlet="روزنامه لنگرگاه",
    language="fa",
    name="case/langargah.txt",
)

REJECT = Reject(Stage.READ, Reason.DAMAGED, "case/<notice>.pdf", "The file ends in the middle.")

HEADED = Span(0, 6)
