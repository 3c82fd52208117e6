"""P7: a member sees and takes everything held of them; after erasure nothing holds any of it."""

import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from harbour import posts, says, write_posts
from sayso.audit import offline_verifier
from sayso.community import DocumentId, MemberId, Profile, Quote
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId
from sayso.datasets.verify import verify_dataset
from sayso.errors import BadInput, NotFound
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.learn import train_model
from sayso.jobs.rights import copy_member, erase_member
from sayso.jobs.seats import seats_of
from sayso.jobs.suggest import Assistant
from sayso.jobs.tell import deliver
from sayso.jobs.verify import verify
from sayso.rights.holdings import HOLDINGS
from sayso.settings import load_settings
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network
from sayso.writing.suggest import SuggestionKind

WILMA = MemberId("wilhelmina-q7")
ELI = MemberId("eli")
NAME = "Wilhelmina Quartzmann"
IN_A_POST = "zanzibarquill"
IN_A_PROFILE = "velvetharpoon"
IN_A_PROMPT = "cobaltmarzipan"
IN_A_QUOTE = "gossamerturnip"
IN_A_DRAFT = "umbrellaparsnip"
CANARIES = (IN_A_POST, IN_A_PROFILE, IN_A_PROMPT, IN_A_QUOTE, IN_A_DRAFT, WILMA, NAME, "Quartzmann")
SAID = f"Every harbour needs one {IN_A_POST} by the door, and a second one for visiting captains."
QUOTED = f"A {IN_A_QUOTE} is worth two anchors on any stormy night"
TRAINING = Purpose.GENAI_TRAINING


