"""`notice`: what members are told, in which words, and how far it got."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.output import (
    HERE,
    AsJson,
    Home,
    mapping_of,
    opened,
    progress,
    say,
    show_json,
    show_table,
)
from sayso.consent.notice_words import languages_of, words_for
from sayso.consent.notices import Notice, NoticeState, effective_from, state_at
from sayso.errors import BadInput, NotFound
from sayso.jobs.post import post
from sayso.jobs.returns import take_back
from sayso.jobs.tell import deliver, draft, publish
from sayso.web.words import paragraphs

notice = typer.Typer(help="What members are told, and the proof that it reached them.")

NoticeId = Annotated[str, typer.Argument(help="Which; without it, the newest.")]


def add_to(app: typer.Typer) -> None:
    """Add this file's verbs."""
    notice.command("draft")(notice_draft)
    notice.command("publish")(notice_publish)
    notice.command("deliver")(notice_deliver)
    notice.command("bounces")(notice_bounces)
    notice.command("list")(notice_list)
    notice.command("show")(notice_show)
    app.add_typer(notice, name="notice", no_args_is_help=True)


def notice_draft(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Markdown files, or a folder of them; a first heading is the title."),
    ],
    home: Home = HERE,
    notice_id: Annotated[str, typer.Option("--id", help="A short name.")] = "",
    days: Annotated[
        int | None, typer.Option(help="Notice period where a default is the basis.", min=0)
    ] = None,
    language: Annotated[
        str, typer.Option(help="The file is a further text of a draft, in this language.")
    ] = "",
    region: Annotated[str, typer.Option(help="The further text is for this country alone.")] = "",
    as_json: AsJson = False,
) -> None:
    """Keep a text as a draft notice, in one language or several.

    Example: `sayso notice draft spring.md` and then `sayso notice draft spring.de.md --language de`
    """
    with opened(home) as network:
        kept = draft(
            network, paths, notice_id=notice_id, days=days, language=language, region=region
        )
        now = network.clock()
    if as_json:
        show_json(_facts(kept, [kept], now))
        return
    say(
        f"Notice {kept.id} is drafted in {_listed(languages_of(kept))}. "
        f"Publish it with `sayso notice publish {kept.id}`."
    )


