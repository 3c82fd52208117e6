"""The page on deciding names every rule, in the order of the code."""

import re
from pathlib import Path

from sayso.consent.rules import RULES
from sayso.web.console.figures import reasons

PAGE = Path(__file__).parents[2] / "docs" / "deciding.md"


def test_every_rule_is_on_the_page_in_order() -> None:
    told = re.findall(r"^\| (\d) \| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert told == [(str(rule.rank), rule.name) for rule in RULES]


def test_every_rule_has_plain_words_for_the_console() -> None:
    for rule in RULES:
        (reason,) = reasons({rule.name: 1})
        assert reason.plain != rule.name.replace("_", " ").capitalize(), rule.name
