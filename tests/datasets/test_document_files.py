"""Documents that lie in Parquet files: read, found again, and refused where they cannot be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.community import Document, DocumentId, Kind, MemberId, Mention, Quote, Signal
from sayso.datasets.document_files import DocumentFiles
from sayso.datasets.documents import batch_of, documents_in
from sayso.errors import BadInput, Conflict, NotHere

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEMBERS = [MemberId(each) for each in ("ana", "ben", "chi", "dée")]


def note(number: int, member: str = "ana", text: str = "A note of five words.") -> Document:
    return Document(
        id=DocumentId(f"{member}/{number}"),
        member_id=MemberId(member),
        kind=Kind.POST,
        text=text,
        created_at=NOON + timedelta(minutes=number),
    )


def write(path: Path, documents: Sequence[Document], *, group: int = 1_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_batches([batch_of(documents)]), path, row_group_size=group)
    return path


def columns(path: Path, **changed: object) -> Path:
    """Write two rows, with columns of any type in the place of those that they should have."""
    whole: dict[str, object] = {
        "id": ["a", "b"],
        "member_id": ["ana", "ben"],
        "kind": ["post", "post"],
        "text": ["One two three.", "Four five six."],
        "created_at": [NOON, NOON],
    }
    table = {name: value for name, value in (whole | changed).items() if value is not None}
    pq.write_table(pa.table(table), path)
    return path


def read(files: DocumentFiles) -> list[Document]:
    return [document for batch in files.batches() for document in documents_in(batch)]


@st.composite
def written(draw: st.DrawFn) -> list[list[Document]]:
    """Files of documents, whoever wrote them, with no id twice."""
    ids = draw(st.lists(st.text("aé/0 ", min_size=1, max_size=4), unique=True, max_size=24))
    documents = [
        Document(
            id=DocumentId(each),
            member_id=draw(st.sampled_from(MEMBERS)),
            kind=draw(st.sampled_from(Kind)),
            text=draw(st.text("ab é\n", min_size=3, max_size=9)),
            created_at=NOON + timedelta(microseconds=draw(st.integers(0, 10**9))),
            co_authors=tuple(draw(st.lists(st.sampled_from(MEMBERS), max_size=1))),
            quotes=(Quote(start=0, end=2, member_id=MEMBERS[1]),) * draw(st.integers(0, 1)),
            mentions=(Mention(start=1, end=3),) * draw(st.integers(0, 1)),
            signals=(Signal(standard="x", value="y", seen_at=NOON),) * draw(st.integers(0, 1)),
        )
        for each in ids
    ]
    cuts = sorted(draw(st.lists(st.integers(0, len(ids)), max_size=3)))
    starts, ends = [0, *cuts], [*cuts, len(ids)]
    return [documents[start:end] for start, end in zip(starts, ends, strict=True)]


@settings(deadline=None, max_examples=40)
@given(parts=written(), group=st.integers(1, 5), asked=st.lists(st.text("aé/0 ", max_size=4)))
def test_what_is_written_is_read_and_found_however_it_is_cut(
    parts: list[list[Document]], group: int, asked: list[str]
) -> None:
    whole = [document for part in parts for document in part]
    wanted = {DocumentId(each) for each in asked} | {each.id for each in whole[::3]}
    with TemporaryDirectory() as name:
        for number, part in enumerate(parts):
            write(Path(name) / f"{number % 2}" / f"{number}.parquet", part, group=group)
        files = DocumentFiles(Path(name))

        assert sorted(read(files), key=_id) == sorted(whole, key=_id)
        assert files.count() == len(whole)
        found = list(files.by_id(wanted))
        assert sorted(found, key=_id) == sorted((d for d in whole if d.id in wanted), key=_id)
        assert files.authors(wanted) == {
            each.id: tuple(dict.fromkeys(each.authors)) for each in whole if each.id in wanted
        }
        for member in MEMBERS:
            theirs = sorted(files.of_member(member), key=_id)
            assert theirs == sorted((d for d in whole if member in d.authors), key=_id)


def _id(document: Document) -> str:
    return document.id


def test_columns_that_may_be_absent_have_their_defaults(tmp_path: Path) -> None:
    (first, _) = read(DocumentFiles(columns(tmp_path / "d.parquet")))

    assert first == replace(note(0, text="One two three."), id=DocumentId("a"))


def test_moments_of_any_unit_and_without_a_zone_are_read_as_utc(tmp_path: Path) -> None:
    for kind in (pa.timestamp("ns"), pa.timestamp("s"), pa.timestamp("ms", "Europe/Berlin")):
        moments = pa.array([NOON, NOON]).cast(kind, safe=False)
        found = read(DocumentFiles(columns(tmp_path / "d.parquet", created_at=moments)))
        assert {each.created_at for each in found} == {NOON}, kind


def test_texts_of_any_string_type_are_read(tmp_path: Path) -> None:
    ids = pa.array(["a", "b"])
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())):
        texts = pa.array(["One two three.", "Four five six."], pa.string()).cast(kind)
        found = read(DocumentFiles(columns(tmp_path / "d.parquet", id=ids, text=texts)))
        assert [each.text for each in found] == ["One two three.", "Four five six."], kind


_BAD_UTF8 = pa.StringArray.from_buffers(
    2, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")
)
_OUTSIDE = pa.array(
    [[], [{"start": 2, "end": 99, "member_id": "ana"}]],
    pa.list_(pa.struct([("start", pa.int64()), ("end", pa.int64()), ("member_id", pa.string())])),
)
_NULL_END = pa.array([[], [{"start": 2, "end": None}]])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": None}, "no column text"),
        ({"id": None, "kind": None}, "no column id, kind"),
        ({"text": [1, 2]}, "column text is int64, not string"),
        ({"created_at": ["2026-01-01", "2026-01-02"]}, "column created_at is string"),
        ({"quotes": ["", ""]}, "column quotes is string"),
        ({"quotes": _NULL_END}, "column quotes is list"),
        ({"text": ["One two three.", None]}, "a row without text"),
        ({"member_id": pa.nulls(2)}, "a row without member_id"),
        ({"id": ["a", ""]}, "has no id"),
        ({"id": ["a", "a"]}, "document a is there twice"),
        ({"kind": ["post", "poem"]}, "document b has a kind that is none"),
        ({"visibility": ["secret", "public"]}, "document a has a visibility that is none"),
        ({"created_at": pa.array([0, 9 * 10**17], pa.timestamp("us"))}, "in no year there is"),
        ({"quotes": _OUTSIDE}, "document b has quotes outside its text"),
        ({"code": _NULL_END}, "document b has code outside its text or without a value"),
        ({"co_authors": [[], [None]]}, "document b has co_authors without a value"),
        ({"text": _BAD_UTF8}, "documents: In column 3: .*Invalid UTF8"),
    ],
)
def test_what_cannot_be_a_document_is_refused_by_its_file(
    tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    path = columns(tmp_path / "d.parquet", **changed)

    with pytest.raises(BadInput, match=said) as refused:
        read(DocumentFiles(tmp_path))

    assert str(path) in refused.value.message
    assert "nothing was sealed" in refused.value.hint


def test_one_id_in_two_files_is_refused_by_both(tmp_path: Path) -> None:
    first = write(tmp_path / "a.parquet", [note(0), note(1)])
    second = write(tmp_path / "b.parquet", [note(2), note(1)])

    with pytest.raises(BadInput, match="ana/1") as refused:
        DocumentFiles(tmp_path).count()

    assert str(first) in refused.value.message
    assert str(second) in refused.value.message


def test_ids_that_are_known_already_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", [note(0), note(1)])
    files = DocumentFiles(tmp_path)

    files.require_none_of(iter([[DocumentId("ben/1")], []]))
    with pytest.raises(BadInput, match=f"{path}: document ana/1 is in"):
        files.require_none_of(iter([[DocumentId("ben/1")], [DocumentId("ana/1")]]))


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    for junk in (b"", b"no", b"x" * 100, b"PAR1" + b"\xff" * 60 + b"PAR1"):
        path.write_bytes(junk)
        with pytest.raises(BadInput, match=r"d\.parquet is not a Parquet file of documents"):
            read(DocumentFiles(tmp_path))


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "d.parquet", [note(each) for each in range(50)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(BadInput, match=r"d\.parquet"):
        read(DocumentFiles(tmp_path))


def test_a_place_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("id\n")

    with pytest.raises(BadInput, match="holds no Parquet file"):
        read(DocumentFiles(tmp_path))
    with pytest.raises(BadInput, match="no file"):
        read(DocumentFiles(tmp_path / "none"))


def test_a_document_is_looked_up_without_reading_the_texts_around_it(tmp_path: Path) -> None:
    notes = [note(each, text="seventeen brass lanterns " * 40) for each in range(20)]
    path = write(tmp_path / "d.parquet", notes, group=10)
    said = pq.ParquetFile(path).metadata.row_group(0)
    number = [said.column(each).path_in_schema for each in range(said.num_columns)].index("text")
    chunk = said.column(number)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    whole = bytearray(path.read_bytes())
    whole[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(whole)
    files = DocumentFiles(path)

    assert list(files.by_id([notes[15].id])) == [notes[15]]
    with pytest.raises(BadInput):
        list(files.by_id([notes[5].id]))


def test_files_are_looked_at_anew_each_time(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", [note(0)])
    files = DocumentFiles(tmp_path)
    assert files.count() == 1

    write(tmp_path / "b.parquet", [note(1)])
    assert [each.id for each in files.by_id([note(1).id])] == [note(1).id]

    (tmp_path / "b.parquet").unlink()
    assert list(files.by_id([note(1).id])) == []


def test_files_that_change_while_they_are_read_are_not_taken(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", [note(0)])
    batches = DocumentFiles(tmp_path).batches()
    next(batches)
    write(tmp_path / "b.parquet", [note(1)])

    with pytest.raises(Conflict, match="changed while"):
        list(batches)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.symlink_to(path)  # a loop, which nobody can open

    with pytest.raises(NotHere, match="cannot be read"):
        read(DocumentFiles(path))
