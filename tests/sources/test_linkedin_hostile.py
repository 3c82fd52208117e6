"""Archives that mean harm, files of any bytes, and private files that look like posts."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archives import hostile
from archives.linkedin import (
    COMMENTS,
    SECRET,
    SHARES,
    doubled,
    export,
    private,
    write,
)
from archives.linkedin_read import (
    ANA,
    KINDS,
    documents,
    read,
    share,
    some,
)
from sayso.errors import BadInput, SaysoError
from sayso.sources.linkedin.files import known
from sayso.sources.linkedin.reader import LINKEDIN


@pytest.mark.parametrize("name", [*hostile.AT_ONCE, *hostile.WHEN_READ])
def test_of_a_hostile_archive_nothing_is_kept(tmp_path: Path, name: str) -> None:
    make = {**hostile.AT_ONCE, **hostile.WHEN_READ}[name]
    items = LINKEDIN.read(make(tmp_path / name), ANA)

    with pytest.raises(BadInput):
        next(items)


ALL = export()
ODD = st.one_of(
    st.binary(max_size=300),
    st.text(st.sampled_from('",\\\n\r\0aé='), max_size=200).map(str.encode),
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(sorted(ALL)), data=ODD, kept=st.integers(0, 1))
def test_any_bytes_in_place_of_any_file_are_read_or_skipped(
    tmp_path: Path, name: str, data: bytes, kept: int
) -> None:
    header = (ALL[name].partition(b"\n")[0] + b"\n") * kept
    path = tmp_path / "fuzzed.zip"

    try:
        items = read(write(path, {**ALL, name: header + data}), ANA)
    except SaysoError as error:
        assert error.hint  # noqa: PT017 - whatever is refused says what to do
        return
    assert SECRET not in repr(items)
    if known(name).use == "nothing":
        assert Counter(each.kind for each in documents(items)) == KINDS


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(sorted(private())),
    stolen=st.sampled_from([SHARES, COMMENTS, "First Name,Last Name,Text,Creation Date,Status"]),
)
def test_a_private_file_that_looks_like_posts_is_still_private(
    tmp_path: Path, name: str, stolen: str
) -> None:
    files = {
        "Profile.csv": ALL["Profile.csv"],
        name: doubled(stolen, [share("Not for you.")[: stolen.count(",") + 1]]).encode(),
    }

    assert documents(some(tmp_path, files)) == []
