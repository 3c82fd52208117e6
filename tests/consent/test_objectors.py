"""Where somebody is named: whole words, whatever their capitals and accents are written with."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import ANA, assert_permitted, village, writing
from sayso.community import DocumentId
from sayso.consent.objectors import NOBODY_OBJECTS, Objector, Objectors

D1, D2 = DocumentId("d1"), DocumentId("d2")


def objecting(*names: str, documents: frozenset[DocumentId] = frozenset()) -> Objectors:
    return Objectors([Objector(id="o-1", names=names, documents=documents)])


def found(objectors: Objectors, text: str, document_id: DocumentId = D1) -> list[str]:
    return [text[each.start : each.end] for each in objectors.find(text, document_id)]


@pytest.mark.parametrize(
    ("name", "text", "there"),
    [
        ("Maria Sample", "We thank Maria Sample.", ["Maria Sample"]),
        ("Maria Sample", "MARIA SAMPLE and maria sample", ["MARIA SAMPLE", "maria sample"]),
        ("Maria Sample", "Maria\n  Sample's plan", ["Maria\n  Sample"]),
        ("Maria Sample", "Mariam Sample, Maria Samples, @maria_sample", []),
        ("Maria Sample", "Maria, sample", []),
        ("José Muster", "José Muster", ["José Muster"]),
        ("José Muster", "JOSE\u0301 MUSTER", ["JOSE\u0301 MUSTER"]),
        ("Jose\u0301 Muster", "jos\u00e9 muster", ["jos\u00e9 muster"]),
        ("Jose", "José", []),
        ("Jose", "Jose\u0301", []),
        ("Na", "A\u0301na", []),
        ("Karl Groß", "karl gross", ["karl gross"]),
        ("Karl Gross", "KARL GROẞ", ["KARL GROẞ"]),
        ("O'Muster", "old o'muster said", ["o'muster"]),
        ("A.B. Muster", "A.B. Muster", ["A.B. Muster"]),
        ("ΝΊΚΟΣ", "Νίκος", ["Νίκος"]),
        ("示例太郎", "昨日示例太郎さんに会った", ["示例太郎"]),
        ("ราม", "คุณรามมา", ["ราม"]),
        ("राम", "राम आया", ["राम"]),
        ("राम", "रामा आया", []),
        ("Muster", "🙂🙂 Muster 🙂", ["Muster"]),
    ],
)
def test_a_name_is_found_where_it_stands_as_whole_words(
    name: str, text: str, there: list[str]
) -> None:
    assert found(objecting(name), text) == there


def test_every_spelling_that_was_given_counts() -> None:
    objectors = objecting("Maria Sample", "M. Sample", "Sample")

    assert found(objectors, "M. Sample") == ["M. Sample", "Sample"]


def test_an_objection_to_one_document_leaves_the_others() -> None:
    objectors = objecting("Maria Sample", documents=frozenset({D2}))

    assert not found(objectors, "Maria Sample")
    assert found(objectors, "Maria Sample", D2) == ["Maria Sample"]


def test_where_nobody_objects_nothing_is_found() -> None:
    assert not NOBODY_OBJECTS.find("Maria Sample", D1)
    assert not objecting("", " ", "…").find("Maria … Sample", D1)


_SIGNS = st.sampled_from("aAbBéÉe\u0301ßẞ\u0130i\u0307 .-_ş示ภ🙂\n")
_TEXTS = st.text(alphabet=_SIGNS, max_size=30)


@settings(max_examples=300, deadline=None)
@given(before=_TEXTS, name=_TEXTS, after=_TEXTS)
def test_a_name_parted_from_its_neighbours_is_always_found(
    before: str, name: str, after: str
) -> None:
    name = name.strip().strip(".-_\u0301\u0307\n ")
    objectors = objecting(name)
    text = f"{before}, {name}, {after}"
    span = (len(before) + 2, len(before) + 2 + len(name))

    places = [(each.start, each.end) for each in objectors.find(text, D1)]

    assert span in places or not any(sign.isalpha() for sign in name)


@settings(max_examples=300, deadline=None)
@given(name=_TEXTS, text=_TEXTS)
def test_what_is_found_is_the_name_and_lies_in_the_text(name: str, text: str) -> None:
    def plain(words: str) -> list[str]:
        once = unicodedata.normalize("NFD", words).casefold()
        return unicodedata.normalize("NFD", once).split()

    for each in objecting(name).find(text, D1):
        assert 0 <= each.start < each.end <= len(text)
        assert plain(text[each.start : each.end]) == plain(name)


def test_an_objectors_name_is_cut_from_text_and_title_and_the_rest_stays() -> None:
    world = village()
    world.says_yes()
    world.objecting.append(Objector(id="o-1", names=("Second Bakery",)))
    document = writing(title="A second bakery")

    decision = world.decides(document)

    assert_permitted(decision, by="purpose_choice")
    assert [document.text[each.start : each.end] for each in decision.named] == ["second bakery"]
    assert [document.title[each.start : each.end] for each in decision.named_in_title] == [
        "second bakery"
    ]
    assert "objection o-1" in decision.evidence


def test_an_objection_grants_nothing() -> None:
    world = village()
    world.objecting.append(Objector(id="o-1", names=("bakery",)))

    assert not world.decides().permit
    assert world.people[ANA].name
