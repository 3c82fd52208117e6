"""What a person gets who gives the wrong thing: one clear message, and nothing half done."""

import json
import socket
from itertools import pairwise
from pathlib import Path

import pytest

from harbour import posts, write_posts
from terminal import alone, assert_one_clear_message, must, sayso

ATTESTED = ("--set", "region=US", "--set", "age_band=adult")


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    home = tmp_path / "cove"
    must("init", home)
    return home


def test_a_file_that_is_not_what_it_says_is_named_and_nothing_of_it_is_kept(
    empty_home: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "posts.jsonl"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)

    ran = sayso("import", "jsonl", picture, *ATTESTED, home=empty_home)

    assert_one_clear_message(ran, "posts.jsonl")
    assert must("members", "list", "--json", home=empty_home).strip() == "[]"


def test_a_broken_line_in_the_middle_is_named_and_the_rest_is_kept(
    empty_home: Path, tmp_path: Path
) -> None:
    file = write_posts(tmp_path / "posts.jsonl", posts(("ana", "ben"), each=2))
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:2], '{"id": "broken', *lines[2:]]) + "\n")

    out = must("import", "jsonl", file, *ATTESTED, home=empty_home)

    assert "skipped 1" in out
    assert "line 3" in out
    found = json.loads(must("status", "--json", home=empty_home))
    assert (found["members"], found["documents"]) == (2, 4)


