"""Charts: a frame in, Axes out; the frame is left as it came."""

from conflictstats.charts.claims import (
    claims_by_source as claims_by_source,
)
from conflictstats.charts.claims import (
    claims_over_time as claims_over_time,
)
from conflictstats.charts.claims import (
    disputes as disputes,
)
from conflictstats.charts.claims import (
    launched_intercepted as launched_intercepted,
)
from conflictstats.charts.findings import (
    forest as forest,
)
from conflictstats.charts.findings import (
    got_through as got_through,
)
from conflictstats.charts.findings import (
    ladder as ladder,
)
from conflictstats.charts.findings import (
    staircase as staircase,
)
from conflictstats.charts.findings import (
    who_on_what as who_on_what,
)
