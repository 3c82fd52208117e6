import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archives import hostile
from archives.hostile import folder, tarred, zipped
from sayso.errors import BadInput, NotFound, SaysoError
from sayso.sources import inside
from sayso.sources.archives import open_archive
from sayso.sources.text_lines import text_lines

FILES = {"Shares.csv": b"Date\n2024\n", "Articles/Articles/a.html": b"<p>hi</p>", "empty": b""}
SHAPES: dict[str, Callable[..., Path]] = {
    "export.zip": zipped,
    "export.tar.gz": tarred,
    "export.tar": tarred,
    "export": folder,
}
MIB = 1024**2


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("under", ["", "Basic_Export_05-06-2026/", "a/b/"])
def test_a_zip_a_tar_and_a_folder_are_the_same_thing(tmp_path: Path, name: str, under: str) -> None:
    path = SHAPES[name](tmp_path / name, {under + each: data for each, data in FILES.items()})

    with open_archive(path) as archive:
        held = {}
        for entry in archive.entries:
            with archive.open(entry.name) as stream:
                held[entry.name] = stream.read()
            assert entry.claimed_bytes == len(held[entry.name])

    assert held == FILES


def test_a_tar_can_be_read_in_any_order(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar.gz", {"a": b"1" * 5000, "b": b"2" * 5000})

    with open_archive(path) as archive:
        read = [archive.open(name).read(3) for name in ("b", "a", "b")]

    assert read == [b"222", b"111", b"222"]


def test_what_systems_leave_beside_files_is_not_a_file(tmp_path: Path) -> None:
    litter = {"x/Shares.csv": b"", "__MACOSX/x/._Shares.csv": b"", "x/.DS_Store": b""}

    with open_archive(zipped(tmp_path / "a.zip", litter)) as archive:
        assert archive.names == ("Shares.csv",)


def test_an_unmarked_name_in_utf_8_is_read_as_that(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"Réseau.csv": b""})
    data = bytearray(path.read_bytes())
    data[7] &= ~8
    data[data.index(b"PK\x01\x02") + 9] &= ~8
    path.write_bytes(data)

    with open_archive(path) as archive:
        assert archive.names == ("Réseau.csv",)


@pytest.mark.parametrize("name", hostile.AT_ONCE)
def test_a_hostile_archive_is_refused_when_it_is_opened(tmp_path: Path, name: str) -> None:
    path = hostile.AT_ONCE[name](tmp_path / name)

    with pytest.raises(BadInput) as refusal:
        open_archive(path)

    assert refusal.value.message.startswith(str(path))
    assert refusal.value.hint
    assert refusal.value.message.isprintable()


@pytest.mark.parametrize("name", hostile.WHEN_READ)
def test_a_hostile_member_is_refused_when_it_is_read(tmp_path: Path, name: str) -> None:
    path = hostile.WHEN_READ[name](tmp_path / name)

    with open_archive(path) as archive, pytest.raises(BadInput) as refusal:
        archive.verify(archive.names)

    assert "Shares.csv" in refusal.value.message
    assert "Nothing was kept" in refusal.value.hint


def test_a_bomb_never_fills_the_memory(tmp_path: Path) -> None:
    zip_bomb = hostile.bomb(tmp_path / "a.zip")
    endless = hostile.tar_with_an_endless_name(tmp_path / "b.tar.gz")

    tracemalloc.start()
    with open_archive(zip_bomb) as archive, pytest.raises(BadInput):
        archive.verify(archive.names)
    with pytest.raises(BadInput):
        open_archive(endless)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 48 * MIB


