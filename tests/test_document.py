"""The driver: every input ends as a record or a reject, and one story's failure costs that story only."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from reportedly import document, settings
from reportedly.document import Extractor, engine_of
from reportedly.errors import ModelError, RejectedError
from reportedly.types import (
    Assertion,
    Attribution,
    Commitment,
    Item,
    Kind,
    Media,
    Mention,
    MentionLabel,
    Metadata,
    Page,
    Reason,
    Record,
    Reject,
    Sourcing,
    Span,
    Stage,
    Stance,
    Story,
    Voice,
    VoiceKind,
)

TEXT = "The bridge is shut, Ada Quill said.\nRain fell.\nDer Regen fiel."
ITEM = Item("a.txt", TEXT.encode(), "txt")


@dataclass
class Stages:
    """Stand-ins for the stages; one line of the text is one story. `broken`: which call fails, and how."""

    broken: dict[str, Exception] = field(default_factory=dict)
    loaded: list[str] = field(default_factory=list)

    def fail(self, *keys: str) -> None:
        for key in keys:
            if key in self.broken:
                raise self.broken[key]

    def read_page(self, item: Item, _: object) -> Page:
        self.fail("read")
        return Page("p", item.name, Media.CAPTURE, item.data.decode())

    def split_stories(self, page: Page, _: object) -> tuple[Story, ...]:
        self.fail("page")
        stories, at = [], 0
        for index, line in enumerate(page.text.split("\n")):
            made = Story(
                f"s{index}", "p", index, line, at, at + len(line), (), "und", Metadata(outlet="Buoy")
            )
            stories.append(made)
            at += len(line) + 1
        return tuple(stories) if page.text else ()

    def detect(self, text: str) -> str:
        return "de" if text.startswith("Der") else "en"

    def load_pipeline(self, language: str, _: object) -> "Stages | None":
        self.fail("load")
        self.loaded.append(language)
        return self if language == "en" else None

    def parse(self, text: str, _: object) -> str:
        self.fail("parse", f"parse {text}")
        return text

    def encode(self, text: str) -> str:
        return text

    def attribute(self, doc: str, reread: object) -> tuple[Attribution, ...]:
        self.fail(f"attribute {doc}")
        if "said" not in doc:
            return ()
        source, cue = doc.index("Ada"), doc.index("said")
        spans = (Span(source, source + 9),), (Span(cue, cue + 4),), (Span(0, 18),)
        return (Attribution(*spans, Kind.INDIRECT, 0.6),)

    def assertions(self, doc: str, found: tuple[Attribution, ...], _: object) -> tuple[Assertion, ...]:
        return () if found else (Assertion(Span(0, len(doc)), 0.4),)

    def resolve(self, doc: str, told: tuple[object, ...], about: Metadata) -> tuple[Sourcing, ...]:
        self.fail(f"voices {doc}")
        return tuple(Sourcing(Voice("Ada Quill", VoiceKind.PERSON)) for _ in told)

    def stances(self, doc: str, told: tuple[object, ...], own: tuple[object, ...]) -> tuple[object, object]:
        self.fail(f"stances {doc}")
        stance = Stance(Commitment.CT_PLUS, Commitment.UU)
        return (stance,) * len(told), (stance,) * len(own)

    def time_mentions(self, doc: str, published: object) -> tuple[object, ...]:
        self.fail(f"times {doc}")
        return ()

    def ties(self, doc: str) -> tuple[object, ...]:
        self.fail(f"ties {doc}")
        return ()

    def mentions(self, doc: str) -> tuple[Mention, ...]:
        self.fail(f"contents {doc}")
        return (Mention("Ada", MentionLabel.PER, Span(0, 3)),)

    def sentences(self, doc: str) -> tuple[Span, ...]:
        return (Span(0, len(doc)),)

    def pool(self, doc: str) -> None:
        return None


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Stages:
    made = Stages()
    for module, names in {
        "read": ["read_page"],
        "page": ["split_stories"],
        "language": ["detect"],
        "parse": ["load_pipeline"],
        "attribution": ["attribute", "assertions"],
        "voices": ["resolve"],
        "commitment": ["stances"],
        "times": ["time_mentions"],
        "ties": ["ties"],
        "contents": ["mentions", "sentences", "pool"],
    }.items():
        for name in names:
            monkeypatch.setattr(getattr(document, module), name, getattr(made, name))
    return made


def extract(item: Item = ITEM, **changes: Any) -> Record | Reject:
    tree = settings.Settings()
    return Extractor(replace(tree, attribution=replace(tree.attribution, **changes))).extract(item)


def record(item: Item = ITEM, **changes: Any) -> Record:
    made = extract(item, **changes)
    assert isinstance(made, Record)
    return made


def test_a_page_becomes_a_record(stages: Stages) -> None:
    made = record()
    assert [story.language for story in made.stories] == ["en", "en", "de"]
    assert [(one.kind, one.story_id) for one in made.statements] == [("indirect", "s0"), ("author", "s1")]
    assert (made.no_pipeline, made.rejects) == (("s2",), ())
    told = made.statements[0]
    assert told.chain == ("Buoy", "Ada Quill")
    assert (told.commitment, [one.name for one in told.mentions]) == (Commitment.CT_PLUS, ["Ada"])


def test_stories_alone_need_no_pipeline(stages: Stages) -> None:
    made = Extractor(settings.Settings()).stories(ITEM)
    assert isinstance(made, Record)
    assert [(story.language, story.text) for story in made.stories] == [
        (story.language, story.text) for story in record().stories
    ]
    assert made.statements == ()
    stages.loaded.clear()
    Extractor(settings.Settings()).stories(ITEM)
    assert stages.loaded == []


@pytest.mark.parametrize("data", [b"", TEXT.encode()])
def test_taking_apart_refuses_what_extraction_refuses(stages: Stages, data: bytes) -> None:
    item = replace(ITEM, data=data)
    refused = Extractor(settings.Settings()).stories(item), extract(item)
    if data:
        assert not any(isinstance(one, Reject) for one in refused)
    else:
        assert refused[0] == refused[1]


def test_a_pipeline_is_loaded_once(stages: Stages) -> None:
    extractor = Extractor(settings.Settings())
    extractor.extract(ITEM)
    extractor.extract(ITEM)
    assert stages.loaded == ["en", "de"]


@pytest.mark.parametrize(("at", "stage"), [("read", Stage.READ), ("page", Stage.PAGE)])
def test_a_refused_item_is_its_reject(stages: Stages, at: str, stage: Stage) -> None:
    stages.broken[at] = RejectedError(stage, Reason.DAMAGED, "a.txt", "it is broken")
    assert extract() == Reject(stage, Reason.DAMAGED, "a.txt", "it is broken")


@pytest.mark.parametrize(("at", "stage"), [("read", Stage.READ), ("page", Stage.PAGE)])
def test_our_own_failure_is_a_reject_too(stages: Stages, at: str, stage: Stage) -> None:
    stages.broken[at] = ZeroDivisionError("secret words of the input")
    made = extract()
    assert isinstance(made, Reject)
    assert (made.stage, made.reason, made.place) == (stage, Reason.FAILED, "a.txt")
    assert "ZeroDivisionError" in made.detail
    assert "secret" not in made.detail


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        ("parse Rain fell.", Stage.PARSE),
        ("attribute Rain fell.", Stage.ATTRIBUTION),
        ("voices Rain fell.", Stage.VOICES),
        ("stances Rain fell.", Stage.COMMITMENT),
        ("times Rain fell.", Stage.TIMES),
        ("ties Rain fell.", Stage.TIES),
        ("contents Rain fell.", Stage.CONTENTS),
    ],
)
def test_one_storys_failure_costs_that_story_only(stages: Stages, at: str, stage: Stage) -> None:
    stages.broken[at] = MemoryError()
    made = record()
    assert [story.id for story in made.stories] == ["s0", "s2"]
    assert [(one.stage, one.reason, one.place) for one in made.rejects] == [
        (stage, Reason.FAILED, "a.txt#story-1")
    ]


def test_a_broken_span_is_a_reject_at_record(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = (Assertion(Span(0, 10_000), 0.5),)
    monkeypatch.setattr("reportedly.document.attribution.assertions", lambda *_: wrong)
    made = record()
    assert [story.id for story in made.stories] == ["s2"]
    assert {(one.stage, one.reason) for one in made.rejects} == {(Stage.RECORD, Reason.FAILED)}


def test_a_page_that_loses_all_its_stories_is_a_reject(stages: Stages) -> None:
    stages.broken["parse"] = ValueError()
    made = extract(Item("a.txt", b"One.\nTwo."))
    assert isinstance(made, Reject)
    assert (made.stage, made.reason, made.place) == (Stage.PARSE, Reason.FAILED, "a.txt")
    assert "1 more" in made.detail


def test_a_page_without_stories_is_a_reject(stages: Stages) -> None:
    made = extract(Item("a.txt", b""))
    assert isinstance(made, Reject)
    assert (made.stage, made.reason) == (Stage.PAGE, Reason.NO_STORY)


def test_a_missing_model_is_no_reject(stages: Stages) -> None:
    stages.broken["load"] = ModelError("the model is missing")
    with pytest.raises(ModelError):
        extract()


def test_settings_say_what_becomes_a_statement(stages: Stages) -> None:
    assert [one.kind for one in record(author_voice=False).statements] == ["indirect"]
    assert [one.kind for one in record(min_confidence=0.5).statements] == ["indirect"]
    assert record(min_confidence=0.7).statements == ()


def test_the_engine_hangs_on_what_changes_results() -> None:
    plain = engine_of(settings.load())
    assert engine_of(settings.load()) == plain
    for free in ("batch.commit_items=3", "store.busy_seconds=1", "read.url_robots=false", "parse.threads=2"):
        assert engine_of(settings.load(overrides=[free])) == plain
    for telling in ("attribution.min_confidence=0.5", "read.max_bytes=1000", "page.min_story_characters=9"):
        assert engine_of(settings.load(overrides=[telling])) != plain
    assert len(plain.model) == 64


def test_a_story_beyond_the_limit_is_refused_whatever_the_machine(stages: Stages) -> None:
    tree = settings.Settings()
    short = replace(tree.parse, max_characters=20)
    made = Extractor(replace(tree, parse=short)).extract(ITEM)
    assert isinstance(made, Record)
    assert [story.id for story in made.stories] == ["s1", "s2"]
    assert [(one.stage, one.reason, one.place) for one in made.rejects] == [
        (Stage.PARSE, Reason.TOO_LARGE, "a.txt#story-0")
    ]
