"""Who says a figure, for whom, in whose voice, and whether the figure stands."""

from conflictstats.attribution.reader import (
    read_attribution as read_attribution,
)
