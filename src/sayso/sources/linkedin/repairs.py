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

_WRAPPED_END = '"\n"'
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


def unwrapped(text: str) -> str:
    """Take away the quotes that LinkedIn puts around a text's paragraphs, or its empty lines.

    They are its own where some line has a quote without the other without them, and no more lines
    have so after. Where each line has its quotes in pairs, they are the author's.
    """
    if _WRAPPED_END not in text:
        return text
    plain = text.replace(_WRAPPED_END, "\n")
    written, left = _unpaired(text), _unpaired(plain)
    is_everywhere = text.count(_WRAPPED_END) == text.count("\n")
    is_ours = written and (left <= written if is_everywhere else left < written)
    return plain if is_ours else text


def _unpaired(text: str) -> int:
    return sum(line.count('"') % 2 for line in text.split("\n"))


def lines_ended(text: str) -> str:
    """Return a text in which every line ends alike."""
    return _LINE_END.sub("\n", text)


def tidy(text: str) -> str:
    """Return a text with plain line ends and without what no one can see or store."""
    return lines_ended(text).translate(_CONTROLS)


def _plain(sign: str) -> int:
    """Return an ASCII sign's byte.

    Raises:
        ValueError: it is beyond ASCII, so the text was never read as cp1252.
    """
    if not sign.isascii():
        raise ValueError(sign)
    return ord(sign)
