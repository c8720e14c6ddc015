"""Text → quantities: number, hedge and unit, with the bounds that they are taken to mean."""

from conflictstats.quantities.reader import (
    gate as gate,
)
from conflictstats.quantities.reader import (
    quantities as quantities,
)
from conflictstats.quantities.reader import (
    read_quantities as read_quantities,
)
