import pytest

from redact.finding import words_found
from sayso.redact.finders.machines import IP


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("192.0.2.44:8080 and 10.0.0.17", ["192.0.2.44", "10.0.0.17"]),
        ("my ip is 1.2.3.4.", ["1.2.3.4"]),
        ("be fe80::1ff:fe23:4567:890a%eth0", ["fe80::1ff:fe23:4567:890a"]),
        ("[2001:db8:0:1:1:1:1:1]:443", ["2001:db8:0:1:1:1:1:1"]),
        ("::ffff:192.0.2.128 be ::1:2:abcd", ["::ffff:192.0.2.128", "::1:2:abcd"]),
        ("1.2.3.4, version 10.20.30.40, 999.1.1.1, 1.2.3.4.5", []),
        ("127.0.0.1 0.0.0.0 255.255.255.0 ::1 std::vector a::b 12:30:45:12 dead::", []),
    ],
)
def test_an_address_of_a_machine_is_no_version_and_no_time(text: str, found: list[str]) -> None:
    assert words_found(IP, text) == found
