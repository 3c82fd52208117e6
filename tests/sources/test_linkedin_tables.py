from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archives.linkedin import COMMENTS, NOTES, SHARES, doubled, escaped, write
from sayso.sources.archives import open_archive
from sayso.sources.linkedin.quoting import LONGEST_ROW, MOST_TORN, Cells, Quoting, Torn, rows
from sayso.sources.linkedin.repairs import reread, tidy, unwrapped
from sayso.sources.linkedin.tables import Line, Table, count_rows
from sayso.sources.reading import Skipped

SHARED = (("sharecommentary",), ("sharelink",))
COMMENTED = (("message", "comment"), ("link",))
ONE_FOLDER = [HealthCheck.function_scoped_fixture]


def shared(tmp_path: Path, text: str | bytes, name: str = "Shares.csv") -> list[Line | Skipped]:
    return _read(tmp_path, text, name, SHARED, Quoting.DOUBLED)


def commented(tmp_path: Path, text: str | bytes) -> list[Line | Skipped]:
    return _read(tmp_path, text, "Comments.csv", COMMENTED, Quoting.ESCAPED)


def _read(
    tmp_path: Path,
    text: str | bytes,
    name: str,
    needed: tuple[tuple[str, ...], ...],
    habit: Quoting,
) -> list[Line | Skipped]:
    data = text.encode() if isinstance(text, str) else text
    with open_archive(write(tmp_path / "export", {name: data})) as archive:
        return list(Table(archive, name, needed, habit).lines())


def texts(lines: Sequence[Line | Skipped], column: str) -> list[str]:
    return [line.cells.get(column, "") if isinstance(line, Line) else "-" for line in lines]


SAMPLE = (
    "Date,Link,Message\n"
    '2026-01-01 10:00:00,a,"He said \\"hi\\", twice."\n'
    '2026-01-01 10:00:01,b,"Two\n\nparagraphs, \\"quoted\\""\n'
    "2026-01-01 10:00:02,c,plain\n"
)


def test_backslashes_before_quotes_do_not_tear_comments_apart(tmp_path: Path) -> None:
    assert texts(commented(tmp_path, SAMPLE), "message") == [
        'He said "hi", twice.',
        'Two\n\nparagraphs, "quoted"',
        "plain",
    ]


def test_paragraphs_in_quotes_of_their_own_are_joined(tmp_path: Path) -> None:
    raw = f'{SHARES}\nd,l,"He said ""hi"".""\n""""\n""Next",,,PUBLIC\n'

    assert texts(shared(tmp_path, raw), "sharecommentary") == ['He said "hi".\n\nNext']


def test_a_file_without_wrapped_paragraphs_keeps_its_quotes(tmp_path: Path) -> None:
    written = ["a\nb", '"a"\n"b"', "c\nd"]
    raw = doubled(SHARES, [("d", "l", text, "", "", "") for text in written])

    assert texts(shared(tmp_path, raw), "sharecommentary") == written


@pytest.mark.parametrize("write_as", [doubled, escaped])
@pytest.mark.parametrize("read_as", [shared, commented])
def test_the_way_of_quoting_is_told_by_the_file_and_not_by_its_name(
    tmp_path: Path,
    write_as: Callable[..., str],
    read_as: Callable[[Path, str], list[Line | Skipped]],
) -> None:
    header = SHARES if read_as is shared else COMMENTS
    column = "sharecommentary" if read_as is shared else "message"
    said = ['"To be", they said, "or"', "plain", 'end "so"']

    lines = read_as(tmp_path, write_as(header, [("d", "l", text) for text in said]))

    assert texts(lines, column) == said


def test_a_backslash_that_is_never_doubled_stands_for_itself(tmp_path: Path) -> None:
    raw = 'Date,Link,Message\nd,l,"C:\\temp and \\\\server, \\"both\\""\n'

    assert texts(commented(tmp_path, raw), "message") == ['C:\\temp and \\\\server, "both"']


