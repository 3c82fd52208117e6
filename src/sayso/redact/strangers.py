"""How eagerly names of people who are no members are taken out, as an operator sets it."""

from functools import cache

from sayso.errors import BadInput
from sayso.redact.tagger.tagging import Tagger

BIASES = {"off": None, "light": -75, "balanced": 0, "strict": 150}
"""What is added to the score of a name, in hundredths of a natural logarithm."""


@cache
def strangers(setting: str) -> Tagger | None:
    """Return the tagger for a value of the setting redact_strangers; None for `off`.

    Raises:
        BadInput: there is no such value.
    """
    if setting not in BIASES:
        raise BadInput(
            f"redact_strangers is {setting!r}.", hint=f"Set it to one of: {', '.join(BIASES)}."
        )
    bias = BIASES[setting]
    return None if bias is None else Tagger.load(bias=bias)
