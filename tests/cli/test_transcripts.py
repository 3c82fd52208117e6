"""What a person sees on a first day, kept as text; `SAYSO_GOLDEN=1 pytest` writes it anew."""

import os
import re
import shlex
from pathlib import Path

import pytest

from harbour import posts, small_home, write_posts
from sayso.cli.verbs import run

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "first_day.txt"
VOLATILE = (
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<event>"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{3}\b"), "<event>"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b"), "<day>"),
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(\+00:00)?"), "<time>"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<id>"),
    (re.compile(r"\b(?=\w*\d)(?=\w*[a-f])[0-9a-f]{12}\b"), "<short id>"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "<day>"),
    (re.compile(r" +$", re.MULTILINE), ""),
)


def test_a_first_day_reads_as_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "harbour"
    small_home(home)
    write_posts(tmp_path / "posts.jsonl", posts(("ana", "ben"), each=3))
    monkeypatch.setenv("SAYSO_HOME", str(home))
    monkeypatch.chdir(home)
    written = TRANSCRIPT.read_text(encoding="utf-8")

    lines: list[str] = []
    for command in re.findall(r"^\$ sayso (.*)$", written, re.MULTILINE):
        words = shlex.split(command.replace("POSTS", str(tmp_path / "posts.jsonl")))
        code = run(words)
        printed = capsys.readouterr()
        lines += [f"$ sayso {command}", printed.out + printed.err]
        if code:
            lines.append(f"[left with {code}]\n")
    told = "\n".join(lines).replace(str(home), "<home>").replace(str(tmp_path), "<folder>")
    for pattern, name in VOLATILE:
        told = pattern.sub(name, told)

    if os.environ.get("SAYSO_GOLDEN"):
        TRANSCRIPT.write_text(told, encoding="utf-8")
    assert told == written
