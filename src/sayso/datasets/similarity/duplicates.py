"""When texts are the same words."""

import hashlib
import unicodedata

RARE_SPACES = "\x85\u1680\u2028\u2029"
"""White space beyond ASCII that `folded_case` leaves; the rest of it becomes a space."""


def same_words(text: str) -> str:
    """Return the text in the form in which it is compared: case and white space do not count."""
    return " ".join(folded_case(text).split())


def folded_case(text: str) -> str:
    """Return the text without what tells capitals and compatibility forms from others."""
    return unicodedata.normalize("NFKC", text).casefold()


def text_key(text: str) -> bytes:
    """Return the hash under which texts count as the same."""
    return hashlib.sha256(same_words(text).encode()).digest()
