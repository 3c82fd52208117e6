import pytest

from sayso.redact.program_lines import is_in_program


@pytest.mark.parametrize(
    "line",
    [
        "const Ben = require('ben')",
        "import Ben from './ben'",
        "from grace import Ben",
        "let Ben = new Rose();",
        "rose = Ben(1, 2)",
        "public void Ben(int a) {",
        "Ben(rose);",
    ],
)
def test_a_name_in_a_line_of_a_program_is_the_programs(line: str) -> None:
    text = f"See:\n{line}\nthanks"

    assert is_in_program(text, text.index("Ben"))


@pytest.mark.parametrize(
    "line",
    [
        'const author = "Ben Novak"',
        "x = f(y)  # Ben wrote this",
        "let Ben go home",
        "Name = Ben Novak",
        "From Ben import taxes are due",
        "I saw Ben (and Rose) there.",
        "const x = 1 // Ben asked for it",
    ],
)
def test_what_is_written_for_people_is_not(line: str) -> None:
    text = f"See:\n{line}\nthanks"

    assert not is_in_program(text, text.index("Ben"))
