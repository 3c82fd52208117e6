"""Whether the words beside a number call it a telephone number, or something else."""

import re

from sayso.redact.scan import Scan

_NEAR = 36
"""How far before a number a word may say what it is."""

_WORDS = (
    r"tels?|telephones?|phones?|ph|mobiles?|mob|cells?|cellphone|cellular|fax|facsimile|gsm|"
    r"whatsapp|signal|viber|sms|texted|hotline|helpline|landline|pager|toll[ -]?free|"
    r"voice ?mail|tel[ée]fonos?|tel[ée]f|telf|tlf|tlfno|tfno|tfn|m[óo]vil|celular|cel|"
    r"t[ée]l[ée]phone|t[ée]l|portable|fixe|telefon\w{0,3}|handy|mobil\w{0,2}|rufnummer|festnetz|"
    r"durchwahl|telefone|telem[óo]vel|cellulare|recapito|telefoon\w{0,6}|mobiel|puhelin|"
    r"puh|matkapuhelin|komórka|тел|телефон\w{0,2}|моб|电话|電話|手机|手機|携帯"
)
_VERBS = (
    r"call|calls|called|calling|dial|ring|text|reach(?:ed)?|llam[ae]r?|llámame|appele[rz]|"
    r"anrufen|erreichen|erreichbar|ligue|ligar|chiamare|chiama|bel|bellen"
)
_OWN_NUMBER = (
    r"(?:my|his|her|our|their|your|whose|new|contact|direct|home|work|office|emergency)"
    r" (?:number|no\.?|nr\.?|line|desk)"
)
_CALLED = re.compile(rf"(?<!\w)(?:{_WORDS}|{_VERBS}|{_OWN_NUMBER})(?!\w)|[☎☏📞📱✆]", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:(?<!\w)(?:{_WORDS})(?:\W{{0,3}}(?:no|nr|number|numbers|num|line|main|office))?|"
    rf"(?<!\w){_OWN_NUMBER}|(?<!\w)(?:call|text|reach|ring)(?: (?:me|us|him|her|them))?|"
    r"[☎☏📞📱✆])"
    r"\W{0,3}(?: ?(?:is|at|on|es|ist|est|:)\W{0,2})?\W{0,2}$",
    re.IGNORECASE,
)
_LABEL_LINE = re.compile(
    rf"(?:^|\n)[^\n]{{0,20}}(?<!\w)(?:{_WORDS})\W{{0,4}}\n\s{{0,3}}$", re.IGNORECASE
)
_AFTER = re.compile(
    r" ?[-,;(/]? ?(?:office|fax|mobile|mob|cell|home|work|phone|tel|main|direct|hotline|"
    r"whatsapp|landline|handy|m[óo]vil)(?!\w)"
    r"|,? (?:is|was|es) (?:my|his|her|our|their|the|your|mi)\b[^.\n]{0,20}\b(?:number|phone|cell|"
    r"mobile|tel[ée]fono|m[óo]vil)\b",
    re.IGNORECASE,
)
_ANOTHER_THING = re.compile(
    r"(?<!\w)(?:isbn|issn|ean|upc|doi|order|invoice|ticket|tracking|serial|sku|ref|reference|"
    r"version|build|epoch|timestamp|account|acct|a/c|case|docket|grant|contract|patent|pmid|arxiv|"
    r"bug|issue|passport|pasaporte|licen[cs]e|policy|member(?:ship)?|customer|client|patient|"
    r"employee|badge|student|voter|id|ssn|social security|tax|vat|code|c[óo]digo|c[óo]d|zip|plz|cp|"
    r"po box|p\. ?o\. box|iban|bic|swift|model|part|lot|batch|pedido|factura|bestellung|commande|"
    r"rechnung|card|credit)\W{0,3}(?:(?:no|nr|num|number|id|code|is|n[úu]mero)\W{0,3}){0,2}$"
    r"|[$€£¥#] ?$",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"(?<!\w)(?!TEL|FAX|PH|MOB|GSM|SMS|CELL?|TLF|TFN|TELF|TÉL|TEL[ÉE]F)[A-Z][A-Za-z]?[A-Z]{1,5}"
    r" ?[:=] ?(?:\d{1,4} )?$"
)
_AND = re.compile(r" ?(?:[/,;&|-]|or|and|oder|und|ou|et|o|y|e|ó)? ?(?:[-(] ?)?")


def is_called_a_phone(scan: Scan, start: int) -> bool:
    """Whether a word of telephony stands near before, or on a line of its own above."""
    return bool(_CALLED.search(scan.before(start, _NEAR))) or _has_label_above(scan, start)


def is_labelled_a_phone(scan: Scan, start: int) -> bool:
    """Whether such a word stands directly before."""
    return bool(_LABEL.search(scan.before(start, _NEAR))) or _has_label_above(scan, start)


def is_labelled_after(text: str, end: int) -> bool:
    """Whether such a word stands directly behind: `-Fax`, ` is my new number`."""
    return bool(_AFTER.match(text, end))


def is_called_another_thing(scan: Scan, start: int) -> bool:
    """Whether what stands before says that the number is an order, a case, an amount ..."""
    before = scan.before(start, _NEAR)
    return bool(_ANOTHER_THING.search(before) or _CAPITALS.search(before))


def follows_another_number(between: str) -> bool:
    """Whether what stands between two numbers joins them: a slash, a comma, `or`."""
    return bool(_AND.fullmatch(between))


def _has_label_above(scan: Scan, start: int) -> bool:
    text = scan.text
    line = text.rfind("\n", max(0, start - 4), start)
    return line != -1 and bool(_LABEL_LINE.search(text, max(0, line - 40), start))
