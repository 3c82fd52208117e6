"""Words that addresses are made of, by the languages that use them.

What stands in a table is folded: small letters, no accents. The sources are the postal unions'
and posts' guides to addressing: UPU S42, USPS Publication 28, Royal Mail, Deutsche Post,
Correos, La Poste, Poste Italiane, CTT, PostNL, and the Nordic posts'.
"""

from sayso.redact.folding import fold

_TYPES = (
    "street st avenue ave av road rd boulevard blvd lane ln drive dr court ct terrace parkway "
    "pkwy highway hwy crescent cres mews alley turnpike expressway expy freeway trail trl circle "
    "cir place pl square sq way close grove gardens row walk plaza crossing causeway esplanade "
    "streets gate gateway rise broadway bypass junction quay wharf strand"
)
STREET_TYPES = frozenset(_TYPES.split(" "))
"""English words that end a street's name, in short and in full."""

_WEAK = "place pl square way close row walk plaza crossing circle cir court ct gate rise gardens"
_WEAKEST = " strand quay junction broadway grove av dr st trail drive gateway"
WEAK_TYPES = frozenset((_WEAK + _WEAKEST).split(" "))
"""Those of them that mean something else where no capital letter says it is a name."""

_ENDINGS = (
    # German
    "strasse straße str gasse platz allee ufer damm chaussee promenade markt weg ring "
    # Dutch
    "straat laan plein kade gracht dijk singel steeg dreef hove erf baan veste zuidhove "
    # Danish, Norwegian, Swedish, Icelandic
    "gade gaden gata gatan vej vejen veien vegen veg vei vagen stræde straede strede stigen stien "
    "grand torget alle vænget vaenget toften bakken parken terrasse vegur braut stigur gotu torg "
    # Finnish
    "ntie katu kuja polku rinne kaari ranta tori"
)
STREET_ENDINGS = tuple(_ENDINGS.split(" "))
"""What a street's name ends with where it is written in one word."""

LAST_WORDS = frozenset(
    (
        *STREET_ENDINGS[:11],
        *("straat", "laan", "plein", "baan", "gata", "gatan", "vag", "vagen", "vej", "vei", "wei"),
        *("utca", "u", "ut", "ter", "tere", "utja", "korut", "setany", "koz", "sor"),
        *(
            "street",
            "st",
            "road",
            "rd",
            "avenue",
            "ave",
            "lane",
            "drive",
            "tee",
            "tn",
            "mnt",
            "pst",
        ),
        *(
            "iela",
            "gatve",
            "prospektas",
            "sokak",
            "sok",
            "caddesi",
            "cad",
            "bulvari",
            "tie",
            "terrasse",
            "cesta",
            "ulica",
            "ulice",
            "pr",
            "g",
        ),
    )
)
"""What stands as the last word of a street's name, before the number."""

_SPANISH = (
    "calle c/ cl avenida avda avd av avinguda plaza plz pza pz paseo pso p/ ronda rambla "
    "camino carretera ctra crta carrer carrera cra kra travesia pasaje urbanizacion urb glorieta "
    "bulevar boulevard transversal diagonal rua praza plaça placa colonia calzada pg "
    "barrio poligono callejon autovia via calleja po p.o"
)
_PORTUGUESE = "rua avenida av travessa praca largo estrada alameda rodovia ladeira beco"
_FRENCH = (
    "rue avenue av boulevard bd bld place allee allees impasse chemin quai route cours passage "
    "square cite residence sentier faubourg esplanade"
)
_ITALIAN = "via viale piazza corso vicolo largo strada piazzale vle lungomare contrada p.za v.le"
_SLAVIC = "ul ulica aleja al pl plac os osiedle trg nam namesti trida ulice bul bulevar vul улица"
_SLAVIC_MORE = (
    " ул проспект просп пр переулок пер бул бульвар вулиця вул площад пл жк шоссе набережная"
)
_OTHERS = (
    "strada str calea bdul bulevardul soseaua odos λεωφορος οδος λεωφ jalan jl jln rruga "
    "am an auf im zum zur unter alter alte kleine grosse"
)
_EVERY_PREFIX = " ".join(
    (_SPANISH, _PORTUGUESE, _FRENCH, _ITALIAN, _SLAVIC + _SLAVIC_MORE, _OTHERS)
)
PREFIXES = frozenset(map(fold, _EVERY_PREFIX.split(" ")))
"""What stands before a street's name."""

_WEAK_PREFIXES = (
    "via place square route cours passage am an auf im zum zur unter alter alte kleine grosse al "
    "pl os cl str cite residence colonia diagonal strada esplanade largo trg po p.o pg camino bul"
    " boulevard av parque ctra corso carrera cra al p/ transversal boulevard quai contrada"
)
WEAK_PREFIXES = frozenset(_WEAK_PREFIXES.split(" "))
"""Those of them that also mean something else; they need more than a name and a number."""

_JOINING = (
    "de del la las los el els les l d d' l' da das do dos des du di della delle dei degli den der "
    "dem van von het 't en et e y i og och the of a o sur sous santa san st ste saint sant sainte"
)
JOINING = frozenset(_JOINING.split(" "))
"""Small words inside a street's name."""

