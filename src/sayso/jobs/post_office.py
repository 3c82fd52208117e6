"""One mail server, spoken to over SMTP: what it took, and what it would not."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from sayso.errors import BadInput, NotHere
from sayso.jobs.letters import Letter
from sayso.settings import Mail

_ADDRESS = re.compile(r"\S*@\S*")
_PATIENCE_S = 60.0
_SECURITY = ("starttls", "ssl", "none")


class Outcome(StrEnum):
    """What the server said to one letter."""

    TAKEN = "taken"
    LATER = "later"
    """4xx: not now (RFC 5321 section 4.2.1)."""
    NO_SUCH_ADDRESS = "no such address"
    """5xx to the recipient."""
    REFUSED = "refused"
    """5xx to the message itself: the address may be well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The outcome, and the server's own words, which never hold an address in our records."""

    outcome: Outcome
    said: str = ""


class PostOffice:
    """A connection that opens when it is needed and again when it was lost."""

    def __init__(self, mail: Mail) -> None:
        """Check the settings; nothing is connected yet.

        Raises:
            BadInput: what is needed to send mail is not set.
        """
        _require_set(mail)
        self._mail = mail
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say goodbye, if anybody is there."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None

    def hand_over(self, letter: Letter) -> Reply:
        """Give one letter to the server; when this returns TAKEN, it is the server's to deliver.

        Raises:
            NotHere: the server does not answer, or does not let us in.
        """
        smtp = self._smtp or self._connected()
        self._smtp = smtp
        try:
            reply = _hand_over(smtp, letter)
            if reply.outcome is not Outcome.TAKEN:
                smtp.rset()
        except (smtplib.SMTPException, OSError) as error:
            smtp.close()
            self._smtp = None
            return Reply(outcome=Outcome.LATER, said=f"the connection was lost: {error}")
        return reply

    def _connected(self) -> smtplib.SMTP:
        mail = self._mail
        where = f"The mail server {mail.host}:{mail.port}"
        try:
            return _let_in(mail)
        except smtplib.SMTPNotSupportedError as error:
            raise NotHere(
                f"{where} does not offer what is asked of it: {error}.",
                hint='Set `security = "ssl"`, or "none" for a server on this machine.',
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotHere(
                f"{where} does not accept {mail.username!r} and its password.",
                hint="Mend `username` in [mail], and SAYSO_MAIL_PASSWORD.",
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotHere(
                f"{where} does not answer: {error}.",
                hint="Mend [mail] in sayso.toml, or try again: what was sent is not sent twice.",
            ) from error


def _let_in(mail: Mail) -> smtplib.SMTP:
    if mail.security == "ssl":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=_PATIENCE_S, context=context
        )
    else:
        smtp = smtplib.SMTP(mail.host, mail.port, timeout=_PATIENCE_S)
    try:
        smtp.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if mail.username:
            smtp.login(mail.username, mail.password)
    except (smtplib.SMTPException, OSError):
        smtp.close()
        raise
    return smtp


def _hand_over(smtp: smtplib.SMTP, letter: Letter) -> Reply:
    from_options, to_options = ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else [], []
    if not letter.is_ascii:
        if not smtp.has_extn("smtputf8"):
            return Reply(outcome=Outcome.REFUSED, said="it takes no addresses beyond ASCII")
        from_options.append("SMTPUTF8")
        smtp.command_encoding = "utf-8"
    if smtp.has_extn("dsn"):
        # RFC 3461: report success too, with our mark as the envelope's id, and headers alone.
        from_options += ["RET=HDRS", f"ENVID={letter.mark}"]
        to_options += ["NOTIFY=SUCCESS,FAILURE"]
        if letter.is_ascii:
            to_options.append(f"ORCPT=rfc822;{_xtext(letter.address)}")
    code, said = smtp.mail(letter.return_path, from_options)
    if code != 250:
        if code >= 500:
            raise NotHere(
                f"The mail server refuses the sender: {code} {_words(said)}.",
                hint="Mend `sender` in [mail]; the server must let it send as sender+TOKEN.",
            )
        return Reply(outcome=Outcome.LATER, said=f"{code} {_words(said)}")
    code, said = smtp.rcpt(letter.address, to_options)
    if code not in {250, 251}:
        outcome = Outcome.NO_SUCH_ADDRESS if code >= 500 else Outcome.LATER
        return Reply(outcome=outcome, said=f"{code} {_words(said)}")
    code, said = smtp.data(letter.content)
    if code != 250:
        outcome = Outcome.REFUSED if code >= 500 else Outcome.LATER
        return Reply(outcome=outcome, said=f"{code} {_words(said)}")
    return Reply(outcome=Outcome.TAKEN)


def _xtext(text: str) -> str:
    """Write a text as RFC 3461 section 4 wants it in a parameter."""
    return "".join(
        each if "!" <= each <= "~" and each not in "+=" else f"+{ord(each):02X}" for each in text
    )


def _words(said: bytes) -> str:
    """The server's words on one line; whomever they name, it is nobody's business but theirs."""
    line = " ".join(said.decode("utf-8", "replace").split())
    return _ADDRESS.sub("[address]", line)[:200]


def _require_set(mail: Mail) -> None:
    local, _, domain = mail.sender.rpartition("@")
    wrong = {
        "host": not mail.host,
        "sender": not local.isascii() or not local or not domain or len(local) > 39,
        "site": not mail.site.startswith(("https://", "http://")),
        "security": mail.security not in _SECURITY,
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise BadInput(
                f"sayso.toml: [mail] {name} = {getattr(mail, name)!r} does not do for sending.",
                hint=_MENDS[name],
            )
    if mail.username and not mail.password:
        raise BadInput(
            "SAYSO_MAIL_PASSWORD is not set, and [mail] names a username.",
            hint="Set the variable; a password has no place in sayso.toml.",
        )


_MENDS = {
    "host": 'Write [mail] and under it `host = "mail.example.org"`; docs/notices.md shows all.',
    "sender": 'As in `sender = "notices@example.org"`, at most 39 letters before the @.',
    "site": 'As in `site = "https://privacy.example.org"`: where members reach the site.',
    "security": "One of: " + ", ".join(_SECURITY) + ".",
}
