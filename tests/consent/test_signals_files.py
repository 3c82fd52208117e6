"""Reservations, directives and records: each read by its own rules."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from sayso.consent.choices import Answer
from sayso.consent.signals import answer_of, cawg, lexicon, noai, paths, tdmrep
from sayso.consent.signals.lexicon import Record
from sayso.consent.signals.tdmrep import Offer, Reservation
from sayso.consent.signals.usage import Usage, Use
from sayso.errors import BadInput

YES, NO = Answer.YES, Answer.NO
RESERVED, OPEN, UNSET = Usage(said={Use.MINING: NO}), Usage(said={Use.MINING: YES}), Usage()
NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "usage"),
    [
        ("1", RESERVED),
        (" 1\t", RESERVED),
        ("0", OPEN),
        ("2", UNSET),
        ("true", UNSET),
        ("", UNSET),
        ("01", UNSET),
        ("0, 1", RESERVED),
        ("0, 2", UNSET),
    ],
)
def test_a_reservation_is_one_or_zero_and_all_else_is_unset(value: str, usage: Usage) -> None:
    assert tdmrep.parse(value) == usage


@pytest.mark.parametrize(
    ("path", "usage"),
    [
        ("/open/a.html", OPEN),
        ("/open/a.pdf", RESERVED),
        ("/open/b/c.pdf?x", OPEN),
        ("/closed/exactly", RESERVED),
        ("/closed/exactly/not", UNSET),
        ("/strange/", UNSET),
        ("/typed/", RESERVED),
        ("/elsewhere", UNSET),
    ],
)
def test_the_first_rule_of_the_file_that_matches_wins(path: str, usage: Usage) -> None:
    rules = tdmrep.parse_file(
        json.dumps(
            [
                {"location": "/open/*.pdf$", "tdm-reservation": 1},
                {"location": "/open/", "tdm-reservation": 0},
                {"location": "/closed/exactly$", "tdm-reservation": 1, "tdm-policy": "/p.json"},
                {"location": "/strange/", "tdm-reservation": True},
                {"location": "/strange/", "tdm-reservation": 1},
                {"location": "/typed/", "tdm-reservation": "1"},
                {"location": "/elsewhere", "tdm-reservation": "0"},
            ]
        )
    )

    rule = tdmrep.rule_for(rules, path)

    assert (rule.usage if rule else UNSET) == usage


def test_file_header_and_page_rank_in_this_order_and_absence_never_resets() -> None:
    assert tdmrep.resolve(RESERVED, OPEN, UNSET) == OPEN
    assert tdmrep.resolve(OPEN, UNSET, RESERVED) == RESERVED
    assert tdmrep.resolve(RESERVED, UNSET, UNSET) == RESERVED
    assert tdmrep.resolve(UNSET, UNSET, UNSET) == UNSET


def test_a_file_of_reservations_reads_back() -> None:
    rules = (
        Reservation(location="/a", usage=RESERVED, policy="https://example.org/p"),
        Reservation(location="/b", usage=UNSET),
        Reservation(location="/", usage=OPEN),
    )

    assert tdmrep.parse_file(json.dumps(tdmrep.emit_file(rules))) == rules


@pytest.mark.parametrize(
    "text", ["", "{}", '"a"', "[1]", '[{"tdm-reservation": 1}]', '[{"location": 1}]', "[{", "null"]
)
def test_a_broken_file_of_reservations_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"tdmrep\.json"):
        tdmrep.parse_file(text)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('[{"location": "/", "tdm-reservation": 0}]', YES),
        ('[{"location": "/a", "tdm-reservation": 0}]', None),
        ('\ufeff[{"location": "/a", "tdm-reservation": 1}]', NO),
        ('[{"location": "/", "tdm-reservation": 0}, {"location": "/a", "tdm-reservation": 1}]', NO),
        ("[]", None),
    ],
)
def test_a_stored_file_answers_by_its_strictest_rule(text: str, answer: Answer | None) -> None:
    assert answer_of("tdmrep", text) is answer


def test_a_policy_is_an_offer_that_reads_back() -> None:
    offer = Offer(
        uid="https://example.org/tdm-policy.json",
        assigner="https://example.org",
        name="Hamlet",
        url="https://example.org/notices",
    )
    written = tdmrep.emit_offer(offer)

    assert written["profile"] == "http://www.w3.org/ns/tdmrep"
    assert written["@type"] == "Offer"
    assert "prohibition" not in written
    assert tdmrep.parse_offer(json.dumps(written)) == offer


@pytest.mark.parametrize("change", [{"@type": "Set"}, {"profile": ""}, {"assigner": 1}, {"uid": 1}])
def test_what_is_no_policy_is_refused(change: dict[str, Any]) -> None:
    offer = tdmrep.emit_offer(Offer(uid="u", assigner="a", name="n"))

    with pytest.raises(BadInput, match="The TDM policy"):
        tdmrep.parse_offer(json.dumps(offer | change))


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/", "/anything", True),
        ("/a", "/abc", True),
        ("/a$", "/abc", False),
        ("/a*c", "/a/b/c/d", True),
        ("/a*c$", "/a/b/c/d", False),
        ("/a*c$", "/abcc", True),
        ("/a*$", "/a", True),
        ("/*a*b$", "/ab", True),
        ("/*ab$", "/b", False),
        ("/aa*aa$", "/aaa", False),
        ("/%61", "/a", True),
        ("/%2f", "/%2F", True),
        ("/%2f", "//", False),
        ("/path/foo-%24", "/path/foo-$", False),
        ("", "/a", True),
    ],
)
def test_a_pattern_covers_a_prefix_with_stars_and_an_end(
    pattern: str,
    path: str,
    fits: bool,  # noqa: FBT001
) -> None:
    assert paths.matches(pattern, path) is fits


@pytest.mark.parametrize(
    ("value", "agent", "answer"),
    [
        ("noai", "", NO),
        ("noindex, NOAI", "", NO),
        ("noimageai", "", None),
        ("noindex, nofollow", "", None),
        ("all", "", None),
        ("otherbot: noai", "", NO),
        ("otherbot: noai", "sayso", None),
        ("sayso: noindex, noai", "sayso", NO),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, noai", "sayso", NO),
        ("max-snippet: 5, noai", "sayso", NO),
        ("", "", None),
    ],
)
def test_noai_is_a_no_and_nothing_is_a_yes(value: str, agent: str, answer: Answer | None) -> None:
    assert noai.parse(value, agent).of(Use.GENAI_TRAINING) is answer


def assertion(**uses: str) -> str:
    return json.dumps({"entries": {f"cawg.{name}": {"use": use} for name, use in uses.items()}})


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (assertion(ai_generative_training="allowed"), YES),
        (assertion(ai_generative_training="constrained"), NO),
        (assertion(ai_generative_training="allowed", data_mining="notAllowed"), NO),
        (assertion(ai_generative_training="allowed", ai_training="constrained"), NO),
        (assertion(ai_generative_training="allowed", ai_inference="notAllowed"), YES),
        (assertion(data_mining="allowed"), None),
        (assertion(ai_training="allowed"), None),
        (assertion(), None),
        ('{"entries": {"c2pa.ai_generative_training": {"use": "notAllowed"}}}', NO),
        ('{"c2pa.training-mining": {"entries": {"c2pa.data_mining": {"use": "notAllowed"}}}}', NO),
        ('{"cawg.training-mining": {"entries": {}}}', None),
        ('{"entries": {"acme.ai_training": {"use": "what"}}}', None),
    ],
)
def test_an_assertion_answers_by_its_strictest_entry(text: str, answer: Answer | None) -> None:
    assert answer_of("cawg-1.1", text) is answer


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"entries": []}',
        assertion(ai_training="maybe"),
        '{"entries": {"cawg.ai_training": {}}}',
        '{"entries": {"cawg.ai_training": "allowed"}}',
        '{"entries": {"cawg.ai_training": {"use": ["allowed"]}}}',
    ],
)
def test_a_broken_assertion_is_no_silence(text: str) -> None:
    with pytest.raises(BadInput):
        answer_of("cawg-1.1", text)


@pytest.mark.parametrize("spelling", ["constraint_info", "constraints_info"])
def test_a_constraint_is_read_in_both_spellings_and_written_in_one(spelling: str) -> None:
    entry = {"use": "constrained", spelling: "ask us"}
    text = json.dumps({"entries": {"cawg.ai_generative_training": entry}})

    told = cawg.constraints(text)
    again = cawg.emit(cawg.parse(text), told)

    assert told == {Use.GENAI_TRAINING: "ask us"}
    assert '"constraint_info": "ask us"' in again
    assert cawg.constraints(again) == told
    assert cawg.parse(again) == Usage(said={Use.GENAI_TRAINING: NO})


def record(scope: dict[str, str] | None = None, **allow: object) -> str:
    return json.dumps(
        {
            "$type": lexicon.TYPE,
            "updatedAt": "2026-05-05T12:00:00Z",
            "scope": scope or {"$type": f"{lexicon.TYPE}#globalScope"},
            "preferences": {
                name: {"allow": value, "updatedAt": "2026-05-05T12:00:00Z"}
                for name, value in allow.items()
            },
        }
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (record(), None),
        (record(training=True), YES),
        (record(training=False), NO),
        (record(training=True, syntheticContent=False), NO),
        (record(inference=False, embedding=False), None),
        (record(syntheticContent=True), None),
    ],
)
def test_a_preference_record_is_tri_state_by_absence(text: str, answer: Answer | None) -> None:
    assert answer_of("lexicon-ai", text) is answer


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        record(training=None),
        record(training="true"),
        record(training=1),
        record({"$type": "somewhere"}, training=True),
        record({"$type": f"{lexicon.TYPE}#entityScope"}, training=True),
        json.dumps(json.loads(record(training=True)) | {"$type": "app.bsky.feed.post"}),
        json.dumps(json.loads(record()) | {"preferences": {"training": None}}),
        json.dumps(json.loads(record()) | {"preferences": None}),
    ],
)
def test_a_broken_preference_record_is_no_silence(text: str) -> None:
    with pytest.raises(BadInput):
        answer_of("lexicon-ai", text)


def test_records_resolve_from_entity_to_collection_to_all() -> None:
    entity = {"$type": f"{lexicon.TYPE}#entityScope", "entity": "lab.example.org"}
    collection = {"$type": f"{lexicon.TYPE}#collectionScope", "collection": "org.example.essay"}
    records = [
        lexicon.parse_record(record(training=False, inference=True, embedding=True)),
        lexicon.parse_record(record(collection, training=True)),
        lexicon.parse_record(record(entity, training=False, inference=False)),
    ]

    def said(**about: str) -> Answer | None:
        return lexicon.resolve(records, **about).of(Use.TRAINING)

    assert said() is NO
    assert said(collection="org.example.essay") is YES
    assert said(collection="org.example.essay", entity="lab.example.org") is NO
    assert said(collection="org.example.other") is NO
    assert lexicon.resolve(records, entity="lab.example.org").of(Use.EMBEDDING) is YES
    assert lexicon.resolve([]).of(Use.TRAINING) is None


def test_a_record_of_one_collection_reads_back() -> None:
    usage = Usage(said={Use.TRAINING: NO, Use.EMBEDDING: YES})

    text = lexicon.emit(usage, NOON, "org.example.essay")

    assert lexicon.parse_record(text) == Record(usage=usage, collection="org.example.essay")
    assert json.loads(text)["updatedAt"] == "2026-05-05T12:00:00Z"


def intents(**intent: object) -> str:
    return json.dumps({"$type": lexicon.INTENTS_TYPE, "updatedAt": "2026-05-05T12:00:00Z"} | intent)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (intents(), None),
        (intents(syntheticContentGeneration={"allow": True}), YES),
        (intents(syntheticContentGeneration={"allow": False}), NO),
        (intents(syntheticContentGeneration={"updatedAt": "2026-05-05T12:00:00Z"}), None),
        (intents(syntheticContentGeneration={"allow": True}, bulkDataset={"allow": False}), NO),
        (intents(protocolBridging={"allow": False}), None),
    ],
)
def test_a_declaration_of_intents_is_tri_state_by_absence(text: str, answer: Answer | None) -> None:
    assert answer_of("user-intents", text) is answer


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        intents(syntheticContentGeneration=None),
        intents(syntheticContentGeneration={"allow": None}),
        intents(bulkDataset={"allow": "no"}),
        record(training=True),
    ],
)
def test_a_broken_declaration_is_no_silence(text: str) -> None:
    with pytest.raises(BadInput):
        answer_of("user-intents", text)
