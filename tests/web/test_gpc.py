from collections.abc import Callable

from sayso.wiring import Network
from visitors import Visitor, history

Visit = Callable[..., Visitor]


def signals(network: Network, member_id: str) -> int:
    return sum(each.event.kind == "signal" for each in history(network, member_id))


def test_gpc_is_recorded_once_per_member(visit: Visit, hamlet: Network) -> None:
    for _ in range(2):
        ana = visit("ana", sec_gpc="1")
        ana.get("/")
        ana.get("/mine")

    assert signals(hamlet, "ana") == 1
    assert signals(hamlet, "ben") == 0


def test_without_the_signal_nothing_is_recorded(visit: Visit, hamlet: Network) -> None:
    visit("ana").get("/")
    visit("ben", sec_gpc="0").get("/")

    assert signals(hamlet, "ana") == signals(hamlet, "ben") == 0
