"""Tables that others keep of a war, read into one schema, and their totals, which may compete with claims.

    from conflictstats import reference

    table = reference.read("missile_attacks", "attacks.csv")
    reference.total(table, {"event": "launched", "item": "drone", "period_start": "2023-08-06", …})

No table is the truth here either: each row keeps whose figure it is. What cannot be used as it stands, such
as bounds upside down or dates in the year 25, is set aside and listed in `problems`, never repaired.
"""

from conflictstats.reference.tables import KINDS, Reference, given, read
from conflictstats.reference.totals import Total, as_claims, total

__all__ = ["KINDS", "Reference", "Total", "as_claims", "given", "read", "total"]
