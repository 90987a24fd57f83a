"""Invented records for tests of everything behind the waist."""

from dataclasses import replace

import numpy as np

from reportedly.record import Finds, StoryParts, build_record, build_story
from reportedly.store import Engine, Entry
from reportedly.types import (
    Actor,
    ActorKind,
    Anchor,
    Assertion,
    Attribution,
    Candidate,
    Commitment,
    Edit,
    Item,
    Kind,
    Media,
    Mention,
    MentionLabel,
    Metadata,
    Number,
    Page,
    Pool,
    Precision,
    PublishedDate,
    Reason,
    Record,
    Reject,
    SetAside,
    Sourcing,
    Span,
    Stage,
    Stance,
    Story,
    Tie,
    TimeMention,
    Voice,
    VoiceKind,
    content_id,
)

ENGINE = Engine("0.0.1", "model", "{}")
NEWER_ENGINE = Engine("0.0.2", "model", "{}")

MAYOR = Voice(
    kind=VoiceKind.OFFICIAL,
    role="mayor",
    affiliation="Port Vell",
    number=Number.ONE,
    country="Ossaly",
    anonymous=True,
)
TEXT = (
    "PORT VELL, 3 May (Tidewire) - The harbour is closed, the mayor said.\n"
    "Divers\n"
    "“It reopens in June”, Ada Quill told the Vell Courier, “or in July”.\n"
    "Rain fell all week."
)


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


QUILL = Voice(
    "Ada Quill",
    VoiceKind.PERSON,
    "harbour master",
    of_itself=True,
    evidence=(_span("Ada Quill"),),
    candidates=(Candidate("Ada Quill", 0.5), Candidate("Ada Quince", 0.25)),
)


def item(name: str, data: bytes = b"harbour", suffix: str = "txt") -> Item:
    return Item(name, data, suffix)


def page(name: str = "b/harbour.txt", data: bytes = b"harbour", key: str | None = None) -> Page:
    text = "Menu\nHarbour shut\n" + TEXT.replace("June", "Juny") + "\nShare this"
    return Page(key or content_id(data), name, Media.CAPTURE, text, fields={"url": "https://vell.example/1"})


def story(
    of: Page, index: int = 0, published: str | None = "2018-05-03", outlet: str | None = "Vell Courier"
) -> Story:
    start = of.text.index("PORT VELL")
    wrong = of.text.index("Juny")
    precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
    date = PublishedDate(published, precision[len(published)], None, "text") if published else None
    return Story(
        id=content_id(of.id, str(index)),
        page_id=of.id,
        index=index,
        text=TEXT,
        page_start=start,
        page_end=start + len(TEXT),
        edits=(Edit(wrong + 3, wrong + 4, "e", "misprint"),),
        language="en",
        metadata=Metadata(
            title="Harbour shut",
            section="Coast",
            outlet=outlet,
            byline="I. Penhale",
            agency="Tidewire",
            place="PORT VELL",
            url="https://vell.example/1",
            published=date,
            origins={"title": "text", "outlet": "meta"},
        ),
        partial=index > 0,
        set_aside=(SetAside(0, 4, "Menu", "navigation"), SetAside(5, 17, "Harbour shut", "headline")),
        dateline=_span("PORT VELL, 3 May (Tidewire) -"),
        headings=(_span("Divers"),),
        captions=(_span("Rain fell all week."),),
    )


def parts(of: Story) -> StoryParts:
    mayor = Attribution(
        (_span("the mayor"),), (_span("said"),), (_span("The harbour is closed"),), Kind.INDIRECT, 0.9
    )
    quill = Attribution(
        (_span("Ada Quill"),),
        (_span("told the Vell Courier"),),
        (_span("“It reopens in June”"), _span("“or in July”")),
        Kind.DIRECT,
        0.75,
    )
    own = Assertion(_span("Rain fell all week."), 0.5, (_span("all week"),))
    sourcings = (Sourcing(QUILL, (Voice("Tidewire", VoiceKind.OUTLET),)), Sourcing(MAYOR))
    stances = (
        Stance(Commitment.PS_PLUS, Commitment.UU, (), (_span("or in July"),), 1.5),
        Stance(Commitment.CT_PLUS, Commitment.UU),
    )
    return StoryParts(
        of,
        (quill, mayor),
        (own,),
        sourcings,
        stances,
        (Stance(Commitment.CT_PLUS, Commitment.CT_PLUS),),
        finds(),
    )


def finds() -> Finds:
    """Times, a tie, mentions and vectors that stand in the words of the sample."""
    lines = [_span(line) for line in TEXT.split("\n")]
    june = TimeMention(_span("in June"), "2018-06-01", "2018-06-30", Precision.MONTH, Anchor.PUBLISHED)
    dated = TimeMention(
        _span("Vell Courier"), None, None, Precision.DAY, Anchor.NONE, "no year to count from"
    )
    shut = Tie(
        Actor("Port Vell", ActorKind.STATE, _span("The harbour"), "Ossaly"),
        "close",
        "COERCE",
        Actor("the harbour", ActorKind.PLACE, _span("The harbour")),
        True,
        _span("closed"),
        0.7,
    )
    return Finds(
        times=(june, dated),
        ties=(shut,),
        mentions=(Mention("harbour", MentionLabel.LOC, _span("harbour")),),
        sentences=tuple(lines),
        pool=Pool(
            np.array([(one.start, one.end) for one in lines], np.int32), np.eye(4, 384, dtype=np.float32)
        ),
    )


def record(
    name: str = "b/harbour.txt",
    data: bytes = b"harbour",
    published: str | None = "2018-05-03",
    outlet: str | None = "Vell Courier",
    key: str | None = None,
) -> Record:
    on = page(name, data, key)
    first = build_story(on, parts(story(on, published=published, outlet=outlet)))
    foreign = replace(story(on, 1, None, None), language="fa")
    second = build_story(on, StoryParts(foreign, pipeline=False))
    failed = Reject(Stage.PARSE, Reason.FAILED, f"{name}#story-2", "ValueError")
    return build_record(on, [first, second], [failed])


def entry(made: Record, suffix: str = "txt", data: bytes = b"") -> Entry:
    return Entry(Item(made.page.name, data, suffix), made.page.id, made)


def seen(made: Record, name: str, suffix: str = "txt") -> Entry:
    """The same page met under another name, known already."""
    return Entry(Item(name, b"", suffix), made.page.id, None)


def refused(place: str, reason: Reason = Reason.DAMAGED) -> Entry:
    return Entry(None, None, Reject(Stage.READ, reason, place, "it is broken"))
