"""Whether the words beside a number call it a telephone number, or something else."""

import re
from itertools import pairwise

_NEAR = 36
"""How far before a number a word may say what it is."""

REACH = 48
"""Nothing further away than this, before or behind, makes a difference."""

_PHONES = (
    "tel tels telephone telephones phone phones ph mobile mobiles mob cell cells cellphone "
    "cellular fax facsimile gsm whatsapp viber sms hotline helpline landline pager voicemail "
    "telefono teléfono teléfonos telefonos telef teléf telf tlf tlfno tfno tfn móvil movil "
    "celular cel téléphone télephone tél portable fixe telefon telefonnummer telefonu telefonum "
    "handy handynummer mobil mobilnummer mobilnr rufnummer festnetz durchwahl telefone telemóvel "
    "telemovel cellulare recapito telefoon telefoonnummer mobiel puhelin puh matkapuhelin "
    "komórka kom тел телефон телефону моб"
)
_VERBS = (
    "call calls called calling dial ring text texted reach reached llamar llame llama llámame "
    "appeler appelez anrufen erreichen erreichbar ligue ligar chiamare chiama bel bellen"
)
_OTHERS = (
    "isbn issn ean upc doi order invoice ticket tracking serial sku ref reference version build "
    "epoch timestamp account acct case docket grant contract patent pmid arxiv bug issue passport "
    "pasaporte license licence policy member membership customer client patient employee badge "
    "student voter id ssn security tax vat code código codigo cod cód zip plz cp box iban bic "
    "swift model part lot batch pedido factura bestellung commande rechnung card credit nass nhc "
    "nss cipa dni nie nif cif"
)
_PHONE_WORDS = frozenset(_PHONES.split(" "))
_CALLING_WORDS = _PHONE_WORDS | frozenset(_VERBS.split(" "))
_OTHER_WORDS = frozenset(_OTHERS.split(" "))
_OWNERS = frozenset({
    "contact", "direct", "emergency", "her", "his", "home", "main", "my", "new", "office", "our",
    "their", "whose", "work", "your",
})  # fmt: skip
_NUMBER = frozenset({
    "desk", "line", "nr", "no", "num", "number", "numbers", "numero", "nummer", "número",
})  # fmt: skip
_FILLING = _NUMBER | {
    "at", "code", "es", "est", "free", "her", "him", "id", "is", "ist", "me", "on", "them", "us",
}  # fmt: skip
_SIGNS = re.compile("[\u260e\u260f\U0001f4de\U0001f4f1\u2706]|电话|電話|手机|手機|携帯")

_WORD = re.compile(r"[^\W\d_]+")
_LABEL_LINE = re.compile(r"(?:^|\n)[^\n]{0,20}?([^\W\d_]+)\W{0,4}\n\s{0,3}\Z")
_AFTER = re.compile(
    r" ?[-,;(/]? ?(?:office|fax|mobile|mob|cell|home|work|phone|tel|main|direct|hotline|"
    r"whatsapp|landline|handy|m[óo]vil)(?!\w)"
    r"|,? (?:is|was|es) (?:my|his|her|our|their|the|your|mi)\b[^.\n]{0,20}\b(?:number|phone|cell|"
    r"mobile|tel[ée]fono|m[óo]vil)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"(?<!\w)(?!TEL|FAX|PH|MOB|GSM|SMS|CELL?|TLF|TFN|TÉL)[A-Z][A-Za-z]?[A-Z]{1,5}"
    r" ?[:=] ?(?:\d{1,4} )?\Z"
)
_AND = re.compile(r" ?(?:[/,;&|-]|or|and|oder|und|ou|et|o|y|e|ó)? ?(?:[-(] ?)?")


class Before:
    """What stands before a number on its line, or on the line above where it begins one."""

    __slots__ = ("_gap", "_start", "_text", "_words", "text")

    def __init__(self, text: str, start: int) -> None:
        """Read the words before `start`."""
        self._text = text
        self._start = start
        self.text = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
        found = [*_WORD.finditer(self.text)]
        self._words = [match.group().lower() for match in found]
        self._gap = len(self.text) - found[-1].end() if found else _NEAR

    def calls_a_phone(self) -> bool:
        """Whether a word of telephony stands near."""
        words = self._words
        if not _CALLING_WORDS.isdisjoint(words):
            return True
        for owner, number in pairwise(words):
            if number in _NUMBER and owner in _OWNERS:
                return True
        return self._has_sign() or self._has_label_above()

    def labels_a_phone(self) -> bool:
        """Whether such a word stands directly before, with at most `number`, `is` between."""
        if self._gap <= 5 and self._words:
            words = self._words
            last = len(words) - 1
            while last > 0 and words[last] in _FILLING and len(words) - last < 4:
                if words[last] in _NUMBER and words[last - 1] in _OWNERS:
                    return True
                last -= 1
            if words[last] in _CALLING_WORDS:
                return True
        return self._has_sign() or self._has_label_above()

    def calls_another_thing(self) -> bool:
        """Whether it says that the number is an order, a case, an amount ..."""
        text = self.text.rstrip(" ")
        if text[-1:] in {"$", "€", "£", "¥", "#"}:
            return True
        if self._gap <= 4 and self._words:
            words = self._words[-3:]
            while len(words) > 1 and words[-1] in _FILLING:
                words.pop()
            if words[-1] in _OTHER_WORDS:
                return True
        return bool(_CAPITALS.search(self.text))

    def _has_sign(self) -> bool:
        return not self.text.isascii() and bool(_SIGNS.search(self.text))

    def _has_label_above(self) -> bool:
        line = self._text.rfind("\n", max(0, self._start - 4), self._start)
        if line == -1:
            return False
        label = _LABEL_LINE.search(self._text, max(0, line - 40), self._start)
        return label is not None and label.group(1).lower() in _PHONE_WORDS


def is_labelled_after(text: str, end: int) -> bool:
    """Whether such a word stands directly behind: `-Fax`, ` is my new number`."""
    return bool(_AFTER.match(text, end, end + REACH))


def follows_another_number(between: str) -> bool:
    """Whether what stands between two numbers joins them: a slash, a comma, `or`."""
    return bool(_AND.fullmatch(between))
