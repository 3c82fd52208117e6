"""What members and their sources do between a build that was killed and the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from harbour import posts, says, settle, write_posts
from sayso.consent.choices import Answer
from sayso.jobs.bring import import_documents
from sayso.settings import load_settings
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network

EACH = 40
NEW_WORDS = "What she had written before was wrong, and these words stand in their place."
_SETTLED = "settled"


def prepare(network: Network, folder: Path) -> None:
    """Settle the harbour, and keep the moment from which on all later choices count."""
    settle(network, folder / "posts.jsonl", EACH)
    (network.settings.store / _SETTLED).write_text(network.clock().isoformat(), encoding="utf-8")


def nothing(_network: Network) -> None:
    """Let all be as it was."""


def a_no(network: Network) -> None:
    """Let one say no to everything, and another to one of their posts."""
    settled = (network.settings.store / _SETTLED).read_text(encoding="utf-8")
    at = datetime.fromisoformat(settled)
    says(network, "dee", Answer.NO, at=at)
    says(network, "fay", Answer.NO, "fay/3", at=at + timedelta(microseconds=1))


def edits(network: Network) -> None:
    """Let one post be edited, one deleted, and one be made private."""
    changed: dict[str, dict[str, object]] = {
        "ben/3": {"text": NEW_WORDS},
        "ben/4": {"state": "deleted"},
        "chi/5": {"visibility": "private"},
    }
    whole = {str(post["id"]): post for post in posts(each=EACH)}
    written = [{**whole[name], **change} for name, change in changed.items()]
    path = write_posts(network.settings.store.parent / "edits.jsonl", written)
    import_documents(network, "jsonl", [path], ReadingOptions())


def everything(network: Network) -> None:
    """Let all of this happen."""
    a_no(network)
    edits(network)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upheaval:
    """What happens, and whose words may be in no dataset after it."""

    happens: Callable[[Network], None]
    members: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


_NO = (frozenset({"dee"}), frozenset({"fay/3"}))
_LEFT = frozenset({"ben/4", "chi/5"})

UPHEAVALS = {
    "nothing": Upheaval(happens=nothing),
    "a_no": Upheaval(happens=a_no, members=_NO[0], documents=_NO[1]),
    "edits": Upheaval(happens=edits, documents=_LEFT),
    "everything": Upheaval(happens=everything, members=_NO[0], documents=_NO[1] | _LEFT),
}


def happens(home: Path, name: str) -> None:
    """Let it happen in a home."""
    network = open_network(load_settings(home, {}))
    UPHEAVALS[name].happens(network)
    network.close()


def a_no_in(home: Path) -> None:
    """Let the noes be said in a home."""
    happens(home, "a_no")
