"""Parquet: what JSON lines would say, said in columns; and files that mean harm."""

import base64
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe
import pytest

from archives import tables
from sayso.community import Document, MemberId, Quote, Visibility
from sayso.errors import BadInput, NotFound
from sayso.sources import parquet
from sayso.sources.readers import reader
from sayso.sources.reading import Item, ReadingOptions, Skipped, Unread

OPTIONS = ReadingOptions()


def read(path: Path) -> list[Item]:
    return list(reader("parquet").read(path, OPTIONS))


def post(tmp_path: Path, **columns: object) -> Item:
    """Read a file of one row with these columns beside what every post has."""
    given = {"id": ["p"], "author": ["ana"], "text": ["Hello."], "date": ["2024-01-01"]}
    path = tables.table(tmp_path / "one.parquet", {**given, **columns})
    return read(path)[-1]


def test_the_same_posts_are_the_same_documents_in_every_format(tmp_path: Path) -> None:
    lines = list(reader("jsonl").read(tables.good_jsonl(tmp_path), OPTIONS))

    assert read(tables.good_parquet(tmp_path)) == lines
    assert list(reader("csv").read(tables.good_csv(tmp_path), OPTIONS)) == lines
    assert len(lines) > 20


NINE = datetime(2024, 1, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "dates",
    [
        pa.array([NINE.replace(tzinfo=None)], pa.timestamp("ms")),
        pa.array([NINE.replace(tzinfo=None)], pa.timestamp("us")),
        pa.array([int(NINE.timestamp()) * 10**9 + 1], pa.timestamp("ns")),
        pa.array([NINE], pa.timestamp("us", "Europe/Berlin")),
        pa.array([NINE], pa.timestamp("s", "+02:00")),
        pa.array(["2024-01-01T10:00:00+01:00"]),
    ],
)
def test_instants_with_and_without_a_zone_are_utc(tmp_path: Path, dates: pa.Array) -> None:
    found = post(tmp_path, date=dates)

    assert isinstance(found, Document), found
    assert found.created_at == NINE


def test_a_day_is_its_first_moment(tmp_path: Path) -> None:
    found = post(tmp_path, date=pa.array([NINE.date()], pa.date32()))

    assert isinstance(found, Document), found
    assert found.created_at == NINE.replace(hour=0)


def test_an_instant_beyond_our_calendar_is_no_date(tmp_path: Path) -> None:
    for unit in ("ms", "us"):
        for zone in (None, "Europe/Berlin"):
            found = post(tmp_path, date=pa.array([2**60], pa.timestamp(unit, zone)))

            assert isinstance(found, Skipped)
            assert (found.reason, found.document_id) == ("date is not a date", "p")


@pytest.mark.parametrize(
    "texts",
    [
        pa.array(["Grüße \U0001f331"], pa.large_string()),
        pa.array(["Grüße \U0001f331"]).dictionary_encode(),
        pa.array(["Grüße \U0001f331".encode()], pa.binary()),
        pa.array(["Grüße \U0001f331".encode()], pa.large_binary()),
        pa.array(["Grüße \U0001f331"], pa.string_view()),
    ],
)
def test_every_type_of_text_is_text(tmp_path: Path, texts: pa.Array) -> None:
    found = post(tmp_path, text=texts)

    assert isinstance(found, Document), found
    assert found.text == "Grüße \U0001f331"


def test_bytes_that_are_no_text_are_not_replaced(tmp_path: Path) -> None:
    found = post(tmp_path, text=pa.array(["Größe".encode("cp1252")], pa.binary()))

    assert isinstance(found, Skipped)
    assert (found.reason, found.document_id) == ("not Unicode", "p")


