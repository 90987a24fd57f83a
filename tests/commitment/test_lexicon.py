"""The lists are what the code takes them for."""

import pytest

from reportedly.commitment.lexicon import Cue, Wanted, find, inflected, lexicon
from reportedly.commitment.values import Signature


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("denied", "deny"),
        ("said", "say"),
        ("refusing", "refuse"),
        ("admitted", "admit"),
        ("realised", "realise"),
    ],
)
def test_forms_lead_to_their_lemmas(form: str, lemma: str) -> None:
    assert lexicon().forms[form] == lemma


def test_regular_forms() -> None:
    assert inflected("deny") == {"deny", "denies", "denied", "denying"}
    assert inflected("urge") == {"urge", "urges", "urged", "urging"}
    assert inflected("push") == {"push", "pushes", "pushed", "pushing"}


def test_every_entry_is_of_the_kind_its_index_says() -> None:
    words = lexicon()
    assert all(isinstance(entry.meaning, Signature) for row in words.operators.values() for entry in row)
    assert all(isinstance(entry.meaning, Cue) for row in words.cues.values() for entry in row)


def test_the_longest_entry_wins_and_a_frame_is_respected() -> None:
    words = lexicon()
    lower = ["she", "cast", "serious", "doubt", "on", "it"]
    found = find(words.cues, lower, lower, 1, Wanted(("verbs",)))
    assert found is not None
    assert isinstance(found.entry.meaning, Cue)
    assert (found.entry.meaning.name, found.last) == ("doubt", 3)
    claim = find(words.cues, ["claims", "to"], ["claim", "to"], 0, Wanted(("verbs",), "to"))
    assert claim is not None
    assert isinstance(claim.entry.meaning, Cue)
    assert claim.entry.meaning.name == "profession"


def test_no_verb_is_in_two_classes_of_cues() -> None:
    seen: dict[tuple[str, tuple[str, ...], str | None], str] = {}
    twice = []
    for word, row in lexicon().cues.items():
        for entry in row:
            assert isinstance(entry.meaning, Cue)
            key = (word, entry.rest, entry.frame)
            if entry.kind == "verbs" and seen.setdefault(key, entry.meaning.name) != entry.meaning.name:
                twice.append((key, seen[key], entry.meaning.name))
    assert twice == []
