"""Telling members, and saying what holds where they do not answer."""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sayso.community import Category, MemberId
from sayso.consent.deliveries import is_for, record_delivery
from sayso.consent.fair_notice import publish_fairly
from sayso.consent.faults import Faults
from sayso.consent.notice_files import NoticeFile, drafted, is_language, read_notice, translation
from sayso.consent.notices import Delivery, Notice, NoticeText
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose, purpose_named
from sayso.consent.soundness import require_sound
from sayso.errors import BadInput, Conflict, NotFound
from sayso.jobs.heed import heed_law
from sayso.storage.stores import Stores
from sayso.wiring import Network

ATTESTED = "attested by the operator"
"""The channel of a delivery that nobody but the operator saw."""
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
_FIRST_TEXTS = ("notice.md", "index.md", "en.md")
"""What a folder's first text may be called where front matter does not tell it."""


def draft(  # noqa: PLR0913 - what a person says beside the files
    network: Network,
    paths: Sequence[Path],
    *,
    notice_id: str = "",
    days: int | None = None,
    language: str = "",
    region: str = "",
) -> Notice:
    """Keep the Markdown in `paths` as a draft: its first text, then others in other languages.

    With a `language`, the one file is a further text of a draft that is there already.

    Raises:
        BadInput: a file is not what it should be; the message names it, the line and the mend.
        NotFound: a further text was given, and there is no draft for it.
    """
    with network.reading() as stores:
        purposes = tuple(stores.policies.current().purposes)
    files = [_read(path, purposes) for path in _files(paths)]
    if language or region:
        return _add_text(network, files, notice_id, language, region)
    first = _first_of(files)
    stem = Path(first.source).stem
    if not first.language and len(files) > 1 and is_language(stem):
        first = replace(first, language=stem)
    named = paths[0] if len(paths) == 1 and paths[0].is_dir() else Path(first.source)
    kept = drafted(first, notice_id=notice_id or named.resolve().stem, otherwise=_STANDARD)
    if days is not None:
        kept = replace(kept, notice_days=days)
    for file in files:
        if file.source != first.source:
            stem = Path(file.source).stem
            spoken = "" if file.language or not is_language(stem) else stem
            kept = _with_text(kept, translation(file, language=spoken))
    with network.writing() as stores:
        stores.notices.save(kept)
    return kept


def publish(network: Network, notice_id: str, effective_at: datetime | None = None) -> Notice:
    """Publish a draft; with no id and nothing drafted, the standard notice.

    Raises:
        NotFound: no notice has that id.
        Conflict: it is published already.
        Refused: it leaves members less time than the policy in use asks for.
        BadInput: it names a purpose that the policy in use does not declare.
    """
    with network.writing() as stores:
        named = _draft_named(stores, notice_id)
        wanted = named if effective_at is None else replace(named, effective_at=effective_at)
        return publish_in(stores, wanted, network)


def publish_in(stores: Stores, drafted: Notice, network: Network) -> Notice:
    """Publish inside a transaction that is open already; the log keeps its digest."""
    policy = stores.policies.current()
    for purpose in drafted.purposes:
        purpose_named(purpose, policy.purposes)
    published = publish_fairly(
        drafted, network.clock(), stores.notices.list(), min_notice_days=policy.min_notice_days
    )
    stores.notices.save(published)
    stores.log.append("notice", {"id": published.id, "digest": published.digest})
    return published


def deliver(network: Network, notice_id: str, to: Path | None) -> int:
    """Record deliveries: those in the CSV file `to`, else to every member it is for. Repeatable.

    Returns how many were not recorded before.

    Raises:
        NotFound: no published notice has that id, or a member is unknown.
        BadInput: the file is not CSV with member_id and delivery.
    """
    now = network.clock()
    count = 0
    with network.writing() as stores:
        notice = published_named(stores, notice_id)
        for member_id, delivery in _deliveries(stores, notice, to):
            count += record_delivery(
                stores.ledger,
                member_id,
                notice.id,
                delivery,
                now,
                channel=ATTESTED,
                unless_proven=to is None,
            )
    return count


def use_policy(network: Network, policy: Policy) -> tuple[MemberId, ...]:
    """Make `policy` the one in use; the log keeps its digest.

    Returns the members of whom something went out of service, because it allows less.

    Raises:
        Refused: it is not sound.
    """
    require_sound(policy)
    with network.writing() as stores:
        stores.policies.use(policy, network.clock())
        stores.log.append("policy", {"name": policy.name, "digest": policy.digest})
    return heed_law(network)


