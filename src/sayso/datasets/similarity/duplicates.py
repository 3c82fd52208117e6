"""When texts are the same words."""

import hashlib
import unicodedata


def same_words(text: str) -> str:
    """Return the text in the form in which it is compared: case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_key(text: str) -> bytes:
    """Return the hash under which texts count as the same."""
    return hashlib.sha256(same_words(text).encode()).digest()
