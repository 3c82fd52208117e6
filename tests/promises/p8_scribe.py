"""Says choices by many threads, or imports a file of them, until it is killed.

Run by test_p8_acknowledged_choices_survive.py in a process of its own. Each choice is
acknowledged by one line, written after `Scribe.say` has returned: event id, log position,
commitment, and how large the tree was that its receipt's checkpoint signed.
"""

import os
import random
import sys
import threading
from itertools import count
from pathlib import Path
from uuid import UUID

from sayso.community import MemberId
from sayso.consent.choices import Answer, Choice
from sayso.consent.purposes import Purpose
from sayso.evidence import checkpoint
from sayso.jobs.choosing import import_choices
from sayso.jobs.scribe import Scribe
from sayso.settings import load_settings
from sayso.wiring import Network, open_network

THREADS = 12
MEMBERS = 20


def event_id(seed: int, thread: int, number: int) -> str:
    return str(UUID(int=random.Random(f"{seed}/{thread}/{number}").getrandbits(128), version=4))


def talk(network: Network, scribe: Scribe, seed: int, thread: int) -> None:
    for number in count():
        acknowledged = scribe.say(
            Choice(
                event_id=event_id(seed, thread, number),
                member_id=MemberId(f"m{(thread + number) % MEMBERS}"),
                purpose=Purpose.AI_RESEARCH,
                answer=tuple(Answer)[number % 2],
                occurred_at=network.clock(),
            )
        )
        recorded = acknowledged.said.recorded
        proof = acknowledged.receipt["proof"]
        assert isinstance(proof, dict)
        signed = checkpoint.parse_proof(str(proof["log_proof"])).checkpoint.splitlines()[1]
        line = f"{recorded.event.event_id} {recorded.leaf} {recorded.commitment} {signed}\n"
        os.write(1, line.encode())  # one write is one line, whichever thread it comes from


def tell(done: float, *_: object) -> None:
    os.write(1, b"%d\n" % done)


def main(home: Path, seed: int, path: str = "") -> None:
    network = open_network(load_settings(home, {}))
    if path:
        os.write(1, b"begun\n")
        import_choices(network, Path(path), report=tell)
        os.write(1, b"done\n")
        return
    scribe = Scribe(network)
    for thread in range(THREADS):
        arguments = (network, scribe, seed, thread)
        threading.Thread(target=talk, args=arguments, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
