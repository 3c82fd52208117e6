"""What must never be admitted: a permanent list, each case with the member's own yes given."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from archives import discourse, mastodon
from fakes.consent import ANA, DAY, NOW, SPOKE, Village, person, village, writing
from sayso.community import (
    AgeBand,
    Document,
    Kind,
    MemberId,
    Region,
    Signal,
    Standing,
    State,
    Visibility,
)
from sayso.consent.choices import Answer, Scope
from sayso.consent.notices import Delivery
from sayso.sources.discourse.forum import Forum
from sayso.sources.discourse.posts import Posts
from sayso.sources.mastodon.actor import read_actor
from sayso.sources.mastodon.notes import Outbox
from sayso.sources.reading import Item, ReadingOptions
from sayso.sources.records import Record

BEN = MemberId("ben")
OLD = MemberId("ana-old")


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """One case: the world, the document, and the rule that must refuse it."""

    name: str
    world: Village
    document: Document
    rule: str


def cases() -> tuple[Never, ...]:
    """Return every case, freshly made."""
    return (*_documents(), *_archived(), *_accounts(), *_people(), *_silent())


def _willing() -> Village:
    world = village()
    world.join(person("ben"))
    world.says_yes()
    return world


def _documents() -> tuple[Never, ...]:
    refused: tuple[tuple[str, dict[str, object], str], ...] = (
        ("a private post on a public account", _seen_by(Visibility.PRIVATE), "document_visibility"),
        ("a post for a group alone", _seen_by(Visibility.GROUP), "document_visibility"),
        ("a post for connections alone", _seen_by(Visibility.CONNECTIONS), "document_visibility"),
        ("a post behind a secret link", _seen_by(Visibility.UNLISTED), "document_visibility"),
        (
            "a private reply to a public post",
            {**_seen_by(Visibility.PRIVATE), "kind": Kind.COMMENT},
            "document_visibility",
        ),
        ("a direct message", {"kind": Kind.MESSAGE}, "private_message"),
        (
            "a message marked as public by mistake",
            {"kind": Kind.MESSAGE, "visibility": Visibility.PUBLIC},
            "private_message",
        ),
        ("a draft", {"state": State.DRAFT}, "document_state"),
        ("a deleted post", {"state": State.DELETED}, "document_state"),
        ("a post waiting for moderation", {"state": State.PENDING}, "document_state"),
        ("a post scheduled for tomorrow", {"created_at": NOW + DAY}, "document_state"),
        ("a post whose licence forbids it", {"licence": "CC-BY-NC-ND-4.0"}, "licence"),
        ("a post that reserves machine learning", {"licence": "No-AI 1.0"}, "licence"),
        (
            "a post whose author's page said no to training where it was found",
            {"signals": (_stated("aipref-07", "train-ai=n"),)},
            "stated_signal",
        ),
        (
            "a post with a signal that nobody can read",
            {"signals": (_stated("a-standard-of-2031", "yes"),)},
            "stated_signal",
        ),
        (
            "a scheduled post, made public by mistake",
            {"state": State.DRAFT, "created_at": NOW - DAY},
            "document_state",
        ),
        (
            "an unanswered question that waits for its answer",
            {"state": State.PENDING, "kind": Kind.COMMENT},
            "document_state",
        ),
        ("a post of nobody we know", {"member_id": MemberId("ghost")}, "unknown_member"),
    )
    return tuple(
        Never(name=name, world=_willing(), document=writing(**facts), rule=rule)
        for name, facts, rule in refused
    )


def tooted(item: mastodon.Item) -> Item:
    """Read one item of Ana's outbox."""
    options = ReadingOptions(member_id=ANA)
    return Outbox(actor=read_actor(mastodon.actor(), options), options=options).item(
        item, "item 1", 1
    )


def posted(row: discourse.Row) -> Item:
    """Read one row of Ana's archive of a forum."""
    forum = Forum(base=discourse.FORUM, username="ana", own_id=ANA)
    return Posts(forum=forum, options=ReadingOptions()).row(
        Record(where="line 2", number=2, fields=row)
    )


def _archived() -> tuple[Never, ...]:
    refused = (
        (
            "a toot for followers alone",
            tooted(mastodon.followers_only(3)),
            "document_visibility",
        ),
        ("an unlisted toot", tooted(mastodon.unlisted(3)), "document_visibility"),
        ("a toot behind a warning", tooted(mastodon.warned(3)), "document_visibility"),
        (
            "a post in a category that its own author may not see",
            posted(discourse.restricted(3)),
            "document_visibility",
        ),
        ("a post that its author deleted", posted(discourse.deleted(3)), "document_state"),
    )
    return tuple(
        Never(name=name, world=_willing(), document=document, rule=rule)
        for name, document, rule in refused
        if isinstance(document, Document)
    )


