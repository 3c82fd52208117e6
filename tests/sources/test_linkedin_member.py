"""Who the member is, and whose archive it is."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archives.linkedin import (
    MEMBER,
    SHARES,
    doubled,
    export,
    write,
)
from archives.linkedin_read import (
    ANA,
    account,
    documents,
    read,
    share,
    skipped,
    some,
    whole,
)
from sayso.community import AgeBand, Position
from sayso.errors import BadInput
from sayso.sources.linkedin.files import UNREAD, member_in
from sayso.sources.reading import ReadingOptions


def test_the_member_is_who_the_profile_says(tmp_path: Path) -> None:
    found = account(read(whole(tmp_path)))

    member, profile = found.member, found.member.profile
    assert (member.id, member.name) == (f"linkedin:{MEMBER}", "Ada Abara")
    assert member.former_names == ("Ada Holm",)
    assert member.languages == ("en", "de")
    assert member.joined_at == datetime(2016, 3, 8, 21, 36, tzinfo=UTC)
    assert found.email == "ada@example.org"
    assert (profile.headline, profile.role) == ("Keeper of tide clocks", "Clockkeeper")
    assert (profile.organisation, profile.location) == ("Quay Works", "Exampleport")
    assert profile.about == "I mend clocks.\n\nI teach others to."
    assert profile.skills == ("Soldering", "Teaching")
    assert profile.education == ("Diploma, School of Tides",)
    assert profile.positions[1] == Position(
        title="Apprentice", organisation="Dry Dock", since="Jan 2010", until="Dec 2014"
    )
    assert "region" not in found.said


@pytest.mark.parametrize("hidden", ["1 Example Quay", "00000", "1985", "[ada_example]"])
def test_address_birth_date_and_handles_are_not_kept(tmp_path: Path, hidden: str) -> None:
    assert hidden not in repr(read(whole(tmp_path)))


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("Jan 15, 1985", AgeBand.ADULT),
        ("2005-12-31", AgeBand.ADULT),
        ("1/15/2010", AgeBand.MINOR),
        ("Dec 30, 2006", AgeBand.UNKNOWN),
        ("Jan 15", AgeBand.UNKNOWN),
        ("1/15/85", AgeBand.UNKNOWN),
        ("1885-01-15", AgeBand.ADULT),
        ("", AgeBand.UNKNOWN),
    ],
)
def test_of_a_birth_date_only_the_age_band_is_kept(
    tmp_path: Path, born: str, band: AgeBand
) -> None:
    profile = doubled("First Name,Last Name,Birth Date", [("Ada", "Abara", born)])

    items = some(tmp_path, {"Profile.csv": profile, "Shares.csv": doubled(SHARES, [share("hi")])})

    assert account(items).member.age_band is band
    assert ("age_band" in account(items).said) is (band is not AgeBand.UNKNOWN)


def test_what_the_archive_says_outweighs_what_the_operator_attests(tmp_path: Path) -> None:
    profile = doubled("First Name,Last Name,Birth Date", [("Ada", "Abara", "1/15/2010")])
    options = replace(ANA, attested={"age_band": "adult", "region": "US", "language": "en"})

    items = some(
        tmp_path,
        {"Profile.csv": profile, "Shares.csv": doubled(SHARES, [share("hello")])},
        options,
    )

    assert account(items).member.age_band is AgeBand.MINOR
    assert account(items).member.region == "US"
    assert documents(items)[0].language == "en"


@pytest.mark.parametrize(
    ("confirmed", "primary", "email"),
    [("Yes", "Yes", "ada@example.org"), ("No", "Yes", ""), ("Yes", "No", "")],
)
def test_only_a_primary_and_confirmed_address_is_written_to(
    tmp_path: Path, confirmed: str, primary: str, email: str
) -> None:
    header = "Email Address,Confirmed,Primary,Updated On"
    rows = [("ada@example.org", confirmed, primary, "Not Available")]

    assert account(some(tmp_path, {"Email Addresses.csv": doubled(header, rows)})).email == email


def test_an_address_that_is_none_is_skipped(tmp_path: Path) -> None:
    emails = "Email Address,Confirmed,Primary\nnobody at all,Yes,Yes\n"

    items = some(tmp_path, {"Email Addresses.csv": emails})

    assert skipped(items)[0].reason == "email is not a mail address"


def test_the_number_in_a_files_name_says_whose_archive_it_is() -> None:
    assert member_in("Shares_7789716.csv") == "7789716"
    assert member_in("Reactions_7789716 (1).csv") == "7789716"
    assert member_in("Receipts_v2.csv") == member_in("Shares.csv") == ""
    assert member_in("holiday_2024.csv") == ""


def test_without_a_number_a_hash_of_the_address_says_it(tmp_path: Path) -> None:
    first = account(read(write(tmp_path / "a.zip", export(member=""))))
    again = account(read(write(tmp_path / "b.zip", export(seed=2, member=""))))

    assert first.member.id == again.member.id
    assert first.member.id.startswith("linkedin:email-")
    assert "ada" not in first.member.id


def test_an_archive_that_says_nothing_of_whose_it_is_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refusal:
        some(tmp_path, {"Shares.csv": doubled(SHARES, [share("hi")])}, ReadingOptions())

    assert "--member ID" in refusal.value.hint


def test_files_of_two_members_are_refused(tmp_path: Path) -> None:
    files = {f"Shares_{number}.csv": doubled(SHARES, [share("hi")]) for number in (11111, 22222)}

    with pytest.raises(BadInput, match="two members, 11111 and 22222"):
        some(tmp_path, files, ReadingOptions())


def test_the_operator_may_say_whose_it_is(tmp_path: Path) -> None:
    items = read(whole(tmp_path), ANA)

    assert {each.member_id for each in documents(items)} == {"ana"}
    assert all(each.id.startswith("linkedin:ana/") for each in documents(items))


def test_what_they_wrote_of_their_volunteering_is_part_of_the_profile(tmp_path: Path) -> None:
    text = "Company Name,Role,Cause,Started On,Finished On,Description\n"
    text += "Lifeboat,Lookout,Sea,Jan 2020,,I watch the harbour at night.\n"
    files = {
        "Registration.csv": "Registered At\n2016-03-08 21:36:00 UTC\n",
        "Volunteering.csv": text,
        "Honors.csv": "Ehrung,Von\nx,y\n",
        "Courses.csv": "Name\nx\n",
    }

    items = some(tmp_path, files)

    (page,) = documents(items)
    assert page.text == "Lookout, Lifeboat\nI watch the harbour at night."
    reasons = {each.where.rpartition(": ")[2]: each.reason for each in skipped(items)}
    assert reasons["Honors.csv"] == reasons["Courses.csv"] == UNREAD
