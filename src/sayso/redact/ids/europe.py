"""What the numbers of Europe's registers look like, and what they are called there."""

# ruff: noqa: RUF001 - words of other alphabets

from stdnum.bg import egn
from stdnum.ch import ssn as ahv
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.hr import oib
from stdnum.ie import pps
from stdnum.is_ import kennitala
from stdnum.it import codicefiscale
from stdnum.lt import asmens
from stdnum.lv import pvn
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import nif
from stdnum.ro import cnp
from stdnum.ru import inn
from stdnum.tr import tckimlik
from stdnum.ua import rntrc

from sayso.redact.ids import checks
from sayso.redact.ids.checks import any_number, by
from sayso.redact.ids.forms import IdForm, form

# The registers' own rules, as python-stdnum's modules and `checks` name them; for the United
# Kingdom HMRC NIM39110, for Germany VKVV 2 and 4, for Spain the General Treasury's TA forms.
EUROPE: tuple[IdForm, ...] = (
    form(
        "GB nino",
        "national insurance|nino|ni number|ni no",
        r"[A-Z]{2} ?(?:\d\d ?){3}[A-Z]",
        any_number,
        r"(?!US|EP|GB|JP|DE|FR|WO|CN|KR|CA)[A-Z]{2}\d{6}[A-Z]|[A-Z]{2} \d\d \d\d \d\d [A-Z]",
    ),
    form("GB nhs", "nhs", r"\d{3}[ -]?\d{3}[ -]?\d{4}", by(nhs)),
    form(
        "DE idnr",
        "steuer id|steuerid|steueridentifikationsnummer|steuer identifikationsnummer"
        "|identifikationsnummer|idnr|steuernummer|tax id|TIN",
        r"\d{2} ?\d{3} ?\d{3} ?\d{3}",
        by(idnr),
    ),
    form(
        "DE rvnr",
        "sozialversicherungsnummer|rentenversicherungsnummer|versicherungsnummer|rvnr|svnr",
        r"\d{2} ?\d{6} ?[A-Z] ?\d{3}",
        checks.german_pension,
        r"\d{2} ?(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d ?[A-Z] ?\d{3}",
    ),
    form(
        "FR nir",
        "securite sociale|secu|NIR|numero insee|carte vitale",
        r"[1-8] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d",
        checks.french,
        r"[12] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d",
    ),
    form(
        "ES dni", "dni|nif|documento|d n i|n i f", r"\d{8}[ -]?[A-Za-z]", by(dni), r"\d{8}-?[A-Z]"
    ),
    form("ES dni", "dni|nif", r"\d{2}\.\d{3}\.\d{3}[ -]?[A-Z]", by(dni)),
    form("ES nie", "nie|nif", r"[XYZxyz][ -]?\d{7}[ -]?[A-Za-z]", by(nie), r"[XYZ]-?\d{7}-?[A-Z]"),
    form(
        "ES nss",
        "nass|seguridad social|afiliacion|nuss|NSS|n s s",
        r"\d\d[ /-]?\d{7,8}[ /-]?\d\d",
        any_number,
    ),
    form(
        "IT cf",
        "codice fiscale|cod fisc|c f|CF",
        r"[A-Za-z]{6}\d\d[A-Za-z]\d\d[A-Za-z]\d{3}[A-Za-z]",
        by(codicefiscale),
        r"[A-Z]{6}\d\d[A-EHLMPR-T]\d\d[A-Z]\d{3}[A-Z]",
    ),
    form(
        "NL bsn",
        "bsn|burgerservicenummer|sofinummer|sofi nummer",
        r"\d{9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}[ .]\d{2}[ .]\d{3}",
        by(bsn),
    ),
    form("PL pesel", "pesel", r"\d{11}", by(pesel)),
    form(
        "SE personnummer",
        "personnummer|samordningsnummer|persnr|personnr|personal identity number",
        r"(?:19|20)?\d{6}[ +-]?\d{4}",
        checks.swedish,
        r"(?:19|20)?\d{6}[+-]\d{4}",
    ),
    form(
        "NO fodselsnummer",
        "fødselsnummer|fodselsnummer|personnummer|d nummer|fnr",
        r"\d{6}[ -]?\d{5}",
        checks.norwegian,
        r"\d{6}[ -]?\d{5}",
    ),
    form(
        "DK cpr",
        "cpr|cprnummer|personnummer",
        r"\d{6}[ -]?\d{4}",
        checks.is_danish_date,
    ),
    form("DK cpr", "", r"(?!)", checks.danish, r"\d{6}-\d{4}"),
    form(
        "FI hetu",
        "henkilotunnus|henkilotunnukseni|hetu|sosiaaliturvatunnus|personbeteckning",
        r"\d{6}[-+A-FU-Yabcdefuvwxy]\d{3}[0-9A-Ya-y]",
        checks.finnish,
        r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]",
    ),
    form("IS kennitala", "kennitala|kt", r"\d{6}-?\d{4}", by(kennitala), r"\d{6}-\d{3}[089]"),
    form("PT nif", "nif|contribuinte|numero de contribuinte", r"\d{9}|\d{3} \d{3} \d{3}", by(nif)),
    form(
        "PT cc",
        "cartao de cidadao|CC",
        r"\d{8} ?\d ?[A-Z0-9]{2}\d",
        checks.portuguese_card,
        r"\d{8} \d [A-Z]{2}\d",
    ),
    form(
        "CH ahv",
        "ahv|ahvn13|avs|ahv nummer|sozialversicherungsnummer",
        r"756\.?\d{4}\.?\d{4}\.?\d\d",
        by(ahv),
        r"756\.\d{4}\.\d{4}\.\d\d",
    ),
    form(
        "AT svnr",
        "sozialversicherungsnummer|svnr|sv nummer|sv nr|versicherungsnummer",
        r"\d{4}[ -]?\d{6}",
        checks.austrian,
    ),
    form(
        "BE rrn",
        "rijksregisternummer|rijksregister|registre national|numero national|insz|niss|NRN",
        r"\d\d[.-]?\d\d[.-]?\d\d[ .-]?\d{3}[ .-]?\d\d",
        checks.belgian,
        r"\d\d\.\d\d\.\d\d-\d{3}[.-]\d\d",
    ),
    form("IE pps", "pps|ppsn|personal public service", r"\d{7}[A-W][A-IW]?", by(pps)),
    form("RO cnp", "cnp|cod numeric personal|codul numeric personal", r"[1-9]\d{12}", by(cnp)),
    form("BG egn", "егн|egn|единен граждански номер", r"\d{10}", by(egn)),
    form(
        "CZ rc",
        "rodne cislo|rodneho cisla|r c",
        r"\d{6}[ /]?\d{3,4}",
        by(rc),
        r"\d{6}/\d{4}",
    ),
    form("HR oib", "oib", r"\d{11}", by(oib)),
    form("EE ik", "isikukood", r"[1-8]\d{10}", by(ik)),
    form("LT asmens", "asmens kodas|asmens kodo", r"[3-69]\d{10}", by(asmens)),
    form("LV pk", "personas kods|personas koda", r"\d{6}-?\d{5}", by(pvn)),
    form("GR amka", "αμκα|amka", r"\d{11}", by(amka)),
    form("HU taj", "taj|tajszam", r"\d{3}[ -]?\d{3}[ -]?\d{3}", checks.hungarian_taj),
    form("SI emso", "emso|jmbg|матични број|јмбг|maticni broj", r"\d{13}", checks.yugoslav),
    form(
        "TR tckn",
        "kimlik|tckn|t c kimlik|kimlik numarası",
        r"[1-9]\d{10}",
        by(tckimlik),
    ),
    form("UA rnokpp", "рнокпп|ідентифікаційнии код|іпн|инн", r"\d{10}", by(rntrc)),
    form("RU inn", "инн|inn", r"\d{12}", by(inn)),
    form(
        "RU snils",
        "снилс|snils",
        r"\d{3}-?\d{3}-?\d{3}[ -]?\d\d",
        checks.russian_snils,
        r"\d{3}-\d{3}-\d{3} \d\d",
    ),
)