@pytest.fixture(scope="module")
def lived_home(finished_harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harbour in which wilma has lived. Never write in it."""
    base = tmp_path_factory.mktemp("lived")
    home = Path(shutil.copytree(finished_harbour, base / "harbour"))
    network = open_network(load_settings(home, {}))
    live(network, base)
    network.close()
    return home


@pytest.fixture
def lived(lived_home: Path, tmp_path: Path) -> Iterator[Network]:
    """A copy of it, open."""
    home = Path(shutil.copytree(lived_home, tmp_path / "port"))
    network = open_network(load_settings(home, {}))
    yield network
    network.close()


def live(port: Network, folder: Path) -> None:
    """Wilma joins, writes, is quoted, learnt from, and given suggestions."""
    written = [
        {**post, "author": WILMA, "author_name": NAME, "id": f"{WILMA}/{number}"}
        for number, post in enumerate(posts(("ana",), each=4))
    ]
    written[0]["text"] = SAID
    written[3] |= {"text": f"Not yet: {IN_A_DRAFT}.", "state": "draft"}
    file = write_posts(folder / "wilma.jsonl", written)
    attested = {"region": "US", "age_band": "adult"}
    import_documents(port, "jsonl", [file], ReadingOptions(attested=attested))
    with port.writing() as stores:
        member = stores.community.member(WILMA)
        assert member is not None
        profile = Profile(role="Harbour master", about=f"I collect {IN_A_PROFILE}s.")
        stores.community.save_member(replace(member, profile=profile))
        quoting = stores.community.document(DocumentId("ben/0"))
        assert quoting is not None
        text = f"{QUOTED}, as I like to say myself when the wind turns north."
        quote = Quote(start=0, end=len(QUOTED), member_id=WILMA)
        stores.community.save_document(replace(quoting, text=text, quotes=(quote,)))
    deliver(port, "", None)
    says(port, WILMA, Answer.YES)
    dataset = build_dataset(port, TRAINING)
    train_model(port, dataset.dataset_id, size="tiny")
    assistant = Assistant(port)
    assistant.suggest(WILMA, SuggestionKind.POST, f"About my {IN_A_PROMPT}")
    assistant.suggest(ELI, SuggestionKind.POST, "Every harbour needs one by the door for captains")


def everything(home: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte below a home: files as they lie, tables and Parquet as they read."""
    for path in sorted(home.rglob("*")):
        if not path.is_file():
            continue
        yield str(path.relative_to(home)), str(path.name).encode() + path.read_bytes()
        if path.suffix == ".parquet":
            yield f"{path.name} as read", str(pq.read_table(path).to_pylist()).encode()
    with sqlite3.connect(home / "sayso.db") as database:
        yield "the database as read", "\n".join(database.iterdump()).encode()
    database.close()


def where_found(home: Path, words: tuple[str, ...]) -> set[tuple[str, str]]:
    patterns = {word: re.compile(re.escape(word.encode()), re.IGNORECASE) for word in words}
    return {
        (word, name)
        for name, content in everything(home)
        for word, pattern in patterns.items()
        if pattern.search(content)
    }


def test_a_copy_holds_every_holding_opens_and_carries_proofs_that_verify_offline(
    lived: Network, tmp_path: Path
) -> None:
    to = tmp_path / "copy.zip"

    copy_member(lived, WILMA, to)

    with zipfile.ZipFile(to) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {f"{holding.name}.json" for holding in HOLDINGS} <= files.keys()
    for name, text in files.items():
        if name.endswith(".json"):
            json.loads(text)
    for canary in (*CANARIES[:3], IN_A_DRAFT, NAME):
        assert any(canary in text for text in files.values()), f"{canary} is not in the copy"
        assert canary in files["index.html"], f"{canary} is not on the page for people"
    receipts = [text for name, text in files.items() if name.startswith("receipts/")]
    assert receipts
    for receipt in receipts:
        offline_verifier.check_file(receipt, offline_verifier.Trust(), {})


def test_a_copy_never_writes_over_a_file_and_leaves_none_half_written(
    lived: Network, tmp_path: Path
) -> None:
    (tmp_path / "mine.zip").write_bytes(b"something else")

    with pytest.raises(BadInput):
        copy_member(lived, WILMA, tmp_path / "mine.zip")
    with pytest.raises(NotFound):
        copy_member(lived, MemberId("nobody"), tmp_path / "nobody.zip")

    assert (tmp_path / "mine.zip").read_bytes() == b"something else"
    assert [path.name for path in tmp_path.glob("*.zip")] == ["mine.zip"]
    assert not list(tmp_path.glob(".*unfinished"))


def test_a_copy_holds_nothing_that_only_others_wrote(lived: Network, tmp_path: Path) -> None:
    copy_member(lived, WILMA, tmp_path / "copy.zip")

    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "brass lanterns" not in whole
    assert "Eli Example" not in whole


def test_after_erasure_no_byte_of_the_home_holds_any_of_it(port: Network, tmp_path: Path) -> None:
    """She lives in the open network, not in a copy: nothing that she left was put in order."""
    live(port, tmp_path)
    home = port.settings.home
    assert {word for word, _ in where_found(home, CANARIES)} >= {
        IN_A_POST,
        IN_A_PROFILE,
        IN_A_QUOTE,
        IN_A_DRAFT,
        WILMA,
        NAME,
    }, "the search finds what is there"

    answers = erase_member(port, WILMA)

    assert len(answers) >= len(HOLDINGS)
    assert where_found(home, CANARIES) == set()


def test_a_dataset_that_was_sealed_and_never_trained_does_not_keep_them_either(
    lived: Network,
) -> None:
    says(lived, ELI, Answer.NO)
    build_dataset(lived, TRAINING)

    erase_member(lived, WILMA)

    assert where_found(lived.settings.home, CANARIES) == set()


def test_what_others_keep_is_whole_after_an_erasure(lived: Network) -> None:
    erase_member(lived, WILMA)

    with lived.reading() as stores:
        model = stores.models.in_use()
        assert model is not None
        quoting = stores.community.document(DocumentId("ben/0"))
        history = stores.ledger.history(MemberId("ana"))
        mine = stores.writing.of_member(ELI)
    assert quoting is not None
    assert "as I like to say myself" in quoting.text
    assert "yes" in {each.event.body.get("answer") for each in history}
    assert len(mine) == 1
    verify_dataset(lived.settings.store, DatasetId(model.model.dataset_id), seats_of(lived))
    shown = Assistant(lived).suggest(
        ELI, SuggestionKind.POST, "Every harbour needs one", keep=False
    )
    assert WILMA not in str(shown)


def test_the_log_and_every_earlier_checkpoint_stand_after_an_erasure(lived: Network) -> None:
    with lived.reading() as stores:
        before = stores.log.size()
        root = stores.log.root()

    erase_member(lived, WILMA)

    assert verify(lived, "LOG").sentences
    with lived.reading() as stores:
        assert stores.log.size() > before
        assert stores.log.root(before) == root


def test_whoever_was_erased_is_not_imported_again(lived: Network, lived_home: Path) -> None:
    erase_member(lived, WILMA)

    arrived = import_documents(
        lived,
        "jsonl",
        [lived_home.with_name("wilma.jsonl")],
        ReadingOptions(attested={"region": "US", "age_band": "adult"}),
    )

    assert arrived.new == 0
    assert arrived.skipped.total() == 4
    assert where_found(lived.settings.home, CANARIES) == set()


def test_an_erasure_is_made_once_and_can_be_finished(lived: Network) -> None:
    erase_member(lived, WILMA)
    with lived.reading() as stores:
        size = stores.log.size()

    [answer] = erase_member(lived, WILMA)

    assert "before" in answer
    with lived.reading() as stores:
        assert stores.log.size() == size
    with pytest.raises(NotFound):
        erase_member(lived, MemberId("nobody"))


def test_a_prompt_and_its_answer_can_be_deleted_alone(lived: Network) -> None:
    with lived.writing() as stores:
        [kept] = stores.writing.of_member(WILMA)
        stores.writing.delete(kept.id)

    with lived.reading() as stores:
        assert stores.writing.of_member(WILMA) == ()
        assert len(stores.writing.of_member(ELI)) == 1
