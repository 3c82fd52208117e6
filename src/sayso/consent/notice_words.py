"""Which of a notice's texts a member gets: their language, their region, else its own text."""

from collections.abc import Iterator, Sequence

from sayso.community import Region
from sayso.consent.notices import Notice, NoticeText


def words_for(
    notice: Notice, languages: Sequence[str] = (), region: Region | str = ""
) -> NoticeText:
    """Return the text for the first of `languages` that there is, the region's own first.

    A language falls back on its base (de-AT on de) and on its other forms (pt on pt-BR), as
    RFC 4647 section 3.4 looks up; where none is there, the notice's own text is.
    """
    texts = (*notice.texts, notice.own_text)
    for wanted in (*languages, notice.language):
        for place in dict.fromkeys((region, "")):
            here = [text for text in texts if text.region == place]
            for tag in _from_narrow_to_wide(wanted):
                found = next((text for text in here if _tag(text.language) == tag), None)
                if found is not None:
                    return found
            found = next((text for text in here if _base(text.language) == _base(wanted)), None)
            if found is not None:
                return found
    return notice.own_text


def languages_of(notice: Notice) -> tuple[str, ...]:
    """Return the languages it can be read in, its own first."""
    return tuple(dict.fromkeys((notice.language, *(text.language for text in notice.texts))))


def accepted(header: str) -> tuple[str, ...]:
    """Read an Accept-Language header (RFC 9110 section 12.5.4): the languages, best first.

    What cannot be read says nothing.
    """
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.partition(";")
        name, _, value = weight.partition("=")
        quality = _quality(value) if name.strip().lower() == "q" else 1.0
        if tag.strip().replace("-", "").isalnum() and quality > 0:
            ranked.append((-quality, place, tag.strip()))
    return tuple(tag for _, _, tag in sorted(ranked))


def _quality(value: str) -> float:
    said = value.strip()
    return min(float(said), 1.0) if said.replace(".", "", 1).isdecimal() and said.isascii() else 0.0


def _tag(language: str) -> str:
    return language.replace("_", "-").lower()


def _base(language: str) -> str:
    return _tag(language).partition("-")[0]


def _from_narrow_to_wide(language: str) -> Iterator[str]:
    tag = _tag(language)
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
