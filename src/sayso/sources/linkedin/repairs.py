r"""Texts as their authors wrote them: what saving, wrapping and re-saving did to them undone.

Nothing is repaired on suspicion: a repair has to be the only way in which the signs make sense.
"""

import re

_MISREAD = {
    **{chr(byte): byte for byte in range(0x80, 0x100)},
    **{bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)},
}
"""What each byte beyond ASCII looks like when it is read as cp1252; those without a sign, too."""
del _MISREAD["\ufffd"]

_FOLLOWING = "".join(sign for sign, byte in _MISREAD.items() if byte < 0xC0)
_CERTAIN = re.compile(
    rf"(?:Ã(?![…‘’“”»›–—])[{re.escape(_FOLLOWING)}])"  # noqa: RUF001 - what may end a word
    rf"|(?:Â[{re.escape(_FOLLOWING)}])|(?:â€)|(?:ðŸ)"
    rf"|(?:[\u00c2-\u00f4][{re.escape(_FOLLOWING)}]{{1,3}}){{3}}"
)
"""Pairs that no language writes: they say that UTF-8 was read as cp1252."""

_WRAPPED_END = re.compile(r'"\r?\n"')
_LINE_END = re.compile(r"\r\n?")
_CONTROLS = dict.fromkeys([*range(0x20), 0x7F], None)
del _CONTROLS[0x09], _CONTROLS[0x0A]


def reread(text: str) -> str:
    """Return a text that is UTF-8 read as cp1252 as it was; any other as it is.

    The whole of it has to be UTF-8 that way, and hold a pair of signs that nothing else explains.
    """
    if text.isascii() or not _CERTAIN.search(text):
        return text
    try:
        return bytes(_MISREAD.get(sign) or _plain(sign) for sign in text).decode("utf-8")
    except ValueError:
        return text


def is_wrapped(text: str) -> bool:
    """Whether a text of several lines has every line in quotes of its own, as in Shares."""
    return "\n" in text and not re.search(r'(?<!")\r?\n|\n(?!")', text)


def unwrapped(text: str) -> str:
    """Take the quotes around its lines away from a text that `is_wrapped`."""
    return _WRAPPED_END.sub("\n", text)


def tidy(text: str) -> str:
    """Return a text with plain line ends and without what no one can see or store."""
    return _LINE_END.sub("\n", text).translate(_CONTROLS)


def _plain(sign: str) -> int:
    """Return an ASCII sign's byte.

    Raises:
        ValueError: it is beyond ASCII, so the text was never read as cp1252.
    """
    if not sign.isascii():
        raise ValueError(sign)
    return ord(sign)
