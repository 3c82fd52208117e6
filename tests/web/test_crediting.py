"""A member takes a pseudonym, and is credited by it from then on."""

from collections.abc import Callable

from sayso.community import MemberId
from sayso.consent.fold import fold
from sayso.wiring import Network
from visitors import Visitor, history

Visit = Callable[..., Visitor]
CREDIT = "/settings/data-privacy/credit"


def pseudonym(network: Network, member_id: str) -> str:
    with network.reading() as stores:
        member = stores.community.member(MemberId(member_id))
    assert member is not None
    return member.pseudonym


def test_a_member_takes_a_pseudonym_and_is_credited_by_it(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")

    page = ana.post(CREDIT, credit="pseudonym", pseudonym="  The  Lamplighter ")

    assert pseudonym(hamlet, "ana") == "The Lamplighter"
    assert fold(history(hamlet, "ana")).credit == "pseudonym"
    assert "credited by your pseudonym" in ana.get(CREDIT).text + page.text


def test_anothers_name_is_refused_and_nothing_is_kept(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")
    with hamlet.reading() as stores:
        other = next(each for each in stores.community.members() if each.id != "ana")
    before = pseudonym(hamlet, "ana")

    refused = ana.post(CREDIT, credit="pseudonym", pseudonym=other.name.upper())

    assert refused.status_code == 400
    assert "is taken" in refused.text
    assert pseudonym(hamlet, "ana") == before
    assert fold(history(hamlet, "ana")).credit is None
