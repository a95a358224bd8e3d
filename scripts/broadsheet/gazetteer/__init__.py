"""Places and countries with their codes and coordinates, by name; docs/places.md says where they come from.

The data are those of GeoNames (https://www.geonames.org, CC BY 4.0) and Natural Earth. They are read once, when first
asked for.
"""

from broadsheet.gazetteer.file import MOST_WORDS
from broadsheet.gazetteer.lands import USUAL_NAMES, countries, country, country_named, country_of_people
from broadsheet.gazetteer.normal import normal
from broadsheet.gazetteer.places import doubtful, names, places
from broadsheet.gazetteer.records import Country, Place

__all__ = [
    "MOST_WORDS",
    "USUAL_NAMES",
    "Country",
    "Place",
    "countries",
    "country",
    "country_named",
    "country_of_people",
    "doubtful",
    "names",
    "normal",
    "places",
]
