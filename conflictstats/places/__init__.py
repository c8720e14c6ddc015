"""Where: the places that a text names, looked up in the gazetteer or told by their form."""

from conflictstats.places.reader import (
    Place as Place,
)
from conflictstats.places.reader import (
    find_places as find_places,
)
