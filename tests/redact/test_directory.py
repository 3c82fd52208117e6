from sayso.redact.directory import Directory


def _found(directory: Directory, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in directory.find(text)]


def test_an_empty_directory_finds_nothing() -> None:
    assert _found(Directory(), "Ana Lopez") == []


def test_one_word_is_no_full_name() -> None:
    assert Directory(["Madonna", "18F", "  ", "Ana 42"]).names == 0


def test_a_name_is_found_in_the_ways_it_is_written() -> None:
    directory = Directory(["Ana María Lopez"])

    for written in ("Ana María Lopez", "Ana Lopez", "Ana M. Lopez", "Lopez, Ana María"):
        assert written in _found(directory, f"by {written}!"), written
    assert "ANA MARIA LOPEZ" in _found(directory, "BY ANA MARIA LOPEZ!")


def test_a_name_is_found_only_between_other_words() -> None:
    directory = Directory(["Ana Lopez"])

    assert _found(directory, "Diana Lopez, Ana Lopezes, Ana Lopez2") == []
    assert _found(directory, "(Ana Lopez), Ana Lopez's") == ["Ana Lopez", "Ana Lopez"]


def test_neighbours_in_a_list_are_not_one_turned_name() -> None:
    directory = Directory(["Ana Lopez"])

    assert _found(directory, "by Bo Lopez, Ana Berg and others") == []
    assert _found(directory, "see Lopez, Ana (2019)") == ["Lopez, Ana"]


def test_spelling_the_names_twice_or_in_another_order_is_the_same_directory() -> None:
    assert Directory(["A B", "C  D", "A B"]).digest == Directory(["C D", "A B"]).digest
