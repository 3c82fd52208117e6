"""A Stack Exchange dump, quirk by quirk; the dump is made by `archives.stackexchange`."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archives import stackexchange as made
from sayso.community import SOMEONE, AgeBand, Document, Kind, State, Visibility
from sayso.errors import BadInput, NotFound
from sayso.sources import lines
from sayso.sources.readers import reader
from sayso.sources.reading import Account, Item, ReadingOptions, Skipped

SITE = f"stackexchange:{made.SITE}"
ANA, BEN, CLEO = (f"{SITE}:user:{number}" for number in (made.ANA, made.BEN, made.CLEO))


def read(path: Path, options: ReadingOptions | None = None) -> list[Item]:
    return list(reader("stackexchange").read(path, options or ReadingOptions()))


def dumped(tmp_path: Path, **files: made.Rows | None) -> list[Item]:
    """Read the dump with these of its files changed, or left out where they are None."""
    said = {name: rows for name, rows in {**made.dump(), **files}.items() if rows is not None}
    return read(made.write(tmp_path / made.SITE, said))


def documents(items: Iterable[Item]) -> dict[str, Document]:
    found = [item for item in items if isinstance(item, Document)]
    return {item.id.removeprefix(f"{SITE}:"): item for item in found}


def skipped(items: Iterable[Item]) -> dict[str, Skipped]:
    """Return what names its document, by that name."""
    found = [item for item in items if isinstance(item, Skipped) and item.document_id]
    return {f"{item.document_id}".removeprefix(f"{SITE}:"): item for item in found}


def people(items: Iterable[Item]) -> dict[str, Account]:
    return {f"{item.member.id}": item for item in items if isinstance(item, Account)}


def reason(items: Iterable[Item], name: str) -> str:
    return skipped(items)[name].reason


def authors(items: Iterable[Item], name: str) -> tuple[str, ...]:
    return tuple(documents(items)[name].authors)


def test_a_question_is_read_as_plain_text_with_what_others_said_in_it(tmp_path: Path) -> None:
    asked = documents(dumped(tmp_path))["post:1"]

    (quote,), (code,) = asked.quotes, asked.code
    assert asked.title == "How deep do beans <root>?"
    assert "Is that so?" in asked.text
    assert "Never dig & never hoe" in asked.text[quote.start : quote.end]
    assert quote.member_id == SOMEONE
    assert asked.text[code.start : code.end].strip() == "dig(2) < 3"
    assert (asked.kind, asked.visibility) == (Kind.POST, Visibility.PUBLIC)
    assert asked.licence == "CC BY-SA 4.0"
    assert asked.source == SITE
    assert asked.created_at == datetime(2024, 3, 2, 9, 30, 0, 457000, tzinfo=UTC)
    assert asked.updated_at == datetime(2024, 3, 4, 9, 30, 0, 457000, tzinfo=UTC)


def test_an_answer_says_what_it_answers_and_a_closed_question_stays(tmp_path: Path) -> None:
    found = documents(dumped(tmp_path))

    assert found["post:2"].parents == (f"{SITE}:post:1",)
    assert found["post:4"].state is State.PUBLISHED
    assert found["post:4"].licence == ""


def test_everyone_who_put_words_into_a_post_is_its_author(tmp_path: Path) -> None:
    items = dumped(tmp_path)

    assert authors(items, "post:1") == (ANA, BEN)  # Cleo changed nothing but tags
    assert authors(items, "post:2") == (BEN, CLEO)  # an edit that was rolled back counts
    assert authors(items, "post:5") == (ANA, CLEO)
    assert authors(items, "post:7") == (BEN, ANA, CLEO)
    assert documents(items)["post:5"].kind is Kind.ARTICLE


def test_without_a_history_the_last_editor_is_an_author(tmp_path: Path) -> None:
    items = dumped(tmp_path, PostHistory=None)

    assert authors(items, "post:1") == (ANA, BEN)
    assert authors(items, "post:2") == (BEN,)
    assert authors(items, "post:13") == (CLEO, ANA)


def test_a_post_that_its_history_does_not_know_has_its_last_editor_too(tmp_path: Path) -> None:
    assert authors(dumped(tmp_path), "post:13") == (CLEO, ANA)


def test_a_last_editor_whom_the_history_does_not_know_is_an_author_too(tmp_path: Path) -> None:
    history = made.without(made.history(), 4)

    assert authors(dumped(tmp_path, PostHistory=history), "post:1") == (ANA, BEN)


@pytest.mark.parametrize("name", ["post:5", "post:7"])
def test_what_several_wrote_is_left_out_where_nobody_says_who(tmp_path: Path, name: str) -> None:
    assert reason(dumped(tmp_path, PostHistory=None), name) == "by several, and not said by whom"


@pytest.mark.parametrize("history", [made.history(), None])
def test_an_edit_by_someone_without_an_account_keeps_a_post_out(
    tmp_path: Path, history: made.Rows | None
) -> None:
    items = dumped(tmp_path, PostHistory=history)

    assert reason(items, "post:10") == "edited by someone without an account"
    assert reason(items, "post:12") == "edited by someone without an account"


def test_an_edit_by_the_sites_own_program_is_nobodys(tmp_path: Path) -> None:
    assert authors(dumped(tmp_path), "post:11") == (BEN,)


def test_nobody_speaks_for_a_deleted_user_or_for_the_community_account(tmp_path: Path) -> None:
    items = dumped(tmp_path)

    assert reason(items, "post:3") == "a deleted user's post"
    assert reason(items, "post:6") == "the Community account's post"
    assert reason(items, "comment:2") == "a deleted user's comment"
    assert reason(items, "comment:3") == "the Community account's comment"
    assert f"{SITE}:user:-1" not in people(items)
    assert all(each.on_purpose for each in skipped(items).values())


def test_what_is_not_a_members_writing_is_left_out_by_name(tmp_path: Path) -> None:
    items = dumped(tmp_path)

    assert reason(items, "post:8") == "a kind of post that is not read"
    (votes,) = [each for each in items if isinstance(each, Skipped) and each.where == "Votes.xml"]
    assert votes.on_purpose


def test_a_deleted_post_is_deleted_with_its_words(tmp_path: Path) -> None:
    marked = made.post(2, made.BEN, DeletionDate=made.DAY.format(5))
    items = dumped(tmp_path, Posts=[marked, *made.without(made.posts(), 2)])

    for name in ("post:2", "post:9"):
        gone = documents(items)[name]
        assert (gone.state, gone.text) == (State.DELETED, "")


def test_a_post_that_was_undeleted_is_there(tmp_path: Path) -> None:
    history = [*made.history(), made.edit(99, 9, 13, "-1")]

    items = dumped(tmp_path, PostHistory=history)

    assert documents(items)["post:9"].state is State.PUBLISHED


def test_a_comment_knows_its_post_and_its_few_marks(tmp_path: Path) -> None:
    said = documents(dumped(tmp_path))["comment:1"]

    (mention,), (code,) = said.mentions, said.code
    assert said.text == "@Ana, see dig@2 and this twice"
    assert said.text[mention.start : mention.end] == "@Ana"
    assert said.text[code.start : code.end] == "dig@2"
    assert (said.kind, said.parents) == (Kind.COMMENT, (f"{SITE}:post:1",))


def test_a_comment_goes_with_its_post(tmp_path: Path) -> None:
    items = dumped(tmp_path, Comments=[*made.comments(), made.comment(6, 9, made.ANA)])

    assert reason(items, "comment:4") == "a comment under a post that is not there"
    assert reason(items, "comment:6") == "a comment under a post that is not there"
    assert "comment:5" in documents(items)


def test_people_are_known_before_their_words_and_only_by_what_is_kept(tmp_path: Path) -> None:
    items = dumped(tmp_path)

    ana, stranger = people(items)[ANA], people(items)[f"{SITE}:user:9"]
    assert ana.member.name == "Ana Lopez"
    assert ana.member.profile.location == "Porto, Portugal"
    assert ana.member.profile.about == "I grow beans & peas."
    assert ana.member.joined_at == datetime(2020, 5, 13, 21, 29, 22, 820000, tzinfo=UTC)
    assert "example.org" not in repr(ana.member.profile)
    assert "700001" not in repr(ana)
    assert stranger.is_byline
    named: set[str] = set()
    for item in items:
        if isinstance(item, Account):
            named.add(item.member.id)
        elif isinstance(item, Document):
            assert named.issuperset(item.authors)


def test_a_minors_age_is_believed_and_an_adults_is_not(tmp_path: Path) -> None:
    users = [*made.users(), {"Id": "4", "DisplayName": "Dov", "Age": "40"}]

    found = people(dumped(tmp_path, Users=users))

    assert found[CLEO].member.age_band is AgeBand.MINOR
    assert found[f"{SITE}:user:4"].member.age_band is AgeBand.UNKNOWN


def test_what_is_attested_holds_for_people_and_words(tmp_path: Path) -> None:
    attested = {"region": "PT", "age_band": "adult", "language": "en", "licence": "CC-BY-SA-3.0"}

    items = read(made.good(tmp_path), ReadingOptions(attested=attested))

    ana = people(items)[ANA].member
    assert (ana.region, ana.age_band, ana.languages) == ("PT", AgeBand.ADULT, ("en",))
    assert people(items)[CLEO].member.age_band is AgeBand.MINOR
    assert documents(items)["post:1"].language == "en"
    assert documents(items)["post:4"].licence == "CC-BY-SA-3.0"


def test_a_zip_of_it_is_the_same(tmp_path: Path) -> None:
    folder = made.good(tmp_path)
    packed = made.zipped(folder)

    found = [each for each in read(packed) if not isinstance(each, Skipped)]

    assert found == [each for each in read(folder) if not isinstance(each, Skipped)]


def test_a_site_is_called_as_it_is_said_to_be(tmp_path: Path) -> None:
    folder = made.write(tmp_path / "My Dump (1)")

    assert documents(read(folder, ReadingOptions(source=made.SITE)))["post:1"].source == made.SITE
    (first, *_) = [each.source for each in read(folder) if isinstance(each, Document)]
    assert first == "stackexchange:my-dump-1"


def test_several_sites_in_one_folder_stay_apart(tmp_path: Path) -> None:
    for name in ("a.example.org", "b.example.org"):
        made.write(tmp_path / "all" / name)

    found = [each for each in read(tmp_path / "all") if isinstance(each, Document)]

    assert {each.source for each in found} == {
        "stackexchange:a.example.org",
        "stackexchange:b.example.org",
    }
    assert len({each.id for each in found}) == len(found)


def test_utf16_is_read_and_what_is_not_unicode_is_left_out(tmp_path: Path) -> None:
    plain = documents(dumped(tmp_path))
    folder = made.write(tmp_path / made.SITE, encoding="utf-16")
    assert documents(read(folder)) == plain

    made.write(folder)
    posts = folder / "Posts.xml"
    posts.write_bytes(posts.read_bytes().replace(b"answer 2", b"answer \xe9"))

    assert reason(read(folder), "post:2") == "not Unicode"


@pytest.mark.parametrize("kind", made.DOCUMENT_TYPES)
def test_no_document_type_is_ever_read(tmp_path: Path, kind: str) -> None:
    folder = made.with_document_type(tmp_path / made.SITE, made.DOCUMENT_TYPES[kind])

    with pytest.raises(BadInput, match="document type"):
        read(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("answer 2", "answer &a9;"),
        ("answer 2", "answer &#x0;"),
        ("answer 2", "answer &#x1F;"),
        ('ParentId="1" CreationDate', 'ParentId="1" ParentId="2" CreationDate'),
        ("answer 2.&lt;/p&gt;", 'answer 2."'),
        ("answer 2", "answer < 2"),
    ],
)
def test_a_broken_row_is_left_out_by_its_id_and_the_rest_is_read(
    tmp_path: Path, old: str, new: str
) -> None:
    folder = made.good(tmp_path)
    whole = documents(read(folder))
    posts = folder / "Posts.xml"
    posts.write_text(posts.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    items = read(folder)

    assert reason(items, "post:2") == "not a row of XML"
    assert not skipped(items)["post:2"].on_purpose
    left = {name: each for name, each in whole.items() if name != "post:2"}
    assert {name: documents(items)[name] for name in left} == left


def test_a_row_that_would_fill_the_memory_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 4000)
    long = made.post(2, made.BEN, Body="x" * 400_000)

    items = dumped(tmp_path, Posts=[long, *made.without(made.posts(), 2)])

    assert reason(items, "post:2") == "too long"
    assert "post:14" in documents(items)


def test_a_file_that_is_cut_off_is_said_to_be(tmp_path: Path) -> None:
    folder = made.good(tmp_path)
    posts = folder / "Posts.xml"
    text = posts.read_text(encoding="utf-8")
    posts.write_text(text[: text.index("answer 13")], encoding="utf-8")

    items = read(folder)

    assert reason(items, "post:13") == "not a row of XML"
    assert any(isinstance(each, Skipped) and "after row" in each.where for each in items)
    assert "post:11" in documents(items)


def test_a_broken_history_keeps_out_what_it_may_speak_of(tmp_path: Path) -> None:
    folder = made.good(tmp_path)
    history = folder / "PostHistory.xml"
    text = history.read_text(encoding="utf-8")

    one = text.replace('Id="7" PostHistoryTypeId="5"', 'Id="7" PostHistoryTypeId="five"')
    history.write_text(one, encoding="utf-8")
    items = read(folder)
    assert reason(items, "post:2") == "its history cannot be read"
    assert "post:1" in documents(items)

    history.write_text(text[: text.index('Id="10" ')], encoding="utf-8")
    items = read(folder)
    assert reason(items, "post:1") == "its history cannot be read"
    assert reason(items, "post:13") == "its history cannot be read"
    assert {"post:2", "post:4", "post:14"} < documents(items).keys()  # nobody edited them


def test_an_id_used_twice_is_read_once(tmp_path: Path) -> None:
    items = dumped(
        tmp_path,
        Posts=[*made.posts(), made.post(14, made.BEN, Body="<p>other</p>")],
        Users=[*made.users(), {"Id": made.ANA, "DisplayName": "Somebody"}],
    )

    assert documents(items)["post:14"].text == "Water the beans, answer 14."
    assert people(items)[ANA].member.name == "Ana Lopez"
    twice = [each for each in items if isinstance(each, Skipped) and "twice" in each.reason]
    assert len(twice) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"CreationDate": ""},
        {"CreationDate": "yesterday"},
        {"Body": ""},
        {"Body": "<p> </p>"},
        {"OwnerUserId": "me"},
        {"PostTypeId": ""},
        {"PostTypeId": "two"},
        {"ParentId": "one"},
        {"LastEditDate": "soon", "LastEditorUserId": "1"},
        {"LastEditorUserId": "1.5"},
    ],
)
def test_a_post_with_a_wrong_field_is_left_out_by_name(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    wrong = made.post(14, made.BEN, **changes)

    items = dumped(tmp_path, Posts=[*made.without(made.posts(), 14), wrong])

    assert skipped(items)["post:14"].mend
    assert "post:14" not in documents(items)


@pytest.mark.parametrize("text", ["", "not xml", "<users></users>", "{}", "<posts", "\x00" * 9])
def test_a_file_that_is_no_dump_is_refused(tmp_path: Path, text: str) -> None:
    folder = made.good(tmp_path)
    (folder / "Posts.xml").write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=r"Posts\.xml"):
        read(folder)


def test_an_empty_site_has_nothing(tmp_path: Path) -> None:
    folder = made.write(tmp_path / made.SITE, {"Posts": []})
    assert read(folder) == []

    (folder / "Posts.xml").write_text("<posts />", encoding="utf-8")
    assert read(folder) == []


def test_a_folder_without_posts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"Posts\.xml"):
        read(made.write(tmp_path / made.SITE, {"Users": made.users()}))
    with pytest.raises(NotFound):
        read(tmp_path / "nowhere")


def test_a_7z_says_how_to_unpack_it(tmp_path: Path) -> None:
    packed = tmp_path / "gardens.7z"
    packed.write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))

    with pytest.raises(BadInput, match="7z x"):
        read(packed)


def test_a_zip_that_is_broken_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    packed = made.zipped(made.good(tmp_path))
    data = bytearray(packed.read_bytes())
    data[len(data) // 2] ^= 0xFF
    packed.write_bytes(data)

    with pytest.raises(BadInput):
        next(reader("stackexchange").read(packed, ReadingOptions()))
