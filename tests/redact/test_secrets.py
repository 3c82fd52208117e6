"""Every secret here is put together when the test runs: none stands in the file as a whole."""

import random
import string

import pytest

from redact.finding import words_found
from sayso.redact.finders.secrets import SECRET

LETTERS = string.ascii_letters + string.digits


def made(size: int, signs: str = LETTERS) -> str:
    drawn = random.Random(size)
    return "".join(drawn.choice(signs) for _ in range(size - 2)) + "7Q"


HEX = "0123456789abcdef"
TOKENS = [
    "AKIA" + made(16, string.ascii_uppercase + "234567"),
    *(f"gh{kind}_{made(36)}" for kind in "pousr"),
    "github_pat_" + made(60),
    "glpat-" + made(20),
    "xoxb-" + "1234567890"[::-1] + "-" + made(24),
    "sk_live_" + made(24),
    "rk_live_" + made(24),
    "AIza" + made(35),
    "sk-" + made(48),
    "sk-proj-" + made(48),
    "npm_" + made(36),
    "pypi-AgE" + made(80),
    "SG." + made(22) + "." + made(43),
    "SK" + made(34, HEX)[:32].lower().replace("q", "0"),
    "hf_" + made(34),
    "eyJ" + made(30) + ".eyJ" + made(60) + "." + made(43),
]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_goes_by_its_beginning(token: str) -> None:
    assert words_found(SECRET, f"use {token} here") == [token]
    assert words_found(SECRET, f'key = "{token}";') == [token]


@pytest.mark.parametrize("name", ["RSA ", "EC ", "OPENSSH ", "", "PGP "])
def test_a_private_key_goes_with_all_its_lines(name: str) -> None:
    block = f" BLOCK{'-' * 5}" if name == "PGP " else "-" * 5
    lines = f"{made(64)}\n{made(64)}"
    key = f"-----BEGIN {name}PRIVATE KEY{block}\n{lines}\n-----END {name}PRIVATE KEY{block}"

    assert words_found(SECRET, f"look:\n{key}\nthanks") == [key]


def test_a_private_key_without_an_end_goes_to_the_end_of_its_paragraph() -> None:
    key = f"-----BEGIN RSA PRIVATE KEY-----\n{made(64)}"

    assert words_found(SECRET, f"{key}\n\nthanks") == [key]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password = 'Tr0ub4dor&3'", "Tr0ub4dor&3"),
        ("Passwort: hunter2!Zq", "hunter2!Zq"),
        ("DB_PASSWORD=k9#vPq2LmX", "k9#vPq2LmX"),
        ("the password is k9vPq2LmXa.", "k9vPq2LmXa"),
        ('"api_key": "9f8e7d6c5b4a39281706"', "9f8e7d6c5b4a39281706"),
        ("client_secret=8Xq~2kLmN.pQr", "8Xq~2kLmN.pQr"),
        ("contraseña: Zx81kLp0q", "Zx81kLp0q"),
        ("access_token: q1W2e3R4t5Y6u7", "q1W2e3R4t5Y6u7"),
    ],
)
def test_a_value_with_much_in_it_goes_after_a_word_for_a_secret(text: str, secret: str) -> None:
    assert words_found(SECRET, text) == [secret]


def test_user_and_password_of_an_address_go() -> None:
    link = "postgres://" + "ana:" + "k9vPq2LmX" + "@db.example.org/x"

    assert words_found(SECRET, link) == ["ana:" + "k9vPq2LmX"]


@pytest.mark.parametrize(
    "text",
    [
        "password=changeme, password: password123, pwd = 'test'",
        "api_key = YOUR_API_KEY_1, token: <token>, secret=xxxxxxxx1",
        "password = getPassword(), pwd = os.environ['PWD1'], token = $TOKEN1",
        "password: ${DB_PASSWORD1} or {{ password1 }}",
        "AKIAIOSFODNN7EXAMPLE is in the handbook",
        "ghp_" + "x" * 36 + " and sk-" + "x" * 40,
        "the password is too short; the token is broken",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ ana@example.org",
        "http://user:password@example.org and http://example.org:8080/a@b",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "desk-" + made(30) + " task-force",
        "secret = this.secret, token == next_token1",
    ],
)
def test_placeholders_and_code_stay(text: str) -> None:
    assert words_found(SECRET, text) == []
