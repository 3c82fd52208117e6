"""Lines of a program in a text that nobody marked as code: names in them are a program's.

Only shapes that prose has not: declarations, imports, and calls. What stands in quotes or in a
comment was written for people.
"""

import re

_PROGRAM = re.compile(
    r"\s*(?:"
    r"(?:export +)?(?:const|let|var|val) +[\w${}\[\], :<>]+ ?=[^=]"
    r"|import +(?:type +)?[\w*{}$, ]+ +from +[\"']"
    r"|from +\.*[\w.]+ +import +[\w*(]"
    r"|import +[\w.*]+(?: +as +\w+)? *;?\s*$"
    r"|#include *[<\"]|using +[\w.]+ *;|package +[\w.]+ *;"
    r"|(?:require|require_once|require_relative) *\(? *[\"']"
    r"|(?:[\w.$]+(?: *[:*&] *[\w<>]+)? *)(?::=|[-+*/|&]?=(?!=)) *(?:new +|await +)?[\w.$]+\([^\n]*$"
    r"|[^\n]*\) *(?:=> *)?\{ *$"
    r"|[\w.$]+\([^\n]*\) *; *$"
    r")"
)
_QUOTES = "\"'`"
_COMMENT = re.compile(r"(?:^|\s)(?://|#|--)(?!include)")
_LONGEST = 400


def is_in_program(text: str, start: int) -> bool:
    """Whether the word at `start` stands in a line of a program, outside quotes and comments."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)]
    if len(line) > _LONGEST or not _PROGRAM.match(line):
        return False
    before = line[: start - begin]
    return not any(before.count(quote) % 2 for quote in _QUOTES) and not _COMMENT.search(before)
