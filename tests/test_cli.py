"""The commands, as a user calls them: what they print, where, and with which exit code."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import jsonschema
import pytest
from typer.testing import CliRunner

from reportedly import queries
from reportedly.cli import COMMANDS, app, options
from reportedly.export import lines
from reportedly.types import Commitment, JsonObject, VoiceKind
from tests.cli_reference import PAGE, page

FERRY = (
    "ANSEL - The ferry will not sail before Friday, said Mara Velde, a spokeswoman for the port.\n\n"
    'The mayor told reporters: "We were never asked." She added that the town would wait.\n\n'
    "The harbour was closed on Monday.\n"
)
PERSIAN = "سخنگوی بندر گفت که کشتی تا روز جمعه حرکت نخواهد کرد و مسافران باید در شهر منتظر بمانند.\n"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*arguments: object, stdin: str | None = None) -> Done:
    done = CliRunner().invoke(
        app, [str(argument) for argument in arguments], input=stdin, prog_name="reportedly"
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def program(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(FERRY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "fa.txt").write_text(PERSIAN, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    path = folder / "port.db"
    inputs = [folder / "ferry.txt", folder / "fa.txt", folder / "empty.txt"]
    assert run("add", *inputs, "--case", path, "--jobs", 1).code == 0
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[JsonObject]]:
    """The sample's case and all its statements."""
    folder = tmp_path_factory.mktemp("sample")
    assert run("sample", folder).code == 0
    path = folder / "sample.db"
    assert run("add", folder / "case", "--case", path, "--jobs", 1).code == 0
    found = run("statements", "--case", path, "--format", "jsonl").out.splitlines()
    return path, [json.loads(line) for line in found]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_examples_and_comes_without_heavy_imports(name: str) -> None:
    code = (
        "import sys\nfrom reportedly.cli import app\n"
        "try: app([*sys.argv[1:], '--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy', 'spacy', 'rich', 'trafilatura', 'pydantic') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code, *([name] if name else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.rstrip().endswith("[]")
    assert "Examples:" in done.stdout or not name


def test_the_reference_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.cli_reference`"


def test_the_choices_are_those_that_queries_take() -> None:
    assert set(get_args(options.StatementKind)) == set(queries.KINDS)
    assert set(get_args(options.VoiceKindValue)) == {str(kind) for kind in VoiceKind}
    assert set(get_args(options.PloverClass)) == set(queries.PLOVER)
    hint = get_type_hints(options.StatementsOptions, include_extras=True)["commitment"]
    assert hint.__metadata__[0].metavar.split("|") == [str(value) for value in Commitment]


def test_read_prints_marked_text(ferry: Path) -> None:
    done = run("read", ferry)
    assert done.code == 0
    assert "⟦Mara Velde" in done.out
    assert re.search(r"^  \[1\] .*› Mara Velde", done.out, re.MULTILINE)
    assert [line for line in done.out.splitlines() if line.startswith("sure: ")]
    assert done.err == ""


def test_read_prints_lines_of_the_contract_in_the_order_of_the_files(ferry: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text(FERRY.replace("ferry", "tug"), encoding="utf-8")
    done = run("read", ferry, other, "--format", "jsonl")
    found = [json.loads(line) for line in done.out.splitlines()]
    for line in found:
        jsonschema.validate(line, lines.schema("statement"))
    assert list(dict.fromkeys(line["page"] for line in found)) == [str(ferry), str(other)]
    first = next(line for line in found if line["source"] and "Velde" in line["source"]["text"])
    assert "The ferry will not sail before Friday" in first["content"][0]["text"]
    assert FERRY[first["cue"]["page_start"] : first["cue"]["page_end"]] == "said"


def test_read_takes_standard_input() -> None:
    done = run("read", "-", stdin=FERRY)
    assert (done.code, "Mara Velde" in done.out) == (0, True)


def test_a_language_without_a_pipeline_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "fa.txt"
    path.write_text(PERSIAN, encoding="utf-8")
    assert "no pipeline for this language (fa): stored whole" in run("read", path).out
    as_lines = run("read", path, "--format", "jsonl")
    assert (as_lines.code, as_lines.out) == (0, "")
    assert "no pipeline for language fa" in as_lines.err


def test_what_is_refused_is_told_and_the_rest_is_read(ferry: Path, tmp_path: Path) -> None:
    done = run("read", tmp_path / "absent.txt", ferry)
    assert done.code == 0
    assert "absent.txt" in done.err
    assert "not-found" in done.err
    assert "2 items = 1 pages + 1 refused" in done.err


@pytest.mark.parametrize("command", [["read"], ["stories"], ["add", "--case", "CASE"]])
def test_nothing_read_is_exit_code_3(command: list[str], tmp_path: Path) -> None:
    arguments = [str(tmp_path / "x.db") if word == "CASE" else word for word in command]
    assert run(*arguments, tmp_path / "absent.txt").code == 3


@pytest.mark.parametrize(
    ("arguments", "problems"),
    [
        (
            ["--set", "read.max_bytes=many", "--set", "nowhere.x=1", "read", "x"],
            ["read.max_bytes", "nowhere.x"],
        ),
        (["--settings", "absent.toml", "doctor"], ["absent.toml"]),
        (
            [
                "--set",
                "read.max_depth=1",
                "statements",
                "--case",
                "x.db",
                "--from",
                "soon",
                "--to",
                "2018-13",
            ],
            ["read.max_depth", "soon", "2018-13"],
        ),
        (
            [
                "statements",
                "--case",
                "x.db",
                "--commitment",
                "PS+",
                "--commitment",
                "maybe",
                "--after",
                "then",
            ],
            ["maybe", "then"],
        ),
        (["statements", "--case", "x.db", "--after", "2019", "--before", "2018"], ["after is the later"]),
        (["statements", "--case", "x.db", "--plover", "gossip"], ["gossip"]),
        (["statements", "--case", "x.db", "--voice-kind", "ghost"], ["ghost"]),
        (["stories"], ["INPUT", "--case"]),
        (["stories", "x", "--case", "y.db"], ["INPUT", "--case"]),
        (["report", "--case", "x.db", "--out", "absent/folder/r.html"], ["absent/folder"]),
        (["statements", "--case", "x.db", "--kind", "rumour"], ["rumour"]),
        (["add", "x", "--case", "x.db", "--jobs", "-1"], ["-1"]),
    ],
)
def test_bad_configuration_is_exit_code_2_with_all_problems(
    arguments: Sequence[str], problems: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.code == 2
    assert [problem for problem in problems if problem not in done.err] == []
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["statements", "sources", "stories", "rejects", "report"])
@pytest.mark.parametrize("content", [None, b"not a database at all"], ids=["missing", "not ours"])
def test_an_unusable_case_is_exit_code_4(command: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    more = ["--out", tmp_path / "r.html"] if command == "report" else []
    done = run(command, "--case", path, *more)
    assert done.code == 4
    assert done.err.count("\n") == 1
    assert not (tmp_path / "r.html").exists()


def test_add_balances_and_says_so(tmp_path: Path, ferry: Path) -> None:
    case = tmp_path / "port.db"
    first = run("add", ferry, tmp_path / "absent.txt", "--case", case, "--jobs", 1)
    assert first.code == 0
    assert "2 items = 1 pages + 0 already known + 1 refused" in first.out
    assert f"not-found 1; see: reportedly rejects --case {case}" in first.out
    again = run("add", ferry, "--case", case, "--jobs", 1)
    assert again.code == 0
    assert "1 items = 0 pages + 1 already known + 0 refused" in again.out


def test_statements_can_be_filtered(case: Path) -> None:
    def found(*filters: str) -> list[str]:
        done = run("statements", "--case", case, "--format", "jsonl", *filters)
        assert done.code == 0
        return [(json.loads(line)["source"] or {}).get("text", "") for line in done.out.splitlines()]

    assert all("Velde" in source for source in found("--source", "velde"))
    assert found("--source", "velde")
    assert found("--about", "friday sail")
    assert found("--kind", "author") == [""] * len(found("--kind", "author"))
    assert found("--outlet", "nobody") == []
    assert found("--from", "2018") == [], "an undated story lies in no range"


FILTERS: list[tuple[list[str], Callable[[JsonObject], bool]]] = [
    (["--voice", "velde"], lambda line: "Velde" in (line["chain"][-1] or "")),
    (["--voice-kind", "person"], lambda line: line["voice"]["kind"] == "person"),
    (["--role", "spokeswoman"], lambda line: "spokeswoman" in (line["voice"]["role"] or "")),
    (["--commitment", "CT-", "--commitment", "PS+"], lambda line: line["commitment"] in {"CT-", "PS+"}),
    (["--commitment", "CT+"], lambda line: line["commitment"] == "CT+"),
    (["--nested"], lambda line: line["parent"] is not None),
    (["--of-itself"], lambda line: line["voice"]["of_itself"]),
    (["--anonymous"], lambda line: line["voice"]["anonymous"]),
    (
        ["--after", "2023-03-10"],
        lambda line: any((t["end"] or "9") >= "2023-03-10" for t in line["times"] if t["start"] or t["end"]),
    ),
    (
        ["--before", "2023-03-09"],
        lambda line: any(
            (t["start"] or "0") <= "2023-03-09" for t in line["times"] if t["start"] or t["end"]
        ),
    ),
    (["--plover", "accuse"], lambda line: any(tie["plover"] == "ACCUSE" for tie in line["ties"])),
    (["--actor", "OSSALY"], lambda line: any("ossaly" in str(tie).casefold() for tie in line["ties"])),
    (["--relation", "deny"], lambda line: any(tie["relation"] == "deny" for tie in line["ties"])),
    (
        ["--via", "herald"],
        lambda line: any("herald" in (name or "").casefold() for name in line["chain"][1:-1]),
    ),
    (
        ["--voice-kind", "official", "--commitment", "CT+"],
        lambda line: (line["voice"]["kind"], line["commitment"]) == ("official", "CT+"),
    ),
]


@pytest.mark.parametrize(
    ("filters", "holds"), FILTERS, ids=lambda one: " ".join(one) if isinstance(one, list) else ""
)
def test_a_filter_keeps_what_it_says_and_nothing_else(
    sample: tuple[Path, list[JsonObject]], filters: list[str], holds: Callable[[JsonObject], bool]
) -> None:
    path, every = sample
    done = run("statements", "--case", path, "--format", "jsonl", *filters)
    assert done.code == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [
        line["id"] for line in every if holds(line)
    ]


def test_the_sample_shows_every_kind_of_find(sample: tuple[Path, list[JsonObject]]) -> None:
    """Else the test above could pass on empty lists alone."""
    _, every = sample
    told = [line for line in every if line["kind"] != "author"]
    assert {"CT+", "CT-", "PS+"} <= {line["commitment"] for line in told}
    assert {"person", "official", "organisation"} <= {line["voice"]["kind"] for line in told}
    assert None not in {line["voice"]["kind"] for line in every}
    for key in ("times", "said", "ties", "markers", "via", "parent"):
        assert any(line[key] for line in told), key


def test_every_excerpt_of_the_sample_stands_where_it_says(sample: tuple[Path, list[JsonObject]]) -> None:
    path, every = sample
    stories = run("stories", "--case", path, "--format", "jsonl").out.splitlines()
    texts = {(line["page"], line["story"]): line["text"] for line in map(json.loads, stories)}
    for line in every:
        jsonschema.validate(line, lines.schema("statement"))
        assert (line["chain"][0], len(line["chain"])) == (line["outlet"], len(line["commitments"]))
        for excerpt in _excerpts(line):
            text = texts[line["page"], line["story"]]
            assert text[excerpt["start"] : excerpt["end"]] == excerpt["text"]


def _excerpts(found: object) -> Iterator[JsonObject]:
    """Yield whatever quotes the story in a line, at any depth."""
    if isinstance(found, dict):
        if {"text", "start", "page_start"} <= set(found):
            yield found
        for value in found.values():
            yield from _excerpts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _excerpts(value)


def test_an_empty_answer_says_why(case: Path, tmp_path: Path) -> None:
    done = run("statements", "--case", case, "--source", "nobody")
    assert (done.code, done.out) == (0, "")
    assert "no statement matches" in done.err
    (tmp_path / "fa.txt").write_text(PERSIAN, encoding="utf-8")
    assert run("add", tmp_path / "fa.txt", "--case", tmp_path / "fa.db", "--jobs", 1).code == 0
    assert "this case has no statement" in run("statements", "--case", tmp_path / "fa.db").err


def test_sources_are_voices_with_the_words_for_them(sample: tuple[Path, list[JsonObject]]) -> None:
    path, every = sample
    found = [
        json.loads(line) for line in run("sources", "--case", path, "--format", "jsonl").out.splitlines()
    ]
    assert sum(row["statements"] for row in found) == len(every)
    dennik = next(row for row in found if row["name"] and "Dennik" in row["name"])
    assert len(dennik["wordings"]) > 1
    assert sum(wording["statements"] for wording in dennik["wordings"]) <= dennik["statements"]


@pytest.mark.parametrize("command", ["statements", "sources", "stories", "rejects"])
def test_each_list_has_three_formats(command: str, case: Path) -> None:
    as_lines = [
        json.loads(line) for line in run(command, "--case", case, "--format", "jsonl").out.splitlines()
    ]
    as_csv = list(csv.reader(io.StringIO(run(command, "--case", case, "--format", "csv").out, newline="")))
    table = run(command, "--case", case).out.splitlines()
    assert len(as_lines) == len(as_csv) - 1 == len(table) - 1 > 0


def test_stories_of_files_and_of_a_case_are_the_same_lines(case: Path) -> None:
    of_case = run("stories", "--case", case, "--format", "jsonl").out.splitlines()
    files = sorted({json.loads(line)["page"] for line in of_case})
    of_files = run("stories", *files, "--format", "jsonl").out.splitlines()
    assert sorted(of_case) == sorted(of_files)
    for line in of_case:
        jsonschema.validate(json.loads(line), lines.schema("story"))


def test_statements_of_a_file_and_of_a_case_are_the_same_lines(case: Path) -> None:
    of_case = run("statements", "--case", case, "--format", "jsonl").out
    of_file = run("read", case.parent / "ferry.txt", "--format", "jsonl").out
    assert sorted(of_case.splitlines()) == sorted(of_file.splitlines())


def test_report_writes_one_page(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = run("report", "--case", case, "--out", out, "--limit", 1, "--title", "The <port>")
    assert (done.code, done.out) == (0, f"1 stories in {out}\n")
    html = out.read_text(encoding="utf-8")
    assert "The &lt;port&gt;" in html
    assert "1 more are in the case" in html


def test_sample_and_schema_and_version(tmp_path: Path) -> None:
    assert run("sample", tmp_path / "s").code == 0
    assert (tmp_path / "s" / "case" / "14-gazette-notice.pdf").exists()
    assert json.loads(run("schema", "story").out) == lines.schema("story")
    assert run("version").out == run("--version").out


def test_doctor_finds_this_installation_well() -> None:
    done = run("doctor")
    assert done.code == 0, done.out
    assert "self-test" in done.out
    assert "Mara Velde" in done.out


@pytest.mark.parametrize("style", ["text", "jsonl"])
def test_a_reader_that_stops_early_is_no_error(ferry: Path, tmp_path: Path, style: str) -> None:
    many = [tmp_path / f"{n}.txt" for n in range(5)]
    for path in many:
        path.write_text(FERRY * 40, encoding="utf-8")
    files = " ".join(map(str, many))
    main = f"{sys.executable} -c 'from reportedly.cli import main; main()'"
    line = ["bash", "-o", "pipefail", "-c", f"{main} read {files} --format {style} | head -n 1"]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=240)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_an_unforeseen_error_is_one_line_and_a_traceback_with_debug(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    code = (
        "import reportedly.cli.bundled as b, reportedly.cli as c\n"
        "def broken(*_): raise ZeroDivisionError('oops')\n"
        "b.version = broken\nc.main()"
    )
    for flags, lines_told in (([], 1), (["--debug"], None)):
        done = subprocess.run(
            [sys.executable, "-c", code, *flags, "version"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert ("Traceback" in done.stderr) == (lines_told is None)
        assert lines_told is None or done.stderr.count("\n") == lines_told


def test_output_is_utf8_whatever_the_locale(ferry: Path) -> None:
    ferry.write_text(FERRY.replace("Velde", "Vélde"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from reportedly.cli import main; main()", "read", str(ferry)],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PATH": ""},
        timeout=180,
    )
    assert "Vélde" in done.stdout.decode("utf-8")
