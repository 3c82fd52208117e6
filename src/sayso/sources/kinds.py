"""What kind of file a path is, by its first bytes: so that a wrong reader says which is right."""

from pathlib import Path

from sayso.errors import BadInput, NotFound

FOLDER = "a folder"
ZIP = "a zip archive"
GZIP = "a gzip file"
PARQUET = "a Parquet file"
SQLITE = "a SQLite database"
SEVEN_ZIP = "a 7z archive"
OTHER = "a file"

_BEGINNINGS = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),  # one with nothing in it
    (b"\x1f\x8b", GZIP),
    (b"PAR1", PARQUET),
    (b"SQLite format 3\x00", SQLITE),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
)


def kind_of(path: Path) -> str:
    """Return the kind of what lies there.

    Raises:
        NotFound: there is nothing.
        BadInput: it may not be read.
    """
    if path.is_dir():
        return FOLDER
    try:
        with path.open("rb") as file:
            begins = file.read(16)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(f"There is no file {path}.", hint="Check the path.") from error
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}.", hint="Give a file that you may read."
        ) from error
    return next((kind for sign, kind in _BEGINNINGS if begins.startswith(sign)), OTHER)