@pytest.mark.parametrize("name", SHAPES)
def test_too_many_files_are_refused(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = SHAPES[name](tmp_path / name, {f"{number}": b"" for number in range(6)})
    monkeypatch.setattr("sayso.sources.archives.MOST_FILES", 5)
    monkeypatch.setattr(inside, "MOST_FILES", 5)

    with pytest.raises(BadInput, match="more than 5 files"):
        open_archive(path)


def test_an_archive_in_an_archive_is_a_file_like_any_other(tmp_path: Path) -> None:
    inner = hostile.traversal(tmp_path / "inner.zip").read_bytes()

    with open_archive(zipped(tmp_path / "a.zip", {"inner.zip": inner})) as archive:
        assert archive.open("inner.zip").read() == inner


def test_what_is_no_archive_says_what_to_give(tmp_path: Path) -> None:
    (tmp_path / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c rest")
    (tmp_path / "a.txt").write_bytes(b"hello")

    with pytest.raises(BadInput, match="7z x"):
        open_archive(tmp_path / "a.7z")
    with pytest.raises(BadInput, match="not an archive"):
        open_archive(tmp_path / "a.txt")
    with pytest.raises(NotFound):
        open_archive(tmp_path / "none.zip")


def test_a_file_that_is_not_inside_is_not_found(tmp_path: Path) -> None:
    with open_archive(zipped(tmp_path / "a.zip")) as archive, pytest.raises(NotFound):
        archive.open("../a.zip")


@pytest.mark.parametrize("name", ["export.zip", "export.tar.gz", "export.tar"])
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused_and_nothing_else(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    path = tmp_path / name
    if not path.exists():
        SHAPES[name](path, FILES)
    damaged = bytearray(path.read_bytes())
    places = st.integers(0, len(damaged) - 1)
    for at in data.draw(st.lists(places, max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    del damaged[data.draw(st.one_of(st.just(len(damaged)), places)) :]
    (tmp_path / f"damaged-{name}").write_bytes(damaged)

    try:
        with open_archive(tmp_path / f"damaged-{name}") as archive:
            archive.verify(archive.names)
    except SaysoError as error:
        assert error.hint  # noqa: PT017 - whatever is refused says what to do


TEXT = "Grüße 👋\r\n\nlast, without end"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        "\ufeff".encode("utf-16-be") + TEXT.encode("utf-16-be"),
    ],
)
def test_lines_are_read_whatever_unicode_they_were_saved_as(data: bytes) -> None:
    assert list(text_lines(io.BytesIO(data))) == ["Grüße 👋\r\n", "\n", "last, without end"]


def test_utf_16_without_its_mark_is_known_by_its_zeros() -> None:
    said = "Date,Link\n2024,x\n"

    assert list(text_lines(io.BytesIO(said.encode("utf-16-le")))) == ["Date,Link\n", "2024,x\n"]
    assert list(text_lines(io.BytesIO(said.encode("utf-16-be")))) == ["Date,Link\n", "2024,x\n"]


def test_a_line_feed_inside_a_sign_of_utf_16_ends_no_line() -> None:
    assert list(text_lines(io.BytesIO("\ufeff\u0a0aĊb\nc".encode("utf-16-le")))) == [
        "\u0a0aĊb\n",
        "c",
    ]


def test_what_is_not_utf_8_is_cp1252() -> None:
    assert list(text_lines(io.BytesIO("Date\n“naïve”: 5 €\n".encode("cp1252")))) == [
        "Date\n",
        "“naïve”: 5 €\n",
    ]


def test_broken_bytes_in_utf_8_are_left_for_the_reader_to_skip() -> None:
    said = list(text_lines(io.BytesIO("é\n".encode() + b"a\xffb\n" + "ü\n".encode())))

    assert said == ["é\n", "a\udcffb\n", "ü\n"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_without_an_end_is_passed_over_and_never_held(encoding: str) -> None:
    class Endless(io.RawIOBase):
        left = 40 * MIB

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            count = min(len(buffer), self.left)
            buffer[:count] = ("a".encode(encoding)[-2:] * MIB)[:count]
            self.left -= count
            return count

    mark = 2 if encoding == "utf-16" else 0
    before, after = "one\n".encode(encoding), "\ntwo\n".encode(encoding)

    tracemalloc.start()
    stream = _joined(before, io.BufferedReader(Endless()), after[mark:])
    said = list(text_lines(stream, longest=MIB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert said == ["one\n", None, "two\n"]
    assert peak < 8 * MIB


def _joined(before: bytes, middle: io.BufferedReader, after: bytes) -> io.BufferedReader:
    parts = [io.BytesIO(before), middle, io.BytesIO(after)]

    class Joined(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            while parts:
                data = parts[0].read(len(buffer))
                if data:
                    buffer[: len(data)] = data
                    return len(data)
                parts.pop(0)
            return 0

    return io.BufferedReader(Joined())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_lines(data: bytes) -> None:
    said = list(text_lines(io.BytesIO(data)))

    assert all(line is not None for line in said)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    data = text.encode("utf-8-sig")

    assert "".join(line or "" for line in text_lines(io.BytesIO(data))) == text


def test_a_zip_is_read_without_believing_its_sizes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a": b"x" * 1000})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)

    with open_archive(path) as archive, pytest.raises(BadInput):
        archive.verify(["a"])
