"""Runs in the peer's own environment: reads questions, asks Cedar, prints answers and times.

What Cedar can prepare is prepared before the clock starts: policies and entities are parsed. The
clock runs while questions are answered.
"""

import json
import sys
import time
from pathlib import Path

import cedarpy

ROUNDS = 5


def main(path: Path) -> None:
    """Ask everything `ROUNDS` times."""
    given = json.loads(path.read_text(encoding="utf-8"))
    policies = cedarpy.PolicySet.from_str(given["policy"])
    entities = cedarpy.Entities.from_json_str(json.dumps(given["entities"]))
    requests = given["requests"]
    seconds = []
    answers: list[cedarpy.AuthzResult] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answers = cedarpy.is_authorized_batch(requests, policies, entities)
        seconds.append(time.process_time() - began)
    wrong = [error for answer in answers for error in answer.diagnostics.errors]
    if wrong:
        raise SystemExit(f"Cedar could not decide: {wrong[0]}")
    json.dump(
        {"permits": [answer.allowed for answer in answers], "processor_s": seconds}, sys.stdout
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
