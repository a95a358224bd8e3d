"""Units, currencies, modifiers and the words that rule a figure out: data only, all lower case."""

from functools import cache


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNITS = """
%: % percent per_cent pct
percentage point: percentage_point percentage_points
basis point: basis_point basis_points
km: km kms kilometre kilometres kilometer kilometers
m: metre metres meter meters
cm: cm centimetre centimetres centimeter centimeters
mm: mm millimetre millimetres millimeter millimeters
[mi_i]: mile miles mi
[nmi_i]: nautical_mile nautical_miles
[ft_i]: foot feet ft
[in_i]: inch inches
[yd_i]: yard yards
km2: square_kilometre square_kilometres square_kilometer square_kilometers sq_km km² km2
m2: square_metre square_metres square_meter square_meters sq_m m² m2
[mi_i]2: square_mile square_miles sq_miles
[ft_i]2: square_foot square_feet sq_ft
har: hectare hectares ha
[acr_us]: acre acres
kg: kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes
g: gram grams gramme grammes
mg: mg milligram milligrams
t: tonne tonnes metric_ton metric_tons
ton: ton tons
[lb_av]: lb lbs
pound: pound pounds
[oz_av]: ounce ounces oz
L: litre litres liter liters
mL: ml millilitre millilitres milliliter milliliters
gallon: gallon gallons
barrel: barrel barrels
m3: cubic_metre cubic_metres cubic_meter cubic_meters
km/h: km/h kph kmh kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour
[mi_i]/h: mph miles_per_hour miles_an_hour
Cel: °c degrees_celsius degrees_centigrade
[degF]: °f degrees_fahrenheit
W: watt watts
kW: kw kilowatt kilowatts
MW: mw megawatt megawatts
GW: gw gigawatt gigawatts
kW.h: kwh kilowatt-hour kilowatt-hours kilowatt_hours
MW.h: mwh megawatt-hour megawatt-hours megawatt_hours
Hz: hz hertz
kHz: khz
MHz: mhz megahertz
GHz: ghz gigahertz
MB: mb megabyte megabytes
GB: gb gigabyte gigabytes
TB: tb terabyte terabytes
USD: dollar dollars usd
AUD: aud
CAD: cad
EUR: euro euros eur
GBP: pound_sterling pounds_sterling gbp sterling
JPY: yen jpy
CNY: yuan renminbi cny
INR: inr
PKR: pkr
KES: kes
BDT: taka bdt
THB: baht thb
MYR: ringgit ringgits myr
IDR: rupiah rupiahs idr
ETB: birr etb
HUF: forint forints huf
CZK: czk
RUB: rouble roubles ruble rubles rub
AFN: afghani afghanis afn
CHF: chf
ILS: shekel shekels
UAH: hryvnia hryvnias
SEK: sek
NOK: nok
DKK: dkk
PLN: zloty zlotys
BRL: brl
ZAR: rand
NGN: naira
KRW: krw
KZT: tenge kzt
rupee: rupee rupees
peso: peso pesos
franc: franc francs
dinar: dinar dinars
dirham: dirham dirhams
riyal: riyal riyals
rial: rial rials
shilling: shilling shillings
lira: lira liras
krona: krona kronor krone kroner
cent: cent cents
"""

CURRENCIES = """
dollar: USD american, USD us, AUD australian, CAD canadian, NZD new_zealand, HKD hong_kong, SGD singapore
dollar: TWD taiwan, JMD jamaican, LRD liberian, NAD namibian, FJD fijian, GYD guyanese
peso: ARS argentine, CLP chilean, COP colombian, CUP cuban, DOP dominican, MXN mexican, PHP philippine, UYU uruguayan
pound: EGP egyptian, LBP lebanese, SDG sudanese, SSP south_sudanese, SYP syrian, GBP british
rupee: INR indian, PKR pakistani, PKR pakistan, LKR sri_lankan, NPR nepalese, NPR nepali, MUR mauritian
shilling: KES kenyan, UGX ugandan, TZS tanzanian, SOS somali
franc: CHF swiss, BIF burundian, CDF congolese, DJF djiboutian, GNF guinean, RWF rwandan, XAF cfa
dinar: BHD bahraini, DZD algerian, IQD iraqi, JOD jordanian, KWD kuwaiti, LYD libyan, RSD serbian, TND tunisian
dirham: AED emirati, AED uae, MAD moroccan
riyal: SAR saudi, QAR qatari, YER yemeni
rial: IRR iranian, OMR omani, YER yemeni
krona: SEK swedish, ISK icelandic
krone: NOK norwegian, DKK danish
ruble: RUB russian, BYN belarusian
rouble: RUB russian, BYN belarusian
real: BRL brazilian
lira: TRY turkish
won: KRW south_korean, KPW north_korean
yen: JPY japanese
yuan: CNY chinese
leu: RON romanian, MDL moldovan
koruna: CZK czech
ringgit: MYR malaysian
baht: THB thai
kwacha: MWK malawian, ZMW zambian
cedi: GHS ghanaian
birr: ETB ethiopian
naira: NGN nigerian
rand: ZAR south_african
taka: BDT bangladeshi
rupiah: IDR indonesian
shekel: ILS israeli, ILS new_israeli
hryvnia: UAH ukrainian
zloty: PLN polish
forint: HUF hungarian
"""
"""Words that several countries call their money by, with the ISO 4217 code of each."""

