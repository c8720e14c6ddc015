"""Who did it, and to whom."""

from conflictstats.parties.reader import (
    read_parties as read_parties,
)
