"""Browsers without pictures: someone who follows a page's own forms, and what came of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from starlette.testclient import TestClient

from sayso.community import MemberId
from sayso.consent.ledger import Recorded
from sayso.wiring import Network


class Answer(Protocol):
    """What came back, whichever HTTP library the test client stands on."""

    @property
    def status_code(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def url(self) -> Any: ...  # noqa: ANN401 - a library's own
    def json(self) -> Any: ...  # noqa: ANN401 - JSON


START = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@dataclass
class Hands:
    """A clock that moves when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Visitor:
    """Someone with a browser: follows forms as a page gives them."""

    client: TestClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self.client.get(path, headers=self.headers)

    def token(self, path: str = "/") -> str:
        return hidden(self.get(path).text, "token")

    def post(self, path: str, **fields: str) -> Answer:
        data = {"token": self.token("/sign-in" if path == "/sign-in" else "/")} | fields
        return self.client.post(path, data=data, headers=self.headers)

    def say(self, answer: str, **fields: str) -> Answer:
        page = self.get("/").text
        data = {
            "token": hidden(page, "token"),
            "nonce": hidden(page, "nonce"),
            "purpose": "genai-training",
            "answer": answer,
            "back": "/",
        }
        return self.client.post("/choices", data=data | fields, headers=self.headers)

    def send(self, path: str, body: dict[str, object]) -> Answer:
        headers = self.headers | {"x-sayso-token": self.token()}
        return self.client.post(path, json=body, headers=headers)


def hidden(page: str, name: str) -> str:
    """Return a hidden field's value."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return found[1]


def history(network: Network, member_id: str) -> tuple[Recorded, ...]:
    """Return what the ledger holds of a member."""
    with network.reading() as stores:
        return stores.ledger.history(MemberId(member_id))


def answers(network: Network, member_id: str) -> list[str]:
    """Return the member's answers, in order."""
    return [
        str(e.event.body["answer"]) for e in history(network, member_id) if e.event.kind == "choice"
    ]