PLURALS = {"peso": "pesos", "real": "reais", "krona": "kronor", "krone": "kroner", "leu": "lei", "koruna": "koruny"}

SIGNS = {
    "us$": "USD", "$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "r$": "BRL", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS",
    "₺": "TRY", "₴": "UAH", "₦": "NGN", "rs": "rupee", "rs.": "rupee",
}  # fmt: skip
CODES = "USD EUR GBP JPY CNY INR PKR AFN AUD CAD CHF RUB TRY ILS UAH SEK NOK DKK PLN BRL ZAR NGN KRW MXN SGD HKD NZD"

BEFORE = {
    "at_least": (
        "more than", "over", "at least", "upwards of", "no fewer than", "no less than", "not less than",
        "not fewer than", "exceeding", "in excess of", "a minimum of", "greater than", "above", "well over",
        "just over", "larger than", "higher than", "as few as", "topping", "north of",
    ),
    "at_most": (
        "less than", "fewer than", "under", "at most", "up to", "no more than", "not more than", "a maximum of",
        "as many as", "as much as", "below", "lower than", "smaller than", "just under", "well under",
    ),
    "about": (
        "about", "around", "roughly", "approximately", "some", "nearly", "almost", "an estimated", "estimated",
        "close to", "circa", "just about", "approx", "approx.", "an average of", "virtually", "nearly some",
    ),
}  # fmt: skip
AFTER = {
    "or more": "at_least", "or so": "about", "or fewer": "at_most", "or less": "at_most", "plus": "at_least",
    "+": "at_least", "or higher": "at_least", "or lower": "at_most",
}  # fmt: skip

TEMPORAL = _set(
    "second seconds minute minutes hour hours day days week weeks weekend weekends fortnight month months "
    "quarter quarters year years decade decades century centuries am pm a.m p.m a.m. p.m. o'clock nights night "
    "morning mornings yr yrs hrs hr mins sec secs"
)
LABELS = _set(
    "article section chapter route highway flight boeing airbus resolution no number room channel page line "
    "unit battalion division type class area apollo windows iphone psalm level phase stage group district act "
    "title amendment interstate gate pier volume vol part season episode series grade tier sector zone ward "
    "platform runway block house suite figure table appendix annex schedule rule clause paragraph proposition "
    "prop catch formula model version mark brigade regiment squadron fig nos radio covid bus train point"
)
NOT_COMPOUND = _set(
    "way sided faced tier state handed fold star time times something one thirds third quarters quarter fifths "
    "tenths step party pronged horse by up on off in out long old armed level part on-one to minded"
)
NO_ONE = _set(
    "thing things way ways reason reasons example point side hand kind sort part time day another more such as "
    "should can could would may might must has had is was of who that where which whose if when cannot needs wants "
    "aspect option idea question problem issue factor step word answer choice possibility moment place end level"
)
"""Words after "one" that say that it counts nothing, or nothing worth a row."""
NO_ONE_AFTER = _set(
    "this the any every each no another either which some only than as is was were be you your my our his her "
    "their its not for like such same big good bad new old last first next right wrong"
)
"""Words before "one" that make a pronoun of it."""
COUNT_STOPS = _set(
    "of in on at to by for from with as than per about into over under after before since until during against "
    "among between across near within without through because while when where which who whom whose that this "
    "these those the a an and or but nor if so is are was were be been being has have had will would can could "
    "may might must do does did not it he she they we i you its his her their there here also only still "
    "already now then more less fewer left dead alive injured missing ill each every all some any no both "
    "either out up down off away ago later earlier said says say told went came took made got died fled fell "
    "fought won lost hit hurt held sent set shot stood sat ran rose broke began became gave found kept left "
    "them us him me met paid put saw spoke struck just such via versus long wide high tall deep old apart worth short"
)


@cache
def unit_forms() -> dict[str, str]:
    """Every written form of a unit, words joined by one blank, with the unit's code."""
    table = {}
    for line in UNITS.strip().splitlines():
        code, written = line.split(": ", 1)
        for form in written.split():
            table[form.replace("_", " ")] = code
    for line in CURRENCIES.strip().splitlines():
        word, countries = line.split(": ", 1)
        for entry in countries.split(", "):
            code, country = entry.split()
            for name in (word, f"{word}s", PLURALS.get(word, word)):
                table[f"{country.replace('_', ' ')} {name}"] = code
    return table
