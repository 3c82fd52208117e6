from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from sayso.community import AgeBand, Member, MemberId, Position, Profile, Region, Standing
from sayso.sources import accounts
from sayso.sources.accounts import joined, read_members
from sayso.sources.reading import Account, ReadingOptions, Skipped, Unread

Write = Callable[[str, str], Path]

ROWS = (
    "id,name,handle,region,age_band,languages,standing,role,company,skills,years\n"
    "ana,Ana  Lopez,@ana,uk,adult,en;es,active,Editor,Sample Press,writing;maps,7\n"
    "bo,,,,,,,,,,\n"
)


def test_members_are_read_with_their_profile(write: Write) -> None:
    ana, bo = read_members(write("members.csv", ROWS), ReadingOptions())

    assert isinstance(ana, Account)
    assert isinstance(bo, Account)
    assert ana.member == Member(
        id=MemberId("ana"),
        name="Ana Lopez",
        handle="ana",
        region=Region("GB"),
        age_band=AgeBand.ADULT,
        languages=("en", "es"),
        profile=Profile(
            role="Editor", organisation="Sample Press", skills=("writing", "maps"), years=7
        ),
    )
    assert bo.member == Member(id=MemberId("bo"), name="bo")
    assert bo.said == frozenset()


def test_positions_are_read_from_lines(write: Write) -> None:
    path = write(
        "members.jsonl",
        '{"id": "ana", "positions": [{"title": "Editor", "company": "Press", "since": "2019"}]}',
    )

    (ana,) = read_members(path, ReadingOptions())

    assert isinstance(ana, Account)
    assert ana.member.profile.positions == (
        Position(title="Editor", organisation="Press", since="2019"),
    )


def test_a_member_with_a_wrong_field_is_skipped_by_name(write: Write) -> None:
    path = write("members.csv", "id,region,age_band\na,DE,adult\nb,Germany,\nc,DE,old\n")

    skipped = [one for one in read_members(path, ReadingOptions()) if isinstance(one, Skipped)]

    assert [one.reason for one in skipped] == [
        "region is not a region",
        "age_band has an unknown value",
    ]


def test_what_a_file_does_not_say_stays_as_it_is_known() -> None:
    known = Member(
        id=MemberId("ana"), name="Ana", region=Region("DE"), profile=Profile(role="Editor", years=3)
    )
    found = Account(
        member=Member(id=MemberId("ana"), name="Ana L", profile=Profile(years=4)),
        said=frozenset({"name", "years"}),
    )

    now = joined(known, found)

    assert (now.name, now.region, now.profile) == ("Ana L", "DE", Profile(role="Editor", years=4))


def test_a_file_may_say_that_something_is_unknown_again() -> None:
    known = Member(id=MemberId("ana"), name="Ana", age_band=AgeBand.ADULT)
    found = Account(member=Member(id=MemberId("ana"), name="Ana"), said=frozenset({"age_band"}))

    assert joined(known, found).age_band is AgeBand.UNKNOWN


def test_a_byline_fills_gaps_and_overrules_nothing() -> None:
    known = Member(id=MemberId("ana"), name="ana", region=Region("DE"))
    byline = Account(
        member=Member(
            id=MemberId("ana"), name="Ana Lopez", region=Region("US"), age_band=AgeBand.ADULT
        ),
        said=frozenset({"name", "region", "age_band"}),
        is_byline=True,
    )

    now = joined(known, byline)

    assert (now.name, now.region, now.age_band) == ("Ana Lopez", "DE", AgeBand.ADULT)


def test_a_suspended_member_stays_suspended_under_a_new_byline() -> None:
    known = Member(id=MemberId("ana"), name="Ana", standing=Standing.SUSPENDED)
    byline = Account(member=Member(id=MemberId("ana"), name="Ana"), said=frozenset({"name"}))

    assert joined(known, byline).standing is Standing.SUSPENDED


def test_every_field_of_a_member_can_be_read_from_a_file() -> None:
    own = {field.name for field in fields(Member)} - {"id", "profile", "former_names"}

    assert own == set(accounts.OWN)
    assert {field.name for field in fields(Profile)} == set(accounts.PROFILE)


def test_an_account_says_which_other_it_became(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("id,name,merged_into\nana-old,Ana,ana\nben,Ben,\n", encoding="utf-8")

    old, ben = read_members(path, ReadingOptions())

    assert isinstance(old, Account)
    assert isinstance(ben, Account)
    assert (old.merged_into, ben.merged_into) == (MemberId("ana"), None)


def test_an_account_that_became_itself_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    path.write_text('{"id": "ana", "merged_into": "ana"}\n', encoding="utf-8")

    (found,) = read_members(path, ReadingOptions())

    assert isinstance(found, Skipped)
    assert found.reason == "merged into itself"


def test_columns_that_no_member_has_are_named_once(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text("id,name,agee_band,shoe size\nana,Ana,adult,39\nben,Ben,adult,44\n")

    *members, last = read_members(path, ReadingOptions())

    assert last == Unread(names=("agee_band", "shoe size"))
    assert len(members) == 2
