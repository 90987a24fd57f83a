"""The commands `serve` and `judgements`, as a user calls them."""

import http.client
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from tests.export.build import DENIAL
from tests.web.cases import client, judge, write


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write(tmp_path / "selda.db")


def refused(*arguments: object) -> str:
    done = CliRunner().invoke(app, ["serve", *map(str, arguments)], prog_name="reportedly")
    assert done.exit_code in (2, 4)
    return done.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_it_serves_until_interrupted(case: Path, workers: int) -> None:
    command = [sys.executable, "-c", "from reportedly.cli import main; main()"]
    command += ["serve", "--case", str(case), "--port", "0", "--reviewer", "ada"]
    command += ["--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        line = process.stdout.readline()
        assert line.startswith("selda.db is at http://127.0.0.1:")
        port = int(line.partition("127.0.0.1:")[2].partition("/")[0])
        cookie = ""
        for _ in range(6):  # whoever of the workers answers knows the session of the others
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=100)
            connection.request("GET", "/api/v1/session", headers={"Cookie": cookie})
            answer = connection.getresponse()
            assert answer.status == 200
            assert answer.getheader("server") is None
            assert json.loads(answer.read())["name"] == "ada"
            assert bool(answer.getheader("set-cookie")) == (not cookie)
            cookie = cookie or (answer.getheader("set-cookie") or "").partition(";")[0]
            connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130)
    assert not list(case.parent.glob("*-wal")), "the case is left as one file"


def test_other_machines_need_a_password_or_a_token(case: Path) -> None:
    told = refused("--case", case, "--host", "0.0.0.0", "--reviewer", "ada")
    assert "give --password-file or --token" in told
    told = refused("--case", case, "--token", "--reviewer", "ada")
    assert "people judge in the name they sign in with" in told


def test_what_cannot_be_served_is_told(case: Path, tmp_path: Path) -> None:
    assert "there is no case" in refused("--case", tmp_path / "none.db")
    people = tmp_path / "people"
    people.write_text("ada chief secretsecret", encoding="utf-8")
    people.chmod(0o600)
    assert "line 1 of" in refused("--case", case, "--password-file", people)
    assert "cannot listen on" in refused("--case", case, "--host", "203.0.113.1", "--token")


def test_judgements_are_printed(case: Path) -> None:
    def run(style: str) -> str:
        arguments = ["judgements", "--case", str(case), "--format", style]
        done = CliRunner().invoke(app, arguments, prog_name="reportedly")
        assert done.exit_code == 0
        return done.stdout

    assert run("jsonl") == run("corpus") == ""
    with client(case) as reader:
        judge(reader, DENIAL, 0, "wrong", source="Ministry", note="no article")
    line = json.loads(run("jsonl"))
    assert (line["by"], line["verdict"], line["stands"]) == ("ada", "wrong", True)
    assert line["instead_text"].startswith("Ministry | denied | ")
    assert "no article" in run("table")
    assert run("csv").splitlines()[0].startswith("id,at,by,subject,verdict,stands,text")
    told = json.loads(run("corpus"))
    assert told["text"] == DENIAL.text
    assert told["attributions"][0]["source"] == [[13, 21]]
