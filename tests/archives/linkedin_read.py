"""Reading made archives in tests, and asking for one sort of what comes out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from archives.linkedin import export, update, urn, write
from sayso.community import Document, Kind, MemberId
from sayso.sources.linkedin.reader import LINKEDIN
from sayso.sources.reading import Account, Item, ReadingOptions, Skipped

AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
ANA = ReadingOptions(member_id=MemberId("ana"))


NOTHING_SAID = ReadingOptions()


def read(path: Path, options: ReadingOptions = NOTHING_SAID) -> list[Item]:
    return list(LINKEDIN.read(path, options))


def whole(tmp_path: Path) -> Path:
    return write(tmp_path / "export.zip", export())


def some(
    tmp_path: Path, files: Mapping[str, str | bytes], options: ReadingOptions = ANA
) -> list[Item]:
    data = {name: each.encode() if isinstance(each, str) else each for name, each in files.items()}
    return read(write(tmp_path / "export", data), options)


def documents(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def skipped(items: list[Item]) -> list[Skipped]:
    return [item for item in items if isinstance(item, Skipped)]


def account(items: list[Item]) -> Account:
    (found,) = [item for item in items if isinstance(item, Account)]
    return found


KINDS = {Kind.POST: 6, Kind.COMMENT: 4, Kind.ARTICLE: 2, Kind.PROFILE: 3}


def share(text: str, *, seen_by: str = "PUBLIC", at: datetime = AT) -> tuple[str, ...]:
    return (f"{at:%F %T}", update(urn(at)), text, "", "", seen_by)
