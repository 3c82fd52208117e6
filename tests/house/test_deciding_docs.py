"""The page on deciding names every rule, in the order of the code."""

import re
from pathlib import Path

from sayso.audit.explain import NOT_YET_WRITTEN
from sayso.consent import fair_notice
from sayso.consent.rules import RULES
from sayso.datasets.leaving import GONE, NAMED_OBJECTS, QUOTED_OBJECTS, TAKEN_BACK
from sayso.datasets.similarity.keepers import Likeness
from sayso.web.console.figures import reasons

PAGE = Path(__file__).parents[2] / "docs" / "deciding.md"


def test_every_rule_is_on_the_page_in_order() -> None:
    told = re.findall(r"^\| (\d) \| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert told == [(str(rule.rank), rule.name) for rule in RULES]


def test_every_reason_beside_the_order_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    modules = (PAGE.parents[1] / "src" / "sayso").rglob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    written = set(re.findall(r"\brule=\"([a-z_]+)\"", code))
    named = set(re.findall(r"^(?:TOO_SHORT|UNCLEAR_QUOTE) = \"([a-z_]+)\"", code, re.MULTILINE))
    known = {NOT_YET_WRITTEN, fair_notice.RULE, GONE, NAMED_OBJECTS, QUOTED_OBJECTS, TAKEN_BACK}

    missing = {each for each in written | named | known | set(Likeness) if f"`{each}`" not in page}

    assert len(named) == 2
    assert missing == set()


def test_every_rule_has_plain_words_for_the_console() -> None:
    for rule in RULES:
        (reason,) = reasons({rule.name: 1})
        assert reason.plain != rule.name.replace("_", " ").capitalize(), rule.name