def test_notes_above_the_header_are_passed_over(tmp_path: Path) -> None:
    raw = NOTES + doubled(SHARES, [("d", "l", "text", "", "", "PUBLIC")])

    assert texts(shared(tmp_path, raw), "sharecommentary") == ["text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_the_file_was_saved_as_does_not_matter(tmp_path: Path, encoding: str) -> None:
    raw = doubled(SHARES, [("d", "l", "Café, naïve “so”", "", "", "PUBLIC")])

    assert texts(shared(tmp_path, raw.encode(encoding)), "sharecommentary") == ["Café, naïve “so”"]


def test_columns_are_found_in_any_order_and_by_old_names(tmp_path: Path) -> None:
    raw = " comment ,LINK,Other,Date\nhello,l,x,d\n"

    (line,) = commented(tmp_path, raw)

    assert isinstance(line, Line)
    assert (line.said("message", "comment"), line.said("date")) == ("hello", "d")


def test_a_header_in_another_language_skips_the_file_and_says_why(tmp_path: Path) -> None:
    (skipped,) = shared(tmp_path, "Datum,Link,Kommentar\n2026-01-01,l,Hallo\n")

    assert isinstance(skipped, Skipped)
    assert (skipped.reason, skipped.on_purpose) == ("no header that is known to this reader", False)


def test_a_column_that_is_there_twice_skips_the_file(tmp_path: Path) -> None:
    (skipped,) = shared(tmp_path, f"{SHARES},Visibility \nd,l,x,,,CONNECTIONS,PUBLIC\n")

    assert isinstance(skipped, Skipped)
    assert skipped.reason == "a column is there twice"


def test_a_short_row_has_empty_fields_and_a_wide_one_is_skipped(tmp_path: Path) -> None:
    short, wide = shared(tmp_path, f"{SHARES}\nd,l,text\nd,l,one, two,,,PUBLIC\n")

    assert isinstance(short, Line)
    assert short.said("visibility") == ""
    assert isinstance(wide, Skipped)
    assert wide.where.endswith("Shares.csv, line 3")


def test_a_lost_quote_costs_one_row_and_no_more(tmp_path: Path) -> None:
    good = [("d", f"l{number}", f"text {number}", "", "", "PUBLIC") for number in range(5)]
    lines = doubled(SHARES, good).splitlines(keepends=True)
    lines[3] = 'd,l,"never closed,,,PUBLIC\n'

    found = shared(tmp_path, "".join(lines))

    assert texts(found, "sharecommentary") == ["text 0", "text 1", "-", "text 3", "text 4"]


def test_after_too_many_broken_rows_a_file_is_given_up() -> None:
    found = list(rows(['a,"x"y\n'] * 10 * MOST_TORN, Quoting.DOUBLED))

    assert len(found) == MOST_TORN + 1
    assert all(isinstance(each, Torn) for each in found)


def test_a_quote_that_is_never_closed_holds_no_more_than_a_row() -> None:
    lines = ['a,"b\n', *["word " * 1000 + "\n"] * (LONGEST_ROW // 1000), "c,d\n"]

    found = list(rows(lines, Quoting.DOUBLED))

    assert found[0] == Torn(1, "a row that is too long, or a quote that is never closed")
    assert found[-1] == Cells(len(lines), ("c", "d"))


def test_a_line_too_long_to_hold_tears_its_row_alone() -> None:
    assert list(rows(["a,b\n", None, 'c,"d\n', None, "e,f\n"], Quoting.DOUBLED)) == [
        Cells(1, ("a", "b")),
        Torn(2, "a line that is too long"),
        Torn(3, "a line that is too long"),
        Cells(5, ("e", "f")),
    ]


def test_what_a_spreadsheet_put_before_formulas_is_taken_away(tmp_path: Path) -> None:
    said = ["'=SUM(1)", "'-so be it", "'tis a text"]
    guarded = doubled(SHARES, [("d", "l", text) for text in said])
    bare = doubled(SHARES, [("d", "l", text) for text in [*said, "=cmd"]])

    assert texts(shared(tmp_path / "a", guarded), "sharecommentary") == [
        "=SUM(1)",
        "-so be it",
        "'tis a text",
    ]
    assert texts(shared(tmp_path / "b", bare), "sharecommentary") == [*said, "=cmd"]


def test_rows_are_counted_without_the_header(tmp_path: Path) -> None:
    with open_archive(write(tmp_path / "x", {"messages.csv": b'A,B\n1,"a\nb"\n2,c\n'})) as archive:
        assert count_rows(archive, "messages.csv") == 2


MISREAD = ["café", "“quoted” and more…", "🌊 waves", "Привет всем", "Zoë: £5", "naïve", "日本語"]


@pytest.mark.parametrize("text", MISREAD)
def test_utf_8_that_was_read_as_cp1252_is_read_again(text: str) -> None:
    misread = "".join(_cp1252(byte) for byte in text.encode())

    assert misread != text
    assert reread(misread) == text


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "text",
    [
        *MISREAD,
        "CAFÉ…",
        "PÅ”",
        "MAÇÃ…",
        "LÃ…",
        "« À »",
        "Ã la carte, é bien",
        "Ã© and 日本",
        "naïve Ã©",
        "Ñ",
    ],
)
def test_what_makes_sense_or_cannot_be_told_stays_as_it_is(text: str) -> None:
    assert reread(text) == text


def test_controls_that_no_one_can_store_are_taken_out() -> None:
    assert tidy("a\x00b\x0bc\r\nd\re\tf") == "abc\nd\ne\tf"


SIGNS = st.text(
    st.one_of(
        st.sampled_from("\"\\,\n'a=;|\t -é€🌊"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=40,
)
ROWS = st.lists(st.tuples(SIGNS, SIGNS, SIGNS), min_size=1, max_size=5)


def _is_telling(cells: list[str]) -> bool:
    """Whether nothing in the texts looks like what this reader repairs on purpose."""
    guards = any(cell.startswith(("'=", "'+", "'-", "'@")) for cell in cells)
    return not guards and all(reread(cell) == cell for cell in cells)


def _is_paired(cell: str) -> bool:
    """Whether each line of it has its quotes in pairs: only then is it sure whose they are."""
    return not any(line.count('"') % 2 for line in cell.split("\n"))


@pytest.mark.parametrize("wrapped", ["wrapped", ""])
@settings(max_examples=150, deadline=None, suppress_health_check=ONE_FOLDER)
@given(written=ROWS)
def test_any_text_with_doubled_quotes_comes_back_as_it_was(
    tmp_path: Path, written: list[tuple[str, str, str]], wrapped: str
) -> None:
    cells = [cell for row in written for cell in row]
    assume(_is_telling(cells))
    assume(not wrapped or all(_is_paired(cell) for cell in cells))
    assume(wrapped or all(unwrapped(cell) == cell for cell in cells))
    # One post that only this way of quoting can have: real files have many.
    raw = doubled(SHARES, [*written, ("d", "l", 'so "it" is')], wrapped=bool(wrapped))

    lines = shared(tmp_path, raw)

    assert [
        _cells(line, ("date", "sharelink", "sharecommentary")) for line in lines[:-1]
    ] == written


@settings(max_examples=150, deadline=None, suppress_health_check=ONE_FOLDER)
@given(written=ROWS)
def test_any_text_with_escaped_quotes_comes_back_as_it_was(
    tmp_path: Path, written: list[tuple[str, str, str]]
) -> None:
    cells = [cell for row in written for cell in row]
    assume(_is_telling(cells))
    assume(all(unwrapped(cell) == cell for cell in cells))
    raw = escaped(COMMENTS, [*written, ("d", "l", 'so "it" is')])

    lines = commented(tmp_path, raw)

    assert [_cells(line, ("date", "link", "message")) for line in lines[:-1]] == written


def _cells(line: Line | Skipped, columns: tuple[str, ...]) -> tuple[str, ...]:
    assert isinstance(line, Line), line
    return tuple(line.cells[column] for column in columns)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=6).filter(lambda lines: len(lines) > 1))
def test_wrapping_paragraphs_and_unwrapping_them_changes_nothing(lines: list[str]) -> None:
    lines = [tidy(line).replace("\n", " ") for line in lines]
    assume(_is_paired("\n".join(lines)))

    assert unwrapped('"\n"'.join(lines)) == "\n".join(lines)
    assert unwrapped("\n".join(lines)) == "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        'P first\n"\n"P second',
        'P first"\n""\n"P second',
        'P "first"."\n""\n"P second',
    ],
)
def test_quotes_around_paragraphs_or_empty_lines_are_not_the_authors(text: str) -> None:
    assert unwrapped(text).replace('"', "").replace(".", "") == "P first\n\nP second"
    assert unwrapped(text).count('"') == 2 * text.count('"first"')


