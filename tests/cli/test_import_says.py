"""What an import may not do, and what it says of whatever it left out or undone."""

import json
from pathlib import Path

import pytest

from archives import stackexchange
from harbour import SMALL, posts, write_posts
from sayso.settings import FILE_NAME
from terminal import assert_one_clear_message, must, sayso


@pytest.fixture
def cove(tmp_path: Path) -> Path:
    home = tmp_path / "cove"
    must("init", home)
    with (home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(SMALL + '\n[sources.forum]\nurl = "sqlite:///f.db"\ndocuments = "select 1"\n')
    return home


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_posts(tmp_path / "posts.jsonl", posts(("ana",), each=3))


def listed(cove: Path, *more: object) -> list[str]:
    found = json.loads(must("documents", "list", "--json", *more, home=cove))
    return [each["id"] for each in found if each["state"] != "deleted"]


def broken(tmp_path: Path) -> Path:
    path = write_posts(tmp_path / "broken.jsonl", posts(("ana",), each=2))
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("2026-0", "someday-0")
    path.write_text("\n".join([*lines, '{"id": "x"}', '{"id": "y"}']), encoding="utf-8")
    return path


# -- whose a source's name is


@pytest.mark.parametrize("name", ["forum", "mastodon", "stackexchange:tides", "town"])
def test_the_name_of_anothers_source_is_refused(
    cove: Path, file: Path, tmp_path: Path, name: str
) -> None:
    must("import", "jsonl", file, "--source", "town", home=cove)
    (tmp_path / "posts.csv").write_text("id,author,text,date\nn1,ben,Hi,2025-01-01\n", "utf-8")

    ran = sayso("import", "csv", tmp_path / "posts.csv", "--source", name, home=cove)

    assert_one_clear_message(ran, f"source {name!r} belongs to", "--source NAME")
    assert len(listed(cove)) == 3


def test_a_newer_export_of_the_same_reader_goes_on_under_its_name(
    cove: Path, file: Path, tmp_path: Path
) -> None:
    must("import", "jsonl", file, "--source", "town", home=cove)
    newer = write_posts(tmp_path / "newer.jsonl", posts(("ana",), each=2))

    must("import", "jsonl", newer, "--source", "town", "--complete", home=cove)

    assert listed(cove) == ["ana/0", "ana/1"]


def test_a_record_that_says_it_is_of_anothers_source_is_skipped(cove: Path, tmp_path: Path) -> None:
    rows = [{**each, "source": "forum"} for each in posts(("ana",), each=1)]
    path = write_posts(tmp_path / "rows.jsonl", [*rows, *posts(("ben",), each=1)])

    assert "its source 'forum' belongs to" in must("import", "jsonl", path, home=cove)
    assert listed(cove) == ["ben/0"]


# -- what --complete may delete


def test_complete_needs_a_source_where_the_file_has_none(cove: Path, file: Path) -> None:
    must("import", "jsonl", file, home=cove)

    ran = sayso("import", "jsonl", file, "--complete", home=cove)

    assert_one_clear_message(ran, "--complete needs --source", "--source NAME")


def test_what_was_broken_is_shown_where_nothing_is_deleted(
    cove: Path, file: Path, tmp_path: Path
) -> None:
    must("import", "jsonl", file, "--source", "town", home=cove)
    path = broken(tmp_path)

    ran = sayso("import", "jsonl", path, "--source", "town", "--complete", home=cove)
    facts = sayso("import", "jsonl", path, "--source", "town", "--complete", "--json", home=cove)

    assert (ran.code, facts.code) == (1, 1)
    assert "skipped 3" in ran.out
    assert "broken.jsonl, line 2" in " ".join(ran.out.split())
    assert "Nothing was deleted: 3 records could not be read" in ran.err
    found = json.loads(facts.out)
    assert found["refused"]["message"].startswith("Nothing was deleted")
    assert [each["where"].rpartition(", ")[2] for each in found["skipped_items"]] == [
        "line 2",
        "line 3",
        "line 4",
    ]


@pytest.mark.parametrize("text", ["", "id,author,text,date\n"])
def test_an_empty_file_deletes_nothing_and_says_why(
    cove: Path, file: Path, tmp_path: Path, text: str
) -> None:
    reader = "csv" if text else "jsonl"
    (tmp_path / "first.csv").write_text("id,author,text,date\nn1,ben,Hi,2025-01-01\n", "utf-8")
    first = tmp_path / "first.csv" if text else file
    must("import", reader, first, "--source", "town", home=cove)
    (tmp_path / "empty").write_text(text, encoding="utf-8")

    ran = sayso("import", reader, tmp_path / "empty", "--source", "town", "--complete", home=cove)

    assert ran.code == 1
    assert "Nothing was deleted: there is no document in it" in ran.err
    assert listed(cove)


# -- what is said


def test_what_can_no_longer_be_read_is_counted_and_explained(
    cove: Path, file: Path, tmp_path: Path
) -> None:
    must("import", "jsonl", file, home=cove)
    path = broken(tmp_path)

    shown = must("import", "jsonl", path, home=cove)
    still = json.loads(must("import", "jsonl", path, "--json", home=cove))
    why = must("explain", "ana/1", home=cove)
    must("import", "jsonl", file, home=cove)

    assert "out of use until they can be read 1" in shown
    assert still["unreadable"] == 1
    assert "cannot be read" in why
    assert "moderation" not in why
    assert "unreadable" not in must("explain", "ana/1", home=cove)


def test_a_dry_run_says_that_nothing_was_kept(cove: Path, file: Path) -> None:
    assert "dry run: nothing of it was kept" in must(
        "import", "jsonl", file, "--dry-run", home=cove
    )
    assert json.loads(must("import", "jsonl", file, "--dry-run", "--json", home=cove))["dry_run"]
    assert listed(cove) == []


def test_every_skipped_thing_is_in_json_and_one_of_each_reason_on_the_terminal(
    cove: Path, tmp_path: Path
) -> None:
    good = posts(("ana",), each=1)[0]
    wrong = [{**good, "id": f"w{n}", "visibility": "?"} for n in range(30)]
    other = [{**good, "id": f"k{n}", "kind" if n % 2 else "state": "?"} for n in range(4)]
    more = [
        {**good, "id": f"n{n}", f"{name}": ["no", 1]}
        for n, name in enumerate(
            ("title", "lang", "licence", "body", "text", "author_name", "updated_at", "quotes")
        )
    ]
    path = write_posts(tmp_path / "many.jsonl", [good, *wrong, *other, *more])

    shown = must("import", "jsonl", path, home=cove)
    found = json.loads(must("import", "jsonl", path, "--json", home=cove))

    assert len(found["skipped_items"]) == sum(found["skipped"].values()) >= 40
    assert "line 2, and 29 more: --json lists them" in " ".join(shown.split())
    assert " ".join(shown.split()).count("many.jsonl, line ") == len(found["skipped"]) > 8


@pytest.mark.parametrize(
    ("date", "reason"),
    [("2999-01-01", "a date in the future"), ("1970-01-01", "a date before 1990")],
)
def test_a_day_that_cannot_be_is_skipped(
    cove: Path, tmp_path: Path, date: str, reason: str
) -> None:
    rows = posts(("ana",), each=2)
    rows[1]["date"] = date

    shown = must("import", "jsonl", write_posts(tmp_path / "p.jsonl", rows), home=cove)

    assert f"skipped 1: {reason}" in shown
    assert listed(cove) == ["ana/0"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ID;Author;Text;Date\nn1;ben;Hi;2025-01-01\nn2;ben;Hi\n", "write empty fields too"),
        ("ID;Author;Text;Date\nn1;ben;Hi;2025-01-01\nn2;b;H;e;2025-01-01\n", "hold a semicolon"),
        ("id,author,text,date\nn1,ben,Hi,2025-01-01\nn1,b,Hi,2025-01-01\n", "stands in line 2"),
        ('id,author,text,date\nn1,ben,Hi,2025-01-01\nn2,b,"Hi\n,,\n', "never closed"),
    ],
)
def test_csv_is_told_what_to_mend(cove: Path, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")

    assert said in " ".join(must("import", "csv", tmp_path / "p.csv", home=cove).split())
    assert listed(cove) == ["n1"]


# -- names and ids


def test_a_member_is_asked_by_handle_or_the_beginning_of_an_id(cove: Path, tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    people = [{"id": f"u-{name}", "handle": name, "name": name} for name in ("ana", "anna", "ben")]
    path.write_text("\n".join(map(json.dumps, people)), encoding="utf-8")
    must("members", "import", path, home=cove)

    assert json.loads(must("members", "show", "@Ben", home=cove))["id"] == "u-ben"
    assert json.loads(must("members", "show", "u-b", home=cove))["id"] == "u-ben"
    assert_one_clear_message(sayso("members", "show", "u-an", home=cove), "2 members", "u-anna")
    assert_one_clear_message(sayso("members", "show", "@zoe", home=cove), "'@zoe'", "members list")


def test_documents_are_listed_by_member_and_source(cove: Path, tmp_path: Path) -> None:
    path = write_posts(tmp_path / "p.jsonl", posts(("ana", "ben"), each=2))
    must("import", "jsonl", path, "--source", "town", home=cove)

    assert listed(cove, "--member", "ana") == ["ana/0", "ana/1"]
    assert listed(cove, "--source", "elsewhere") == []
    assert len(listed(cove, "--source", "town")) == 4
    assert "ana/1" in must("documents", "list", home=cove)
    assert_one_clear_message(sayso("explain", "nothing", home=cove), "documents list")
    assert sayso("documents", "list", "--refused-by", "too_short", home=cove).code == 2


def test_a_second_site_beside_the_first_changes_no_id(cove: Path, tmp_path: Path) -> None:
    dumps = tmp_path / "dumps"
    stackexchange.write(dumps / "tides.example.org")

    must("import", "stackexchange", dumps, home=cove)

    assert all(each.startswith("stackexchange:tides.example.org:") for each in listed(cove))
    assert listed(cove)
