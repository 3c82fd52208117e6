"""Files of records, however long their lines, whatever they were saved as, wherever they end."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archives import tables
from sayso.errors import BadInput, NotFound
from sayso.sources import lines, rows
from sayso.sources.readers import reader
from sayso.sources.reading import ReadingOptions, Skipped
from sayso.sources.records import Record, jsonl_records
from sayso.sources.rows import csv_records, records
from sayso.sources.seen import Seen

Write = Callable[[str, str], Path]
GOOD = '{"id": "a", "text": "one"}\n'


def reasons(items: Iterator[Record | Skipped]) -> list[str]:
    """Return each record's id, or why it was skipped and at which line."""
    return [
        f"{item.where.rpartition(' ')[2]}: {item.reason}"
        if isinstance(item, Skipped)
        else f"{item.fields['id']}"
        for item in items
    ]


@pytest.fixture
def short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines may have a hundred signs at most, so that a long one is soon written."""
    monkeypatch.setattr(lines, "LONGEST_LINE", 100)
    monkeypatch.setattr(rows, "LONGEST_LINE", 100)


def test_a_line_that_is_too_long_is_named_with_its_size(tmp_path: Path, short_lines: None) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(f'{GOOD}{{"id": "{"x" * 300_000}"}}\n{GOOD}', encoding="utf-8")

    first, long, last = jsonl_records(path)

    assert isinstance(long, Skipped)
    assert (long.reason, long.where) == ("too long", f"{path}, line 2")
    assert "300,011 signs" in long.mend
    assert isinstance(first, Record)
    assert isinstance(last, Record)


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_line_of_just_that_length_is_read(tmp_path: Path, short_lines: None, end: str) -> None:
    empty = len('{"id": ""}' + end)
    path = tmp_path / "posts.jsonl"
    fits, does_not = (f'{{"id": "{"x" * (100 - empty + more)}"}}{end}' for more in (0, 1))

    path.write_text(f"{GOOD}{fits}", encoding="utf-8", newline="")
    assert [isinstance(each, Record) for each in jsonl_records(path)] == [True, True]
    path.write_text(f"{GOOD}{does_not}", encoding="utf-8", newline="")
    assert [isinstance(each, Record) for each in jsonl_records(path)] == [True, False]


def test_a_row_over_many_lines_that_is_too_long_is_named_and_the_rest_is_read(
    write: Write, short_lines: None
) -> None:
    endless = "\n".join(['b,"and so on', *["d,like a row"] * 30, '"'])
    path = write("posts.csv", f"id,text\na,one\n{endless}\nc,three\n")

    assert reasons(csv_records(path)) == ["a", "3: too long", "c"]


def test_what_follows_a_long_line_inside_a_quoted_text_is_no_row(
    write: Write, short_lines: None
) -> None:
    text = f'b,"so it begins\n{"x" * 500}\nd,like a row\nand ends"\n'
    path = write("posts.csv", f"id,text\na,one\n{text}c,three\n")

    assert reasons(csv_records(path)) == ["a", "3: too long", "c"]


def test_a_row_that_is_too_long_and_never_ends_is_named(write: Write, short_lines: None) -> None:
    path = write("posts.csv", 'id,text\na,one\nb,"and so on\n' + "and so on\n" * 30)

    assert reasons(csv_records(path)) == ["a", "3: too long"]


def test_ten_times_the_longest_line_costs_no_more_memory_than_one(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    with path.open("wb") as file:
        file.write(GOOD.encode())
        for _ in range(10):
            file.write(b"x" * lines.LONGEST_LINE)
        file.write(b"\n" + GOOD.encode())

    tracemalloc.start()
    found = reasons(jsonl_records(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found == ["a", "2: too long", "a"]
    assert peak < 6 * lines.LONGEST_LINE


def test_a_file_saved_as_utf16_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        path = tmp_path / f"{encoding}.jsonl"
        path.write_text('{"id": "Größe \U0001f331"}\n', encoding=encoding)

        assert reasons(jsonl_records(path)) == ["Größe \U0001f331"]


def test_utf32_and_utf16_without_its_mark_are_refused_with_the_mend(tmp_path: Path) -> None:
    for encoding in ("utf-32", "utf-16-le"):
        path = tmp_path / f"{encoding}.jsonl"
        path.write_text(GOOD, encoding=encoding)

        with pytest.raises(BadInput) as refused:
            list(jsonl_records(path))
        assert "UTF" in refused.value.message


def test_what_is_not_unicode_is_named_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_bytes(GOOD.encode() + '{"id": "b", "text": "Größe"}\n'.encode("cp1252"))

    _, found = jsonl_records(path)

    assert isinstance(found, Skipped)
    assert (found.reason, found.document_id) == ("not Unicode", "b")
    assert "Windows-1252" in found.mend
    table = tmp_path / "posts.csv"
    table.write_bytes("id,text\na,one\nb,Größe\n".encode("cp1252"))
    assert reasons(csv_records(table)) == ["a", "3: not Unicode"]


def test_utf16_that_ends_in_the_middle_of_a_sign_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_bytes((GOOD * 2).encode("utf-16")[:-1])

    assert reasons(jsonl_records(path)) == ["a", "2: cut off"]


def test_zero_bytes_are_named(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_bytes(GOOD.encode() + b'{"id": "b\x00"}\n{"id": "c", "text": "\\u0000"}\n')

    assert reasons(jsonl_records(path)) == ["a", "2: not text in UTF-8", "3: a zero sign in a text"]
    table = tmp_path / "posts.csv"
    table.write_bytes(b"id,text\na,one\nb,t\x00o\n")
    assert reasons(csv_records(table)) == ["a", "3: a zero sign in a text"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": ' + "[" * 100_000, "not JSON"),
        ('{"id": "b", "x": ' + "[" * 900 + "]" * 900 + "}", "nested too deep"),
        ('{"id": "b", "x": ' + '{"y":' * 65 + "1" + "}" * 66, "nested too deep"),
        ('{"id": "b", "x": ' + "9" * 5000 + "}", "not JSON"),
        ('{"id": "b", "x": NaN}', "not JSON"),
        ('{"id": "b", "x": -Infinity}', "not JSON"),
        ('{"id": "b", "x": 1e999}', "not JSON"),
        ('{"id": "b", "visibility": "private", "visibility": "public"}', "not JSON"),
        ('{"id": "b", "x": "\\ud800"}', "not Unicode"),
    ],
)
def test_json_that_means_nothing_is_skipped(write: Write, line: str, reason: str) -> None:
    path = write("posts.jsonl", f"{GOOD}{line}\n{GOOD}")

    assert reasons(jsonl_records(path)) == ["a", f"2: {reason}", "a"]


def test_a_large_whole_number_keeps_its_digits(write: Write) -> None:
    (found,) = jsonl_records(write("posts.jsonl", '{"id": 109372843234567890123}'))

    assert isinstance(found, Record)
    assert found.fields["id"] == 109372843234567890123


def test_line_ends_of_every_system_and_blank_lines_are_no_matter(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        path = tmp_path / "posts.jsonl"
        path.write_bytes(f"{end}{GOOD.strip()}{end}   {end}{end}{GOOD.strip()}{end}".encode())
        assert reasons(jsonl_records(path)) == ["a", "a"]
        path = tmp_path / "posts.csv"
        path.write_bytes(f'id,text{end}a,"one{end}two"{end}{end}b,three'.encode())
        first, _ = csv_records(path)
        assert isinstance(first, Record)
        assert first.fields["text"] == f"one{end}two"


def test_a_line_cut_off_at_the_end_is_said_to_be_the_last(write: Write) -> None:
    _, last = jsonl_records(write("posts.jsonl", GOOD + '{"id": "b", "te'))

    assert isinstance(last, Skipped)
    assert last.reason == "not JSON"
    assert "file ends in this line" in last.mend


def test_a_text_that_no_quote_closes_is_not_taken_for_a_whole_one(write: Write) -> None:
    cut = write("cut.csv", 'id,text\na,one\nb,"Dear all, we')
    wild = write("wild.csv", 'id,text\na,one\nb,"She said "no" to me"\nc,three\n')

    assert reasons(csv_records(cut)) == ["a", "3: not a row"]
    assert reasons(csv_records(wild)) == ["a", "3: not a row", "c"]


def test_a_packed_file_is_read_as_it_was(tmp_path: Path) -> None:
    packed = tables.jsonl(tmp_path / "posts.jsonl.gz")
    plain = tables.jsonl(tmp_path / "posts.jsonl")
    table = tmp_path / "posts.csv.gz"
    table.write_bytes(gzip.compress(tables.rows().encode()))
    options = ReadingOptions()

    whole = list(reader("jsonl").read(plain, options))
    assert list(reader("jsonl").read(packed, options)) == whole
    assert list(reader("csv").read(table, options)) == whole
    assert [type(each) for each in records(table)] == [Record] * 20


def test_a_packed_file_that_is_cut_off_or_broken_says_where(tmp_path: Path) -> None:
    data = gzip.compress((GOOD * 20_000).encode(), mtime=0)
    path = tmp_path / "posts.jsonl.gz"

    path.write_bytes(data[:-20])
    *_, last = jsonl_records(path)
    assert isinstance(last, Skipped)
    assert last.reason == "cut off"

    path.write_bytes(data[:5])
    with pytest.raises(BadInput, match="cut off"):
        list(jsonl_records(path))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl.gz"
    with gzip.open(path, "wb") as file:
        file.write(GOOD.encode())
        for _ in range(40):
            file.write(b" " * 1024 * 1024)

    with pytest.raises(BadInput, match="200 times"):
        list(jsonl_records(path))


def test_a_header_twice_as_long_as_a_line_is_refused(write: Write, short_lines: None) -> None:
    with pytest.raises(BadInput, match="header"):
        list(csv_records(write("posts.csv", "id," + "x" * 300 + "\na,b\n")))


def test_no_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(jsonl_records(tmp_path / "none"))
    with pytest.raises(BadInput):
        list(jsonl_records(tmp_path))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(parts=st.lists(st.text(alphabet="ab<\n", max_size=60), max_size=8))
def test_pieces_joined_are_the_text(parts: list[str]) -> None:
    text = "".join(parts)

    assert list(lines.pieces(io.StringIO(text), "<")) == text.split("<")


@given(names=st.lists(st.text(max_size=6), max_size=60))
def test_what_was_seen_is_known_with_its_first_place(names: list[str]) -> None:
    seen, slow = Seen(), dict[str, int]()
    for number, name in enumerate(names, start=1):
        assert (name in seen) == (name in slow)
        assert seen.first_at(name, number) == slow.get(name)
        slow.setdefault(name, number)
    assert len(seen) == len(slow)


def test_a_hundred_thousand_ids_cost_a_few_bytes_each() -> None:
    seen = Seen()
    for number in range(100_000):
        assert seen.first_at(f"post/{number}", number) is None

    assert seen.first_at("post/77", 0) == 77
    assert seen.size_bytes / len(seen) <= 36


def test_a_record_that_names_itself_is_withdrawn_whatever_is_wrong_with_it(write: Write) -> None:
    good = {"id": "p", "author": "ana", "text": "one", "date": "2024-01-01"}
    wrong: list[dict[str, object]] = [
        {"visibility": "publick"},
        {"visibility": ["public"]},
        {"state": "gone"},
        {"text": " "},
        {"kind": "poem"},
        {"authors": [1]},
        {"quotes": [{"start": 9, "end": 99, "member_id": "ben"}]},
        {"signals": "no"},
        {"date": "soon"},
        {"text": "\x00"},
    ]
    path = write("posts.jsonl", "".join(f"{json.dumps(good | each)}\n" for each in wrong))

    found = [list(reader("jsonl").read(_one(path, at), ReadingOptions())) for at in range(10)]

    for (item,) in found:
        assert isinstance(item, Skipped)
        assert item.document_id == "p"
        assert not item.on_purpose


def _one(path: Path, at: int) -> Path:
    """Return a file of one line of `path`, after one that is sound."""
    line = path.read_text(encoding="utf-8").splitlines()[at]
    one = path.with_name(f"{at}.jsonl")
    one.write_text(line, encoding="utf-8")
    return one


def test_of_one_id_the_first_record_counts(write: Write) -> None:
    good = '{"id": "p", "author": "ana", "text": "one", "date": "2024-01-01"}\n'
    wrong = good.replace("2024-01-01", "soon")

    first_good = list(reader("jsonl").read(write("a.jsonl", good + wrong), ReadingOptions()))
    first_wrong = list(reader("jsonl").read(write("b.jsonl", wrong + good), ReadingOptions()))

    assert [getattr(each, "document_id", "") for each in first_good[-1:]] == [None]
    assert [getattr(each, "reason", "") for each in first_wrong] == [
        "date is not a date",
        "id used twice",
    ]