def test_quotes_in_pairs_on_each_line_are_the_authors() -> None:
    said = '"Where to?"\n"Home."'

    assert unwrapped(said) == said


WAYS = {
    "a line end in the text": '"P first\n\nP second"',
    "v1": '"P first\n""\n""P second"',
    "v2": '"P first""\n""""\n""P second"',
    "v3": '"P first"\n""\n"P second"',
    "v4": '"P first"\n\n"P second"',
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("way", WAYS)
def test_paragraphs_are_read_in_every_way_they_are_written(
    tmp_path: Path, way: str, end: str
) -> None:
    raw = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    for number, each in enumerate((way, "v2", "a line end in the text")):
        raw += (
            f"2024-01-0{number + 1} 10:00:00,https://example.org/{number},{WAYS[each]},,,PUBLIC\n"
        )

    lines = shared(tmp_path, raw.replace("\n", end))

    texts = [line.text("sharecommentary") for line in lines if isinstance(line, Line)]
    assert texts == ["P first\n\nP second"] * 3
    assert len(lines) == 3


@pytest.mark.parametrize("way", WAYS)
def test_paragraphs_of_the_last_column_are_read_too(tmp_path: Path, way: str) -> None:
    raw = "Date,Link,Message\n" + "".join(
        f"2024-01-0{number} 10:00:00,https://example.org/{number},{WAYS[way]}\n"
        for number in (1, 2)
    )

    lines = commented(tmp_path, raw)

    texts = [line.text("message") for line in lines if isinstance(line, Line)]
    assert texts == ["P first\n\nP second"] * 2
    assert len(lines) == 2


def test_a_text_that_is_cut_is_called_broken_with_its_line(tmp_path: Path) -> None:
    raw = (
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        "2024-01-01 10:00:00,https://example.org/1,P first\n"
        "P second,,,PUBLIC\n"
        "2024-01-02 10:00:00,https://example.org/2,Whole,,,PUBLIC\n"
    )

    broken, also, whole = shared(tmp_path, raw)

    assert isinstance(broken, Skipped)
    assert (broken.reason, broken.where[-6:]) == ("narrower than other rows", "line 2")
    assert isinstance(also, Skipped)
    assert isinstance(whole, Line)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('",\\\na '), max_size=80), st.sampled_from(Quoting))
def test_any_lines_are_rows_or_torn(text: str, quoting: Quoting) -> None:
    found = list(rows(text.splitlines(keepends=True), quoting))

    assert all(isinstance(each, Cells | Torn) for each in found)
