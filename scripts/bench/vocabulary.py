"""What the made-up articles are made of: names, places, and sentences with gaps. Nothing here is about anybody.

A gap is a word in braces; `articles.py` says what each is filled with.
"""

GIVEN = tuple(
    "Ada Adrian Agnes Ahmad Alice Amina Anders Anna Anton Bashir Beatrice Boris Carla Carlos Cecilia Claire Dalia"
    " Daniel David Diana Elena Elias Emma Erik Esther Eva Farid Fatima Felix Fiona Frank George Grace Hamid Hanna"
    " Hassan Helen Hugo Ibrahim Ida Igor Irene Ivan Jamila Jan Jane John Jonas Julia Karim Karl Kate Laila Laura Leo"
    " Linda Lucas Magda Marco Maria Martin Mary Michael Mina Nadia Nina Noor Olga Omar Oscar Otto Paul Petra Rahim"
    " Rosa Ruth Samir Sara Simon Sofia Stefan Tariq Tara Thomas Vera Victor Walter Yusuf Zahra".split()
)

FAMILY = tuple(
    first + second
    for second in "berg well stone mann ford son ova ari ello wick dale mir zada kov ington quist".split()
    for first in (
        "Al Ander Bar Bel Bran Car Cor Dal Dor El Fair Fen Gal Gar Hal Har Hol Ir Jal Kar Kel Lan Lin Mal Mar Nor Ol"
        " Pel Quil Ras Ros Sal Sel Tal Tor Ul Var Vel Wal Yar"
    ).split()
)

PLACES = tuple(
    name + ending
    for ending in ("mouth", "ville", " Valley", "haven", "abad", "minster", "field", "bruck", "ria", " Heights")
    for name in "Arl Bren Cast Dov Est Farn Grun Hest Ilm Kest Lorn Marl Nest Ost Pern Quar Rost Sand Tarn Wend".split()
)

COUNTRIES = (
    "Afghanistan Austria Bangladesh Bolivia Canada Chad Denmark Egypt Ethiopia Finland Ghana Germany Haiti India"
    " Indonesia Iran Italy Japan Kenya Lebanon Mexico Nepal Norway Pakistan Peru Poland Portugal Somalia Spain Sudan"
    " Sweden Syria Turkey Uganda Ukraine Vietnam Yemen Zambia"
).split()

BODIES = (
    "Ministry of {field}",
    "{place} {field} Council",
    "National {field} Agency",
    "{place} Police",
    "{family} Foundation",
    "{place} University",
    "{family} Group",
    "Union of {field} Workers",
    "United Nations",
    "World Bank",
    "Red Cross",
)

FIELDS = "Health Energy Water Transport Justice Defence Education Housing Labour Farming Trade".split()

POSTS = (
    "spokesman",
    "spokeswoman",
    "mayor of {place}",
    "director of the {body}",
    "head of the {body}",
    "a lawyer in {place}",
    "a teacher from {place}",
    "governor",
)

HEADINGS = (
    "What comes next",
    "A long road from {place}",
    "Figures in doubt",
    "Voices from {place}",
    "No answer yet",
    "Two versions of one night",
    "Money and its price",
    "{country} waits",
)

OPENINGS = (
    "The {body} said on {weekday} that {count} people had been {harmed} in {place}, the worst such day since {month}"
    " {year}.",
    "{person}, {post}, resigned on {weekday} after {count} days of protest in {place}.",
    "Floods have reached {place} in the north of {country}, where {count} families left their homes on {weekday}.",
    "Parliament in {country} voted on {weekday} to spend ${money} million on {field} by {year}.",
)

SENTENCES = (
    "{Quote} said {person}, {post}.",
    "{Quote} {person} told reporters in {place} on {weekday}.",
    "{person} said that {content}.",
    "According to the {body}, {content}.",
    "The {body} denied on {month} {day} that {content}.",
    "{person}, who had been in {place} since {year}, added that {content}.",
    "It was not clear whether {content}.",
    "The {body} put the number at {count}, {person} at {count}.",
    "About {percent} per cent of the money comes from {country}, the rest from the {body}.",
    "Between {year} and {later} the {body} paid ${money} million for roads around {place}.",
    "The talks in {place} between the {body} and the {body} are to go on next {weekday}.",
    "At least {count} people were {harmed} near {place} two weeks ago, among them {person}.",
    "{country} and {country} signed the treaty on {day} {month} {year}.",
    "The road from {place} to {place} has been closed for {days} days.",
    "“We heard it at night, and in the morning the bridge was gone,” one of them said.",
    "Nobody in {place} would give a name.",
    "By {weekday} evening the square was empty again, and the shops stayed shut.",
    "{family} did not answer questions that were sent last week.",
    "In the {season} of {year} prices rose by {percent} per cent, the {body} reported in {month}.",
    "The court will hear {person} on {month} {day}.",
)

QUOTED = (
    "We have waited for {days} days",
    "Nobody told us that {content}",
    "This is not what we voted for in {year}",
    "There will be no school in {place} before {month}",
    "I have seen {count} of them with my own eyes",
    "If {content}, we shall have to leave",
    "The {body} has to answer for this",
)

CONTENTS = (
    "the water in {place} was safe to drink",
    "{count} people had been {harmed} since {weekday}",
    "the {body} would open its books by {month}",
    "the government of {country} had known of the plan since {year}",
    "no more than {count} houses had been damaged",
    "talks with the {body} had failed",
    "{percent} per cent of the staff would be paid late",
    "the bridge at {place} might not stand another winter",
)

CAPTIONS = ("[The market of {place}. Credit: {person}]", "[{person} in {place}, {year}.]")

HARMED = ("killed", "wounded", "displaced", "arrested", "injured")
SEASONS = ("spring", "summer", "autumn", "winter")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple("January February March April May June July August September October November December".split())
