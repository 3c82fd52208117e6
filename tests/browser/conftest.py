"""A finished village behind a real site, and real Chromium in front of it."""

import shutil
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from sayso.community import Document, MemberId
from sayso.settings import load_settings
from sayso.web.app import make_app
from sayso.web.sessions import COOKIE, Role, Sessions
from sayso.wiring import Network, open_network

SYSTEM_CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A running site. `says_yes` is a member in use, whom the model learned from."""

    network: Network
    address: str
    says_yes: str

    def learned_texts(self) -> list[Document]:
        """Return the texts of other members that the model learned from."""
        with self.network.reading() as stores:
            model = stores.models.in_use()
            assert model is not None
            rows = {
                row.document_id
                for member in stores.community.members()
                if member.id != self.says_yes
                for row in stores.datasets.placed(member.id)
                if row.dataset_id == model.model.dataset_id and row.shard >= 0
            }
            found = stores.community.documents_by_id(rows)
        return [found[each] for each in sorted(found)]

    def shared_openings(self) -> list[str]:
        """Return runs of four words, those that most members wrote first."""
        members: dict[str, set[str]] = defaultdict(set)
        for document in self.learned_texts():
            words = document.text.split()
            for at in range(len(words) - 4):
                members[" ".join(words[at : at + 4])].add(document.member_id)
        return sorted(members, key=lambda run: (-len(members[run]), run))

    def cookie(self, member_id: str) -> Any:  # noqa: ANN401 - the library's own shape
        """Return the cookie of a member whom the sign-in page does not offer."""
        sessions = Sessions(self.network.keys.session, self.network.entropy)
        session = sessions.start(Role.MEMBER, self.network.clock(), MemberId(member_id))
        return {"name": COOKIE, "value": sessions.write(session), "url": self.address}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One page in a browser of its own, and all that it asked for and complained about."""

    page: Page
    village: Village
    requests: list[str]
    complaints: list[str]

    def go(self, path: str) -> None:
        self.page.goto(self.village.address + path)

    def sign_in(self, member_id: str = "") -> None:
        self.go("/sign-in")
        if member_id == "operator":
            self.page.click("button[name=operator]")
            return
        self.page.context.add_cookies([self.village.cookie(member_id or self.village.says_yes)])
        self.go("/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or SYSTEM_CHROMIUM
        known: dict[str, Any] = {"executable_path": path} if Path(path).exists() else {}
        try:
            browser = playwright.chromium.launch(args=QUIET, **known)
        except Error:
            pytest.skip("no Chromium: install Debian's chromium or run `playwright install`")
        yield browser
        browser.close()


@pytest.fixture
def village(village_home: Path) -> Iterator[Village]:
    network = open_network(load_settings(village_home, {}))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(network), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    _wait(lambda: server.started)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    yield Village(network=network, address=address, says_yes=_learned_from(network))
    server.should_exit = True
    thread.join(PATIENCE_S)
    listening.close()
    network.close()


@pytest.fixture
def tab(chromium: Browser, village: Village) -> Iterator[Callable[..., Tab]]:
    """Open a tab: `tab()`, `tab(width=390)`, `tab(java_script=False)`."""
    contexts: list[BrowserContext] = []

    def opened(width: int = 1280, *, java_script: bool = True) -> Tab:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=java_script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Tab(page=page, village=village, requests=requests, complaints=complaints)

    yield opened
    for context in contexts:
        context.close()


def _learned_from(network: Network) -> str:
    with network.reading() as stores:
        model = stores.models.in_use()
        assert model is not None
        dataset_id = model.model.dataset_id
        for member in stores.community.members():
            rows = [row for row in stores.datasets.placed(member.id) if row.shard >= 0]
            if any(row.dataset_id == dataset_id for row in rows):
                return member.id
    raise AssertionError("the model learned from nobody")


def _wait(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not ready():
        assert time.monotonic() < until, "the site does not start"
        time.sleep(0.02)