def test_lists_and_objects_are_columns_like_any_other(tmp_path: Path) -> None:
    quotes = pa.array(
        [[{"start": 0, "end": 5, "member_id": "ben"}]],
        pa.list_(
            pa.struct([("start", pa.int64()), ("end", pa.int32()), ("member_id", pa.string())])
        ),
    )
    found = post(
        tmp_path,
        authors=pa.array([["ana", "cleo"]], pa.large_list(pa.string())),
        parents=pa.array([["q"]]),
        quotes=quotes,
        sensitive=pa.array([True]),
        tags=pa.array([["soil", "c++"]]),
    )

    assert isinstance(found, Document), found
    assert found.authors == (MemberId("ana"), MemberId("cleo"))
    assert found.parents == ("q",)
    assert found.quotes == (Quote(start=0, end=5, member_id=MemberId("ben")),)
    assert found.visibility is Visibility.UNLISTED


def test_what_is_missing_is_missing_however_it_is_written(tmp_path: Path) -> None:
    found = post(
        tmp_path,
        title=pa.array([None], pa.string()),
        visibility=pa.array([float("nan")]),
        kind=pa.nulls(1),
    )

    assert isinstance(found, Document), found
    assert (found.title, found.visibility) == ("", Visibility.PUBLIC)


def test_whole_numbers_are_ids_and_fractions_are_none(tmp_path: Path) -> None:
    whole = post(tmp_path, id=pa.array([2**60]))
    half = post(tmp_path, id=pa.array([1.5]))

    assert isinstance(whole, Document)
    assert whole.id == str(2**60)
    assert isinstance(half, Skipped)


def test_a_value_that_python_cannot_hold_takes_its_row_out(tmp_path: Path) -> None:
    late = pa.array([2**62]).cast(pa.timestamp("us"))  # long after the year 9999
    seen = pa.StructArray.from_arrays([late], ["seen_at"])
    signals = pa.ListArray.from_arrays([0, 1], seen)

    found = post(tmp_path, signals=signals)

    assert isinstance(found, Skipped)
    assert (found.reason, found.document_id) == ("signals cannot be read", "p")


def test_a_text_that_is_too_long_is_named_by_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "LONGEST_LINE", 1000)
    path = tables.table(
        tmp_path / "long.parquet",
        {"id": ["a", "b"], "author": ["x", "x"], "date": ["2024-01-01"] * 2,
         "text": ["y" * 2000, "fits"]},
    )  # fmt: skip

    long, *_, fits = read(path)

    assert isinstance(long, Skipped)
    assert (long.reason, long.where) == ("too long", f"{path}, row 1")
    assert isinstance(fits, Document)


def test_columns_that_nobody_reads_are_named_and_not_unpacked(tmp_path: Path) -> None:
    listed = list(tables.records(4))
    columns = {name: [each[name] for each in listed] for name in listed[0]}
    columns["visibilty"] = ["a column that is broken"] * 4
    path = tmp_path / "posts.parquet"
    tables.table(
        path, columns, write_page_checksum=True, compression="none", use_dictionary=False,
        write_statistics=False,
    )  # fmt: skip
    data = bytearray(path.read_bytes())
    data[data.index(b"a column that is broken") + 5] ^= 0xFF
    path.write_bytes(data)

    *items, last = read(path)

    assert not any(isinstance(each, Skipped) for each in items)
    assert last == Unread(names=("visibilty",))


