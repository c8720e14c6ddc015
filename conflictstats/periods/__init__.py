"""When: a closed grammar of the periods of news English, resolved against the day of publication."""

from conflictstats.periods.reader import (
    Period as Period,
)
from conflictstats.periods.reader import (
    dateline_period as dateline_period,
)
from conflictstats.periods.reader import (
    find_periods as find_periods,
)
