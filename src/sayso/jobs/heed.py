"""When notice or policy change, what they no longer allow goes out of service (promise P2)."""

from dataclasses import replace

from sayso.community import MemberId
from sayso.consent.notices import effective_from
from sayso.consent.purposes import Purpose
from sayso.datasets.leaving import no_longer_permitted
from sayso.evidence import canonical
from sayso.jobs.build import admission_of, documents_in
from sayso.rights.serving import take_out
from sayso.wiring import Network


def law_in_force(network: Network) -> str:
    """Return a digest of what decides where members are silent: the policy, and the notices."""
    now = network.clock()
    with network.reading() as stores:
        begun = [
            notice.id
            for notice in stores.notices.list()
            if (starts := effective_from(notice)) is not None and starts <= now
        ]
        return canonical.digest([stores.policies.current().digest, sorted(begun)])


def heed_law(network: Network) -> tuple[MemberId, ...]:
    """Take out of service what a decision made now no longer allows; return whose it was.

    Reading comes first and may take long; writing touches only the members it is about. What
    is said meanwhile is heeded where it is said.
    """
    store = network.settings.store
    affected: set[MemberId] = set()
    with network.reading() as stores:
        served = stores.models.served_datasets()
        if not served:
            return ()
        everybody = admission_of(network, stores, Purpose.GENAI_TRAINING, network.clock())
        for dataset_id in served:
            removed = stores.takebacks.removed(dataset_id)
            purpose = Purpose(stores.datasets.get(dataset_id).purpose)
            admission = replace(everybody, purpose=purpose)
            for each in no_longer_permitted(store, dataset_id, documents_in(stores), admission):
                if each.row.id not in removed:
                    affected |= set(each.row.members)
    if not affected:
        return ()
    with network.writing() as stores:
        now = network.clock()
        withdrawn = take_out(stores, sorted(affected), "the notice or the policy changed", now)
    return tuple(withdrawn)
