"""`signals` says what a file says, line by line, and what our own pages say."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.verbs import run

Printed = Callable[..., Any]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    def print_it(*words: str) -> Any:  # noqa: ANN401 - JSON
        assert run(["signals", *words, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return print_it


@pytest.mark.parametrize(
    ("line", "standard", "answer"),
    [
        ("Content-Usage: train-ai=n", "aipref-07", "no"),
        ("content-usage: train-genai=n, all=y", "aipref-02", "no"),
        ("Content-Usage: search=y", "aipref-07", None),
        ("Content-Signal: ai-train=yes", "content-signal", "yes"),
        ("Content-Signal: ai-train=perhaps", "content-signal", "no"),
        ("TDM-Reservation: 1", "tdmrep", "no"),
        ("X-Robots-Tag: noindex, noai", "noai", "no"),
        ("Sec-GPC: 1", "gpc", "no"),
    ],
)
def test_a_header_is_read_by_its_standard(
    printed: Printed, line: str, standard: str, answer: str | None
) -> None:
    (found,) = printed("read", "--header", line)

    assert (found["standard"], found["answer"]) == (standard, answer)
    assert bool(found["trouble"]) is ("perhaps" in line)


FILES = {
    "robots.txt": (
        "User-agent: *\nContent-Usage: / train-ai=n\nContent-Signal: /b ai-train=no\n",
        [("for *, /", "aipref-07", "no")],
    ),
    "tdmrep.json": (
        '[{"location": "/b", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]',
        [("rule 2, /", "tdmrep", "no")],
    ),
    "page.html": (
        '<html><META NAME="robots" content="noai"><meta name="tdm-reservation" content="0">',
        [("meta robots", "noai", "no"), ("meta tdm-reservation", "tdmrep", "yes")],
    ),
    "headers.txt": (
        "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Usage: train-ai=y\r\n",
        [("Content-Usage", "aipref-07", "yes")],
    ),
    "picture.json": (
        '{"entries": {"cawg.data_mining": {"use": "constrained"}}}',
        [("picture.json", "cawg-1.1", "no")],
    ),
    "record.json": (
        '{"$type": "community.lexicon.preference.ai"}',
        [("record.json", "lexicon-ai", "no")],
    ),
    "intents.json": (
        '{"$type": "org.user-intents.declaration"}',
        [("intents.json", "user-intents", None)],
    ),
    "empty.txt": ("", []),
}


@pytest.mark.parametrize("name", FILES)
def test_each_kind_of_file_is_read_line_by_line(
    printed: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text, lines = FILES[name]
    Path(name).write_bytes(text.encode())

    found = printed("read", name)

    assert [(each["where"], each["standard"], each["answer"]) for each in found] == lines


def test_only_what_covers_the_path_is_told(printed: Printed, tmp_path: Path) -> None:
    file = tmp_path / "robots.txt"
    file.write_text(FILES["robots.txt"][0], encoding="utf-8")

    found = printed("read", str(file), "--path", "/b/1")

    assert [each["where"] for each in found] == ["for *, /", "for *, /b"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "There is nothing to read."),
        (("--header", "Content-Usage"), "is not a header that carries a signal"),
        (("--header", "Date: today"), "is not a header that carries a signal"),
        (("nowhere.txt",), "There is no file nowhere.txt."),
        (("other.json",), "other.json is JSON, but no tdmrep.json"),
        (("broken.json",), "broken.json is not JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.json").write_text("{}", encoding="utf-8")
    Path("broken.json").write_text("{", encoding="utf-8")

    assert run(["signals", "read", *words]) == 1
    assert message in capsys.readouterr().err.replace("\n", " ")


def test_a_document_shows_what_our_page_says_and_what_was_said_where_it_was_found(
    home: Path, tmp_path: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = tmp_path / "found.jsonl"
    record = {
        "id": "found/1",
        "author": "m0001",
        "date": "2026-05-05",
        "text": "Found elsewhere.",
        "content_usage": "bots=n",
        "content_signal": "ai-train=?",
    }
    posts.write_text(json.dumps(record), encoding="utf-8")
    assert run(["import", "jsonl", str(posts), "--home", str(home)]) == 0
    capsys.readouterr()

    shown = printed("show", "found/1", "--home", str(home))

    assert shown["is_open"] is False
    assert shown["says"]["content-usage"] == "train-ai=n"
    assert shown["says"]["tdm-reservation"] == "1"
    assert [each["standard"] for each in shown["heard"]] == ["aipref", "content-signal"]
    assert shown["heard"][0]["answer"] == "no"
    assert shown["heard"][1]["answer"].startswith("no: it is not understood")


def test_a_document_that_is_not_there_is_not_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["signals", "show", "none", "--home", str(home)]) == 1
    assert "There is no document 'none'." in capsys.readouterr().err
