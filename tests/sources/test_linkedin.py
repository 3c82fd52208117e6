"""What the reader `linkedin` makes of an archive, and what it never makes anything of."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archives.linkedin import (
    COMMENTS,
    SECRET,
    SHARES,
    article,
    doubled,
    escaped,
    export,
    private,
    update,
    urn,
    write,
)
from archives.linkedin_read import (
    ANA,
    AT,
    KINDS,
    documents,
    read,
    share,
    skipped,
    some,
    whole,
)
from sayso.community import SOMEONE, MemberId, State, Visibility
from sayso.errors import BadInput, NotFound
from sayso.sources.linkedin.files import JOBS, MESSAGES, OTHERS, PAY, UNKNOWN, known
from sayso.sources.linkedin.reader import LINKEDIN
from sayso.sources.readers import reader
from sayso.sources.reading import Account, Acquaintance


def test_the_reader_is_known_by_its_name() -> None:
    assert reader("linkedin") is LINKEDIN


def test_a_whole_archive_becomes_what_they_wrote_and_no_more(tmp_path: Path) -> None:
    items = read(whole(tmp_path))

    assert Counter(each.kind for each in documents(items)) == KINDS
    assert all(each.on_purpose for each in skipped(items))
    assert isinstance(items[0], Account)
    assert SECRET not in repr(items)


@pytest.mark.parametrize("name", ["export.zip", "export", "export.tar.gz"])
@pytest.mark.parametrize("under", ["", "Complete_LinkedInDataExport_05-06-2026"])
def test_a_zip_and_a_folder_say_the_same(tmp_path: Path, name: str, under: str) -> None:
    items = read(write(tmp_path / name, export(), under=under))

    assert documents(items) == documents(read(whole(tmp_path / ".." / tmp_path.name)))


@pytest.mark.parametrize(
    ("said", "seen_by"),
    [
        ("PUBLIC", Visibility.PUBLIC),
        ("MEMBER_NETWORK", Visibility.CONNECTIONS),
        ("CONNECTIONS", Visibility.CONNECTIONS),
        ("", Visibility.PRIVATE),
        ("EVERYBODY_AND_THEIR_DOG", Visibility.PRIVATE),
    ],
)
def test_who_may_read_a_post_is_what_is_said_and_else_nobody(
    tmp_path: Path, said: str, seen_by: Visibility
) -> None:
    items = some(tmp_path, {"Shares.csv": doubled(SHARES, [share("hi", seen_by=said)])})

    assert [each.visibility for each in documents(items)] == [seen_by]


def test_an_operator_may_attest_who_reads_posts_where_the_file_is_silent(tmp_path: Path) -> None:
    rows = [share("one", seen_by=""), share("two", seen_by="CONNECTIONS", at=AT + timedelta(1))]
    options = replace(ANA, attested={"visibility": "public"})

    items = some(tmp_path, {"Shares.csv": doubled(SHARES, rows)}, options)

    assert [each.visibility for each in documents(items)] == ["public", "connections"]


def test_an_old_file_without_the_column_is_private(tmp_path: Path) -> None:
    old = doubled("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl", [share("hi")[:5]])

    assert documents(some(tmp_path, {"Shares.csv": old}))[0].visibility is Visibility.PRIVATE


def test_columns_under_the_wrong_names_are_not_taken_for_words(tmp_path: Path) -> None:
    rows = [("2024-01-01", "l", "PUBLIC", "A text in the wrong place.", "")]
    mixed = doubled("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl", rows)

    items = some(tmp_path, {"Shares.csv": mixed})

    assert documents(items) == []
    assert skipped(items)[0].reason == "columns that are mixed up"


def test_links_and_pictures_are_no_part_of_the_text(tmp_path: Path) -> None:
    for each in documents(read(whole(tmp_path))):
        assert "example.org/read" not in each.text + each.title
        assert "media" not in each.text + each.title


def test_a_post_keeps_its_id_when_it_is_edited_and_two_comments_are_two(tmp_path: Path) -> None:
    before = some(tmp_path / "a", {"Shares.csv": doubled(SHARES, [share("one")])})
    after = some(tmp_path / "b", {"Shares.csv": doubled(SHARES, [share("two")])})
    said = escaped(COMMENTS, [("2024-05-06 07:08:09", "l", text) for text in ("a", "b", "a")])
    items = some(tmp_path / "c", {"Comments.csv": said})

    assert documents(before)[0].id == documents(after)[0].id == f"linkedin:ana/{urn(AT)}"
    assert len({each.id for each in documents(items)}) == 2
    assert Counter(each.reason for each in skipped(items)) == {"there twice": 1}


def test_two_replies_under_one_comment_are_two(tmp_path: Path) -> None:
    post = urn(AT, "activity")
    link = f"https://x.example.org/{post}?commentUrn=urn:li:comment:({post[7:]},{post[16:]})"
    said = escaped(COMMENTS, [("2024-05-06 07:08:09", link, text) for text in ("a", "b")])

    assert len(documents(some(tmp_path, {"Comments.csv": said}))) == 2


def test_another_text_under_the_same_address_is_another_document(tmp_path: Path) -> None:
    rows = [share("one"), share("two"), share("one"), share("two")]

    items = some(tmp_path, {"Shares.csv": doubled(SHARES, rows)})

    assert [each.text for each in documents(items)] == ["one", "two"]
    assert [each.reason for each in skipped(items)] == ["there twice", "there twice"]


@pytest.mark.parametrize("text", ["", "  ", "https://example.org/x", "www.example.org \n"])
def test_a_post_without_a_word_of_theirs_is_skipped(tmp_path: Path, text: str) -> None:
    items = some(tmp_path, {"Shares.csv": doubled(SHARES, [share(text)])})

    assert documents(items) == []
    assert skipped(items)[0].reason == "no words of theirs"


def test_ids_do_not_depend_on_how_the_file_was_saved(tmp_path: Path) -> None:
    text = doubled(COMMENTS, [("2024-05-06 07:08:09", "l%2Fx", 'Café "and" more')])
    ways = [text.encode(), text.encode("utf-16"), text.replace("\n", "\r\n").encode("utf-8-sig")]
    ways.append(escaped(COMMENTS, [("2024-05-06 07:08:09 UTC", "l/x", 'Café "and" more')]).encode())

    ids = {
        documents(some(tmp_path / str(number), {"Comments.csv": data}))[0].id
        for number, data in enumerate(ways)
    }

    assert len(ids) == 1


def test_two_members_never_share_an_id(tmp_path: Path) -> None:
    ben = replace(ANA, member_id=MemberId("ben"))
    first = documents(read(whole(tmp_path), ANA))
    second = documents(read(whole(tmp_path), ben))

    assert {each.id for each in first}.isdisjoint(each.id for each in second)


def test_a_blank_or_broken_date_is_read_from_the_number_in_the_address(tmp_path: Path) -> None:
    rows = [
        ("", *share("one")[1:]),
        ("sometime later", *share("two", at=AT + timedelta(1))[1:]),
        ("", "https://example.org/x", "three", "", "", "PUBLIC"),
        ("2026-02-30", "https://example.org/y", "four", "", "", "PUBLIC"),
    ]

    items = some(tmp_path, {"Shares.csv": doubled(SHARES, rows)})

    assert [each.created_at for each in documents(items)] == [AT, AT + timedelta(1)]
    assert [each.reason for each in skipped(items)] == ["no date", "there is no such date"]


def test_a_comment_is_not_shown_to_more_than_the_post_it_answers(tmp_path: Path) -> None:
    later = AT + timedelta(seconds=3)
    files = {
        "Shares.csv": doubled(SHARES, [share("few may read this", seen_by="CONNECTIONS")]),
        "Comments.csv": escaped(
            COMMENTS,
            [
                ("2024-05-06 08:00:00", update(urn(later, "activity")), "under my own"),
                ("2024-05-06 08:00:01", update(urn(AT + timedelta(1), "activity")), "elsewhere"),
                ("2024-05-06 08:00:02", "https://x.example.org/urn:li:groupPost:1-2", "in a group"),
            ],
        ),
    }
    options = replace(ANA, attested={"visibility": "public"})

    found = {each.text: each for each in documents(some(tmp_path, files, options))}

    unsaid = {each.text: each for each in documents(some(tmp_path, files, ANA))}

    assert found["under my own"].visibility is Visibility.CONNECTIONS
    assert found["elsewhere"].visibility is Visibility.PUBLIC
    assert unsaid["elsewhere"].visibility is Visibility.CONNECTIONS, "who may read it is not said"
    assert found["in a group"].visibility is Visibility.GROUP
    assert found["elsewhere"].parents == (f"linkedin:ana/{urn(AT + timedelta(1), 'activity')}",)


def test_articles_are_read_with_their_quotes_and_drafts_are_drafts(tmp_path: Path) -> None:
    published, draft = [each for each in documents(read(whole(tmp_path))) if each.kind == "article"]

    assert (published.title, published.state) == ("On tide clocks", State.PUBLISHED)
    assert published.text == "They are patient.\nNothing waits.\nWhy\nBecause & so."
    assert published.created_at == datetime(2024, 7, 2, 9, tzinfo=UTC)
    (quote,) = published.quotes
    assert published.text[quote.start : quote.end] == "Nothing waits."
    assert quote.member_id == SOMEONE
    assert (draft.title, draft.state) == ("Unsaid", State.DRAFT)


def test_a_draft_cannot_publish_itself_by_its_own_words(tmp_path: Path) -> None:
    sly = '<p class="published">Published on 2020-01-01 10:00</p>'
    page = article("Sly", sly, created="2024-08-01 10:11")

    (draft,) = documents(some(tmp_path, {"Articles/Articles/sly.html": page}))

    assert draft.state is State.DRAFT


def test_an_article_of_another_shape_is_a_draft_dated_by_its_name(tmp_path: Path) -> None:
    page = "<html><head><title>Old</title></head><body><h1>Old</h1><p>Words.</p></body></html>"
    files = {"Articles/Articles/2018-07-15_old.html": page, "Articles/Articles/none.html": page}

    items = some(tmp_path, files)

    (found,) = documents(items)
    assert (found.state, found.created_at) == (State.DRAFT, datetime(2018, 7, 15, tzinfo=UTC))
    assert (found.title, found.text) == ("Old", "Words.")
    assert [each.reason for each in skipped(items)] == ["no date"]


def test_recommendations_given_are_theirs_and_those_received_never(tmp_path: Path) -> None:
    items = read(whole(tmp_path))

    given = {each.text: each for each in documents(items) if "/recommendation/" in each.id}
    assert given["Bruno finds every leak."].visibility is Visibility.PUBLIC
    assert given["Elif is exact."].visibility is Visibility.PRIVATE
    assert "Ada taught me to wait." not in repr(items)


def test_a_date_that_can_be_two_days_skips_a_recommendation(tmp_path: Path) -> None:
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    given = doubled(header, [("Bo", "Dorn", "", "", "Good.", "11/3/23, 01:22 PM", "VISIBLE")])

    items = some(tmp_path, {"Recommendations_Given.csv": given})

    assert documents(items) == []
    assert skipped(items)[0].reason == "the date can be two different days"


def test_names_of_others_are_kept_to_be_taken_out_of_texts(tmp_path: Path) -> None:
    names = {each.name for each in read(whole(tmp_path)) if isinstance(each, Acquaintance)}

    assert {"Ines Quist", "Bruno Dorn", "Greta Gruber", "Farid Castell", "Hana Ekwueme"} <= names
    assert len(names) == 13
    assert "" not in names


def test_private_files_are_counted_and_never_read(tmp_path: Path) -> None:
    found = {each.where.rpartition(": ")[2]: each for each in skipped(read(whole(tmp_path)))}

    assert set(private()) <= set(found)
    assert found["messages.csv"].reason == MESSAGES
    assert found["messages.csv"].mend == "Rows: 2. Nothing is kept."
    assert found["Jobs/Job Applications.csv"].reason == JOBS
    assert found["Salary.csv"].reason == PAY
    assert found["Recommendations_Received.csv"].reason == OTHERS
    assert found["Invitations.csv"].mend == "Rows: 2. Only the dates in it are read."


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Messages_2.csv", MESSAGES),
        ("InMail archive.csv", MESSAGES),
        ("Salary Insights.csv", PAY),
        ("Jobs/Shares.csv", JOBS),
        ("messages/Comments.csv", MESSAGES),
        ("messages.zip", MESSAGES),
        ("Novelty.csv", UNKNOWN),
        ("photo.jpg", UNKNOWN),
        ("Shares.xlsx", UNKNOWN),
    ],
)
def test_a_file_nobody_knows_is_never_read(name: str, reason: str) -> None:
    assert (known(name).use, known(name).reason) == ("nothing", reason)


def test_an_unknown_table_is_named_so_that_nothing_is_taken_for_missing(tmp_path: Path) -> None:
    files = {"Shares.csv": doubled(SHARES, [share("hi")]), "Novelty.csv": "a\nb\n", "a.jpg": "x"}

    found = {each.where.rpartition(": ")[2]: each for each in skipped(some(tmp_path, files))}

    assert not found["Novelty.csv"].on_purpose
    assert found["a.jpg"].on_purpose


def test_the_small_archive_says_that_posts_are_missing(tmp_path: Path) -> None:
    small = {"Profile.csv": export()["Profile.csv"]}

    (said,) = skipped(some(tmp_path, small))

    assert (said.reason, said.on_purpose) == ("no posts, comments or articles in it", False)


def test_what_is_broken_in_a_table_about_others_is_named(tmp_path: Path) -> None:
    files = {
        "Connections.csv": 'First Name,Last Name\nAda,"Ab"ara\nBo,Dorn\n',
        "Shares.csv": doubled(SHARES, [share("hi")]),
    }

    items = some(tmp_path, files)

    assert [each.name for each in items if isinstance(each, Acquaintance)] == ["Bo Dorn"]
    assert [each.reason for each in skipped(items)] == ["not a row"]


def test_what_is_no_export_of_linkedins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing that LinkedIn exports"):
        some(tmp_path, {"outbox.json": "{}"})
    with pytest.raises(NotFound):
        read(tmp_path / "none.zip")


def test_an_attested_value_that_cannot_be_is_refused_before_anything_is_read(
    tmp_path: Path,
) -> None:
    with pytest.raises(BadInput, match="In what you set"):
        read(tmp_path / "none.zip", replace(ANA, attested={"region": "Atlantis"}))
