"""The villagers whom a visitor of the demo may sign in as."""

import json
from collections.abc import Iterable, Mapping

from sayso.community import MemberId
from sayso.datasets.disk import replace_durably
from sayso.wiring import Network

SAMPLES_FILE = "samples.json"
"""In the store of a demo: `member_id` and `story` of each."""


def keep_samples(network: Network, stories: Mapping[MemberId, str]) -> None:
    """Write down whom one may sign in as: nobody who was erased."""
    with network.reading() as stores:
        there = stores.community.members_by_id(set(stories))
    written = [
        {"member_id": member_id, "story": story}
        for member_id, story in stories.items()
        if member_id in there
    ]
    path = network.settings.store / SAMPLES_FILE
    replace_durably(path, json.dumps(written, indent=2, ensure_ascii=False).encode())


def drop_samples(network: Network, gone: Iterable[MemberId]) -> None:
    """Take erased members out of the list, where there is one."""
    path = network.settings.store / SAMPLES_FILE
    if path.is_file():
        written = json.loads(path.read_text(encoding="utf-8"))
        kept = [one for one in written if one["member_id"] not in set(gone)]
        if kept != written:
            replace_durably(path, json.dumps(kept, indent=2, ensure_ascii=False).encode())
