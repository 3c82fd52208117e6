"""Numbers about a person that have no form of their own: the word before them says what they are.

Driving licences, passports, cards of insurance, files of patients, members of professional
bodies. The number has to follow its word at once, with nothing but filling words between.
"""

import re

_LICENCE = (
    "driver license|driver licence|drivers license|drivers licence|driver s license"
    "|driver s licence|driving licence|driving license|driver s permit|fuhrerschein"
    "|fuhrerscheinnummer|permis de conduire|permiso de conducir|licencia de conducir"
    "|licencia de conduccion|carta de conducao|carteira de motorista|CNH|patente di guida"
    "|patente n|rijbewijs|rijbewijsnummer|korkort|korekort|førerkort|prawo jazdy"
)
_PASSPORT = (
    "passport|passports|reisepass|reisepassnummer|passnummer|pasaporte|passeport|passaporto"
    "|passaporte|paspoort|paspoortnummer|paszport|paszportu|passi|pas nr|паспорт|паспорта|护照|旅券"
)
_CARD = (
    "national id|national identity|national identity card|identity card|identity document"
    "|aadhaar|aadhar|personalausweis|personalausweisnummer|ausweisnummer|carte d identite"
    "|carte nationale d identite|carta d identita|carta de identidad|documento de identidad"
    "|bilhete de identidade|RG"
    "|identiteitskaart|dowod osobisty|dowodu osobistego|green card|alien registration|USCIS|visa no"
)
_HEALTH = (
    "mrn|medical record|medical records|patient id|patient no|patient number|hospital number"
    "|hospital no|chart number|health card|health insurance number|medicaid|medicare"
    "|nhc|historia clinica|h clinica|cipa|CIP|SIP|nass|nuss|episodio|numero de historia"
    "|patientennummer|patienten id|krankenversichertennummer|versichertennummer|fallnummer"
    "|numero de dossier|dossier patient|IPP|cartella clinica|tessera sanitaria|numero utente"
    "|utente|prontuario|cartao sus|patientnummer|patientnr|zorgnummer"
)
_BODY = "nocol|no col|n col|numero de colegiado|no colegiado|nocolegiado|colegiado|NPI|GMC|DEA"

NAMED: dict[str, str] = {
    word: rule
    for rule, words in (
        ("licence + word", _LICENCE),
        ("passport + word", _PASSPORT),
        ("identity card + word", _CARD),
        ("health record + word", _HEALTH),
        ("professional body + word", _BODY),
    )
    for word in words.split("|")
}
"""What numbers are called, folded (in capitals: only in capitals), and the rule's name."""

_FILLING = (
    "is no nr num number numero nummer numer id ist es est e era was the my his her their n o nº"
    " code card file record ref und lautet de del of in on numeru numar номер nhc are"
)
FILLING = frozenset(_FILLING.split(" "))
"""Words that may stand between the name of a number and the number."""

TOKEN = re.compile(
    r"[A-Za-z]{0,3}-?\d[0-9A-Za-z]{0,20}(?:[-./][0-9A-Za-z]{1,12}){0,4}(?![0-9A-Za-z])"
)
PARTED = re.compile(r"\d{2,9}(?:[ -]\d{1,9}){1,4}(?![0-9A-Za-z]|[/.,:-]\d)")
"""A number in pieces, such as a Spanish register's province, body and number."""

MAY_BE_PARTED = frozenset({"health record + word", "professional body + word"})
