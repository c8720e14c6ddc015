"""The reader of measures: what is counted (item), and what happened to it (event)."""

from conflictstats.measures.aggregation import (
    is_of_a_war as is_of_a_war,
)
from conflictstats.measures.reader import (
    read_measures as read_measures,
)
