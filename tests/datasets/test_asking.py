"""Asking of very many documents at once is asking of each: every verdict, and every word of it."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pyarrow as pa
import pytest

from fakes.lives import Network, network
from sayso.community import Document, DocumentId, Kind
from sayso.consent.rules import RULES
from sayso.datasets.admitting.admission import Admission, judge
from sayso.datasets.admitting.asking import ask
from sayso.datasets.documents import batches_of
from sealing import PARTITION


def documents_of(world: Network, seed: int) -> Iterator[Document]:
    """Let everybody write something of each kind, and what is like others' documents."""
    random = Random(seed)
    for document in world.documents:
        yield document
        for kind in Kind:
            other = random.choice(world.documents)
            document_id = DocumentId(f"{document.id}-{kind}")
            yield replace(other, id=document_id, member_id=document.member_id, kind=kind)


def admission(world: Network) -> Admission:
    return Admission(world=world, purpose=world.purpose, at=world.at, partition=PARTITION)


def answers(world: Network, documents: list[Document]) -> Iterator[tuple[DocumentId, object]]:
    """Ask in several batches, so that what is remembered of one is used for the next."""
    for asked in ask(batches_of(documents, size=100), admission(world)):
        told = pa.Table.from_batches([asked.permitted]).to_pylist()
        for row in told:
            cut = [(each["start"], each["end"]) for each in row["cut"]]
            words = (row["rule"], row["reason"], row["evidence"], row["is_default"], cut)
            yield row["document_id"], (True, *words)
        for row in pa.Table.from_batches([asked.refused]).to_pylist():
            yield row["document_id"], (False, row["rule"], row["reason"])


def judged(world: Network, document: Document) -> object:
    said = judge(document, admission(world))
    if not said.permit:
        return False, said.rule, said.reason
    cut = [(each.start, each.end) for each in said.cut]
    return True, said.rule, said.reason, [*said.evidence], said.is_default, cut


@pytest.mark.parametrize("seed", range(24))
def test_asking_of_many_answers_what_is_answered_of_each(seed: int) -> None:
    world = network(seed, members=30)
    documents = [*documents_of(world, seed)]

    assert dict(answers(world, documents)) == {each.id: judged(world, each) for each in documents}


def test_the_networks_that_are_asked_make_every_rule_speak() -> None:
    """The comparison above would prove little of a rule that never decides."""
    spoken = set()
    for seed in range(24):
        world = network(seed, members=30)
        spoken |= {judge(each, admission(world)).rule for each in documents_of(world, seed)}

    assert spoken == {rule.name for rule in RULES}
