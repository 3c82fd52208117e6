"""Keys, tokens and passwords: by the beginnings their makers publish, or by the word before them.

Found in code too, where most of them are lost. What is a placeholder (`changeme`, `YOUR_KEY`,
`xxxx`) or has too little in it to be a secret stays.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from sayso.redact.letters import Places
from sayso.redact.payment.card_checks import beside_cards
from sayso.redact.payment.card_numbers import are_enough
from sayso.redact.scan import Finder, Hit, Kind, Scan, Span
from sayso.redact.sight import Sight, Signs

_B64 = "[A-Za-z0-9_-]"
_WORD = "[A-Za-z0-9]"
# What each begins with, what follows, and who publishes the form.
_TOKENS: tuple[tuple[str, str, str], ...] = (
    ("AKIA", r"[A-Z2-7]{16}", "aws"),  # AWS IAM, unique identifiers
    ("ASIA", r"[A-Z2-7]{16}", "aws"),
    ("ghp_", rf"{_WORD}{{36,251}}", "github"),  # GitHub, token formats
    ("gho_", rf"{_WORD}{{36,251}}", "github"),
    ("ghu_", rf"{_WORD}{{36,251}}", "github"),
    ("ghs_", rf"{_WORD}{{36,251}}", "github"),
    ("ghr_", rf"{_WORD}{{36,251}}", "github"),
    ("github_pat_", r"\w{22,255}", "github"),
    ("glpat-", rf"{_B64}{{20,64}}", "gitlab"),  # GitLab, token prefixes
    ("xoxa-", r"[0-9A-Za-z-]{10,250}", "slack"),  # Slack, token types
    ("xoxb-", r"[0-9A-Za-z-]{10,250}", "slack"),
    ("xoxp-", r"[0-9A-Za-z-]{10,250}", "slack"),
    ("xoxr-", r"[0-9A-Za-z-]{10,250}", "slack"),
    ("xoxs-", r"[0-9A-Za-z-]{10,250}", "slack"),
    ("hooks.slack.com/services/", r"T\w{6,12}/B\w{6,12}/\w{18,32}", "slack"),
    ("sk_live_", rf"{_WORD}{{16,247}}", "stripe"),  # Stripe, API keys
    ("rk_live_", rf"{_WORD}{{16,247}}", "stripe"),
    ("AIza", rf"{_B64}{{35}}", "google"),  # Google Cloud, API keys
    ("ya29.", rf"{_B64}{{20,250}}", "google"),
    ("sk-", rf"(?:proj-|ant-|or-)?{_B64}{{20,200}}", "model api"),  # OpenAI and those like it
    ("npm_", rf"{_WORD}{{36}}", "npm"),  # npm, granular access tokens
    ("pypi-", rf"AgE{_B64}{{50,250}}", "pypi"),  # PyPI, macaroon tokens
    ("SG.", rf"{_B64}{{16,32}}\.{_B64}{{16,64}}", "sendgrid"),
    ("SK", r"[0-9a-f]{32}", "twilio"),
    ("dop_v1_", r"[0-9a-f]{64}", "digitalocean"),
    ("hf_", rf"{_WORD}{{30,40}}", "hugging face"),
    ("eyJ", rf"{_B64}{{8,2000}}\.eyJ{_B64}{{8,6000}}(?:\.{_B64}{{8,2000}})?", "jwt"),  # RFC 7519
)
_BY_START = tuple(
    (start, re.compile(rf"(?<!{_WORD}){re.escape(start)}{rest}(?!{_WORD})"), rule)
    for start, rest, rule in _TOKENS
)
_ANY_START = re.compile("|".join(re.escape(start) for start, _, _ in _TOKENS))
_KEY_BEGINS = re.compile(r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_LONGEST_KEY = 20_000
_KEY_END = "-----END "

_URL_PASSWORD = re.compile(r"://([^\s/:@\"'<>]{0,64}):([^\s/@\"'<>]{3,128})@")
_WORDS = (
    *("passw", "passwd", "pwd", "passphrase", "passcode", "kennwort", "secret", "token", "api"),
    *("access", "contraseña", "mot de passe", "senha", "wachtwoord", "lösenord", "hasło", "пароль"),
)
_ASSIGNED = re.compile(
    r"(?:password|passwd|passwort|kennwort|pwd|passphrase|passcode|secret|token"
    r"|(?:access|auth|api|secret)[_ -]?key|contraseña|mot de passe|senha|wachtwoord|lösenord"
    r"|hasło|пароль)(?:[_-]?(?:access[_-]?)?key)?[\"'\])]{0,2}"
    r"(?: {0,3}(?::=|=>|={1,2}|:) {0,3}| (?:is|ist|es|est|lautet):? )"
    r"[\"'`]?([^\s\"'`<>(){}\[\],;]{6,200})",
    re.IGNORECASE,
)
_APART = frozenset(" \t\n\r\"'`<>(){}[],;")
_APART_SIGNS = Signs(_APART, beyond=False)
_ENDING_SIGNS = Signs((*_APART, *".:-/%"), beyond=False)
_LEFT, _NAME_REACH = 300, 48
_REST = re.compile(r"[^\s\"'`<>(){}\[\],;]{0,9000}")
_PLACEHOLDER = re.compile(
    r"your|change|example|sample|placeholder|dummy|insert|replace|redacted|password|passwort|secret"
    r"|x{3,}|\*{3,}|\.{3,}|<|\$\{?[A-Za-z_]|%[sd(]|^(?:null|none|true|false|undefined|string|test)"
    r"|1234567|abcdef|qwerty|foobar|os\.environ|getenv|process\.env|_token$|^process|^self\.|^this\.",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[A-Za-z]+(?:[_.][A-Za-z]+)+[0-9]{0,2}\Z")
_SHORTEST, _SHORTEST_TOKEN = 8, 20
_FEWEST_BITS = 2.6
_FEWEST_BITS_OF_TOKENS = 3.0


def may_be_long(sight: Sight) -> Places:
    """Return the digits in words of eight signs or more that are not all there is of the word."""
    breaks = sight.breaks
    long = (
        breaks[np.searchsorted(breaks, sight.ends)]
        - breaks[np.searchsorted(breaks, sight.begins) - 1]
        > _SHORTEST
    )
    is_all = _APART_SIGNS.hold(sight.before()) & _ENDING_SIGNS.hold(sight.after())
    return sight.runs[long & ~is_all]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each secret; of a key's block all lines, of an address only user and password."""
    end = 0
    for hit in sorted(_seen(scan)):
        if hit.start >= end:
            end = hit.end
            yield hit


