"""Deleting what nothing serves any more: what only retired models needed, what nobody recorded."""

from sayso.datasets.sealed import discard, lying_in
from sayso.training.checkpoints import FOLDER, prune
from sayso.training.counts.files import prune as prune_counts
from sayso.wiring import Network
from sayso.writing.serving import forget_phrases


def tidy(network: Network) -> None:
    """Delete checkpoints, counts, texts and indexes that no model in service stands on; repeatable.

    A succeeded dataset's manifest stays in the database: what it was can still be shown, what
    it held is gone.
    """
    store = network.settings.store
    with network.reading() as stores:
        keys = stores.models.chain_keys_in_use()
        counted = stores.models.count_names_in_use()
        live = stores.datasets.live()
        gone = [each for each in stores.datasets.ids() if each not in live]
    prune(store / FOLDER, keys)
    prune_counts(store, counted)
    drop_unrecorded(network)
    for dataset_id in gone:
        discard(store, dataset_id)
        forget_phrases(store, dataset_id)
    with network.writing() as stores:
        for dataset_id in gone:
            stores.writing.drop(dataset_id)
        stores.writing.purge()


def drop_unrecorded(network: Network) -> None:
    """Delete sealed datasets that the database does not know, with all their texts; repeatable.

    A build that was killed between sealing and recording leaves one. Only whoever has the
    home's turn may ask: what is sealed now, and recorded next, is in nobody else's hands.
    """
    store = network.settings.store
    with network.reading() as stores:
        unknown = [each for each in lying_in(store) if not stores.datasets.known(each)]
    for dataset_id in unknown:
        discard(store, dataset_id)