def notice_publish(
    notice_id: Annotated[
        str, typer.Argument(help="A drafted notice; without it, our own text.")
    ] = "",
    home: Home = HERE,
    effective_at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="From when on it is in force (UTC)."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Publish a notice: from now on its text never changes.

    Example: `sayso notice publish spring --effective-at 2027-03-01`
    """
    with opened(home) as network:
        starts = effective_at.replace(tzinfo=UTC) if effective_at else None
        published = publish(network, notice_id, starts)
        now = network.clock()
    if as_json:
        show_json(_facts(published, [published], now))
        return
    begins = effective_from(published) or now
    waits = f" and takes effect on {begins.date()}" if begins > now else ""
    say(f"Notice {published.id} is published{waits}. Deliver it with `sayso notice deliver`.")


def notice_deliver(
    notice_id: NoticeId = "",
    home: Home = HERE,
    to: Annotated[
        Path | None,
        typer.Option(help="CSV with member_id,delivery (sent, bounced, delivered, shown, read)."),
    ] = None,
    by_mail: Annotated[
        bool, typer.Option("--mail", help="Mail it to each member who has an address.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Mail the notice; or record that it reached members: all it is for, or those in a file.

    Example: `sayso notice deliver spring --mail`
    """
    if by_mail and to is not None:
        raise BadInput("--mail sends, and --to records.", hint="Give one of the two.")
    if by_mail:
        _mail(home, notice_id, as_json=as_json)
        return
    with opened(home) as network:
        count = deliver(network, notice_id, to)
    if as_json:
        show_json({"recorded": count})
        return
    say(f"{count} deliveries recorded, on your word.")


def _mail(home: Path, notice_id: str, *, as_json: bool) -> None:
    with opened(home) as network, progress("Mailing the notice") as report:
        posted = post(
            network,
            notice_id,
            as_html=lambda text: str(paragraphs(text)),
            wait=time.sleep,
            report=report,
        )
    if as_json:
        show_json(mapping_of(posted))
        return
    say(f"Notice {posted.notice_id}: {posted.sent} mails sent, for {posted.asked} members.")
    for count, words in (
        (posted.before, "were told or written to before"),
        (posted.without_address, "have no address here; the site tells them when they come"),
        (posted.bounced, "have an address that the server refuses"),
        (posted.later, "could not be sent to yet: run the same command again"),
        (posted.refused, "were refused their letter: run the same command again"),
    ):
        if count:
            say(f"  {count} {words}")
    for reason, count in posted.reasons.items():
        say(f"  the server said {count} times: {reason}")


def notice_bounces(
    paths: Annotated[
        list[Path], typer.Argument(help="Mailboxes (mbox, Maildir), folders of .eml, or mails.")
    ],
    home: Home = HERE,
    as_json: AsJson = False,
) -> None:
    """Read what came back by mail: what bounced, and what was delivered (RFC 3464).

    Example: `sayso notice bounces /var/mail/notices`
    """
    with opened(home) as network, progress("Reading what came back") as report:
        returned = take_back(network, paths, report=report)
    if as_json:
        show_json(mapping_of(returned))
        return
    say(
        f"{returned.read} mails read: {returned.bounced} bounced, {returned.delivered} delivered, "
        f"{returned.pending} still on their way."
    )
    for count, words in (
        (returned.known, "were known already"),
        (returned.unknown, "carry no mark that we made, and count for nothing"),
        (returned.others, "are no delivery reports"),
    ):
        if count:
            say(f"  {count} {words}")


def notice_list(home: Home = HERE, as_json: AsJson = False) -> None:
    """List notices.

    Example: `sayso notice list`
    """
    with opened(home) as network, network.reading() as stores:
        found = list(stores.notices.list())
        now = network.clock()
    if as_json:
        show_json([_facts(each, found, now) for each in found])
        return
    show_table(
        "Notices",
        ("id", "state", "published", "in force from", "days", "languages", "digest", "title"),
        [
            (
                each.id,
                state_at(each, found, now),
                each.published_at,
                effective_from(each),
                each.notice_days,
                " ".join(languages_of(each)),
                each.digest[:12],
                each.title,
            )
            for each in found
        ],
    )


def notice_show(
    notice_id: Annotated[str, typer.Argument(help="A notice's id.")],
    home: Home = HERE,
    language: Annotated[str, typer.Option(help="The text in this language.")] = "",
    region: Annotated[str, typer.Option(help="The text for members in this country.")] = "",
    as_json: AsJson = False,
) -> None:
    """Print where a notice stands, and its text.

    Example: `sayso notice show spring --language de`
    """
    with opened(home) as network, network.reading() as stores:
        every = stores.notices.list()
        found = next((each for each in every if each.id == notice_id), None)
        now = network.clock()
    if found is None:
        raise NotFound(f"There is no notice {notice_id!r}.", hint="`sayso notice list` shows all.")
    if as_json:
        show_json(_facts(found, every, now))
        return
    words = words_for(found, (language,) if language else (), region)
    if language and words.language.partition("-")[0] != language.partition("-")[0]:
        raise BadInput(
            f"Notice {found.id!r} has no text in {language!r}.",
            hint="It is in " + _listed(languages_of(found)) + ".",
        )
    say(_standing(found, every, now))
    say(f"\n# {words.title}\n\n{words.text}")


def _facts(notice: Notice, every: Sequence[Notice], now: datetime) -> Mapping[str, object]:
    return {
        "id": notice.id,
        "state": state_at(notice, every, now),
        "published_at": notice.published_at,
        "effective_at": effective_from(notice) or notice.effective_at,
        "material": notice.material,
        "notice_days": notice.notice_days,
        "purposes": list(notice.purposes),
        "categories": list(notice.categories),
        "regions": list(notice.regions),
        "visibilities": list(notice.visibilities),
        "replaces": notice.replaces,
        "digest": notice.digest,
        "language": notice.language,
        "title": notice.title,
        "text": notice.text,
        "texts": [
            {
                "language": each.language,
                "region": each.region,
                "title": each.title,
                "text": each.text,
            }
            for each in notice.texts
        ],
    }


def _standing(notice: Notice, every: Sequence[Notice], now: datetime) -> str:
    state = state_at(notice, every, now)
    begins = effective_from(notice)
    lines = [f"{notice.id}: {state}"]
    if notice.published_at is not None and begins is not None:
        from_or_since = "from" if state is NoticeState.PUBLISHED else "since"
        lines.append(
            f"published {notice.published_at.date()}, in force {from_or_since} {begins.date()}"
        )
        lines.append(f"digest {notice.digest}")
    material = "material" if notice.material else "not material"
    lines.append(f"{material}; {notice.notice_days} days before a default may begin")
    lines.append("for " + (_listed(notice.regions) or "every region"))
    lines.append("purposes " + _listed(notice.purposes))
    lines.append("categories " + _listed(notice.categories))
    lines.append("in " + _listed(languages_of(notice)))
    return "\n  ".join(lines)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
