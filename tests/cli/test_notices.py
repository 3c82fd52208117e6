"""Notices on the command line: drafted, published, mailed and read back, in words and in JSON."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fakes.mail_server import MailServer, mail_server
from fakes.returned_mail import report_of
from sayso.cli.verbs import run
from sayso.community import MemberId
from sayso.jobs.marks import Marks
from sayso.settings import FILE_NAME, load_settings
from sayso.wiring import Network, make_home, open_network

Say = Callable[..., str]
SPRING = """+++
categories = ["content"]
regions = ["DE"]
+++
# Your words

We ask.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "home", "Hamlet").home


@pytest.fixture
def say(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    monkeypatch.setenv("SAYSO_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")

    def said(*words: object, code: int = 0) -> str:
        left = run([str(word) for word in words])
        printed = capsys.readouterr()
        assert left == code, printed.err
        return printed.out + printed.err

    return said


@pytest.fixture
def network(home: Path) -> Iterator[Network]:
    opened = open_network(load_settings(home, {}))
    yield opened
    opened.close()


@pytest.fixture
def server(home: Path) -> Iterator[MailServer]:
    with mail_server() as served:
        with (home / FILE_NAME).open("a", encoding="utf-8") as file:
            file.write(
                f'[mail]\nhost = "127.0.0.1"\nport = {served.port}\nsecurity = "none"\n'
                'sender = "notices@hamlet.example"\nsite = "https://hamlet.example"\n'
            )
        yield served


def test_a_notice_is_drafted_from_several_files_and_shown_in_each_language(
    say: Say, tmp_path: Path
) -> None:
    folder = tmp_path / "spring"
    folder.mkdir()
    (folder / "notice.md").write_text(SPRING, encoding="utf-8")
    (folder / "de.md").write_text("# Ihre Worte\n\nWir fragen.", encoding="utf-8")
    swiss = tmp_path / "swiss.md"
    swiss.write_text("# Ihre Worte\n\nWir fragen in Bern.", encoding="utf-8")

    assert "drafted in en, de" in say("notice", "draft", folder)
    say("notice", "draft", swiss, "--id", "spring", "--language", "de", "--region", "CH")
    assert "Wir fragen." in say("notice", "show", "spring", "--language", "de-AT")
    assert "in Bern" in say("notice", "show", "spring", "--language", "de", "--region", "CH")
    assert "has no text in 'fr'" in say("notice", "show", "spring", "--language", "fr", code=1)
    shown = json.loads(say("notice", "show", "spring", "--json"))
    assert (shown["state"], shown["regions"], len(shown["texts"])) == ("draft", ["DE"], 2)

    say("notice", "publish", "spring")
    listed = json.loads(say("notice", "list", "--json"))[0]
    assert (listed["id"], listed["state"], len(listed["digest"])) == ("spring", "effective", 64)
    assert listed["digest"] in say("notice", "show", "spring")
    assert listed["digest"][:12] in say("notice", "list")
    assert "published text never changes" in say(
        "notice", "draft", swiss, "--id", "spring", "--language", "de", code=1
    )


def test_a_notice_that_leaves_too_little_time_is_refused_with_the_mend(
    say: Say, tmp_path: Path
) -> None:
    (tmp_path / "spring.md").write_text(SPRING, encoding="utf-8")
    say("policy", "use", "linkedin-2025")
    say("notice", "draft", tmp_path / "spring.md", "--days", "5")

    refused = say("notice", "publish", "spring", code=1)

    assert "gives members 5 days; the policy in use asks for 30" in refused
    assert "notice_days = 30 or more" in refused
    say("notice", "draft", tmp_path / "spring.md")
    assert "and takes effect on" in say("notice", "publish", "spring")
    assert json.loads(say("notice", "list", "--json"))[0]["state"] == "published"


def test_a_mailing_and_what_came_back_are_told_in_figures(
    say: Say, tmp_path: Path, network: Network, server: MailServer
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(
        "id,name,region,age_band,email\n"
        "ana,Ana,DE,adult,ana@example.org\nben,Ben,DE,adult,ben@example.org\n"
        "chi,Chi,DE,adult,\ndee,Dee,US,adult,dee@example.org\neli,Eli,DE,adult,nobody at home\n",
        encoding="utf-8",
    )
    (tmp_path / "spring.md").write_text(SPRING, encoding="utf-8")
    assert "email is not a mail address" in say("members", "import", people, code=1)
    assert "example.org" not in say("members", "show", "ana").replace("as in ana@example.org", "")
    say("notice", "draft", tmp_path / "spring.md")
    say("notice", "publish", "spring")
    server.answers["ben@example.org"].append("550 5.1.1 No such user")

    told = say("notice", "deliver", "--mail")

    assert "1 mails sent, for 3 members" in told
    assert "1 have no address here" in told
    assert "1 have an address that the server refuses" in told
    assert json.loads(say("notice", "deliver", "--mail", "--json"))["sent"] == 0
    mark = Marks(network.keys.suppression).envelope("spring", MemberId("ana"))
    (tmp_path / "back.eml").write_bytes(report_of(mark, "delivered"))
    assert "0 bounced, 1 delivered" in say("notice", "bounces", tmp_path / "back.eml")
    assert "1 were known already" in say("notice", "bounces", tmp_path / "back.eml")
    assert "--mail sends, and --to records" in say(
        "notice", "deliver", "--mail", "--to", people, code=1
    )


def test_mail_that_is_not_set_up_is_named_with_the_mend(say: Say) -> None:
    say("notice", "publish")

    assert "[mail] host" in say("notice", "deliver", "--mail", code=1)


def test_an_address_is_copied_with_the_account_and_erased_with_it(
    say: Say, tmp_path: Path, network: Network
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,region,age_band,email\nana,Ana,DE,adult,ana@example.org\n")
    say("members", "import", people)
    with network.reading() as stores:
        assert stores.contacts.address(MemberId("ana")) == "ana@example.org"

    say("copy", "ana", tmp_path / "ana.zip")
    with zipfile.ZipFile(tmp_path / "ana.zip") as copied:
        assert "ana@example.org" in copied.read("account.json").decode()
    say("erase", "ana", "--yes")
    assert "erased member" in say("members", "import", people)

    with network.reading() as stores:
        assert stores.contacts.address(MemberId("ana")) is None
    kept = b"".join(path.read_bytes() for path in network.settings.home.glob("sayso.db*"))
    assert b"ana@example.org" not in kept
