"""Words made alike: small letters, no accents."""

import unicodedata


def fold(words: str) -> str:
    """Return `words` in small letters and without accents."""
    if words.isascii():
        return words.lower()
    split = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in split if not unicodedata.combining(sign))
