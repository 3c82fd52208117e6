"""A notice reaches each member by mail once, whatever the server says and wherever it stops."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from fakes.mail_server import MailServer, mail_server
from sayso.community import AgeBand, Category, Member, MemberId, Region, Standing
from sayso.consent.deliveries import stages
from sayso.consent.fold import fold
from sayso.consent.ledger import delivery_event
from sayso.consent.notices import Delivery, Notice, NoticeText, publish
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, NotHere
from sayso.jobs.marks import Marks
from sayso.jobs.post import PAUSES, Posted, post
from sayso.settings import Mail, Settings, load_settings
from sayso.web.words import paragraphs
from sayso.wiring import Network, make_home, open_network
from visitors import START, Hands

NAMES = ("ana", "ben", "chi", "dee")
GERMAN = NoticeText(language="de", title="Ihre Wörter", text="Wir *fragen* zuerst.")
NOTICE = Notice(
    id="spring",
    title="Your words & ours",
    text="We ask **first**.\n\n.A line that begins with a dot.\nFrom here on <b>it</b> is quoted.",
    purposes=(Purpose.GENAI_TRAINING,),
    categories=(Category.CONTENT,),
    regions=(Region("DE"), Region("US")),
    texts=(GERMAN,),
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as served:
        yield served


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def network(tmp_path: Path, server: MailServer, hands: Hands) -> Iterator[Network]:
    """Four members with addresses in Germany, one without, one elsewhere, one who left."""
    opened = open_network(settled(tmp_path / "home", server.port), clock=hands)
    with opened.writing() as stores:
        stores.notices.save(publish(NOTICE, START))
        for name in NAMES:
            stores.community.save_member(_member(name))
            stores.contacts.save(MemberId(name), f"{name}@example.org")
        stores.community.save_member(_member("eli"))
        stores.community.save_member(replace(_member("fay"), region=Region("FR")))
        stores.contacts.save(MemberId("fay"), "fay@example.org")
        stores.community.save_member(replace(_member("gil"), standing=Standing.SUSPENDED))
        stores.contacts.save(MemberId("gil"), "gil@example.org")
    yield opened
    opened.close()


def settled(home: Path, port: int) -> Settings:
    """A home whose mail goes to the loopback."""
    make_home(home, "Hamlet")
    with (home / "sayso.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
            'sender = "notices@hamlet.example"\nsite = "https://hamlet.example/"\n'
        )
    return load_settings(home, {})


def _member(name: str) -> Member:
    return Member(
        id=MemberId(name),
        name=name.capitalize(),
        region=Region("DE"),
        age_band=AgeBand.ADULT,
        languages=("de-AT",) if name == "ana" else ("en",),
    )


def mailed(network: Network, hands: Hands) -> Posted:
    def wait(seconds: float) -> None:
        hands.later(seconds=seconds)

    return post(network, "", as_html=lambda text: str(paragraphs(text)), wait=wait)


def got_to(network: Network, name: str) -> set[str]:
    with network.reading() as stores:
        return set(stages(stores.ledger.history(MemberId(name)), "spring"))


def body(mail: EmailMessage, sort: str) -> str:
    part = mail.get_body((sort,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def test_each_member_it_is_for_gets_one_letter_and_no_one_else(
    network: Network, server: MailServer, hands: Hands
) -> None:
    first = mailed(network, hands)
    again = mailed(network, hands)

    assert [each.recipient for each in server.taken] == [f"{name}@example.org" for name in NAMES]
    assert (first.asked, first.sent, first.without_address) == (5, 4, 1)
    assert (again.sent, again.before) == (0, 4)
    assert all(got_to(network, name) == {Delivery.SENT} for name in NAMES)
    assert got_to(network, "eli") == got_to(network, "fay") == got_to(network, "gil") == set()


def test_sent_proves_nothing_so_a_default_does_not_begin(network: Network, hands: Hands) -> None:
    mailed(network, hands)

    with network.reading() as stores:
        assert fold(stores.ledger.history(MemberId("ana"))).deliveries == {}


def test_a_letter_is_in_the_members_language_in_text_and_html(
    network: Network, server: MailServer, hands: Hands
) -> None:
    mailed(network, hands)

    german, english = server.taken[0].mail, server.taken[1].mail
    assert german["Subject"] == "Ihre Wörter"
    assert german["Content-Language"] == "de"
    assert german.get_content_type() == "multipart/alternative"
    assert "Wir *fragen* zuerst." in body(german, "plain")
    assert "Wir <em>fragen</em> zuerst." in body(german, "html")
    assert english["Subject"] == "Your words & ours"
    assert "\n.A line that begins with a dot.\n" in body(english, "plain")
    assert "&lt;b&gt;it&lt;/b&gt;" in body(english, "html")
    assert "List-Unsubscribe" not in english


def test_a_letter_carries_its_members_own_link_and_its_mark(
    network: Network, server: MailServer, hands: Hands
) -> None:
    mailed(network, hands)

    marks = Marks(network.keys.suppression)
    for name, taken in zip(NAMES, server.taken, strict=True):
        member_id = MemberId(name)
        mark = marks.envelope("spring", member_id)
        link = f"https://hamlet.example/notices/spring?seen={marks.link('spring', member_id)}"
        assert taken.mail["Message-ID"] == f"<{mark}@hamlet.example>"
        assert taken.sender == f"notices+{mark}@hamlet.example"
        assert link in body(taken.mail, "plain")
        assert link.replace("&", "&amp;") in body(taken.mail, "html")
        assert taken.options == {}, "nobody asks for reports where the server offers none"


def test_where_the_server_offers_reports_they_are_asked_for(tmp_path: Path, hands: Hands) -> None:
    with mail_server(offers_dsn=True) as server:
        network = open_network(settled(tmp_path / "home", server.port), clock=hands)
        with network.writing() as stores:
            stores.notices.save(publish(NOTICE, START))
            stores.community.save_member(_member("ana"))
            stores.contacts.save(MemberId("ana"), "ana+1=x@example.org")
        mailed(network, hands)
        mark = Marks(network.keys.suppression).envelope("spring", MemberId("ana"))
        network.close()

    assert server.taken[0].options == {
        "RET": "HDRS",
        "ENVID": mark,
        "NOTIFY": "SUCCESS,FAILURE",
        "ORCPT": "rfc822;ana+2B1+3Dx@example.org",
    }


def test_an_address_that_the_server_refuses_is_a_bounce(
    network: Network, server: MailServer, hands: Hands
) -> None:
    server.answers["ben@example.org"].append("550 5.1.1 <ben@example.org> no such user")

    posted = mailed(network, hands)

    assert (posted.sent, posted.bounced) == (3, 1)
    assert got_to(network, "ben") == {Delivery.BOUNCED}
    assert posted.reasons == {"550 5.1.1 [address] no such user": 1}, "no address is shown"
    assert mailed(network, hands).before == 4


def test_what_cannot_be_taken_now_is_tried_again_after_a_pause(
    network: Network, server: MailServer, hands: Hands
) -> None:
    server.answers["ana@example.org"].extend(["451 4.7.1 Greylisted"] * 2)

    posted = mailed(network, hands)

    assert (posted.sent, posted.later) == (4, 0)
    assert hands.now == START + PAUSES[0] + PAUSES[1]
    assert [each.recipient for each in server.taken][-1] == "ana@example.org"


def test_who_is_left_over_is_queued_and_sent_to_by_the_next_run(
    network: Network, server: MailServer, hands: Hands
) -> None:
    server.answers["ana@example.org"].extend(["451 4.7.1 Greylisted"] * (len(PAUSES) + 1))

    posted = mailed(network, hands)
    assert (posted.sent, posted.later) == (3, 1)
    assert got_to(network, "ana") == {Delivery.QUEUED}

    assert mailed(network, hands).sent == 1
    assert got_to(network, "ana") == {Delivery.QUEUED, Delivery.SENT}


def test_a_letter_refused_for_its_content_is_no_bounce(
    network: Network, server: MailServer, hands: Hands
) -> None:
    server.after_data.append("554 5.7.1 Looks like an advertisement")

    posted = mailed(network, hands)

    assert (posted.sent, posted.refused) == (3, 1)
    assert got_to(network, "ana") == set(), "the address may be well; the next run tries again"


def test_a_server_that_refuses_every_letter_is_not_asked_for_ever(
    network: Network, server: MailServer, hands: Hands
) -> None:
    with network.writing() as stores:
        stores.contacts.save(MemberId("eli"), "eli@example.org")
    server.after_data.extend(["554 5.7.1 No"] * 9)

    with pytest.raises(NotHere, match="refused 5 letters one after another: 554"):
        mailed(network, hands)

    assert len(server.after_data) == 4


def test_who_was_told_meanwhile_gets_no_letter(
    network: Network, server: MailServer, hands: Hands
) -> None:
    with network.writing() as stores:
        shown = delivery_event(
            member_id=MemberId("ana"),
            notice_id="spring",
            delivery=Delivery.SHOWN,
            occurred_at=hands.now,
        )
        stores.ledger.record(shown, hands.now)

    assert mailed(network, hands).sent == 3


def test_a_server_that_is_not_there_is_named(network: Network, hands: Hands) -> None:
    mail = replace(network.settings.mail, port=1)
    network.settings = replace(network.settings, mail=mail)

    with pytest.raises(NotHere, match=r"127\.0\.0\.1:1 does not answer"):
        mailed(network, hands)


def test_a_server_without_encryption_gets_nothing_where_encryption_is_asked_for(
    network: Network, server: MailServer, hands: Hands
) -> None:
    mail = replace(network.settings.mail, security="starttls")
    network.settings = replace(network.settings, mail=mail)

    with pytest.raises(NotHere, match="does not offer"):
        mailed(network, hands)
    assert server.taken == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"host": ""}, r"\[mail\] host"),
        ({"sender": "notices"}, r"\[mail\] sender"),
        ({"sender": "x" * 40 + "@hamlet.example"}, r"\[mail\] sender"),
        ({"site": "hamlet.example"}, r"\[mail\] site"),
        ({"security": "tls"}, r"\[mail\] security"),
        ({"username": "us"}, "SAYSO_MAIL_PASSWORD is not set"),
    ],
)
def test_a_setting_that_does_not_do_is_named_before_anything_is_sent(
    network: Network, server: MailServer, hands: Hands, change: dict[str, str], said: str
) -> None:
    kept: Mail = replace(network.settings.mail, **change)  # type: ignore[arg-type]
    network.settings = replace(network.settings, mail=kept)

    with pytest.raises(BadInput, match=said):
        mailed(network, hands)
    assert server.taken == []


def test_a_password_in_the_file_is_refused_and_one_in_the_environment_is_never_shown(
    tmp_path: Path,
) -> None:
    settled(tmp_path / "home", 25)
    kept = load_settings(tmp_path / "home", {"SAYSO_MAIL_PASSWORD": "open sesame"})
    with (tmp_path / "home" / "sayso.toml").open("a", encoding="utf-8") as file:
        file.write('password = "open sesame"\n')

    assert kept.mail.password == "open sesame"
    assert "sesame" not in repr(kept)
    with pytest.raises(BadInput, match="password"):
        load_settings(tmp_path / "home", {})


CRASHING = """
import os, sys
from pathlib import Path
from sayso.jobs import post as posting
from sayso.settings import load_settings
from sayso.wiring import open_network

home, when = Path(sys.argv[1]), sys.argv[2]
network = open_network(load_settings(home, {}))
keep = posting._keep
done = []

def crash(*given):
    if when == "before" and len(done) == 2:
        os._exit(9)
    keep(*given)
    done.append(given)
    if when == "after" and len(done) == 2:
        os._exit(9)

posting._keep = crash
posting.post(network, "", as_html=str, wait=lambda seconds: None)
"""


@pytest.mark.parametrize(("when", "repeated"), [("after", []), ("before", ["chi@example.org"])])
def test_a_run_that_is_killed_goes_on_where_it_was(
    network: Network, server: MailServer, hands: Hands, when: str, repeated: list[str]
) -> None:
    """Killed between the server's word and ours, one letter comes twice, under one id."""
    killed = subprocess.run(
        [sys.executable, "-c", CRASHING, str(network.settings.home), when], check=False
    )
    assert killed.returncode == 9

    mailed(network, hands)

    recipients = [each.recipient for each in server.taken]
    assert sorted(recipients) == sorted([f"{name}@example.org" for name in NAMES] + repeated)
    assert len({each.mail["Message-ID"] for each in server.taken}) == len(NAMES)
    assert all(got_to(network, name) == {Delivery.SENT} for name in NAMES)
