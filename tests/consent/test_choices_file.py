"""A file of choices: read by row, its faults told by line, the same file twice the same acts."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes.consent import NOW, SPOKE
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.choices_file import Unread, read_choices
from sayso.errors import BadInput
from sayso.storage.counted import CountedOnDisk

ID = "5b3c5b0e-6f8a-4a3e-9d5c-0d6a3f9be111"
HEAD = "member_id,purpose,answer,scope,target,event_id,occurred_at\n"


def _file(folder: Path, text: str, name: str = "choices.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _ids(items: Iterator[Choice | Unread]) -> list[str]:
    return [item.event_id for item in items if isinstance(item, Choice)]


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    rows = (
        f"ana,genai-training,yes,,,,2026-05-03T09:00:00Z\nben,genai-training,No,document,d1,{ID},\n"
    )
    lines = (
        '{"member_id": "ana", "purpose": "genai-training", "answer": "yes",'
        ' "occurred_at": "2026-05-03T09:00:00Z"}\n\n'
        '{"member_id": "ben", "purpose": "genai-training", "answer": false, "target": "d1",'
        f' "event_id": "{ID.upper()}"}}\n'
    )

    read = list(read_choices(_file(tmp_path, HEAD + rows), NOW))
    same = list(read_choices(_file(tmp_path, lines, "choices.jsonl"), NOW))

    assert [type(item) for item in read] == [Choice, Choice]
    assert read[0] == same[0]
    assert isinstance(read[0], Choice)
    assert (read[0].answer, read[0].occurred_at) == (Answer.YES, SPOKE)
    assert isinstance(read[1], Choice)
    assert (read[1].scope, read[1].target, read[1].event_id) == (Scope.DOCUMENT, "d1", ID)
    assert (read[1].answer, read[1].occurred_at) == (Answer.NO, NOW)
    assert isinstance(same[1], Choice)
    assert same[1].scope is Scope.DOCUMENT


def test_an_id_that_is_no_random_uuid_is_told_with_its_mend(tmp_path: Path) -> None:
    first = "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"
    rows = "".join(f"ana,genai-training,no,,,{each},\n" for each in ("7", first, ID))

    bad, worse, fine = read_choices(_file(tmp_path, HEAD + rows), NOW)

    for each in (bad, worse):
        assert isinstance(each, Unread)
        assert "version 4 or 7" in each.reason
        assert "new for each act" in each.mend
    assert isinstance(fine, Choice)


def test_a_row_without_a_time_is_one_that_may_be_repeated_at_another(tmp_path: Path) -> None:
    rows = "ana,genai-training,no,,,,\nana,genai-training,no,,,,2026-05-03T09:00:00Z\n"

    now, then = read_choices(_file(tmp_path, HEAD + rows), NOW)

    assert isinstance(now, Choice)
    assert isinstance(then, Choice)
    assert (now.is_now, then.is_now) == (True, False)


@given(rows=st.lists(st.sampled_from(["yes", "no"]), max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_rows_counted_on_disk_get_the_ids_of_those_counted_in_memory(
    tmp_path: Path, rows: list[str]
) -> None:
    path = _file(tmp_path, HEAD + "ana,genai-training,yes,,,,\n")
    path.write_text(HEAD + "".join(f"ana,genai-training,{r},,,,\n" for r in (*rows, "no")))

    with closing(CountedOnDisk()) as times:
        on_disk = _ids(read_choices(path, NOW, times))

    assert on_disk == _ids(read_choices(path, NOW))


def test_the_same_file_twice_is_the_same_acts(tmp_path: Path) -> None:
    path = _file(tmp_path, HEAD + "ana,genai-training,no,,,,\nana,genai-training,yes,,,,\n")

    assert _ids(read_choices(path, NOW)) == _ids(read_choices(path, SPOKE))


def test_no_yes_no_in_one_file_are_three_acts(tmp_path: Path) -> None:
    row = "ana,genai-training,{},,,,\n"
    path = _file(tmp_path, HEAD + row.format("no") + row.format("yes") + row.format("no"))

    assert len(set(_ids(read_choices(path, NOW)))) == 3


def test_a_no_in_a_new_file_is_a_new_act_and_an_old_yes_is_not(tmp_path: Path) -> None:
    first = _file(tmp_path, HEAD + "ana,genai-training,no,,,,\nana,genai-training,yes,,,,\n")
    longer = _file(tmp_path, first.read_text() + "ben,genai-training,yes,,,,\n", "longer.csv")

    before, after = _ids(read_choices(first, NOW)), _ids(read_choices(longer, NOW))

    assert before[0] != after[0]
    assert before[1] == after[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",genai-training,yes,,,,", "no member_id"),
        ("ana,,yes,,,,", "no purpose"),
        ("ana,genai-training,perhaps,,,,", "answer 'perhaps' is unknown"),
        ("ana,world-domination,yes,,,,", "purpose 'world-domination' is unknown"),
        ("ana,genai-training,yes,document,,,", "do not fit"),
        ("ana,genai-training,yes,purpose,d1,,", "do not fit"),
        ("ana,genai-training,yes,category,poems,,", "category 'poems' is unknown"),
        ("ana,genai-training,yes,,,,yesterday", "'yesterday' is no date"),
        ("ana,genai-training", "has not the 7 fields"),
        ("ana,genai-training,yes,,,,,,", "has not the 7 fields"),
    ],
)
def test_a_broken_row_is_told_by_line_and_the_rest_goes_on(
    tmp_path: Path, row: str, said: str
) -> None:
    good = "ana,genai-training,yes,,,,\n"
    path = _file(tmp_path, HEAD + good + row + "\n" + good)

    first, broken, last = read_choices(path, NOW)

    assert isinstance(first, Choice)
    assert isinstance(last, Choice)
    assert isinstance(broken, Unread)
    assert broken.where == "choices.csv, line 3"
    assert said in broken.reason
    assert broken.mend


@pytest.mark.parametrize("line", ["{", "[1]", '"yes"', '{"member_id": "ana", "member_id": "b"}'])
def test_a_broken_line_of_json_is_told(tmp_path: Path, line: str) -> None:
    good = '{"member_id": "ana", "purpose": "genai-training", "answer": "yes"}\n'
    path = _file(tmp_path, good + line + "\n" + good, "choices.jsonl")

    items = list(read_choices(path, NOW))

    assert [type(item) for item in items] == [Choice, Unread, Choice]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "who,what\nana,yes\n", HEAD, HEAD + "ana\n", "\x89PNG", "{}\n", "[]\n", "{\n"],
)
def test_a_file_that_holds_no_choice_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        list(read_choices(_file(tmp_path, text), NOW))

    assert "choices.csv" in refused.value.message
    assert refused.value.hint


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\xff\xd8\xff\xe0")

    for path in (tmp_path / "photo.csv", tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(BadInput):
            list(read_choices(path, NOW))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(alphabet='{}[]",:\r\n \x00ayes', max_size=60), headed=st.booleans())
def test_no_text_breaks_the_reader(tmp_path: Path, text: str, headed: bool) -> None:  # noqa: FBT001
    path = tmp_path / "any.csv"
    path.write_text((HEAD if headed else "") + text, encoding="utf-8", newline="")

    try:
        items = list(read_choices(path, NOW))
    except BadInput:
        items = []

    assert all(isinstance(item, Choice | Unread) for item in items)
