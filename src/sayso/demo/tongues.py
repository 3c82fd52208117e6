"""Which tongues are spoken in the village, and which lines of work are done there."""

from sayso.demo.phrases_de import GERMAN
from sayso.demo.phrases_en import ENGLISH
from sayso.demo.phrases_es import SPANISH
from sayso.demo.phrases_fr import FRENCH
from sayso.demo.stock import Tongue, Trade
from sayso.demo.trades_care import CARE, LIBRARY, SCHOOL
from sayso.demo.trades_land import ENERGY, FARM, LOGISTICS
from sayso.demo.trades_made import BUILDING, FOOD, WORKSHOP
from sayso.demo.trades_office import ACCOUNTS, SOFTWARE, TOWN
from sayso.demo.trades_word import DESIGN, PRESS

TRADES: tuple[Trade, ...] = (
    FOOD,
    CARE,
    SOFTWARE,
    SCHOOL,
    BUILDING,
    TOWN,
    FARM,
    PRESS,
    WORKSHOP,
    ACCOUNTS,
    LIBRARY,
    ENERGY,
    DESIGN,
    LOGISTICS,
)

TRADE_OF: dict[str, Trade] = {trade.key: trade for trade in TRADES}

TONGUES: dict[str, Tongue] = {tongue.code: tongue for tongue in (ENGLISH, GERMAN, SPANISH, FRENCH)}
