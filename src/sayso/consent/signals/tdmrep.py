"""TDM Reservation Protocol (W3C Community Group, 2024-05-10): file, header, page and policy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.consent.choices import Answer
from sayso.consent.signals import objects, paths
from sayso.consent.signals.usage import Said, Usage, Use, both, combine
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON

WELL_KNOWN = "/.well-known/tdmrep.json"
HEADER = "tdm-reservation"
POLICY = "tdm-policy"
PROFILE = "http://www.w3.org/ns/tdmrep"
SAYS: Said = both({Use.MINING})

_CONTEXT = ["http://www.w3.org/ns/odrl.jsonld", "http://www.w3.org/ns/tdmrep.jsonld"]
_RESERVED = {"1": Answer.NO, "0": Answer.YES}
_VALUE = {answer: value for value, answer in _RESERVED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """One rule of the file: the paths it covers, what it says, and where to ask."""

    location: str
    usage: Usage
    policy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A policy: whom to ask, and what must happen before mining (ODRL 2.2, TDMRep profile)."""

    uid: str
    assigner: str
    name: str
    url: str = ""
    duty: str = "obtainConsent"


def parse(text: str) -> Usage:
    """Return what a header or meta value says: `1` reserves, `0` does not, else unset.

    Of several values in one line, a `1` is heard.
    """
    heard = combine(_RESERVED.get(value.strip(" \t")) for value in text.split(","))
    all_known = all(value.strip(" \t") in _RESERVED for value in text.split(","))
    return _mining(heard if heard is Answer.NO or all_known else None)


def emit(usage: Usage) -> str:
    """Return the header's or meta's value; empty where nothing is said of mining."""
    return _VALUE[usage.said[Use.MINING]] if Use.MINING in usage.said else ""


def parse_file(text: str) -> tuple[Reservation, ...]:
    """Return the file's rules in order.

    A reservation that is neither 1 nor 0 is unset. The text "1" is heard as an objection, the
    text "0" is not: a mistyped no is still a no.

    Raises:
        BadInput: it is not an array of objects with a `location`.
    """
    rules = []
    for value in objects.sequence(objects.read(text, WELL_KNOWN), WELL_KNOWN):
        rule = objects.mapping(value, f"{WELL_KNOWN}: a rule")
        said = rule.get(HEADER)
        policy = rule.get(POLICY, "")
        rules.append(
            Reservation(
                location=objects.text(rule.get("location"), f"{WELL_KNOWN}: location"),
                usage=_mining(_reserved(said)),
                policy=policy if isinstance(policy, str) else "",
            )
        )
    return tuple(rules)


def emit_file(rules: Iterable[Reservation]) -> list[dict[str, JSON]]:
    """Return the file's array; a rule that says nothing keeps its place, unset."""
    written: list[dict[str, JSON]] = []
    for rule in rules:
        entry: dict[str, JSON] = {"location": rule.location}
        if value := emit(rule.usage):
            entry[HEADER] = int(value)
        if rule.policy:
            entry[POLICY] = rule.policy
        written.append(entry)
    return written


def rule_for(rules: Iterable[Reservation], path: str) -> Reservation | None:
    """Return the first rule whose location covers `path`."""
    return next((rule for rule in rules if paths.matches(rule.location, path)), None)


def resolve(*levels: Usage) -> Usage:
    """Return what holds of file, header and page, weakest first: absence never resets."""
    said = [level.said[Use.MINING] for level in levels if Use.MINING in level.said]
    return _mining(said[-1] if said else None)


def answer(text: str) -> Answer | None:
    """Return what a stored header, meta value or whole file answers to training.

    Of a file the strictest rule counts: the path it was fetched for is not stored with it.

    Raises:
        BadInput: the file is broken.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] not in {"[", "{"}:
        return parse(text).of(Use.GENAI_TRAINING)
    rules = parse_file(text.lstrip("\ufeff"))
    heard = combine(rule.usage.of(Use.GENAI_TRAINING) for rule in rules)
    covers_all = any(rule.location in {"/", "/*"} for rule in rules)
    return heard if heard is not Answer.YES or covers_all else None


def parse_offer(text: str) -> Offer:
    """Return a policy.

    Raises:
        BadInput: it is not an ODRL Offer of the TDMRep profile.
    """
    what = "The TDM policy"
    body = objects.mapping(objects.read(text, what), what)
    if body.get("@type") != "Offer" or body.get("profile") != PROFILE:
        raise BadInput(
            f"{what} is not an Offer of the profile {PROFILE}.", hint="Give it as it was fetched."
        )
    party = objects.mapping(body.get("assigner"), f"{what}'s assigner")
    rules: Mapping[str, JSON] = {}
    for name in ("obligation", "permission"):
        for rule in objects.sequence(body.get(name, []), f"{what}'s {name}"):
            rules = objects.mapping(rule, f"{what}'s {name}")
    duty = rules.get("action", "")
    return Offer(
        uid=objects.text(body.get("uid"), f"{what}'s uid"),
        assigner=objects.text(party.get("uid"), f"{what}'s assigner"),
        name=objects.text(party.get("vcard:fn", ""), f"{what}'s assigner's name"),
        url=objects.text(party.get("vcard:hasURL", ""), f"{what}'s assigner's address"),
        duty=objects.text(duty, f"{what}'s action"),
    )


def emit_offer(offer: Offer) -> dict[str, JSON]:
    """Return a policy as JSON: who it is from, and that consent must be obtained first."""
    party: dict[str, JSON] = {"uid": offer.assigner, "vcard:fn": offer.name}
    if offer.url:
        party["vcard:hasURL"] = offer.url
    return {
        "@context": list(_CONTEXT),
        "@type": "Offer",
        "profile": PROFILE,
        "uid": offer.uid,
        "assigner": party,
        "obligation": [{"action": offer.duty}],
    }


def _mining(answer_: Answer | None) -> Usage:
    return Usage() if answer_ is None else Usage(said={Use.MINING: answer_})


def _reserved(said: JSON) -> Answer | None:
    if said == "1" or (said == 1 and not isinstance(said, bool)):
        return Answer.NO
    return Answer.YES if said == 0 and isinstance(said, int) and said is not False else None
