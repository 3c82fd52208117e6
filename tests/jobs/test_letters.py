"""No name, title or address can bend a mail into another one."""

from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.community import Category, Member, MemberId
from sayso.consent.notices import Notice, publish
from sayso.consent.purposes import Purpose
from sayso.jobs.letters import letter
from sayso.jobs.marks import Marks
from sayso.settings import Mail, Settings
from sayso.web.words import paragraphs
from visitors import START

HOME = Settings(
    home=Path("/nowhere"),
    network="Hamlet",
    mail=Mail(host="mail.example.org", sender="notices@hamlet.example", site="https://h.example"),
)
NOTICE = Notice(
    id="spring",
    title="Your words",
    text="We ask.",
    purposes=(Purpose.GENAI_TRAINING,),
    categories=(Category.CONTENT,),
)


@settings(max_examples=150, deadline=None)
@given(title=st.text(min_size=1, max_size=60), text=st.text(max_size=120), network=st.text())
def test_whatever_is_written_it_stays_one_mail_to_one_member(
    title: str, text: str, network: str
) -> None:
    notice = (
        publish(replace(NOTICE, title=title, text=text or "x"), START)
        if text.strip()
        else (publish(NOTICE, START))
    )
    written = letter(
        notice,
        Member(id=MemberId("ana"), name="Ana\nBcc: all@example.org"),
        "ana@example.org",
        settings=replace(HOME, network=network),
        marks=Marks(b"key"),
        now=START,
        as_html=lambda said: str(paragraphs(said)),
    )

    mail = message_from_bytes(written.content, policy=policy.default)
    assert set(mail.keys()) == {
        *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
        *("MIME-Version", "Content-Type", "Content-Language"),
    }
    assert mail["To"] == "ana@example.org"
    assert "notices@hamlet.example" in mail["From"]
    assert [part.get_content_type() for part in mail.walk()] == [
        *("multipart/alternative", "text/plain", "text/html")
    ]
    assert all(len(line) <= 998 for line in written.content.split(b"\r\n")), "RFC 5322 2.1.1"
    assert b"<script" not in written.content.lower()


def test_the_same_letter_has_the_same_id_and_another_member_another() -> None:
    def written(name: str) -> str:
        made = letter(
            publish(NOTICE, START),
            Member(id=MemberId(name), name=name),
            f"{name}@example.org",
            settings=HOME,
            marks=Marks(b"key"),
            now=START,
            as_html=str,
        )
        return made.return_path

    assert written("ana") == written("ana") != written("ben")
    assert len(written("x" * 500).partition("@")[0]) <= 64, "RFC 5321 4.5.3.1.1"
