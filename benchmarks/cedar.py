"""The same questions for a general policy engine: Cedar, through `cedarpy` in its own venv."""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crowd import (
    COVERED,
    LICENCES,
    NOTICE_DAYS,
    NOW,
    PUBLISHED,
    STORIES,
    Story,
    Yes,
)
from benchmarks.peers import installed, run
from sayso.community import CATEGORY_OF
from sayso.consent.columns import (
    AGE_BANDS,
    KINDS,
    REGIONS,
    STANDINGS,
    STATES,
    VISIBILITIES,
    DocumentColumns,
    MemberColumns,
    moment,
)
from sayso.consent.policy import load_preset

PEER = "cedarpy==4.12.2"
_ASKED_BY = Path(__file__).with_name("cedar_peer.py")
_EUROPE = sorted(region for row in load_preset("linkedin-2024").rows[:1] for region in row.regions)

POLICY = """
// Rank 1: what no yes can lift.
forbid(principal, action, resource) when { principal.standing != "active" };
forbid(principal, action, resource) when { principal.age != "adult" };
forbid(principal, action, resource) when { principal.region == "ZZ" };
forbid(principal, action, resource) when { resource.kind == "message" };
forbid(principal, action, resource) when { resource.state != "published" };
forbid(principal, action, resource) when { resource.created > NOW };
forbid(principal, action, resource) when { resource.visibility != "public" };
forbid(principal, action, resource) when {
  resource.licence like "cc-by-nd*" || resource.licence like "cc-by-nc*" ||
  resource.licence like "all-rights-reserved*" || resource.licence like "third-party*" ||
  resource.licence like "*no-ai*" || resource.licence like "*noai*" ||
  resource.licence like "*tdm-reserv*"
};
forbid(principal, action, resource) when { resource.signals_no };
// Ranks 2 to 7, the first that speaks.
permit(principal, action, resource) when {
  if resource.category == "content" && principal has content_yes &&
     principal.content_yes.seq > principal.no && COUNTS(principal.content_yes)
  then true
  else if resource.category == "content" && principal.content_no > 0
  then false
  else if principal.gpc > 0 && !(principal has yes && principal.yes.after_conflict &&
          principal.yes.seq > principal.gpc && COUNTS(principal.yes))
  then false
  else if principal has yes && COUNTS(principal.yes)
  then true
  else if principal.no > 0
  then false
  else if principal.settings_no.contains("do-not-index")
  then false
  else if SILENCE_IS_NO.contains(principal.region)
  then false
  else COVERED.contains(resource.category) && (
    (principal.told has n2 && principal.told.n2 + NOTICE_DAYS <= 0) ||
    (principal.told has n3 && principal.told.n3 + NOTICE_DAYS <= 0))
};
"""
_COUNTS = (
    "(COVERED.contains(resource.category) && {yes}.notice.in_force"
    " && {yes}.notice.published <= {yes}.day && {yes}.day <= 0)"
)


def policy_text() -> str:
    """Return the policy with everything that is the same for all questions written into it."""
    text = POLICY
    for yes in ("principal.content_yes", "principal.yes"):
        text = text.replace(f"COUNTS({yes})", _COUNTS.format(yes=yes))
    constants = {
        "NOW": moment(NOW),
        "NOTICE_DAYS": NOTICE_DAYS,
        "COVERED": json.dumps([str(each) for each in COVERED]),
        "SILENCE_IS_NO": json.dumps([str(region) for region in _EUROPE]),
    }
    for name, value in constants.items():
        text = text.replace(name, str(value))
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the peer answered, and how long one round took it, in seconds, each time."""

    permits: Sequence[bool]
    processor_s: Sequence[float]


def ask(members: MemberColumns, documents: DocumentColumns, rows: Sequence[int]) -> Asked:
    """Ask the peer about these rows, in an environment made for it and thrown away.

    Raises:
        SystemExit: the peer cannot be installed or run; the message says why.
    """
    with installed([PEER]) as python, tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "questions.json"
        given.write_text(json.dumps(_questions(members, documents, rows)), encoding="utf-8")
        answered = run([str(python), str(_ASKED_BY), str(given)], f"{PEER} could not be asked")
    said = json.loads(answered)
    return Asked(permits=said["permits"], processor_s=said["processor_s"])


def _questions(
    members: MemberColumns, documents: DocumentColumns, rows: Sequence[int]
) -> dict[str, object]:
    entities = [_notice(name) for name in PUBLISHED]
    requests = []
    authors = {int(documents.author_D[row]) for row in rows}
    entities += [_member(members, row) for row in sorted(authors)]
    for row in rows:
        entities.append(_document(documents, row))
        requests.append(
            {
                "principal": f'Member::"{int(documents.author_D[row])}"',
                "action": 'Action::"train"',
                "resource": f'Document::"{row}"',
            }
        )
    return {
        "policy": policy_text(),
        "entities": entities,
        "requests": requests,
    }


def _entity(kind: str, name: object, attributes: dict[str, object]) -> dict[str, object]:
    return {"uid": {"type": kind, "id": str(name)}, "attrs": attributes, "parents": []}


def _notice(name: str) -> dict[str, object]:
    return _entity("Notice", name, {"published": -PUBLISHED[name], "in_force": name != "n1"})


def _member(members: MemberColumns, row: int) -> dict[str, object]:
    story: Story = STORIES[int(members.said_M[row])]
    facts: dict[str, object] = {
        "region": str(REGIONS[members.region_M[row]]),
        "age": str(AGE_BANDS[members.age_band_M[row]]),
        "standing": str(STANDINGS[members.standing_M[row]]),
        "no": story.no,
        "content_no": story.content_no,
        "gpc": story.gpc,
        "settings_no": ["do-not-index"] if story.setting_no else [],
        "told": {notice: -days for notice, days in story.told.items()},
    }
    # A no takes back the yes before it, as the ledger's fold has it.
    if story.yes is not None and story.yes.seq > story.no:
        facts["yes"] = _yes(story.yes)
    if story.content_yes is not None and story.content_yes.seq > story.content_no:
        facts["content_yes"] = _yes(story.content_yes)
    return _entity("Member", row, facts)


def _yes(yes: Yes) -> dict[str, object]:
    return {
        "seq": yes.seq,
        "notice": {"__entity": {"type": "Notice", "id": yes.notice}},
        "day": -yes.days_ago,
        "after_conflict": yes.after_conflict,
    }


def _document(documents: DocumentColumns, row: int) -> dict[str, object]:
    kind = KINDS[documents.kind_D[row]]
    return _entity(
        "Document",
        row,
        {
            "kind": str(kind),
            "category": str(CATEGORY_OF[kind]),
            "visibility": str(VISIBILITIES[documents.visibility_D[row]]),
            "state": str(STATES[documents.state_D[row]]),
            "created": int(documents.created_D[row]),
            "licence": LICENCES[documents.licence_D[row]],
            "signals_no": bool(documents.signals_D[row]),
        },
    )