def published_named(stores: Stores, notice_id: str) -> Notice:
    """Return the published notice of that id; without one, the newest.

    Raises:
        NotFound: there is none.
    """
    published = [
        each for each in stores.notices.list() if not each.is_draft and notice_id in {"", each.id}
    ]
    if not published:
        raise NotFound(
            f"There is no published notice {notice_id!r}." if notice_id else "No notice is out.",
            hint="Publish one with `sayso notice publish`.",
        )
    return published[-1]


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob("*.md"))
            if not inside:
                raise BadInput(f"{path} holds no Markdown file.", hint="Name them `*.md`.")
            yield from inside
        else:
            yield path


def _read(path: Path, purposes: Collection[Purpose]) -> NoticeFile:
    try:
        return read_notice(path.read_text(encoding="utf-8"), str(path), purposes)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{path} is not UTF-8 text (byte {error.start}).", hint="Save it as UTF-8."
        ) from error


def _first_of(files: Sequence[NoticeFile]) -> NoticeFile:
    """The text that says what the notice is about: with fields, else by its name."""
    saying = [file for file in files if file.said - {"language", "region"}]
    if len(saying) > 1:
        raise BadInput(
            f"{saying[0].source} and {saying[1].source} both say what the notice is about.",
            hint="Leave the fields to one file; the others say `language` alone.",
        )
    named = [file for file in files if Path(file.source).name in _FIRST_TEXTS]
    return (saying or named or list(files))[0]


def _add_text(
    network: Network, files: Sequence[NoticeFile], notice_id: str, language: str, region: str
) -> Notice:
    if len(files) > 1:
        raise BadInput(
            "--language and --region are for one file.",
            hint='Say `language = "de"` between +++ lines in each, or name the files `de.md`.',
        )
    with network.writing() as stores:
        before = _draft_named(stores, notice_id, otherwise=None)
        if not before.is_draft:
            raise Conflict(
                f"Notice {before.id!r} is published, and a published text never changes.",
                hint="Draft a new notice with all its texts.",
            )
        spoken = language or files[0].language or before.language
        kept = _with_text(before, translation(files[0], language=spoken, region=region))
        stores.notices.save(kept)
    return kept


def _with_text(notice: Notice, text: NoticeText) -> Notice:
    if not text.region and text.language == notice.language:
        raise BadInput(
            f"Notice {notice.id!r} is in {text.language!r} already.",
            hint="Draft it anew to change its first text.",
        )
    others = [
        each
        for each in notice.texts
        if (each.language, each.region) != (text.language, text.region)
    ]
    return replace(notice, texts=(*others, text))


def _draft_named(stores: Stores, notice_id: str, otherwise: Notice | None = _STANDARD) -> Notice:
    if notice_id:
        found = stores.notices.get(notice_id)
    else:
        drafts = [each for each in stores.notices.list() if each.is_draft]
        found = drafts[-1] if drafts else otherwise
    if found is None:
        raise NotFound(
            f"There is no notice {notice_id!r}." if notice_id else "There is no draft.",
            hint="Draft it with `sayso notice draft FILE`.",
        )
    return found


def _deliveries(
    stores: Stores, notice: Notice, path: Path | None
) -> Iterable[tuple[MemberId, Delivery]]:
    if path is None:
        return [
            (member.id, Delivery.DELIVERED)
            for member in stores.community.members()
            if is_for(notice, member)
        ]
    try:
        return _listed(stores, path)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            f"{path} is not CSV: {error}.", hint="Save it as CSV in UTF-8: member_id,delivery."
        ) from error


def _listed(stores: Stores, path: Path) -> list[tuple[MemberId, Delivery]]:
    wanted: list[tuple[MemberId, Delivery]] = []
    faults = Faults()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            line = f"{path}, line {rows.line_num}"
            member_id, delivery = MemberId(row.get("member_id") or ""), row.get("delivery") or ""
            if stores.community.member(member_id) is None:
                faults.note(NotFound(f"{line}: there is no member {member_id!r}."))
            if delivery in set(Delivery):
                wanted.append((member_id, Delivery(delivery)))
            else:
                known = ", ".join(Delivery)
                unknown = f"{line}: delivery {delivery!r} is unknown."
                faults.note(BadInput(unknown, hint=f"One of {known}."))
    faults.settle()
    return wanted