def _stated(standard: str, value: str) -> Signal:
    return Signal(standard=standard, value=value, seen_at=SPOKE)


def _seen_by(visibility: Visibility) -> dict[str, object]:
    return {"visibility": visibility}


def _accounts() -> tuple[Never, ...]:
    made = []
    for standing in (Standing.SUSPENDED, Standing.DELETED, Standing.ERASED):
        by_network, by_ledger = _willing(), _willing()
        by_network.people[ANA] = replace(by_network.people[ANA], standing=standing)
        by_ledger.becomes(standing)
        made += [(f"a post of an account {standing}", by_network)]
        made += [(f"a post of an account the ledger knows as {standing}", by_ledger)]
    restored = _willing()
    restored.is_erased()
    restored.says_yes(SPOKE + DAY)
    made += [("a post of an erased member who came back by import", restored)]
    return tuple(
        Never(name=name, world=world, document=writing(), rule="account_standing")
        for name, world in made
    )


def _people() -> tuple[Never, ...]:
    def lived(
        name: str, rule: str, happened: Callable[[Village], None], document: Document | None = None
    ) -> Never:
        world = _willing()
        happened(world)
        return Never(name=name, world=world, document=document or writing(), rule=rule)

    shared = writing(co_authors=(BEN,))
    return (
        lived("a minor's post", "age", lambda w: w.turns(AgeBand.ADULT, AgeBand.MINOR)),
        lived(
            "the post of someone whose age nobody knows",
            "age",
            lambda w: w.join(person(age_band=AgeBand.UNKNOWN)),
        ),
        lived(
            "the post of someone whose country nobody knows",
            "region_known",
            lambda w: w.join(person(region=Region(""))),
        ),
        lived("the post of someone who said no", "purpose_choice", lambda w: w.says_no()),
        lived(
            "a post its author took out alone",
            "document_choice",
            lambda w: w.says_no(scope=Scope.DOCUMENT, target="d1"),
        ),
        lived(
            "the post of an objector who was renamed",
            "purpose_choice",
            _objects_and_is_renamed,
        ),
        lived(
            "the post of an objector whose account became another's",
            "purpose_choice",
            _objects_and_becomes_another,
            writing("ana-old"),
        ),
        lived(
            "a new post of someone who objected under an account of before",
            "purpose_choice",
            _objects_and_becomes_another,
        ),
        lived(
            "the post of someone whose other account is suspended",
            "account_standing",
            _was_suspended_elsewhere,
        ),
        lived(
            "a post edited together with an objector",
            "purpose_choice",
            lambda w: w.says_no(member_id=BEN),
            shared,
        ),
        lived(
            "a post edited together with someone who was never asked",
            "policy_default",
            lambda _: None,
            shared,
        ),
        lived(
            "the post of someone whose browser objects",
            "global_privacy_control",
            lambda w: w.sends_gpc(),
        ),
    )


def _objects_and_is_renamed(world: Village) -> None:
    world.says_no()
    world.join(person(name="New Name", handle="new"))


def _objects_and_becomes_another(world: Village) -> None:
    world.join(person("ana-old"))
    world.says_no(SPOKE - DAY, member_id=OLD)
    world.merges(OLD, SPOKE + DAY)


def _was_suspended_elsewhere(world: Village) -> None:
    world.join(person("ana-old"))
    world.becomes(Standing.SUSPENDED, SPOKE - DAY, who=OLD)
    world.merges(OLD, SPOKE + DAY)


def _silent() -> tuple[Never, ...]:
    bounced = village("linkedin-2025")
    bounced.hears(delivery=Delivery.BOUNCED)
    fresh = village("linkedin-2025")
    fresh.hears(NOW - DAY)
    hidden = village("linkedin-2025")
    hidden.hears()
    hidden.had_set("do-not-index", Answer.NO)
    moved = village("linkedin-2024", member=person(region=Region("DE")))
    moved.hears()
    moved.moves("DE", "US")
    grown = village("linkedin-2025", member=person(age_band=AgeBand.MINOR))
    grown.hears()
    grown.turns(AgeBand.MINOR, AgeBand.ADULT)
    return tuple(
        Never(name=name, world=world, document=writing(), rule=rule)
        for name, world, rule in (
            ("a silent member's post where silence is a no", village(), "policy_default"),
            ("the post of someone whose notice bounced", bounced, "notice_first"),
            ("the post of someone told yesterday", fresh, "notice_first"),
            ("the post of someone who would not be indexed", hidden, "mapped_setting"),
            ("the post of someone who moved from a stricter country", moved, "policy_default"),
            ("the post of someone who has just turned adult", grown, "policy_default"),
        )
    )
