"""Archives that mean harm: each function writes one and returns its path."""

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

HARMLESS = {"Shares.csv": b"Date,ShareLink\n"}


def zipped(path: Path, files: Mapping[str, bytes] = HARMLESS) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def tarred(path: Path, files: Mapping[str, bytes] = HARMLESS) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as packed:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return path


def folder(path: Path, files: Mapping[str, bytes] = HARMLESS) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def traversal(path: Path) -> Path:
    return zipped(path, {**HARMLESS, "../../etc/cron.d/x": b"x"})


def traversal_by_backslash(path: Path) -> Path:
    return zipped(path, {**HARMLESS, "a\\..\\..\\x": b"x"})


def absolute(path: Path) -> Path:
    return tarred(path, {**HARMLESS, "/etc/passwd": b"x"})


def drive(path: Path) -> Path:
    return zipped(path, {**HARMLESS, "C:\\Windows\\x": b"x"})


def link_in_a_zip(path: Path) -> Path:
    info = zipfile.ZipInfo("Profile.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(info, "/etc/passwd")
    return path


def _special(path: Path, kind: bytes) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        info = tarfile.TarInfo("outbox.json")
        info.type, info.linkname = kind, "/etc/passwd"
        packed.addfile(info)
    return path


def symbolic_link(path: Path) -> Path:
    return _special(path, tarfile.SYMTYPE)


def hard_link(path: Path) -> Path:
    return _special(path, tarfile.LNKTYPE)


def device(path: Path) -> Path:
    return _special(path, tarfile.CHRTYPE)


def pipe(path: Path) -> Path:
    return _special(path, tarfile.FIFOTYPE)


def link_in_a_folder(path: Path) -> Path:
    folder(path)
    (path / "Profile.csv").symlink_to("/etc/passwd")
    return path


def linked_folder(path: Path) -> Path:
    folder(path)
    (path / "Articles").symlink_to("/etc", target_is_directory=True)
    return path


def pipe_in_a_folder(path: Path) -> Path:
    folder(path)
    os.mkfifo(path / "Profile.csv")
    return path


def twice_in_a_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("Shares.csv", "one")
        packed.writestr("./Shares.csv", "two")
    return path


def twice_in_a_tar(path: Path) -> Path:
    with tarfile.open(path, "w") as packed:
        for data in (b"one", b"two"):
            info = tarfile.TarInfo("outbox.json")
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return path


def encrypted(path: Path) -> Path:
    """Marks its one file as encrypted, in both places where that is said."""
    data = bytearray(zipped(path).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return path


def hidden_name(path: Path) -> Path:
    data = zipped(path, {"Shares.csv.exe": b"x"}).read_bytes()
    path.write_bytes(data.replace(b"Shares.csv.exe", b"Shares.csv\0exe"))
    return path


def control_name(path: Path) -> Path:
    return zipped(path, {**HARMLESS, "a\x1b[2Jb.csv": b"x"})


def undecodable_name_in_a_zip(path: Path) -> Path:
    data = zipped(path, {"Shar\u00e9s.csv": b"x"}).read_bytes()
    path.write_bytes(data.replace("Shar\u00e9s".encode(), b"Shar\xff\xfes"))
    return path


def undecodable_name_in_a_tar(path: Path) -> Path:
    return tarred(path, {**HARMLESS, "Shar\udcffs.csv": b"x"})


def undecodable_name_in_a_folder(path: Path) -> Path:
    folder(path)
    (path / os.fsdecode(b"Shar\xffs.csv")).write_bytes(b"x")
    return path


def bomb(path: Path, size: int = 64 * 1024**2) -> Path:
    """A thousand times as much inside as outside."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Shares.csv", b"a" * size)
    return path


def bomb_that_lies(path: Path, size: int = 64 * 1024**2) -> Path:
    """A bomb that claims, wherever it says so, to be ten bytes and to take all of the archive."""
    data = bytearray(bomb(path, size).read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<L", 10)
    path.write_bytes(data)
    return path


def tar_bomb(path: Path, size: int = 64 * 1024**2) -> Path:
    return tarred(path, {"outbox.json": b"a" * size})


def tar_that_claims_too_much(path: Path) -> Path:
    """Its first file claims eight tebibytes; what follows would never end."""
    info = tarfile.TarInfo("outbox.json")
    info.size = 8 * 1024**4
    with gzip.open(path, "wb") as packed:
        packed.write(info.tobuf(tarfile.GNU_FORMAT))
        packed.write(b"\0" * 4096)
    return path


def tar_with_an_endless_name(path: Path) -> Path:
    """A long-name record that claims, and has, more than any name."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 40 * 1024**2
    with gzip.open(path, "wb") as packed:
        packed.write(info.tobuf(tarfile.GNU_FORMAT))
        packed.write(b"a" * info.size)
    return path


def tar_of_endless_headers(path: Path, count: int = 3000) -> Path:
    """Extended headers that are followed by nothing but extended headers."""
    info = tarfile.TarInfo("pax")
    record = b"19 comment=aaaaaaa\n"
    info.type, info.size = tarfile.XHDTYPE, len(record)
    block = info.tobuf(tarfile.USTAR_FORMAT) + record.ljust(512, b"\0")
    with gzip.open(path, "wb") as packed:
        packed.write(block * count)
    return path


def many_files(path: Path, count: int = 100_001) -> Path:
    with tarfile.open(path, "w:gz", compresslevel=1) as packed:
        for number in range(count):
            packed.addfile(tarfile.TarInfo(f"{number}"))
    return path


def truncated_zip(path: Path) -> Path:
    data = zipped(path, {"Shares.csv": os.urandom(2000)}).read_bytes()
    path.write_bytes(data[:-40])
    return path


def zip_with_a_broken_member(path: Path) -> Path:
    data = bytearray(zipped(path, {"Shares.csv": bytes(range(256)) * 40}).read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(data)
    return path


def truncated_tar(path: Path) -> Path:
    data = tarred(path, {"outbox.json": os.urandom(2000)}).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def tar_without_its_end(path: Path) -> Path:
    data = tarred(path, {"a": b"x" * 512, "b": b"y" * 512}).read_bytes()
    path.write_bytes(data[:2048])
    return path


AT_ONCE: dict[str, Callable[[Path], Path]] = {
    "a.zip": traversal,
    "b.zip": traversal_by_backslash,
    "c.tar.gz": absolute,
    "d.zip": drive,
    "e.zip": link_in_a_zip,
    "f.tar.gz": symbolic_link,
    "g.tar.gz": hard_link,
    "h.tar.gz": device,
    "i.tar.gz": pipe,
    "j": link_in_a_folder,
    "k": linked_folder,
    "l": pipe_in_a_folder,
    "m.zip": twice_in_a_zip,
    "n.tar": twice_in_a_tar,
    "o.zip": encrypted,
    "p.zip": hidden_name,
    "q.zip": control_name,
    "r.zip": undecodable_name_in_a_zip,
    "s.tar.gz": undecodable_name_in_a_tar,
    "t": undecodable_name_in_a_folder,
    "u.tar.gz": tar_bomb,
    "v.tar.gz": tar_that_claims_too_much,
    "w.tar.gz": tar_with_an_endless_name,
    "x.tar.gz": tar_of_endless_headers,
    "y.zip": truncated_zip,
    "z.tar.gz": truncated_tar,
    "aa.tar": tar_without_its_end,
}
"""What is refused when it is opened, by a name of the right kind."""

WHEN_READ: dict[str, Callable[[Path], Path]] = {
    "a.zip": bomb,
    "b.zip": bomb_that_lies,
    "c.zip": zip_with_a_broken_member,
}
"""What is refused when its member is read."""
