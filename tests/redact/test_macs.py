import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.finding import words_found
from sayso.redact.finders.macs import MAC


@pytest.mark.parametrize(
    "address", ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7", "02:00:00:00:00:01"]
)
def test_a_hardware_address_goes(address: str) -> None:
    assert words_found(MAC, f"my card is {address}, ok") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "ff:ff:ff:ff:ff:ff and 00:00:00:00:00:00",
        "md5 16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48",
        "at 10:30:45, from 12:30:45 to 10:20:30:40",
        "uuid ff416d4a-3baf-69da-d819-9bfca8b6f3a6",
        "drawn: 01-02-03-04-05-06",
        "2001:db8::ff00:42:8329, fe80::1, a::b",
        "1.1234.5678 and aabb.ccdd.eeff.0011",
        "",
    ],
)
def test_other_pairs_stay(text: str) -> None:
    assert words_found(MAC, text) == []


@settings(max_examples=60)
@given(st.binary(min_size=6, max_size=6), st.sampled_from(":-"))
def test_any_six_bytes_are_one(six: bytes, sign: str) -> None:
    address = six.hex(sign)

    found = words_found(MAC, f"arp {address} on")

    is_one = any(map(str.isalpha, address)) or sign == ":"
    expected = [address] if is_one and set(six) not in ({0}, {255}) else []
    assert found == expected
