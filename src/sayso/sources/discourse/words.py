"""Yes and no in the languages that Discourse speaks: its archives write them out."""

NO = frozenset(
    {
        "no",  # English, Spanish, Italian, Catalan
        "false",
        "nein",  # German
        "non",  # French, Galician
        "nee",  # Dutch
        "não",  # Portuguese
        "nej",  # Danish, Swedish
        "nei",  # Norwegian
        "ei",  # Finnish, Estonian
        "nie",  # Polish, Slovak
        "ne",  # Czech, Slovenian, Croatian, Bosnian, Serbian, Lithuanian, Esperanto
        "не",  # Bulgarian, Serbian, Macedonian
        "нет",  # Russian
        "ні",  # Ukrainian
        "όχι",  # Greek
        "hayır",  # noqa: RUF001 - Turkish
        "nem",  # Hungarian
        "nu",  # Romanian
        "nē",  # Latvian
        "לא",  # Hebrew
        "لا",  # Arabic
        "خیر",  # Persian
        "نه",  # Persian
        "نہیں",  # Urdu
        "ياق",  # Uyghur
        "نەخێر",  # Central Kurdish
        "नहीं",  # Hindi
        "否",  # Chinese
        "いいえ",  # Japanese
        "아니요",  # Korean
        "아니오",  # Korean
        "không",  # Vietnamese
        "ไม่",  # Thai
        "ไม่ใช่",  # Thai
        "tidak",  # Indonesian, Malay
        "ez",  # Basque
        "na",  # Welsh
        "hapana",  # Swahili
        "ոչ",  # Armenian
        "არა",  # Georgian
        "కాదు",  # Telugu
        "లేదు",  # Telugu
        "അല്ല",  # Malayalam
        "ഇല്ല",  # Malayalam
        "না",  # Bengali
        "үгүй",  # Mongolian
        "жоқ",  # Kazakh
    }
)
"""`csv_export.boolean_no` of the server's translations, lower case. In none of these languages is
one of them a yes of another; what is not here is not taken for a no."""


def says_no(word: str) -> bool:
    """Whether `word` is a no for certain."""
    return word.strip().lower() in NO
