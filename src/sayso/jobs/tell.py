"""Telling members, and saying what holds where they do not answer."""

import csv
from pathlib import Path

from sayso.community import Category, MemberId, Standing
from sayso.consent import notices
from sayso.consent.ledger import delivery_event
from sayso.consent.notices import Delivery, Notice, NoticeState
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, NotFound
from sayso.jobs.heed import heed_law
from sayso.storage.stores import Stores
from sayso.wiring import Network

STANDARD_ID = "first-notice"
_STANDARD = Notice(
    id=STANDARD_ID,
    title="Using what you write to improve writing suggestions",
    text=(
        "We would like to train the models behind writing suggestions on what members write in "
        "public: posts, articles and comments, and what a public profile says.\n\n"
        "It is your choice, and you can change it at any time with one click. We take out "
        "e-mail addresses, telephone numbers, names of members and other personal data first. "
        "Private messages, drafts and anything that is not public are never used.\n\n"
        "When a suggestion draws on your words, you are credited as you wish: by name, by "
        "pseudonym, or not at all.\n\n"
        "If you say no later, suggestions stop drawing on your words within seconds, and the "
        "models are retrained without you. You get a certificate that anyone can check."
    ),
    purposes=(Purpose.GENAI_TRAINING, Purpose.WRITING_ASSISTANCE),
    categories=(Category.CONTENT, Category.PROFILE),
)


def draft(network: Network, path: Path, *, notice_id: str, days: int) -> Notice:
    """Keep the Markdown in `path` as a draft.

    Raises:
        BadInput: the file is not text, or has no heading to be its title.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{path} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8."
        ) from error
    heading, _, body = text.strip().partition("\n")
    if not heading.startswith("# ") or not body.strip():
        raise BadInput(
            f"{path}, line 1: a notice starts with a heading and goes on with its text.",
            hint="Begin the file with `# Title`, an empty line, and the text.",
        )
    kept = Notice(
        id=notice_id or path.stem,
        title=heading.removeprefix("# ").strip(),
        text=body.strip(),
        purposes=_STANDARD.purposes,
        categories=_STANDARD.categories,
        notice_days=days,
    )
    with network.writing() as stores:
        stores.notices.save(kept)
    return kept


def publish(network: Network, notice_id: str) -> Notice:
    """Publish a draft; with no id and nothing drafted, the standard notice.

    Raises:
        NotFound: no notice has that id.
        Conflict: it is published already.
    """
    with network.writing() as stores:
        return publish_in(stores, _draft_named(stores, notice_id), network)


def publish_in(stores: Stores, drafted: Notice, network: Network) -> Notice:
    """Publish inside a transaction that is open already; the log keeps its digest."""
    published = notices.publish(drafted, network.clock())
    stores.notices.save(published)
    stores.log.append("notice", {"id": published.id, "digest": published.digest})
    return published


def deliver(network: Network, notice_id: str, to: Path | None) -> int:
    """Record deliveries: those in the CSV file `to`, else to every active member. Repeatable.

    Raises:
        NotFound: no published notice has that id, or a member is unknown.
        BadInput: the file is not CSV with member_id and delivery.
    """
    now = network.clock()
    with network.writing() as stores:
        notice = _published_named(stores, notice_id)
        wanted = _deliveries(stores, to)
        for member_id, delivery in wanted:
            event = delivery_event(
                member_id=member_id, notice_id=notice.id, delivery=delivery, occurred_at=now
            )
            stores.ledger.record(event, now)
    return len(wanted)


def use_policy(network: Network, policy: Policy) -> tuple[MemberId, ...]:
    """Make `policy` the one in use; the log keeps its digest.

    Returns the members of whom something went out of service, because it allows less.
    """
    with network.writing() as stores:
        stores.policies.use(policy, network.clock())
        stores.log.append("policy", {"name": policy.name, "digest": policy.digest})
    return heed_law(network)


def _draft_named(stores: Stores, notice_id: str) -> Notice:
    if notice_id:
        found = stores.notices.get(notice_id)
        if found is None:
            raise NotFound(
                f"There is no notice {notice_id!r}.",
                hint="Draft it with `sayso notice draft FILE`.",
            )
        return found
    drafts = [each for each in stores.notices.list() if each.state is NoticeState.DRAFT]
    return drafts[-1] if drafts else _STANDARD


def _published_named(stores: Stores, notice_id: str) -> Notice:
    published = [
        each
        for each in stores.notices.list()
        if each.state is NoticeState.PUBLISHED and notice_id in {"", each.id}
    ]
    if not published:
        raise NotFound(
            f"There is no published notice {notice_id!r}." if notice_id else "No notice is out.",
            hint="Publish one with `sayso notice publish`.",
        )
    return published[-1]


def _deliveries(stores: Stores, path: Path | None) -> list[tuple[MemberId, Delivery]]:
    if path is None:
        return [
            (member.id, Delivery.DELIVERED)
            for member in stores.community.members()
            if member.standing is Standing.ACTIVE
        ]
    wanted: list[tuple[MemberId, Delivery]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            line = f"{path}, line {len(wanted) + 2}"
            member_id = MemberId(row.get("member_id") or "")
            if stores.community.member(member_id) is None:
                raise NotFound(f"{line}: there is no member {member_id!r}.")
            try:
                wanted.append((member_id, Delivery(row.get("delivery") or "")))
            except ValueError as error:
                raise BadInput(
                    f"{line}: delivery {row.get('delivery')!r} is unknown.",
                    hint="One of " + ", ".join(Delivery) + ".",
                ) from error
    return wanted
