"""Mastodon's archives: what was public is read, and nothing else is ever taken for it."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archives import mastodon
from archives.mastodon import (
    ANA,
    BEN,
    FOLLOWERS,
    PUBLIC,
    actor,
    announce,
    create,
    delete,
    files,
    note,
    write,
)
from sayso.community import (
    SOMEONE,
    Document,
    DocumentId,
    Kind,
    MemberId,
    Quote,
    Standing,
    State,
    Visibility,
)
from sayso.errors import BadInput, SaysoError
from sayso.evidence.canonical import JSON
from sayso.sources.fields import Fields
from sayso.sources.mastodon.actor import read_actor
from sayso.sources.mastodon.addressees import seen_by
from sayso.sources.mastodon.notes import Outbox, _text
from sayso.sources.plain_text import nobody
from sayso.sources.readers import reader
from sayso.sources.reading import Account, Item, ReadingOptions, Skipped

ONE_FOLDER = [HealthCheck.function_scoped_fixture]


def read(path: Path, **options: object) -> list[Item]:
    given_options = ReadingOptions(**options)  # type: ignore[arg-type]
    return list(reader("mastodon").read(path, given_options))


def items_of(tmp_path: Path, *items: JSON, **options: object) -> list[Item]:
    found = read(write(tmp_path / "archive", files(items)), **options)
    return [each for each in found if not isinstance(each, Account)]


def documents(found: Sequence[Item]) -> list[Document]:
    return [each for each in found if isinstance(each, Document)]


def reasons(found: Sequence[Item]) -> Counter[str]:
    return Counter(each.reason for each in found if isinstance(each, Skipped))


def one(tmp_path: Path, item: JSON, **options: object) -> Document:
    (document,) = documents(items_of(tmp_path, item, **options))
    return document


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "folder"])
def test_a_year_of_an_account_is_read_whatever_it_is_packed_in(tmp_path: Path, name: str) -> None:
    found = read(write(tmp_path / name, mastodon.a_years_files()))

    assert isinstance(found[0], Account)
    assert Counter(each.visibility for each in documents(found)) == {
        Visibility.PUBLIC: 1160,
        Visibility.CONNECTIONS: 60,
        Visibility.UNLISTED: 16 + 9,
    }
    assert reasons(found) == {
        "announces of others' words": 326,
        "direct messages": 15,
        "likes": 1,
        "bookmarks": 1,
        "pictures and other files": 1,
    }
    assert len(found) == 1 + 1586 + 3
    assert all(each.on_purpose for each in found if isinstance(each, Skipped))


def test_the_account_is_known_as_its_archive_tells(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.zip", files([])), attested={"region": "DE"})[0]

    assert isinstance(found, Account)
    assert found.member.id == ANA
    assert (found.member.name, found.member.handle) == ("Ana Example", "ana")
    assert found.member.profile.about == "Bakes.\nRepairs & reads."
    assert found.member.joined_at == datetime(2017, 4, 5, tzinfo=UTC)
    assert found.member.region == "DE"
    assert found.said == {"name", "handle", "about", "joined_at", "region"}


def test_a_suspended_account_is_known_as_that(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.zip", files([], who=actor(suspended=True))))[0]

    assert isinstance(found, Account)
    assert found.member.standing is Standing.SUSPENDED


def test_a_public_note_keeps_all_that_is_said_of_it(tmp_path: Path) -> None:
    content = f"<p>{mastodon.LINK} see <code>x</code></p><blockquote>theirs</blockquote>"
    by_language: dict[str, JSON] = {"en": "another text", "pt-BR": content}
    item = create(
        note(
            5,
            content=content,
            contentMap=by_language,
            tag=[mastodon.MENTION],
            updated="2024-06-01T00:00:00Z",
        )
    )

    document = one(tmp_path, item, attested={"licence": "CC-BY-4.0"})

    assert document.id == f"{ANA}/statuses/5"
    assert document.member_id == ANA
    assert document.text == "@ben see x\ntheirs"
    assert document.quotes == (Quote(start=11, end=17, member_id=SOMEONE),)
    assert [(m.start, m.end, m.member_id) for m in document.mentions] == [(0, 4, BEN)]
    assert [(c.start, c.end) for c in document.code] == [(9, 10)]
    assert document.language == "pt-BR"
    assert document.updated_at == datetime(2024, 6, 1, tzinfo=UTC)
    assert (document.kind, document.source, document.licence) == (
        Kind.POST,
        "mastodon",
        "CC-BY-4.0",
    )


def test_a_reply_is_a_comment_with_its_parent(tmp_path: Path) -> None:
    document = one(tmp_path, mastodon.reply(3))

    assert document.kind is Kind.COMMENT
    assert document.parents == (f"{BEN}/statuses/1",)


def test_a_polls_answers_are_the_authors_words(tmp_path: Path) -> None:
    assert one(tmp_path, mastodon.poll(3)).text == "Which one?\nRye & wheat\nOats"


def test_the_text_beside_a_picture_is_left_out(tmp_path: Path) -> None:
    assert one(tmp_path, mastodon.pictured(3)).text == "Look."
    assert reasons(items_of(tmp_path, mastodon.pictured(4, "")))["no words of its own"] == 1


def test_an_article_has_a_title_and_its_summary_is_no_warning(tmp_path: Path) -> None:
    item = create(note(3, "Long.", type="Article", name="On rye", summary="A short summary"))

    document = one(tmp_path, item)

    assert (document.kind, document.title) == (Kind.ARTICLE, "On rye")
    assert document.visibility is Visibility.PUBLIC


def test_a_post_behind_a_warning_is_unlisted_unless_the_operator_shows_such(
    tmp_path: Path,
) -> None:
    hidden = one(tmp_path, mastodon.warned(3))
    shown = one(tmp_path, mastodon.warned(3), attested={"explicit": "shown"})

    assert (hidden.visibility, hidden.title) == (Visibility.UNLISTED, "spoilers")
    assert shown.visibility is Visibility.PUBLIC


@pytest.mark.parametrize(
    ("to", "cc", "visibility"),
    [
        ([PUBLIC], [FOLLOWERS], Visibility.PUBLIC),
        (["as:Public"], [], Visibility.PUBLIC),
        ("Public", None, Visibility.PUBLIC),
        ([{"id": PUBLIC}], [], Visibility.PUBLIC),
        ([FOLLOWERS], [PUBLIC], Visibility.UNLISTED),
        ([FOLLOWERS], [], Visibility.CONNECTIONS),
        ([BEN], [FOLLOWERS], Visibility.CONNECTIONS),
        ([BEN], [], Visibility.PRIVATE),
        ([f"{BEN}/followers"], [], Visibility.PRIVATE),
        ([], [], Visibility.PRIVATE),
        (None, None, Visibility.PRIVATE),
        (["public"], [], Visibility.PRIVATE),
        ([PUBLIC.lower()], [], Visibility.PRIVATE),
        ([[PUBLIC]], [], Visibility.PRIVATE),
        ({PUBLIC: PUBLIC}, [], Visibility.PRIVATE),
        (True, 1, Visibility.PRIVATE),
    ],
)
def test_who_may_read_it_is_told_by_its_addressees(
    to: JSON, cc: JSON, visibility: Visibility
) -> None:
    part = json.loads(json.dumps({"to": to, "cc": cc}))

    assert seen_by(part, part, FOLLOWERS) is visibility
    assert seen_by(part, {}, FOLLOWERS) is visibility


def test_the_stricter_of_a_post_and_its_activity_counts(tmp_path: Path) -> None:
    narrow = create(note(3, to=[FOLLOWERS], cc=[]), to=[PUBLIC])
    narrower = create(note(4, to=[PUBLIC]), to=[BEN], cc=[])

    found = items_of(tmp_path, narrow, narrower)

    assert [each.visibility for each in documents(found)] == [Visibility.CONNECTIONS]
    assert reasons(found)["direct messages"] == 1


names = st.sampled_from([PUBLIC.lower(), FOLLOWERS, BEN, "public", "as:public", "", ANA]) | st.text(
    max_size=8
)
addressees = st.recursive(
    st.none() | names | st.booleans() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.just("id") | names, inner, max_size=2)
    ),
    max_leaves=5,
)


@settings(max_examples=200)
@given(to=addressees, cc=addressees | st.just([PUBLIC]), outer=addressees)
def test_without_the_public_in_to_nothing_is_ever_public(to: JSON, cc: JSON, outer: JSON) -> None:
    inner = note(3, to=to, cc=cc)
    sent = [create(inner), create(inner, to=outer), inner]
    if to is not None or cc is not None:
        sent.append(create(inner, to=[PUBLIC]))  # what the post says itself is stricter
    hers = read_actor(actor(), ReadingOptions())

    for item in sent:
        found = Outbox(actor=hers, options=ReadingOptions()).item(item, "item 1", 1)

        assert isinstance(found, Skipped) or found.visibility is not Visibility.PUBLIC


def test_what_is_not_hers_is_not_read(tmp_path: Path) -> None:
    found = items_of(
        tmp_path,
        announce(1),
        mastodon.like(2),
        mastodon.not_hers(3),
        mastodon.elsewhere(4),
        create(note(5), object=f"{ANA}/statuses/5"),
        create(note(6, type="Video")),
        "nothing",
    )

    assert documents(found) == []
    assert reasons(found) - Counter(["likes", "bookmarks", "pictures and other files"]) == {
        "announces of others' words": 1,
        "not a post": 2,
        "others' words": 1,
        "of another server": 1,
        "only linked to": 1,
        "not an object": 1,
    }


def test_a_post_by_several_needs_all_of_them(tmp_path: Path) -> None:
    found = read(
        write(tmp_path / "a.zip", files([create(note(3, attributedTo=[ANA, {"id": BEN}]))]))
    )

    assert [each.authors for each in documents(found)] == [(ANA, BEN)]
    people = [(each.member.id, each.is_byline) for each in found if isinstance(each, Account)]
    assert people == [(ANA, False), (BEN, True)]


def test_a_deleted_post_is_deleted_whichever_comes_first(tmp_path: Path) -> None:
    for order in ([create(note(3)), delete(3)], [delete(3), create(note(3))]):
        found = documents(items_of(tmp_path, *order))

        assert found[-1].state is State.DELETED
        assert found[-1].text == ""


def test_a_post_that_stands_twice_is_named_and_an_update_is_not(tmp_path: Path) -> None:
    again = items_of(tmp_path, create(note(3)), create(note(3)))
    update = items_of(tmp_path, create(note(3)), create(note(3, "New."), type="Update"))

    assert reasons(again)["id used twice"] == 1
    assert [each.text for each in documents(update)][-1] == "New."


@pytest.mark.parametrize(
    ("said", "settings"),
    [
        ({"indexable": False, "discoverable": True}, (("do-not-index", False),)),
        ({"indexable": True, "discoverable": False}, (("do-not-index", True),)),
        ({"indexable": None, "discoverable": False}, (("do-not-index", False),)),
        ({"indexable": "perhaps"}, (("do-not-index", False),)),
        ({"indexable": None, "discoverable": None}, ()),
    ],
)
def test_what_the_account_says_of_being_found_is_an_older_setting(
    tmp_path: Path, said: dict[str, JSON], settings: tuple[tuple[str, bool], ...]
) -> None:
    found = read(write(tmp_path / "a.zip", files([create(note(3))], who=actor(**said))))

    (account,) = [each for each in found if isinstance(each, Account)]
    assert account.settings == settings


def test_the_operators_id_for_the_account_stands_for_it_everywhere(tmp_path: Path) -> None:
    mention = {"type": "Mention", "href": ANA, "name": "@ana"}
    text = f'<a class="mention" href="https://{mastodon.HOST}/@ana">@ana</a>'
    item = create(note(3, content=text, tag=[mention]))

    document = one(tmp_path, item, member_id=MemberId("m-17"))

    assert document.member_id == "m-17"
    assert [each.member_id for each in document.mentions] == ["m-17"]


def test_an_account_that_moved_is_said_and_not_merged(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.zip", files([], who=actor(movedTo=BEN))))

    assert isinstance(found[0], Account)
    assert found[0].merged_into is None
    assert reasons(found)["account moved"] == 1


def test_an_archive_without_its_account_is_of_whoever_acted_first(tmp_path: Path) -> None:
    contents = files([announce(1), create(note(3)), mastodon.followers_only(4)])
    del contents["actor.json"]

    found = read(write(tmp_path / "a.zip", contents))

    assert isinstance(found[0], Account)
    assert found[0].member.id == ANA
    assert [each.visibility for each in documents(found)] == [
        Visibility.PUBLIC,
        Visibility.CONNECTIONS,
    ]


@pytest.mark.parametrize(
    "contents",
    [
        {"other.json": b"{}"},
        {"outbox.json": b"{}"},
        {"outbox.json": b'{"orderedItems": []}'},
        files([]) | {"actor.json": b"["},
        files([]) | {"actor.json": b"[]"},
        files([]) | {"actor.json": b'{"type": "Person"}'},
        files([]) | {"outbox.json": b"not json"},
        files([]) | {"outbox.json": b'{"totalItems": 9, "first": "https://example.org/1"}'},
        files([]) | {"outbox.json": b"\xff\xfe\x00\x00" * 4},
    ],
)
def test_what_is_no_such_archive_is_refused_whole(
    tmp_path: Path, contents: dict[str, bytes]
) -> None:
    with pytest.raises(BadInput):
        read(write(tmp_path / "a.zip", contents))


def test_an_outbox_cut_short_is_read_so_far_and_said_to_be_broken(tmp_path: Path) -> None:
    whole = mastodon.outbox([create(note(3)), create(note(4))])
    contents = files([]) | {"outbox.json": whole[:-700]}

    found = read(write(tmp_path / "folder", contents))

    assert [each.id for each in documents(found)] == [f"{ANA}/statuses/3"]
    assert [each.reason for each in found if isinstance(each, Skipped) and not each.on_purpose] == [
        "not JSON"
    ]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"published": None}, "no date"),
        ({"published": "yesterday"}, "published is not a date"),
        ({"content": {"en": "x"}}, "content is not text"),
        ({"content": "a" * 1_000_001}, "too long"),
        ({"oneOf": "x"}, "oneOf is not a list of objects"),
        ({"attributedTo": [ANA, "\u0007"]}, "attributedTo is not a list of ids"),
        ({"id": None}, "no id"),
        ({"id": f"{ANA}/\u0007x"}, "id is not an id"),
    ],
)
def test_a_broken_post_is_named_with_its_id(
    tmp_path: Path, facts: dict[str, JSON], reason: str
) -> None:
    found = items_of(tmp_path, create(note(3) | facts), create(note(4)))

    (broken,) = [each for each in found if isinstance(each, Skipped) and not each.on_purpose]
    assert (broken.reason, "item 1" in broken.where) == (reason, True)
    assert broken.document_id == (None if "id" in facts else DocumentId(f"{ANA}/statuses/3"))
    assert len(documents(found)) == 1


WORDS = st.sampled_from(
    [
        *("type", "object", "id", "actor", "attributedTo", "to", "cc", "published", "tag"),
        *("content", "contentMap", "summary", "inReplyTo", "oneOf", "orderedItems", "followers"),
        *("Create", "Update", "Delete", "Announce", "Note", ANA, f"{ANA}/statuses/3"),
        *("2024-01-01", "<p>x</p>"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)
MANGLED = st.builds(
    lambda facts, outer: create(note(3) | facts) | outer,
    st.dictionaries(WORDS, VALUES, max_size=4),
    st.dictionaries(WORDS, VALUES, max_size=3),
)


@settings(max_examples=80, suppress_health_check=ONE_FOLDER, deadline=None)
@given(
    items=st.lists(VALUES | MANGLED, max_size=4),
    who=st.dictionaries(WORDS, VALUES, max_size=5),
    raw=st.none() | st.binary(max_size=40),
)
def test_whatever_an_archive_holds_only_our_errors_come_of_it(
    tmp_path: Path, items: list[JSON], who: dict[str, JSON], raw: bytes | None
) -> None:
    contents = {
        "outbox.json": mastodon.outbox(items) if raw is None else raw,
        "actor.json": json.dumps(actor() | who).encode(),
    }
    try:
        found = read(write(tmp_path / "archive", contents))
    except SaysoError:
        return

    for each in documents(found):
        assert each.authors
        assert all(each.authors)
        (str(each.id) + each.text + each.title + "".join(each.parents)).encode()
        assert all(quote.end <= len(each.text) for quote in each.quotes)
        if each.visibility is Visibility.PUBLIC:
            assert each.member_id == ANA or who.get("id")


@pytest.mark.parametrize(
    ("said", "name"),
    [("Ana :blob_cat: Sample", "Ana Sample"), (":verified: Ana", "Ana"), ("10:30:45", "10:30:45")],
)
def test_codes_of_pictures_are_no_part_of_a_name(said: str, name: str) -> None:
    actor = {"id": "https://a.example/users/ana", "preferredUsername": "ana", "name": said}

    assert read_actor(actor, ReadingOptions()).account.member.name == name


LINK = '<a href="https://b.example/1">b.example/1</a>'


@pytest.mark.parametrize(
    ("content", "facts", "text"),
    [
        (f"<p>RE: {LINK}</p><p>Mine.</p>", {"quoteUri": "https://b.example/1"}, "Mine."),
        (f"<p>Mine.<br><br>RE: {LINK}</p>", {"quoteUrl": "https://b.example/1"}, "Mine."),
        ('<p>RE: <a class="quote-inline" href="u">u</a></p><p>Mine.</p>', {}, "Mine."),
        ("<p>RE: the ferry</p>", {"quote": "https://b.example/1"}, "RE: the ferry"),
        ("<p>RE: the ferry</p>", {}, "RE: the ferry"),
    ],
)
def test_what_stands_for_a_quoted_post_goes(
    content: str, facts: dict[str, JSON], text: str
) -> None:
    assert _text(Fields({"content": content, **facts}), nobody).text.strip() == text