_NO_NAME = (
    "in on at to from with and or for by is are was were the i we you he she it they my our "
    "chapter section version page pages figure fig table part volume vol level step phase grade "
    "class room day week month year january february march april may june july august september "
    "october november december windows office iphone ios android ubuntu python java php article "
    "episode season round game group team area line lines item question answer error issue bug "
    "update model type size case number no nr exercise problem rule paragraph note core intel "
    "monday tuesday wednesday thursday friday saturday sunday about over under between until since "
    "apt apartment suite unit flat box card visa mastercard tel fax phone telefono tfno cp zip "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre januar "
    "nhc nass cipa edad sexo pmid doi isbn ref order invoice postal when if then than"
)
NO_NAME = frozenset(_NO_NAME.split(" "))
"""Words that with a number after them are no street."""

COUNTRIES = (
    "United States of America|United States|United Kingdom|Great Britain|USA|U\\.S\\.A\\.|UK"
    "|England|Scotland|Wales|Ireland|Canada|Australia|New Zealand|South Africa|India|Germany"
    "|Deutschland|Austria|Österreich|Switzerland|Schweiz|Suisse|Svizzera|France|Belgium|België"
    "|Belgique|Netherlands|Nederland|Luxembourg|Spain|España|Portugal|Italy|Italia|Denmark"
    "|Danmark|Sweden|Sverige|Norway|Norge|Finland|Suomi|Iceland|Ísland|Poland|Polska"
    "|Czech Republic|Czechia|Slovakia|Slovenia|Slovenija|Croatia|Hrvatska|Hungary|Magyarország"
    "|Romania|România|Bulgaria|Greece|Cyprus(?: \\(Greek\\))?|Estonia|Latvia|Lithuania|Turkey"
    "|Türkiye|Russia|Ukraine|Brazil|Brasil|Argentina|Uruguay|Chile|Colombia|Mexico|México|Peru"
    "|Perú|Cuba|Venezuela|Ecuador|Bolivia|Paraguay|Japan|China|Singapore|Malaysia|Israel|Tunisia"
    "|Morocco|Egypt|Nigeria|Ghana|Kenya|Pakistan|Philippines|Indonesia|Thailand|Vietnam|Česko"
    "|Česká republika|Slovensko|Slovenská republika|Србија|Srbija|Serbia|Россия"
    "|Российская Федерация|Украина|Україна|България|Ελλάδα|Ελλάς|Κύπρος|Lietuva|Latvija"
    "|Eesti|Greenland(?:er)?|Malta"
)
"""Countries' names as they close an address, for a regular expression."""

STATES = (
    "A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]"
    "|T[NX]|UT|V[TA]|W[AVIY]|N\\.J\\.|N\\.Y\\.|D\\.C\\."
)
_STATE_CODES = (
    "al ak az ar ca co ct de dc fl ga hi ia id il in ks ky la me md ma mi mn ms mo mt ne nv nh nj "
    "nm ny nc nd oh ok or pa ri sc sd tn tx ut va vt wa wv wi wy"
)
STATE_CODES = frozenset(_STATE_CODES.split(" "))
STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia"
    "|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts"
    "|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey"
    "|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania"
    "|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington"
    "|West Virginia|Wisconsin|Wyoming|Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland"
    "|Nova Scotia|Ontario|Quebec|Québec|Saskatchewan|New South Wales|Queensland|Victoria|Tasmania"
)
"""States and provinces, in short (USPS Publication 28, appendix B) and in full."""

_CUES = (
    "address addresses adresse adressen anschrift adres indirizzo direccion domicilio direcciones "
    "endereco morada residencia residence resides residing lives live lived living located "
    "office offices restaurant headquarters hq corner side station taxi cab moved "
    "wohnt wohne wohnhaft wohnen gemeldet habite habito vivo vive domiciled bor asuu "
    "mieszka mieszkam zamieszkaly bydliste lakcim osoite adresi adresa"
)
CUES = frozenset(_CUES.split(" "))
"""Words before an address that say that one comes."""

_BETWEEN = (
    "is at to on in of the new now a an north south east west side it its my our his her their "
    "here are up down lautet ist es est in der die en la el the down"
)
BETWEEN_CUE_AND_ADDRESS = frozenset(_BETWEEN.split(" "))
"""Words that may stand between such a word and the address."""

_SMALL_NO_NAMES = (
    "the a an miles mile block blocks minute minutes min hour hours lane way long km metre meter "
    "different other more new big main of one two side dirt gravel foot ft yard busy wide"
)
SMALL_NO_NAMES = frozenset(_SMALL_NO_NAMES.split(" "))
"""Words in small letters that between a number and `street` or `road` are no name."""

_NO_STREETS = (
    "arbeitsplatz parkplatz spielplatz auntie norway gateway string spring keyring wiring bring "
    "trading supermarkt monitoring scoring rendering parken norwegen schweden swing turing "
    "engineering rating ranking during firing hearing offering clearing sharing"
)
NO_STREETS = frozenset(_NO_STREETS.split(" "))
"""Words that end like a street and are none."""
