from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from sayso.community import (
    AgeBand,
    Code,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Mention,
    Position,
    Profile,
    Quote,
    Region,
    Signal,
    Standing,
    State,
    Visibility,
)
from sayso.sources.shelf import SavedDocuments, SavedMembers
from sayso.storage.bodies import document_body, document_from, member_body, member_from
from sayso.storage.community import CommunityStore, Erased
from sayso.storage.database import Database
from sayso.storage.schema import document_members

ANA, BO, CHI = (MemberId(name) for name in ("ana", "bo", "chi"))
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)

FULL_MEMBER = Member(
    id=ANA,
    former_names=("Ana Perez",),
    name="Ana Lopez",
    handle="ana_l",
    pseudonym="a reader",
    region=Region("DE"),
    age_band=AgeBand.ADULT,
    languages=("de", "en"),
    standing=Standing.SUSPENDED,
    joined_at=NOON,
    profile=Profile(
        headline="Maps for everyone",
        role="Editor",
        organisation="Sample Press",
        industry="Publishing",
        location="Bonn",
        years=7,
        skills=("maps",),
        topics=("rivers",),
        positions=(Position(title="Editor", organisation="Press", since="2019", until="2021"),),
        education=("Sample School",),
        about="I draw.",
        looking_for="rivers",
    ),
)
FULL_DOCUMENT = Document(
    id=DocumentId("blog/1"),
    member_id=ANA,
    kind=Kind.ARTICLE,
    text="as bo said: yes \U0001f642",
    created_at=NOON,
    updated_at=NOON + timedelta(days=1),
    title="On rivers",
    visibility=Visibility.UNLISTED,
    state=State.PENDING,
    language="en",
    source="blog",
    licence="CC0-1.0",
    parents=(DocumentId("blog/0"),),
    co_authors=(CHI,),
    quotes=(Quote(start=12, end=15, member_id=BO),),
    signals=(Signal(standard="aipref-07", value="train-ai=n", seen_at=NOON),),
    mentions=(Mention(start=3, end=5, member_id=BO),),
    code=(Code(start=16, end=17),),
)


def _post(name: str, member_id: MemberId = ANA, *, minutes: int = 0) -> Document:
    return Document(
        id=DocumentId(name),
        member_id=member_id,
        kind=Kind.POST,
        text=f"text of {name}",
        created_at=NOON + timedelta(minutes=minutes),
        source="blog",
    )


def test_the_full_examples_leave_no_field_at_its_default() -> None:
    for whole in (FULL_MEMBER, FULL_MEMBER.profile, FULL_DOCUMENT):
        for field in fields(whole):
            assert getattr(whole, field.name) != field.default, field.name


def test_what_is_written_as_json_is_read_back_equal() -> None:
    assert member_from(member_body(FULL_MEMBER)) == FULL_MEMBER
    assert document_from(document_body(FULL_DOCUMENT)) == FULL_DOCUMENT


def test_members_and_documents_come_back_as_they_were_saved(database: Database) -> None:
    with database.writing() as connection:
        CommunityStore(connection).save_member(FULL_MEMBER)
        CommunityStore(connection).save_document(FULL_DOCUMENT)

    with database.reading() as connection:
        store = CommunityStore(connection)
        assert store.member(ANA) == FULL_MEMBER
        assert store.document(FULL_DOCUMENT.id) == FULL_DOCUMENT
        assert store.member(BO) is None
        assert store.document(DocumentId("none")) is None
        assert (store.count_members(), store.count_documents()) == (1, 1)


def test_saving_tells_new_from_changed_from_unchanged(database: Database) -> None:
    ana, bo = Member(id=ANA, name="Ana"), Member(id=BO, name="Bo")
    with database.writing() as connection:
        store = CommunityStore(connection)

        assert store.save_members([ana, bo]) == SavedMembers(new=(ANA, BO))
        assert store.save_members([replace(ana, name="Ana L"), bo]) == SavedMembers(
            changed=(ANA,), unchanged=1
        )
        one, two = _post("p1"), _post("p2")
        assert store.save_documents([one, two]) == SavedDocuments(new=("p1", "p2"))  # type: ignore[arg-type]
        saved = store.save_documents([replace(one, title="T"), replace(two, state=State.DELETED)])
        assert (saved.changed, saved.deleted, saved.unchanged) == (("p1",), ("p2",), 0)


def test_of_one_id_given_twice_the_last_is_kept(database: Database) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)

        store.save_members([Member(id=ANA, name="Old"), Member(id=ANA, name="New")])
        store.save_documents([_post("p1"), replace(_post("p1"), text="last")])

        assert [member.name for member in store.members()] == ["New"]
        assert [document.text for document in store.documents()] == ["last"]


def test_everything_comes_in_the_order_of_code_points_on_every_database(
    database: Database,
) -> None:
    names = ["a", "B", "_", "\u00e9", "z", "Z", "a-b", "ab"]
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_members([Member(id=MemberId(name), name=name) for name in names])
        store.save_documents([_post(name) for name in names])
        store.save_document(_post("first", minutes=-1))

        assert [member.id for member in store.members()] == sorted(names)
        assert [one.id for one in store.documents()] == ["first", *sorted(names)]


