"""A notice as a mail to one member: plain and HTML, in their language, with a link of theirs."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from sayso.community import Member
from sayso.consent.notice_words import words_for
from sayso.consent.notices import Notice, effective_from
from sayso.jobs.marks import Marks
from sayso.settings import Settings

AsHtml = Callable[[str], str]
"""Renders a notice's Markdown; everything else in it is escaped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail, ready to be handed to a server. `mark` comes back with whatever returns."""

    member: Member
    address: str = ""
    mark: str
    return_path: str
    content: bytes

    @property
    def is_ascii(self) -> bool:
        """Whether any server can take the address (RFC 6531 is for the others)."""
        return self.address.isascii()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The few words around a notice's own."""

    starts: str
    answer: str
    why: str


_FRAMES = {
    "en": _Frame(
        starts="In force from {day}.",
        answer="Read it on the site, and say yes or no there",
        why="You get this because you have an account with {network}. It is sent once and is not "
        "advertising.",
    ),
    "de": _Frame(
        starts="Gültig ab {day}.",
        answer="Auf der Seite lesen und dort Ja oder Nein sagen",
        why="Sie bekommen diese Nachricht, weil Sie ein Konto bei {network} haben. Sie wird einmal "
        "geschickt und ist keine Werbung.",
    ),
    "fr": _Frame(
        starts="En vigueur à partir du {day}.",
        answer="Le lire sur le site, et y dire oui ou non",
        why="Vous recevez ce message parce que vous avez un compte chez {network}. Il est envoyé "
        "une seule fois et n'est pas de la publicité.",
    ),
    "es": _Frame(
        starts="En vigor desde el {day}.",
        answer="Leerlo en el sitio y decir allí sí o no",
        why="Recibe este mensaje porque tiene una cuenta en {network}. Se envía una sola vez y no "
        "es publicidad.",
    ),
}
_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body style="margin:0;background:#f6f4ef;color:#22262b;font:17px/1.6 Georgia,serif">'
    '<div dir="auto" style="max-width:34em;margin:0 auto;padding:2em 1.25em">'
    '<h1 style="font-size:1.5em;line-height:1.25">{title}</h1>{text}'
    '<p style="color:#5a616b">{starts}</p>'
    '<p><a href="{link}" style="color:#175c4c">{answer}</a></p>'
    '<hr style="border:0;border-top:1px solid #ddd8cc"><p style="color:#5a616b;font-size:.85em">'
    "{why}</p></div></body></html>\n"
)


def letter(  # noqa: PLR0913 - a letter has this many parts
    notice: Notice,
    member: Member,
    address: str,
    *,
    settings: Settings,
    marks: Marks,
    now: datetime,
    as_html: AsHtml,
) -> Letter:
    """Write the notice to one member. The same notice to the same member has the same id.

    No text can bend the message: every header is set through the standard library's policy,
    which refuses line ends, and both bodies are quoted-printable.
    """
    words = words_for(notice, member.languages, member.region)
    frame = _FRAMES.get(words.language.partition("-")[0].lower(), _FRAMES["en"])
    mark = marks.envelope(notice.id, member.id)
    mailbox, _, host = settings.mail.sender.rpartition("@")
    starts = frame.starts.format(day=(effective_from(notice) or now).date().isoformat())
    link = (
        f"{settings.mail.site.rstrip('/')}/notices/{notice.id}"
        f"?seen={marks.link(notice.id, member.id)}"
    )
    why = frame.why.format(network=settings.network)

    mail = EmailMessage(policy=SMTP if address.isascii() else SMTPUTF8)
    mail["From"] = Address(_plain(settings.network), addr_spec=settings.mail.sender)
    mail["To"] = Address(addr_spec=address)
    mail["Subject"] = _plain(words.title)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{mark}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody answers it by machine
    mail.set_content(
        f"{words.title}\n\n{words.text}\n\n{starts}\n\n{frame.answer}:\n{link}\n\n-- \n{why}\n",
        cte="quoted-printable",
    )
    mail.add_alternative(
        _PAGE.format(
            lang=html.escape(words.language),
            title=html.escape(words.title),
            text=as_html(words.text),
            starts=html.escape(starts),
            link=html.escape(link),
            answer=html.escape(frame.answer),
            why=html.escape(why),
        ),
        subtype="html",
        cte="quoted-printable",
    )
    mail["Content-Language"] = words.language  # after the parts: they would take it along
    return Letter(
        member=member,
        address=address,
        mark=mark,
        return_path=f"{mailbox}+{mark}@{host}",
        content=mail.as_bytes(),
    )


def _plain(text: str) -> str:
    """One line that a header can hold."""
    return "".join(each if each.isprintable() else " " for each in " ".join(text.split()))
