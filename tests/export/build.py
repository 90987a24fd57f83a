"""Stories and statements built by hand, by quoting: all invented."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.export.views import StoryView
from reportedly.types import (
    Actor,
    ActorKind,
    Anchor,
    Candidate,
    Commitment,
    Excerpt,
    Kind,
    Metadata,
    Number,
    Precision,
    PublishedDate,
    Reason,
    Reject,
    SetAside,
    Span,
    Stage,
    Stance,
    Statement,
    Story,
    Tie,
    TimeMention,
    Voice,
    VoiceKind,
    content_id,
)


@dataclass(frozen=True)
class Said:
    """One statement, its words quoted from the story; `inside` names the index of its parent.

    times, said: words and the first and last day that they mean; the word "unresolved" for neither.
    """

    content: tuple[str, ...]
    source: str | None = None
    cue: str | None = None
    kind: Kind = Kind.INDIRECT
    confidence: float = 0.9
    inside: int | None = None
    voice: Voice = field(default_factory=Voice)
    via: tuple[Voice, ...] = ()
    commitments: tuple[Commitment | None, ...] = ()
    markers: tuple[str, ...] = ()
    presupposed: tuple[str, ...] = ()
    times: tuple[tuple[str, str, str], ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()
    tie: tuple[str, str, str] | None = None


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
    names = [*said.via, said.voice] if said.kind is not Kind.AUTHOR else []
    labels = [
        one.name or ", ".join(filter(None, (one.role, one.affiliation))) or said.source for one in names
    ]
    stance = None
    if said.commitments:
        inner, outlet = said.commitments[-1], said.commitments[0]
        assert inner
        assert outlet
        between = tuple(one for one in said.commitments[1:-1] if one)
        stance = Stance(inner, outlet, between, tuple(_span(told, words) for words in said.markers), 1.23456)
    return Statement(
        id=content_id(story.id, str(place[0])),
        page_id=story.page_id,
        story_id=story.id,
        kind=said.kind,
        source=None if said.source is None else _excerpt(told, said.source),
        cue=None if said.cue is None else _excerpt(told, said.cue),
        content=tuple(_excerpt(told, piece) for piece in said.content),
        chain=(told.outlet, *labels),
        confidence=said.confidence,
        parent=place[1],
        voice=said.voice,
        via=said.via,
        stance=stance,
        commitment=stance.voice if stance else None,
        commitments=said.commitments or (None,) * (1 + len(names)),
        presupposed=tuple(_span(told, words) for words in said.presupposed),
        times=tuple(_time(told, *time) for time in said.times),
        said=tuple(_time(told, *time) for time in said.said),
        ties=(_tie(told, *said.tie),) if said.tie else (),
    )


def _time(told: Told, words: str, start: str, end: str) -> TimeMention:
    if start == "unresolved":
        return TimeMention(
            _span(told, words), None, None, Precision.YEAR, Anchor.NONE, "nothing to count from"
        )
    return TimeMention(_span(told, words), start or None, end or None, Precision.DAY, Anchor.PUBLISHED)


def _tie(told: Told, subject: str, relation: str, object_: str) -> Tie:
    one = Actor(subject, ActorKind.ORGANISATION, _span(told, subject), "Ossaly")
    other = Actor(object_, ActorKind.GROUP, _span(told, object_))
    return Tie(one, relation, "REJECT", other, True, _span(told, relation), 0.654321)


def _span(told: Told, words: str) -> Span:
    start = told.text.index(words)
    return Span(start, start + len(words))


def _excerpt(told: Told, words: str) -> Excerpt:
    start = told.text.index(words)
    end = start + len(words)
    return Excerpt(words, start, end, start + told.shift, end + told.shift)


DENNIK = Voice("Pavo Dennik", VoiceKind.OFFICIAL, "spokesman", "Ministry of Sea Trade")

DENIAL = Told(
    text=(
        "OSSALY - The Ministry of Sea Trade on Thursday denied that the freighter carried explosives.\n\n"
        'Spokesman Pavo Dennik said documents show that the captain called it "an ordinary load".\n\n'
        '"We will publish what we find," the minister told parliament, "whoever it hurts."\n\n'
        "The sea was calm."
    ),
    shift=7,
    said=(
        Said(
            ("that the freighter carried explosives",),
            "The Ministry of Sea Trade",
            "denied",
            voice=Voice("Ministry of Sea Trade", VoiceKind.ORGANISATION, of_itself=True),
            commitments=(Commitment.UU, Commitment.CT_MINUS),
            markers=("denied",),
            said=(("on Thursday", "2023-03-09", "2023-03-09"),),
            tie=("The Ministry of Sea Trade", "denied", "freighter"),
        ),
        Said(
            ('documents show that the captain called it "an ordinary load"',),
            "Spokesman Pavo Dennik",
            "said",
            Kind.MIXED,
            voice=DENNIK,
            commitments=(Commitment.UU, Commitment.CT_PLUS),
        ),
        Said(
            ('that the captain called it "an ordinary load"',),
            "documents",
            "show",
            Kind.MIXED,
            0.41,
            inside=1,
            voice=Voice(kind=VoiceKind.DOCUMENT, number=Number.SEVERAL, evidence=(Span(121, 130),)),
            via=(DENNIK,),
            commitments=(Commitment.PR_PLUS, Commitment.CT_PLUS, Commitment.PS_PLUS),
            times=(("ordinary", "unresolved", ""), ("captain", "2023-03-01", "2023-03-31")),
        ),
        Said(
            ('"We will publish what we find,"', '"whoever it hurts."'),
            "the minister",
            "told parliament",
            Kind.DIRECT,
            0.97123456,
            voice=Voice(
                kind=VoiceKind.PERSON,
                anonymous=True,
                reason="two ministers",
                candidates=(Candidate("Ilse Brandt", 0.44), Candidate("Oto Reeve", 0.41)),
            ),
        ),
        Said(
            ("The sea was calm.",),
            kind=Kind.AUTHOR,
            confidence=0.6,
            voice=Voice("Ossaly Radio", VoiceKind.AUTHOR),
            commitments=(Commitment.CT_PLUS,),
            presupposed=("calm",),
        ),
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
