"""A small network behind the site, and visitors to it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.community import (
    AgeBand,
    Category,
    Document,
    DocumentId,
    Kind,
    Member,
    MemberId,
    Profile,
    Region,
    Visibility,
)
from sayso.consent import notices
from sayso.consent.notices import Notice
from sayso.consent.policy import load_policy
from sayso.consent.purposes import Purpose
from sayso.settings import load_settings
from sayso.web.app import make_app
from sayso.wiring import Network, make_home, open_network
from visitors import START, Hands, Visitor


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture(scope="session")
def told_hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three members who were told, and have said nothing yet. Never write in it."""
    home = tmp_path_factory.mktemp("told") / "hamlet"
    network = open_network(make_home(home, "Hamlet", demo=True), clock=Hands())
    with network.writing() as stores:
        stores.policies.use(load_policy("opt-in"), START - timedelta(days=90))
        draft = Notice(
            id="told",
            title="Your words",
            text="# What\n\nWe ask.",
            purposes=(Purpose.GENAI_TRAINING,),
            categories=tuple(Category),
        )
        stores.notices.save(notices.publish(draft, START - timedelta(days=60)))
        for name in ("ana", "ben", "chi"):
            stores.community.save_member(_member(name))
            stores.community.save_document(_document(name, "public"))
            stores.community.save_document(_document(name, "secret", Visibility.PRIVATE))
    network.close()
    return home


@pytest.fixture
def hamlet(told_hamlet: Path, tmp_path: Path, clock: Hands) -> Iterator[Network]:
    """A copy of it, open; no dataset, no model."""
    home = Path(shutil.copytree(told_hamlet, tmp_path / "hamlet"))
    network = open_network(load_settings(home, {}), clock=clock)
    yield network
    network.close()


@pytest.fixture
def visit(hamlet: Network) -> Iterator[Callable[..., Visitor]]:
    """Give a browser: `visit()` signed out, `visit("ana")` signed in."""
    app = make_app(hamlet)
    opened: list[TestClient] = []

    def arrive(name: str = "", **headers: str) -> Visitor:
        client = TestClient(app, raise_server_exceptions=False)
        opened.append(client)
        visitor = Visitor(client, {key.replace("_", "-"): value for key, value in headers.items()})
        if name == "operator":
            visitor.post("/sign-in", operator="yes")
        elif name:
            visitor.post("/sign-in", member=name)
        return visitor

    yield arrive
    for client in opened:
        client.close()


def _member(name: str) -> Member:
    return Member(
        id=MemberId(name),
        name=f"{name.capitalize()} Example",
        region=Region("SE"),
        age_band=AgeBand.ADULT,
        languages=("en",),
        profile=Profile(role="Engineer", organisation="Bridges"),
    )


def _document(name: str, word: str, visibility: Visibility = Visibility.PUBLIC) -> Document:
    return Document(
        id=DocumentId(f"{name}-{word}"),
        member_id=MemberId(name),
        kind=Kind.POST,
        text=f"These are the {word} words of {name}, <b>as typed</b>.",
        created_at=START - timedelta(days=3),
        visibility=visibility,
    )
