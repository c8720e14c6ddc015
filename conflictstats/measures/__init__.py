"""The reader of measures: what is counted (item), and what happened to it (event)."""

from conflictstats.measures.reader import (
    read_measures as read_measures,
)
