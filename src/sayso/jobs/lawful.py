"""The gate before training: every sealed row is asked for once more (promises P1 and P2)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sayso.community import MemberId
from sayso.consent import rules
from sayso.consent.defaults import lawful_from
from sayso.consent.facts import facts_for
from sayso.consent.grants import day
from sayso.consent.purposes import Purpose
from sayso.datasets.admitting.admission import Admission
from sayso.datasets.leaving import NoLonger, no_longer_permitted
from sayso.datasets.rows import DatasetId
from sayso.errors import Refused
from sayso.jobs.build import admission_of, documents_in
from sayso.storage.stores import Stores
from sayso.wiring import Network

_MEMBERS_SHOWN = 5


def require_lawful(network: Network, stores: Stores, dataset_id: DatasetId, now: datetime) -> None:
    """Decide again for every row of a dataset, as the members and the law stand now.

    Raises:
        Refused: the dataset was built for another use (GDPR Art. 5(1)(b)), or a row may not be
            trained on. The evidence names every such member, the reason, and the first day on
            which training on them would be lawful if they stay silent.
    """
    manifest = stores.datasets.get(dataset_id)
    purpose = Purpose(manifest.purpose)
    if purpose != Purpose.GENAI_TRAINING:
        raise Refused(
            f"Dataset {dataset_id[:12]} holds what members allow for {purpose}: nobody in it was "
            "asked about training a model that writes.",
            rule="trained_for_what_was_asked",
            evidence=(f"purpose {purpose}",),
            hint="`sayso build` seals what may be trained on.",
        )
    if not manifest.rows:
        raise Refused(
            f"Dataset {dataset_id[:12]} holds no text, so there is nothing to learn.",
            rule="something_to_learn",
            hint="`sayso explain DOCUMENT` says why a text stays out; a member's region, age band "
            "and yes are the first to look at.",
        )
    admission = admission_of(network, stores, purpose, now)
    found = tuple(
        no_longer_permitted(network.settings.store, dataset_id, documents_in(stores), admission)
    )
    if not found:
        return
    members: defaultdict[MemberId, list[NoLonger]] = defaultdict(list)
    for each in found:
        members[each.row.member_id].append(each)
    sentences = tuple(
        _sentence(member_id, refused, admission) for member_id, refused in sorted(members.items())
    )
    shown = "\n  ".join(sentences[:_MEMBERS_SHOWN])
    more = len(sentences) - _MEMBERS_SHOWN
    raise Refused(
        f"{len(found)} of the dataset's documents, by {_people(len(members))}, may not be trained "
        f"on now:\n  {shown}" + (f"\n  and {_people(more)} more" if more > 0 else ""),
        rule="permitted_when_training",
        evidence=sentences,
        hint="`sayso build` seals what may be used today.",
    )


def _sentence(member_id: MemberId, refused: Sequence[NoLonger], admission: Admission) -> str:
    documents = "1 document" if len(refused) == 1 else f"{len(refused)} documents"
    return f"{member_id}, {documents}: {refused[0].reason}{_lawful_day(refused, admission)}"


def _lawful_day(refused: Sequence[NoLonger], admission: Admission) -> str:
    """Say from which day the member's silence would do, where there is such a day."""
    if any(each.rule != rules.notice_first.__name__ for each in refused):
        return ""
    days = [
        lawful_from(case)
        for each in refused
        if each.document is not None
        for case in facts_for(
            each.document, admission.purpose, admission.at, admission.world
        ).authors
        if case.member_id == each.row.member_id
    ]
    known = [moment for moment in days if moment is not None]
    if not known or len(known) < len(days):
        return ""
    return f" Lawful from {day(max(known))} if they stay silent."


def _people(count: int) -> str:
    return "1 member" if count == 1 else f"{count} members"
