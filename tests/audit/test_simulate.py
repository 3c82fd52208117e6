"""Comparing policies: the same decisions, counted; nothing is changed."""

from collections.abc import Sequence

from harbour import says
from sayso.audit.simulate import OWN_YES, Admitted, Amount, simulate
from sayso.community import Document, MemberId
from sayso.consent.bulk import Under
from sayso.consent.choices import Answer
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.policy import PRESETS, Policy, load_policy, load_preset, parse_policy
from sayso.consent.purposes import Purpose
from sayso.wiring import Network

TRAIN = Purpose.GENAI_TRAINING


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def simulated(port: Network, *policies: Policy) -> tuple[Admitted, ...]:
    with port.reading() as stores:
        return simulate(stores, policies, port.clock(), tokens=words)


def counted(port: Network, policy: Policy) -> tuple[set[MemberId], list[Document], int]:
    """Ask `decide` for each document: slow, and obviously right."""
    with port.reading() as stores:
        world = Under(world=stores.world(), in_use=policy)
        permitted = [
            document
            for document in stores.community.documents()
            if decide(facts_for(document, TRAIN, port.clock(), world)).permit
        ]
    texts = [f"{each.title}\n{each.text}" for each in permitted]
    return {each.member_id for each in permitted}, permitted, sum(words(texts))


def test_simulating_a_policy_changes_nothing_and_counts_what_it_would_admit(port: Network) -> None:
    says(port, "ana", Answer.NO)
    with port.reading() as stores:
        size = stores.log.size()

    found = simulated(port, load_policy("opt-in"), load_policy("linkedin-2024"))

    with port.reading() as stores:
        assert stores.log.size() == size
    assert [each.policy for each in found] == ["opt-in", "linkedin-2024"]
    assert (found[0].members, found[0].documents) == (5, 30)
    assert sum(line.documents for line in found[0].lines) == 30
    assert {line.rests_on for line in found[0].lines} == {OWN_YES}


def test_every_preset_is_counted_as_decide_would_count_it(port: Network) -> None:
    says(port, "ana", Answer.NO)
    policies = [load_preset(name) for name in PRESETS]

    for policy, found in zip(policies, simulated(port, *policies), strict=True):
        members, documents, tokens = counted(port, policy)
        assert (found.members, found.documents) == (len(members), len(documents))
        assert found.tokens == tokens
        assert sum(line.tokens for line in found.lines) == tokens


EVERYBODY = parse_policy(
    """
name = "everybody"
title = "Silence is a yes"
gpc_is_no = []
renew_on_material_notice = false
age_gate_attested = false
min_notice_days = 0

[[rows]]
regions = ["*"]
purposes = ["*"]
categories = ["*"]
default = "yes"
basis = "legitimate-interest"
mechanism = "objection"
citation = "A made-up rule"
""",
    "everybody.toml",
)


def test_what_is_gained_and_lost_is_counted_beside_the_policy_in_use(port: Network) -> None:
    with port.reading() as stores:
        in_use = stores.policies.current()
    same, more = simulated(port, in_use, EVERYBODY)

    assert same.in_use == more.in_use == in_use.name
    assert same.gained == same.lost == more.lost == Amount(members=0, documents=0, tokens=0)
    assert more.documents - same.documents == more.gained.documents
    assert more.tokens - same.tokens == more.gained.tokens


def test_two_policies_of_one_name_are_told_apart(port: Network) -> None:
    other = parse_policy(EVERYBODY.text.replace("days = 0", "days = 9"), "other.toml")

    found = simulated(port, EVERYBODY, other)

    assert len({each.policy for each in found}) == 2