def test_members_who_do_not_fit_fail_the_import_after_the_others_are_kept(
    empty_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text("id,region,agee_band\nana,PT,adult\nben,Nowhere,adult\ncleo,PT,adult\n")

    ran = sayso("members", "import", file, home=empty_home)

    assert_one_clear_message(ran, "1 of 3 members", "members.csv, line 3", "The other 2 are kept")
    assert "agee_band" in ran.out
    kept = json.loads(must("members", "list", "--json", home=empty_home))
    assert [each["id"] for each in kept] == ["ana", "cleo"]


def test_an_unknown_reader_is_told_which_there_are(empty_home: Path) -> None:
    ran = sayso("import", "mbox", "letters.mbox", home=empty_home)

    assert_one_clear_message(ran, "mbox", "jsonl")


def test_a_file_that_is_not_there_is_named(empty_home: Path) -> None:
    assert_one_clear_message(sayso("import", "jsonl", "no.jsonl", home=empty_home), "no.jsonl")
    assert_one_clear_message(sayso("choices", "import", "no.csv", home=empty_home), "no.csv")
    assert_one_clear_message(sayso("notice", "draft", "no.md", home=empty_home), "no.md")
    assert_one_clear_message(sayso("notice", "deliver", "--to", "no.csv", home=empty_home))


@pytest.mark.parametrize(
    "command",
    [
        ("choose", "nobody", "genai-training", "no"),
        ("members", "show", "nobody"),
        ("suggest", "headline", "--member", "nobody"),
        ("copy", "nobody", "nobody.zip"),
        ("erase", "nobody", "--yes"),
        ("forget", "nobody"),
        ("choices", "show", "nobody"),
    ],
    ids=" ".join,
)
def test_an_unknown_member_is_named(
    empty_home: Path, command: tuple[str, ...], tmp_path: Path
) -> None:
    ran = sayso(*command, home=empty_home, cwd=tmp_path)

    assert_one_clear_message(ran, "nobody")
    assert not (tmp_path / "nobody.zip").exists()


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("choose", "ana", "advertising", "yes"), "genai-training"),
        (("choose", "ana", "genai-training", "perhaps"), "yes"),
        (("build", "--purpose", "advertising"), "writing-assistance"),
        (("buidl",), "buidl"),
        (("train",), "dataset"),
        (("status", "--colour"), "--colour"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage_leaves_with_two_and_says_what_there_is(
    empty_home: Path, command: tuple[str, ...], word: str
) -> None:
    ran = sayso(*command, home=empty_home)

    assert ran.code == 2
    assert ran.out == ""
    assert word in ran.err
    assert "--help" in ran.err
    assert "Traceback" not in ran.err


def test_the_installed_command_leaves_with_nought_one_or_two(empty_home: Path) -> None:
    asked = (("status",), ("members", "show", "nobody"), ("buidl",))

    assert [alone(*words, home=empty_home).code for words in asked] == [0, 1, 2]


@pytest.mark.parametrize(
    "command", [("train", "3f2a"), ("datasets", "show", "3f2a"), ("models", "use", "91bc")]
)
def test_an_unknown_dataset_or_model_is_named(empty_home: Path, command: tuple[str, ...]) -> None:
    assert_one_clear_message(sayso(*command, home=empty_home), command[-1], "list")


def test_verifying_what_is_not_there_says_what_can_be_verified(empty_home: Path) -> None:
    assert_one_clear_message(sayso("verify", "abcdef", home=empty_home), "abcdef", "LOG")


def test_a_home_that_does_not_exist_is_named_with_the_way_to_make_one(tmp_path: Path) -> None:
    ran = sayso("status", "--home", tmp_path / "nowhere")

    assert_one_clear_message(ran, "nowhere", "sayso init")
    assert not (tmp_path / "nowhere").exists()


def test_a_home_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("photographs", encoding="utf-8")

    assert_one_clear_message(sayso("init", tmp_path), "not an empty folder")
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.txt"]


def test_making_a_home_twice_keeps_the_first(empty_home: Path) -> None:
    key = (empty_home / "keys" / "vault.key").read_bytes()

    must("init", empty_home)

    assert (empty_home / "keys" / "vault.key").read_bytes() == key


def test_keys_are_for_their_owner_alone(empty_home: Path) -> None:
    modes = {path.stat().st_mode & 0o777 for path in (empty_home / "keys").iterdir()}

    assert modes == {0o600}


def test_a_lost_key_is_named(empty_home: Path) -> None:
    (empty_home / "keys" / "vault.key").unlink()

    assert_one_clear_message(sayso("status", home=empty_home), "vault.key", "backup")


def test_a_setting_that_does_not_exist_is_named(empty_home: Path) -> None:
    with (empty_home / "sayso.toml").open("a", encoding="utf-8") as file:
        file.write("colour = 'blue'\n")

    assert_one_clear_message(sayso("status", home=empty_home), "colour", "Known settings")


@pytest.mark.parametrize(("name", "value"), [("memory_mb", -1), ("memory_mb", 0), ("shards", 0)])
def test_a_number_that_is_too_small_is_named_with_its_file(
    empty_home: Path, name: str, value: int
) -> None:
    settings = empty_home / "sayso.toml"
    kept = [each for each in settings.read_text().splitlines() if not each.startswith(name)]
    settings.write_text("\n".join([f"{name} = {value}", *kept]) + "\n")

    ran = sayso("status", home=empty_home)

    assert_one_clear_message(ran, "sayso.toml", f"{name} is {value}", "Set it to 1 or more")


def test_a_port_in_use_is_named_before_anything_is_made(empty_home: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        serving = alone("serve", "--port", port, home=empty_home)
        showing = alone("demo", "--home", tmp_path / "village", "--port", port)

    assert_one_clear_message(serving, str(port), "--port")
    assert_one_clear_message(showing, str(port), "--port")
    assert not (tmp_path / "village").exists()


def test_choices_of_which_one_is_wrong_are_kept_but_for_that_one(
    empty_home: Path, tmp_path: Path
) -> None:
    file = write_posts(tmp_path / "posts.jsonl", posts(("ana", "ben"), each=1))
    must("import", "jsonl", file, *ATTESTED, home=empty_home)
    must("notice", "publish", home=empty_home)
    choices = tmp_path / "choices.csv"
    choices.write_text(
        "member_id,purpose,answer\n"
        "ana,genai-training,yes\nben,advertising,yes\nnobody,genai-training,yes\n"
        "ben,genai-training,no\n",
        encoding="utf-8",
    )

    first = sayso("choices", "import", choices, home=empty_home)
    again = sayso("choices", "import", choices, home=empty_home)

    assert_one_clear_message(first, "2 choices were not recorded")
    assert "recorded 2" in first.out
    assert "skipped 2" in first.out
    assert "line 3" in first.out
    assert "nobody" in first.out
    assert "already there 2" in again.out
    assert ".." not in first.out
    one = tmp_path / "one.csv"
    one.write_text("member_id,purpose,answer\nnobody,genai-training,yes\n", encoding="utf-8")
    assert_one_clear_message(sayso("choices", "import", one, home=empty_home), "1 choice was not")


def test_a_log_is_named_when_the_home_is_made(tmp_path: Path) -> None:
    home = tmp_path / "named"

    must("init", home, "--name", 'The "Old" Mill', "--origin", "mill.example.org/log")

    assert must("log", "checkpoint", home=home).startswith("mill.example.org/log\n")
    assert 'The "Old" Mill' in must("status", home=home)
    for wrong in ("https://mill.example.org/log", "my log", "a+b"):
        ran = sayso("init", tmp_path / "other", "--origin", wrong)
        assert_one_clear_message(ran, "cannot name")
        assert not (tmp_path / "other").exists()


def test_each_example_of_a_help_stands_on_a_line_of_its_own() -> None:
    verbs = Path(__file__).parents[2] / "src" / "sayso" / "cli"
    for file in verbs.glob("*.py"):
        lines = file.read_text(encoding="utf-8").splitlines()
        for before, line in pairwise(lines):
            assert not ("Example: `" in before and "Example: `" in line), f"{file.name}: {line}"


def test_all_that_is_wrong_with_a_list_of_deliveries_is_named_at_once(
    home: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "member_id,delivery\nana,delivered\nnobody,delivered\nben,flown\nzoe,seen?\n",
        encoding="utf-8",
    )

    ran = sayso("notice", "deliver", "--to", people, home=home)

    assert ran.code == 1
    told = [line for line in ran.err.splitlines() if line.startswith(str(people))]
    assert [line.removeprefix(f"{people}, ").partition(":")[0] for line in told] == [
        *("line 3", "line 4", "line 5", "line 5")
    ]
