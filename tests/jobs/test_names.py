"""A process that runs for weeks knows who joined, and no longer knows who was erased."""

from pathlib import Path

import pytest

from sayso.community import Member, MemberId
from sayso.jobs import names
from sayso.jobs.names import LivingRedactor
from sayso.jobs.suggest import Assistant
from sayso.wiring import Network, make_home, open_network
from sayso.writing.suggest import SuggestionKind

SAID = "Thanks to Chidi Okafor for this."


@pytest.fixture
def network(tmp_path: Path) -> Network:
    network = open_network(make_home(tmp_path / "home"))
    with network.writing() as stores:
        stores.community.save_member(Member(id=MemberId("ana"), name="Ana Lopez"))
    return network


def join(network: Network, name: str, member_id: str = "chidi") -> None:
    with network.writing() as stores:
        stores.community.save_member(Member(id=MemberId(member_id), name=name))


def knows(redactor: LivingRedactor, name: str = "Chidi Okafor") -> bool:
    """Whether the name is a member's: a stranger's may be taken out as well."""
    return any(redactor.directory.find(f"Thanks to {name} for this."))


def follow(network: Network, redactor: LivingRedactor) -> None:
    with network.reading() as stores:
        redactor.follow(stores)


def test_who_joins_later_is_taken_out_without_a_restart(network: Network) -> None:
    redactor = LivingRedactor(network)
    assert not knows(redactor)

    join(network, "Chidi Okafor")
    follow(network, redactor)

    assert redactor.redact(SAID).text == "Thanks to <PERSON_1> for this."


def test_a_new_name_is_taken_out_and_the_former_one_too(network: Network) -> None:
    redactor = LivingRedactor(network)

    with network.writing() as stores:
        renamed = Member(id=MemberId("ana"), name="Ana Berg", former_names=("Ana Lopez",))
        stores.community.save_member(renamed)
    follow(network, redactor)

    assert knows(redactor, "Ana Berg")
    assert knows(redactor, "Ana Lopez")


def test_an_erased_members_name_is_known_no_more(network: Network) -> None:
    join(network, "Chidi Okafor")
    redactor = LivingRedactor(network)
    assert knows(redactor)

    with network.writing() as stores:
        stores.community.erase_member(MemberId("chidi"))
    follow(network, redactor)

    assert not knows(redactor)


def test_nothing_is_read_again_where_nobody_changed(network: Network) -> None:
    redactor = LivingRedactor(network)
    before = redactor.directory

    join(network, "Ana Lopez", "ana")  # as they were
    follow(network, redactor)

    assert redactor.directory is before


def test_very_many_names_are_read_while_those_before_still_serve(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "_AT_ONCE", 0)
    redactor = LivingRedactor(network)

    join(network, "Chidi Okafor")
    follow(network, redactor)
    assert redactor.redact("Ana Lopez").text == "<PERSON_1>"
    redactor.settle()

    assert knows(redactor)


def test_suggestions_follow_who_joined(network: Network) -> None:
    assistant = Assistant(network)
    _ = assistant.writer
    join(network, "Chidi Okafor")

    assistant.suggest(MemberId("ana"), SuggestionKind.HEADLINE)

    assert knows(assistant.redactor)
