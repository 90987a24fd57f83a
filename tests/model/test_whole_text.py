from __future__ import annotations

import spacy

from reportedly.model.whole_text import whole_text


def test_it_is_the_text_and_is_put_together_once() -> None:
    doc = spacy.blank("en")("The bridge  is shut.\nIt opens in May.")
    found = whole_text(doc)
    assert found == doc.text
    assert whole_text(doc) is found
