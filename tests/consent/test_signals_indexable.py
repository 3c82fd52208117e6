"""What an account says of being found: a no to it is a no to training, a yes is not a yes."""

import pytest

from sayso.consent.choices import Answer
from sayso.consent.signals import answer_of
from sayso.errors import BadInput


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ('{"indexable": false}', Answer.NO),
        ('{"indexable": false, "discoverable": true}', Answer.NO),
        ('{"indexable": true, "discoverable": false}', None),
        ('{"indexable": null, "discoverable": false}', Answer.NO),
        ('{"discoverable": true}', None),
        ('{"indexable": null}', None),
        ("{}", None),
        ("", None),
    ],
)
def test_whoever_would_not_be_found_is_not_trained_on(value: str, answer: Answer | None) -> None:
    assert answer_of("indexable", value) is answer


@pytest.mark.parametrize("value", ['{"indexable": "no"}', '{"indexable": 0}', "[]", "false", "{"])
def test_what_cannot_be_understood_is_no_silence(value: str) -> None:
    with pytest.raises(BadInput):
        answer_of("indexable", value)
