"""What comes back by mail is written into the ledger once, and only where the mark is ours."""

import mailbox
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.returned_mail import report_of
from sayso.community import AgeBand, Category, Member, MemberId, Region
from sayso.consent.deliveries import stages
from sayso.consent.notices import Delivery, Notice, publish
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, NotFound
from sayso.jobs.marks import Marks
from sayso.jobs.returns import take_back
from sayso.wiring import Network, make_home, open_network
from visitors import START, Hands

NAMES = ("ana", "ben", "chi")


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    opened = open_network(make_home(tmp_path / "home", "Hamlet"), clock=Hands())
    notice = Notice(
        id="spring",
        title="Your words",
        text="We ask.",
        purposes=(Purpose.GENAI_TRAINING,),
        categories=(Category.CONTENT,),
    )
    with opened.writing() as stores:
        stores.notices.save(publish(notice, START))
        for name in NAMES:
            stores.community.save_member(
                Member(id=MemberId(name), name=name, region=Region("DE"), age_band=AgeBand.ADULT)
            )
    yield opened
    opened.close()


def mark_of(network: Network, name: str, notice: str = "spring") -> str:
    return Marks(network.keys.suppression).envelope(notice, MemberId(name))


def got_to(network: Network, name: str) -> set[str]:
    with network.reading() as stores:
        return set(stages(stores.ledger.history(MemberId(name)), "spring"))


def mails(network: Network) -> list[bytes]:
    return [
        report_of(mark_of(network, "ana"), "failed"),
        report_of(mark_of(network, "ben"), "delivered"),
        report_of(mark_of(network, "chi"), "delayed"),
        report_of("a" * 24, "delivered"),
        report_of(mark_of(network, "chi", notice="autumn"), "delivered"),
        b"Subject: Out of office\n\nBack on Monday.",
    ]


def kept_as(sort: str, folder: Path, letters: list[bytes]) -> Path:
    path = folder / sort
    if sort == "mbox":
        box: mailbox.Mailbox[mailbox.Message] = mailbox.mbox(path)
    elif sort == "Maildir":
        box = mailbox.Maildir(path)
    else:
        path.mkdir()
        for number, letter in enumerate(letters):
            (path / f"{number}.eml").write_bytes(letter)
        return path
    for letter in letters:
        box.add(letter)
    box.close()
    return path


@pytest.mark.parametrize("sort", ["mbox", "Maildir", "folder"])
def test_every_sort_of_mailbox_is_read_and_twice_is_once(
    network: Network, tmp_path: Path, sort: str
) -> None:
    path = kept_as(sort, tmp_path, mails(network))

    first = take_back(network, [path])
    again = take_back(network, [path])

    assert (first.bounced, first.delivered, first.pending) == (1, 1, 1)
    assert (first.unknown, first.others) == (2, 1)
    assert (again.bounced, again.delivered, again.known) == (0, 0, 2)
    assert got_to(network, "ana") == {Delivery.BOUNCED}
    assert got_to(network, "ben") == {Delivery.DELIVERED}
    assert got_to(network, "chi") == set(), "delayed is neither, and another notice's mark is none"


def test_one_mail_is_read_by_itself(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "report.eml"
    path.write_bytes(report_of(mark_of(network, "ana"), "delivered"))

    assert take_back(network, [path]).notices == {"spring"}
    assert got_to(network, "ana") == {Delivery.DELIVERED}


def test_a_mark_that_another_home_made_proves_nothing(network: Network, tmp_path: Path) -> None:
    forged = Marks(b"another home's key").envelope("spring", MemberId("ana"))
    path = tmp_path / "report.eml"
    path.write_bytes(report_of(forged, "delivered"))

    assert take_back(network, [path]).unknown == 1
    assert got_to(network, "ana") == set()


def test_of_a_member_who_is_gone_nothing_is_written(network: Network, tmp_path: Path) -> None:
    path = tmp_path / "report.eml"
    path.write_bytes(report_of(mark_of(network, "ana"), "failed"))
    with network.writing() as stores:
        stores.community.erase_member(MemberId("ana"))

    assert take_back(network, [path]).unknown == 1
    assert got_to(network, "ana") == set()


def test_what_is_no_mailbox_is_named(network: Network, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        take_back(network, [tmp_path / "nowhere"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="neither a Maildir"):
        take_back(network, [tmp_path / "empty"])


@pytest.mark.parametrize("token", ["", ".", "a.b", "é.é", "YW5h.", "====", "YW5h.aaaa"])
def test_a_link_that_we_did_not_make_is_nobodys(token: str) -> None:
    assert Marks(b"key").opened_by("spring", token) is None


def test_a_link_is_its_members_for_its_notice_alone() -> None:
    marks = Marks(b"key")
    token = marks.link("spring", MemberId("ana/é"))

    assert marks.opened_by("spring", token) == "ana/é"
    assert marks.opened_by("autumn", token) is None
    assert Marks(b"other").opened_by("spring", token) is None
