"""A real mail server on the loopback, which answers as a test wants and keeps what it took."""

import asyncio
import re
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

_DSN = re.compile(r"\s+(RET|ENVID|NOTIFY|ORCPT)=(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One mail, with its envelope and what was asked of delivery reports."""

    sender: str
    recipient: str
    options: dict[str, str]
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        mail = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        return mail


@dataclass(slots=True, kw_only=True)
class MailServer:
    """`answers` are given to an address in turn; after the last one it is taken."""

    offers_dsn: bool = False
    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    answers: defaultdict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    after_data: deque[str] = field(default_factory=deque)

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, said: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*said[:-1], "250-DSN", said[-1]] if self.offers_dsn else said

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        waiting = self.answers[address]
        if waiting:
            return waiting.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: "_Dsn", _session: Session, envelope: Envelope
    ) -> str:
        if self.after_data:
            return self.after_data.popleft()
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(
            Taken(
                sender=str(envelope.mail_from),
                recipient=envelope.rcpt_tos[0],
                options=dict(server.asked),
                content=content,
            )
        )
        return "250 OK"


class _Dsn(SMTP):
    """Notes RFC 3461's parameters, which the library does not know, and takes them off."""

    asked: dict[str, str]

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        self.asked = {}
        await super().smtp_MAIL(self._without(arg))

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        await super().smtp_RCPT(self._without(arg))

    def _without(self, arg: str | None) -> str | None:
        if arg is None or not getattr(self.event_handler, "offers_dsn", False):
            return arg
        self.asked |= {name.upper(): value for name, value in _DSN.findall(arg)}
        return _DSN.sub("", arg)


@contextmanager
def mail_server(*, offers_dsn: bool = False) -> Iterator[MailServer]:
    """Run a server until the block ends."""
    served = MailServer(offers_dsn=offers_dsn)
    ready, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(served, ready, done)))
    thread.start()
    assert ready.wait(10), "the mail server does not start"
    yield served
    done.set()
    thread.join(10)


async def _serve(served: MailServer, ready: threading.Event, done: threading.Event) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: _Dsn(served, hostname="mail.example.org", enable_SMTPUTF8=True, loop=loop),
        "127.0.0.1",
        0,
    )
    async with server:
        served.port = server.sockets[0].getsockname()[1]
        ready.set()
        await asyncio.to_thread(done.wait)
