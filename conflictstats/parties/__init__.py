"""Who did it, and to whom."""

from conflictstats.parties.reader import (
    read_parties as read_parties,
)
from conflictstats.parties.reader import (
    told_again as told_again,
)
