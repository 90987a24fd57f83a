"""The claims of claims.yaml as JSON lines of the contract, and larger ones made by rule. All invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Line = dict[str, Any]

_FILE = Path(__file__).with_name("claims.yaml")
SHORT: dict[str, Line] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
_SIDES = ("support", "against", "hedged", "others")


def written_out(short: Line) -> Line:
    """Return a claim's JSON line."""
    line: Line = {"derivations": [], "disputes": [], "distortions": [], "loops": [], "actors": []}
    line |= {key: value for key, value in short.items() if key not in _SIDES}
    line |= {side: [_statement(one) for one in short.get(side, ())] for side in _SIDES}
    support = line["support"]
    line["id"] = f"claim{len(str(line['text'])):03}"
    line["derivations"] = [{"certainty": "must"} | one for one in line["derivations"]]
    line["origins"] = {"outside": [], "reasons": []} | line["origins"]
    dated = [one["published"] for one in support if one["published"]]
    line["first_seen"] = min(dated, default=None)
    line["outlets"] = len({one["outlet"] for one in support})
    line["stories"] = len({one["story_id"] for one in support})
    return line


def _statement(short: Line) -> Line:
    voice = short.get("voice")
    name, kind, role = voice or (None, "author", None)
    unnamed = short.get("unnamed", False)
    return {
        "contract": 1,
        "id": short["id"],
        "page": f"pages/{short['id']}.html",
        "story": 0,
        "story_id": short.get("story", f"story-{short['id']}"),
        "title": None,
        "outlet": short["outlet"],
        "published": short["day"],
        "language": short.get("language", "en"),
        "kind": "indirect" if voice else "author",
        "content": [{"text": short["words"], "start": 0, "end": len(short["words"])}],
        "voice": {
            "name": None if unnamed else name,
            "kind": kind,
            "role": role or None,
            "anonymous": unnamed,
        },
        "chain": [short["outlet"], *([name] if voice else [])],
        "commitment": short.get("commitment", "CT+"),
        "commitments": [],
        "via": [],
    }


def claim(name: str) -> Line:
    """Return one of the claims by name; "wire", "crowd" and "dense" are made by rule."""
    return (
        {"wire": wire, "crowd": crowd, "dense": dense}[name]() if name in MADE else written_out(SHORT[name])
    )


def wire(copies: int = 40) -> Line:
    """An agency's text in so many papers, a rewrite, and one reporter who asked for herself."""
    words = "Seven miners died at San Telmo because a gas sensor had been switched off"
    voice = ["Mine inspectorate", "organisation", ""]
    paper = {"words": words, "voice": voice}
    support: list[Line] = [{"id": "w0", "outlet": "Antares News Agency", "day": "2014-09-23"} | paper]
    rests: list[Line] = []
    for number in range(copies):
        support.append({"id": f"w{number + 1}", "outlet": f"{_town(number)} {_title(number)}"} | paper)
        support[-1]["day"] = f"2014-09-{23 + number % 4}"
        rests.append(
            {"from": "w0", "to": f"w{number + 1}", "how": "wire", "credited": True, "evidence": "(Antares)"}
        )
    support.append(
        {"id": "r1", "outlet": "Obrero", "day": "2014-09-24", "words": "Sensor was off when seven died"}
    )
    rests.append(
        {"from": "w0", "to": "r1", "how": "rewrite", "credited": False, "evidence": "54 % of its words"}
    )
    support.append(
        {
            "id": "s1",
            "outlet": "Valley Echo",
            "day": "2014-09-26",
            "words": "The sensor that night was off, I looked",
        }
        | {"voice": ["Hilario Prado", "person", "shift foreman"]}
    )
    everything = [one["id"] for one in support if one["id"] != "s1"]
    origins = {
        "low": 2,
        "high": 2,
        "grounds": [everything, ["s1"]],
        "reasons": ["Shared agency text is one origin."],
    }
    text = f"{words}."
    return written_out({"text": text, "support": support, "derivations": rests, "origins": origins})


def crowd(size: int = 60) -> Line:
    """So many outlets, each with words of its own, a quarter of them roots, the others rest on one before."""
    support: list[Line] = []
    rests: list[Line] = []
    grounds: dict[int, list[str]] = {}
    root: dict[int, int] = {}
    for number in range(size):
        day = 1 + number // 4
        words = f"the harbour wall at {_town(number)} gave way in the night of the great storm ({number})"
        support.append(
            {"id": f"k{number}", "outlet": f"{_town(number)} {_title(number * 7 + 1)}", "words": words}
        )
        support[-1]["day"] = f"2011-{1 + day // 28:02}-{1 + day % 28:02}"
        before = (number * 5 // 7) if number % 4 else None
        if before is None or before == number:
            support[-1]["voice"] = [f"Witness {number}", "person", "fisher"]
        else:
            how = ("cites", "rewrite", "reprint")[number % 3]
            rests.append({"from": f"k{before}", "to": f"k{number}", "how": how, "credited": number % 2 == 0})
            rests[-1] |= {
                "certainty": "may" if number % 5 == 0 else "must",
                "evidence": "three sentences alike",
            }
        root[number] = number if before is None or before == number else root[before]
        grounds.setdefault(root[number], []).append(f"k{number}")
    origins = {"low": 3, "high": len(grounds), "grounds": list(grounds.values()), "reasons": []}
    text = "The harbour wall gave way in the night."
    return written_out({"text": text, "support": support, "derivations": rests, "origins": origins})


def dense() -> Line:
    """Three hundred outlets: more than any picture holds."""
    return crowd(300)


def _town(number: int) -> str:
    first = ("Brack", "Hol", "Ket", "Dorn", "Ash", "Lin", "Vell", "Orr")[number % 8]
    return first + ("water", "mouth", "bury", "stad", "ford", "ham")[number // 8 % 6]


def _title(number: int) -> str:
    return ("Gazette", "Post", "Herald", "Morning News", "Observer", "Echo and Advertiser", "Star")[
        number % 7
    ]


MADE = ("wire", "crowd", "dense")
NAMES = (*SHORT, *MADE)