def test_a_long_stream_comes_whole_and_once_also_while_others_are_saved(
    database: Database,
) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_documents([_post(f"p{n:04}", minutes=n // 7) for n in range(1201)])
        store.save_members([Member(id=MemberId(f"m{n:04}"), name="x") for n in range(1000)])

        seen = []
        for document in store.documents():
            seen.append(document.id)
            if len(seen) == 10:
                store.save_document(replace(_post("p0003"), title="changed"))

        assert seen == [f"p{n:04}" for n in range(1201)]
        assert len(list(store.members())) == 1000


def test_the_ids_of_all_documents_come_once_deleted_ones_too(database: Database) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_documents([_post(f"p{number}") for number in range(5)])
        store.delete_document(DocumentId("p3"))

        found = [each for page in store.ids() for each in page]

    assert sorted(found) == ["p0", "p1", "p2", "p3", "p4"]


def test_documents_are_found_by_every_part_a_member_has_in_them(database: Database) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_documents([FULL_DOCUMENT, _post("p1", BO, minutes=-5)])

        assert [one.id for one in store.documents_of(CHI)] == ["blog/1"]
        assert [one.id for one in store.documents_of(BO)] == ["p1"]
        assert [one.id for one in store.documents_involving(BO)] == ["p1", "blog/1"]
        assert store.documents_involving(MemberId("nobody")) == ()


def test_the_feed_is_public_published_posts_newest_first_by_pages(database: Database) -> None:
    hidden = [
        replace(_post("draft"), state=State.DRAFT),
        replace(_post("private"), visibility=Visibility.PRIVATE),
        replace(_post("comment"), kind=Kind.COMMENT),
        _post("by-a-suspended-member", CHI),
        _post("by-nobody-known", MemberId("nobody")),
    ]
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_members(
            [
                Member(id=ANA, name="Ana"),
                Member(id=CHI, name="Chi", standing=Standing.SUSPENDED),
            ]
        )
        store.save_documents([*hidden, *(_post(f"p{n}", minutes=n // 2) for n in range(5))])

        first = store.feed(2)
        second = store.feed(2, first[-1].id)
        third = store.feed(9, second[-1].id)

        assert [one.id for one in (*first, *second, *third)] == ["p4", "p3", "p2", "p1", "p0"]


def test_members_are_found_by_the_beginning_of_a_name_or_handle(database: Database) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_members(
            [
                Member(id=ANA, name="Ana Lopez", handle="rivers"),
                Member(id=BO, name="Bo Lopez", standing=Standing.DELETED),
                Member(id=CHI, name="100% Chi"),
            ]
        )

        for asked in ("an", "LOP", "@riv", "ana"):
            assert [one.id for one in store.members_named(asked)] == [ANA], asked
        assert [one.id for one in store.members_named("100%")] == [CHI]
        assert store.members_named("opez") == ()
        assert store.members_named("%") == ()
        assert set(store.names()) == {"Ana Lopez", "Bo Lopez", "100% Chi"}


def test_a_deleted_document_keeps_its_place_and_loses_its_words(database: Database) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_document(FULL_DOCUMENT)

        assert store.delete_document(FULL_DOCUMENT.id)
        assert not store.delete_document(FULL_DOCUMENT.id)
        assert not store.delete_document(DocumentId("none"))

        left = store.document(FULL_DOCUMENT.id)
        assert left
        assert (left.text, left.title, left.quotes) == ("", "", ())
        assert left.state is State.DELETED
        assert store.documents_involving(BO) == ()
        assert list(store.document_ids("blog")) == []


def test_erasing_a_member_leaves_nothing_of_them(database: Database) -> None:
    co_written = replace(_post("co", CHI), co_authors=(BO,))
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.save_members([FULL_MEMBER, Member(id=BO, name="Bo Berg"), Member(id=CHI, name="C")])
        store.save_documents([FULL_DOCUMENT, _post("p1", BO), co_written, _post("p2")])

        erased = store.erase_member(BO)

        assert erased == Erased(documents=("co", "p1"), cut=("blog/1",))  # type: ignore[arg-type]
        assert store.member(BO) is None
        assert store.documents_involving(BO) == ()
        left = store.document(FULL_DOCUMENT.id)
        assert left
        assert left.text == "as  said:  \U0001f642"
        assert "bo" not in set(
            connection.execute(sa.select(document_members.c.member_id)).scalars()
        )
        assert store.erase_member(BO) == Erased(documents=(), cut=())
        assert [member.id for member in store.members()] == [ANA, CHI]


def test_a_suppressed_token_is_known_again(database: Database) -> None:
    with database.writing() as connection:
        store = CommunityStore(connection)
        store.suppress("t1", NOON)
        store.suppress("t1", NOON + timedelta(days=1))

        assert store.is_suppressed("t1")
        assert not store.is_suppressed("t2")
        assert store.suppressed({"t1", "t2"}) == {"t1"}


def test_a_name_of_before_is_still_a_name_to_take_out(database: Database) -> None:
    with database.writing() as connection:
        community = CommunityStore(connection)
        community.save_member(FULL_MEMBER)
        names = {FULL_MEMBER.name, "Ana Perez"}

        assert set(community.names()) >= names

        community.erase_member(FULL_MEMBER.id)

        assert names.isdisjoint(community.names())