def test_a_broken_page_takes_out_the_rest_of_its_row_group_alone(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    listed = list(tables.records(24))
    columns: dict[str, object] = {name: [each[name] for each in listed] for name in listed[0]}
    tables.table(
        path, columns, row_group_size=8, write_page_checksum=True, compression="none",
        use_dictionary=False,
    )  # fmt: skip
    data = bytearray(path.read_bytes())
    data[data.index(listed[10]["text"].encode()) + 5] ^= 0xFF
    path.write_bytes(data)

    items = read(path)

    (skipped,) = [each for each in items if isinstance(each, Skipped)]
    assert skipped.reason == "a broken row group"
    assert "row group 2, from row 9" in skipped.where
    numbers = [int(each.id.partition("/")[2]) for each in items if isinstance(each, Document)]
    assert numbers == [*range(8), *range(16, 24)]


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _wrong_magic(path: Path) -> None:
    path.write_bytes(b"PAR2" + path.read_bytes()[4:-4] + b"PAR2")


def _no_rows_of_ours(path: Path) -> None:
    tables.table(path, {"name": ["Ana"]})


def _one_column_twice(path: Path) -> None:
    pq.write_table(pa.table([pa.array(["a"]), pa.array(["b"])], names=["id", "id"]), path)


def _absurd_footer(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-8:-4] = (2**31 - 1).to_bytes(4, "little")
    path.write_bytes(data)


def _encrypted(path: Path) -> None:
    class Keys(pe.KmsClient):  # type: ignore[misc]
        def wrap_key(self, key: bytes, _: str) -> bytes:
            return key

        def unwrap_key(self, key: bytes, _: str) -> bytes:
            return key

    given = pe.EncryptionConfiguration(footer_key="f", column_keys={"c": ["text"]})
    made = pe.CryptoFactory(lambda _: Keys()).file_encryption_properties(
        pe.KmsConnectionConfig(), given
    )
    pq.write_table(pa.table({"id": ["a"], "text": ["b"]}), path, encryption_properties=made)


@pytest.mark.parametrize(
    "harm",
    [
        _cut_off,
        _wrong_magic,
        _no_rows_of_ours,
        _one_column_twice,
        _absurd_footer,
        _encrypted,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"PAR1"),
    ],
)
def test_a_file_that_cannot_be_what_it_says_is_refused_by_name(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = tables.good_parquet(tmp_path)
    harm(path)

    with pytest.raises(BadInput) as refused:
        read(path)

    assert str(path) in refused.value.message
    assert refused.value.hint


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_HARMLESS_BYTES", 1024 * 1024)
    given = {"id": ["a", "b"], "text": ["x" * 4_000_000, "y" * 4_000_000]}
    path = tmp_path / "bomb.parquet"
    tables.table(path, given, compression="zstd", use_dictionary=False)

    with pytest.raises(BadInput, match="unpacks to"):
        read(path)


def test_a_folder_and_no_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder"):
        read(tmp_path)
    with pytest.raises(NotFound):
        read(tmp_path / "none.parquet")


def test_many_empty_row_groups_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    schema = pa.schema([(name, pa.string()) for name in ("id", "author", "text", "date")])
    with pq.ParquetWriter(path, schema) as writer:
        for _ in range(500):
            writer.write_table(schema.empty_table())
        writer.write_table(
            pa.table([["p"], ["ana"], ["Hello."], ["2024-01-01"]], schema=schema), row_group_size=1
        )

    assert [type(each).__name__ for each in read(path)] == ["Account", "Document"]


def test_a_zone_with_a_broken_name_is_a_zone(tmp_path: Path) -> None:
    at = pa.array([datetime(2024, 1, 1, 9, tzinfo=UTC)], pa.timestamp("us", "Europe/Berlin"))
    table = pa.table({"id": ["p"], "author": ["ana"], "text": ["Hello."], "date": at})
    path = tmp_path / "zones.parquet"
    pq.write_table(table, path)
    content = path.read_bytes()
    schema = pq.read_metadata(path).metadata[b"ARROW:schema"]
    broken = base64.b64encode(base64.b64decode(schema).replace(b"Europe", b"Eur\x94pe"))
    assert broken != schema
    path.write_bytes(content.replace(schema, broken))

    documents = [each for each in read(path) if isinstance(each, Document)]

    assert [each.created_at for each in documents] == [datetime(2024, 1, 1, 9, tzinfo=UTC)]


def test_flipped_bits_are_never_an_error_of_somebody_elses(tmp_path: Path) -> None:
    path = tables.good_parquet(tmp_path)
    whole, chance = path.read_bytes(), random.Random(4)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        with suppress(BadInput):
            read(path)
