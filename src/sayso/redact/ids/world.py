"""What the numbers of the other continents' registers look like, and what they are called."""

from stdnum.ar import cuit
from stdnum.au import tfn
from stdnum.br import cpf
from stdnum.ca import sin
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.do import cedula
from stdnum.ec import ci
from stdnum.id import nik
from stdnum.il import idnr as teudat_zehut
from stdnum.in_ import aadhaar, pan
from stdnum.jp import in_ as my_number
from stdnum.kr import rrn
from stdnum.mx import curp, rfc
from stdnum.my import nric
from stdnum.pk import cnic
from stdnum.th import pin

from sayso.redact.ids import checks
from sayso.redact.ids.checks import any_number, bare, by
from sayso.redact.ids.forms import IdForm, form


def _rfc(number: str) -> bool:
    return rfc.is_valid(bare(number), validate_check_digits=True)


# The registers' own rules, as python-stdnum's modules and `checks` name them; for the United
# States 20 CFR 422.103 and IRS Publication 1915, for Argentina, Colombia, Peru and Venezuela the
# cards' printed forms.
WORLD: tuple[IdForm, ...] = (
    form(
        "US ssn",
        "social security|ssn|itin|taxpayer identification|tax id|ss number",
        r"(?!000|666)\d{3}[ -]?(?!00)\d\d[ -]?(?!0000)\d{4}",
        any_number,
        r"(?!000)\d{3}-(?!00)\d\d-(?!0000)\d{4}",
    ),
    form(
        "BR cpf",
        "cpf|c p f",
        r"\d{3}\.?\d{3}\.?\d{3}-?\d\d",
        by(cpf),
        r"\d{3}\.\d{3}\.\d{3}-\d\d",
    ),
    form("KZ iin", "иин|жсн|iin", r"\d{12}", checks.kazakh),
    form("ZA id", "id number|identity number|ID", r"\d{6} ?\d{4} ?\d{3}", checks.south_african),
    form(
        "IL tz",
        "teudat zehut|תעודת זהות|ת ז|identity number",
        r"\d{8}-?\d",
        by(teudat_zehut),
    ),
    form(
        "CA sin",
        "social insurance|SIN|assurance sociale|NAS",
        r"\d{3}[ -]?\d{3}[ -]?\d{3}",
        by(sin),
    ),
    form("AU tfn", "tax file number|tax file|tfn", r"\d{3}[ -]?\d{3}[ -]?\d{2,3}", by(tfn)),
    form(
        "AU medicare",
        "medicare",
        r"[2-6]\d{3}[ -]?\d{5}[ -]?\d(?:[/-]?\d)?",
        checks.australian_medicare,
    ),
    form("IN aadhaar", "aadhaar|aadhar|uidai", r"\d{4}[ -]?\d{4}[ -]?\d{4}", by(aadhaar)),
    form(
        "IN pan",
        "PAN|pan card|pan number|permanent account number",
        r"[A-Za-z]{5}\d{4}[A-Za-z]",
        by(pan),
    ),
    form("PK cnic", "cnic|nic", r"\d{5}-?\d{7}-?\d", by(cnic), r"\d{5}-\d{7}-\d"),
    form(
        "CN ric",
        "身份证|身份號碼|身份号码|shenfenzheng|id card|id number",
        r"\d{17}[0-9Xx]",
        by(ric),
        r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X]",
    ),
    form("TW id", "身分證|身份證", r"[A-Z][12]\d{8}", checks.taiwanese, r"[A-Z][12]\d{8}"),
    form(
        "HK hkid",
        "hkid|身份證",
        r"[A-Z]{1,2}\d{6} ?\(?[0-9A]\)?",
        checks.hong_kong,
        r"[A-Z]{1,2}\d{6}\([0-9A]\)",
    ),
    form("SG nric", "nric|FIN", r"[STFGM]\d{7}[A-Z]", checks.singaporean, r"[STFGM]\d{7}[A-Z]"),
    form(
        "KR rrn",
        "주민등록번호|주민번호|resident registration",
        r"\d{6}-?\d{7}",
        by(rrn),
        r"\d{6}-\d{7}",
    ),
    form(
        "JP mynumber",
        "マイナンバー|個人番号|individual number",
        r"\d{4}[ -]?\d{4}[ -]?\d{4}",
        by(my_number),
    ),
    form(
        "TH pin",
        "เลขประจำตัวประชาชน|บัตรประชาชน",
        r"\d-?\d{4}-?\d{5}-?\d\d-?\d",
        by(pin),
        r"\d-\d{4}-\d{5}-\d\d-\d",
    ),
    form("ID nik", "NIK|ktp|nomor induk kependudukan", r"\d{16}", by(nik)),
    form(
        "MY nric",
        "mykad|nric|kad pengenalan|ic number|ic no",
        r"\d{6}-?\d\d-?\d{4}",
        by(nric),
        r"\d{6}-\d\d-\d{4}",
    ),
    form(
        "MX curp",
        "curp",
        r"[A-Za-z]{4}\d{6}[A-Za-z]{6}[0-9A-Za-z]\d",
        by(curp),
        r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d",
    ),
    form(
        "MX rfc",
        "rfc|r f c",
        r"[A-ZÑ&a-zñ]{4}-?\d{6}-?[0-9A-Za-z]{3}",
        _rfc,
        r"[A-ZÑ&]{4}\d{6}[0-9A-Z]{3}",
    ),
    form(
        "CL rut",
        "rut|RUN|r u t",
        r"\d{1,2}\.?\d{3}\.?\d{3}-?[0-9Kk]",
        by(rut),
        r"\d{1,2}\.\d{3}\.\d{3}-[0-9Kk]",
    ),
    form("AR dni", "dni|d n i|documento nacional", r"\d{1,2}\.?\d{3}\.?\d{3}", any_number),
    form("AR cuil", "cuil|cuit", r"\d\d-?\d{8}-?\d", by(cuit), r"2[0347]-\d{8}-\d"),
    form(
        "CO cedula",
        "cedula|C C|CC",
        r"\d{1,3}(?:\.\d{3}){2,3}|\d{6,10}",
        any_number,
    ),
    form("EC ci", "cedula", r"\d{9}-?\d", by(ci)),
    form("VE ci", "cedula|C I|CI", r"[VEve]-?\d{1,2}\.?\d{3}\.?\d{3}", any_number),
    form("PE dni", r"dni", r"\d{8}", any_number),
    form("DO cedula", "cedula", r"\d{3}-?\d{7}-?\d", by(cedula), r"\d{3}-\d{7}-\d"),
)
