from datetime import UTC, datetime, timedelta

from sayso.community import MemberId
from sayso.web.sessions import LASTS, Role, Session, Sessions

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def counting() -> Sessions:
    turn = iter(range(1000))
    return Sessions(b"k" * 32, lambda size: next(turn).to_bytes(size))


def started(sessions: Sessions) -> Session:
    return sessions.start(Role.MEMBER, NOW, MemberId("ana"))


def test_a_cookie_reads_back_as_the_session_it_was_written_for() -> None:
    sessions = counting()
    session = started(sessions)

    assert sessions.read(sessions.write(session), NOW) == session


def test_a_cookie_changed_anywhere_is_nobodys() -> None:
    sessions = counting()
    cookie = sessions.write(started(sessions))

    for place in range(0, len(cookie), 7):
        other = "A" if cookie[place] != "A" else "B"
        assert sessions.read(cookie[:place] + other + cookie[place + 1 :], NOW) is None


def test_a_cookie_of_another_home_is_nobodys() -> None:
    theirs = Sessions(b"x" * 32, lambda size: b"\0" * size)

    assert counting().read(theirs.write(started(theirs)), NOW) is None


def test_a_session_ends_by_itself() -> None:
    sessions = counting()
    cookie = sessions.write(started(sessions))

    assert sessions.read(cookie, NOW + LASTS - timedelta(minutes=2)) is not None
    assert sessions.read(cookie, NOW + LASTS + timedelta(minutes=2)) is None


def test_a_form_token_belongs_to_one_session() -> None:
    sessions = counting()
    mine, theirs = started(sessions), started(sessions)

    assert sessions.token_fits(mine, sessions.form_token(mine))
    assert not sessions.token_fits(mine, sessions.form_token(theirs))
    assert not sessions.token_fits(mine, "ü")


def test_what_was_signed_as_one_thing_does_not_open_as_another() -> None:
    sessions = counting()
    flash = sessions.sign("flash", ["id", "member", "ana", str(int(NOW.timestamp()))])

    assert sessions.open("flash", flash)
    assert sessions.read(flash, NOW) is None


def test_the_same_button_on_the_same_page_is_one_event() -> None:
    sessions = counting()
    session = started(sessions)

    first = sessions.event_id(session, "page", "no")

    assert sessions.event_id(session, "page", "no") == first
    assert sessions.event_id(session, "page", "yes") != first
    assert sessions.event_id(session, "other page", "no") != first
