"""The reference page names every reason that a block can be set aside for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.page.chrome import is_caption, is_image_label, reason_of, zone_of
from reportedly.page.lexicon import line_patterns

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "stories.md"
LINES = {
    "navigation": [
        "Skip to main content",
        "Older Post",
        "Home | World | Politics | Sport",
        "Slideshow (3 Images)",
        "رفتن به محتوای اصلی",
        "К основному контенту",
    ],
    "share": [
        "Share",
        "Facebook Twitter Email",
        "Follow us on Twitter",
        "Click to share on Facebook (Opens in new window)",
        "Partager",
    ],
    "cookie": ["This website uses cookies to improve your experience.", "Accept all cookies"],
    "subscribe": [
        "Sign up for our newsletter",
        "Subscribe",
        "Get our stories delivered straight to your inbox",
        "Lorn Tide newsletter Every ship, every morning. By signing up you agree to our terms.",
        "The best of the Lorn Today in your inbox every morning. Sign up here.",
        "Subscribe on Apple Podcasts, Spotify or wherever you listen.",
    ],
    "advertisement": ["Реклама", "Advertisement", "ADVERTISEMENT", "Story continues below", "Anzeige"],
    "comments": ["Комментарии", "Comentários", "Comments", "3 Comments", "Leave a comment", "نظرات"],
    "copyright": ["© 2018 Lorn Today. All rights reserved.", "Powered by Blogger"],
    "tags": ["Tags: harbour, pilots", "#harbour #pilots"],
    "counter": ["Hits: 2345", "5 min read", "2 hours ago", "1,204 views"],
    "teaser": [
        "Read more",
        "Continue reading »",
        "Related: Bridge over the Quell opened",
        "Lire la suite",
        "ادامه مطلب",
    ],
    "credit": [
        "The Associated Press contributed to this report.",
        "(Reporting by Ada Venn; Editing by Cora Bell)",
        "-30-",
    ],
    "separator": ["* * *", "___", "-----"],
}
PROSE = [
    "Share prices fell on Monday.",
    "The minister said: Read more books.",
    "Comments by the minister angered the pilots on Monday.",
    "Home prices rose in March.",
    "“Follow us,” the pilot shouted.",
    "More than 300 ships waited outside the harbour.",
    "Advertisement revenue fell, the publisher said.",
    "He was born on the pier.",
    "5 March 2018",
    "5040",
    "Related parties were not named in the report, she said.",
    "By signing up you agree to every word of it, the pilot said.",
    "Copyright law protects the map, the court ruled yesterday in Lornstad, and nobody may print it.",
]


@pytest.mark.parametrize(
    ("reason", "line"), [(reason, line) for reason, lines in LINES.items() for line in lines]
)
def test_chrome_has_its_reason(reason: str, line: str) -> None:
    assert reason_of(line) == reason


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_chrome(line: str) -> None:
    assert reason_of(line) is None


def test_every_reason_is_documented() -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    assert [reason for reason in {*line_patterns(), *LINES} if f"`{reason}`" not in reference] == []


def test_zones_labels_and_captions() -> None:
    assert zone_of("Popular posts from this blog") == "zone"
    assert zone_of("Read more:") == "aside"
    assert zone_of("2 comments:") == "comments"
    assert zone_of("The pilots spoke") is None
    assert is_image_label("Lorn-Harbour 02")
    assert is_image_label("img_2034.jpg")
    assert not is_image_label("Chapter 11")
    assert is_caption("A ship waits before the harbour (Photo: Reuters)")
    assert is_caption("Ada Venn on the pier of Lorn on Monday. Boris Tale / AP")
    assert is_caption("Ships wait before Lorn, March 5, 2018. (Boris Tale/Reuters)")
    assert not is_caption("A ship waits before the harbour.")
    assert not is_caption("Nobody answered the letters of the pilots, she said. (AFP)")
    assert not is_caption("The pilots would not go back to work, a friend of theirs told Reuters.")