def _seen(scan: Scan) -> Iterator[Hit]:
    text = scan.text
    runs = scan.likely_runs(may_be_long)
    small = text.lower() if runs else ""
    may_be_named = any(word in small for word in _WORDS)
    for start, end in _words_with_digits(text, runs):
        yield from _tokens(text, start, end)
        if may_be_named and end - start >= _SHORTEST and not text.startswith("http", start):
            yield from _assigned(text, start, end)
    if scan.sees(are_enough):
        yield from beside_cards(scan)
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    if "://" in text and "@" in text:
        for match in _URL_PASSWORD.finditer(text):
            if not _PLACEHOLDER.search(match.group(2)):
                yield Hit(match.start(1), match.end(2), "password in an address")


def _words_with_digits(text: str, runs: list[Span]) -> Iterator[Span]:
    """Yield what stands between blanks, quotes and brackets, where a digit touches a sign."""
    end = 0
    for first, last in runs:
        before, after = text[first - 1 : first] or " ", text[last : last + 1] or " "
        if first < end or (before in _APART and (after in _APART or after in ".:-/%")):
            continue
        start = first
        while start > max(end, first - _LEFT) and text[start - 1] not in _APART:
            start -= 1
        rest = _REST.match(text, last)
        end = rest.end() if rest else last
        yield start, end


def _tokens(text: str, start: int, end: int) -> Iterator[Hit]:
    if end - start < _SHORTEST_TOKEN or not _ANY_START.search(text, start, end):
        return
    for begins, pattern, rule in _BY_START:
        at = text.find(begins, start, end)
        match = pattern.match(text, at) if at >= 0 else None
        if match and _is_token(match.group(), begins):
            yield Hit(*match.span(), f"{rule} prefix")


def _assigned(text: str, start: int, end: int) -> Iterator[Hit]:
    low = max(0, start - _NAME_REACH)
    near = text[low:end].lower()
    if not any(word in near for word in _WORDS):
        return
    for match in _ASSIGNED.finditer(text, low, min(end, start + _LEFT)):
        if match.end() > start and _is_password(match.group(1)):
            yield Hit(match.start(1), _without_stop(text, *match.span(1)), "word + entropy")


def _private_keys(text: str) -> Iterator[Hit]:
    for begin in _KEY_BEGINS.finditer(text):
        end = text.find(_KEY_END, begin.end(), begin.end() + _LONGEST_KEY)
        if end >= 0:
            close = text.find("-----", end + len(_KEY_END), end + 60)
            end = close + 5 if close >= 0 else end
        else:
            end = text.find("\n\n", begin.end(), begin.end() + _LONGEST_KEY)
            end = end if end >= 0 else min(len(text), begin.end() + _LONGEST_KEY)
        yield Hit(begin.start(), end, "private key block")


def _is_token(token: str, start: str) -> bool:
    rest = token[len(start) :]
    is_mixed = any(map(str.isdigit, rest)) and any(map(str.isalpha, rest))
    return is_mixed and not _PLACEHOLDER.search(rest) and _bits(rest) >= _FEWEST_BITS_OF_TOKENS


def _is_password(value: str) -> bool:
    value = value.rstrip(".,!?:")
    if len(value) < _SHORTEST or _IDENTIFIER.match(value):
        return False
    if _PLACEHOLDER.search(value) or _bits(value) < _FEWEST_BITS:
        return False
    kinds = (
        any(map(str.isdigit, value)),
        any(map(str.islower, value)),
        any(map(str.isupper, value)),
        any(not sign.isalnum() and sign not in "._-/" for sign in value),
    )
    is_path = value.startswith(("/", "./", "~", "http", "$", "@", "&", "#")) or "::" in value
    has_digit_or_sign = kinds[0] or kinds[3]
    return has_digit_or_sign and sum(kinds) > 1 and not is_path


def _without_stop(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".,:":
        end -= 1
    return end


def _bits(text: str) -> float:
    """Shannon's entropy for each sign."""
    size = len(text)
    return -sum(n / size * math.log2(n / size) for n in Counter(text).values()) if size else 0.0


SECRET = Finder(
    kind=Kind.SECRET,
    version="2",
    find=find,
    about="Keys, tokens, passwords; last months and check numbers beside payment cards.",
    needs=("PRIVATE KEY", "://"),
    likely=(may_be_long, are_enough),
)
