"""The day of a saying: "said on Friday", "in a statement on Friday" date the words, not what they tell of."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from conflictstats.codebook import Codebook


class Sayings(NamedTuple):
    """What stands beside the day of a saying."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    toll: re.Pattern[str]
    noun: re.Pattern[str]


@cache
def sayings(codebook: Codebook) -> Sayings:
    """Patterns of the words around "on Friday" where it tells when something was said."""
    forms = sorted(codebook.calendar["verbs of saying"].names, key=len, reverse=True)
    said = "|".join(forms)
    # "60 were killed on Sunday, adding that": nobody has spoken yet
    finite = "|".join(form for form in forms if not form.endswith("ing"))
    nouns = "|".join(re.escape(n) + "s?" for n in codebook.calendar["nouns of saying"].names)
    return Sayings(
        re.compile(
            rf"\b(?i:{said})\b(?:\s(?:\w+ly|also|again|later|earlier|late|early))*"
            rf"(?:\s(?:reporters|journalists|parliament|lawmakers|state\s(?:television|TV|media)|[A-Z]\w+(?:\s(?:[A-Z]\w+|reporters?|correspondents?|news|agency|radio|TV|television)){0, 3}|"
            rf"(?<=told\s)(?:the|a|an|his|her|its|their)\s\w+(?:\s\w+)?))?"
            rf"(?:\s(?:in|at|on|to|via|during|through|by|from|with)\s(?:(?:a|an|the|its|his|her|their|state|social)\s)?(?!that\b)[\w'’-]+(?:\s(?!that\b)[\w'’-]+){{0,3}})?"
            rf"(?:\s(?:late|early|earlier|later))?(?:\s(?:on|in|over))?$"
        ),
        re.compile(
            rf"^\s(?:(?:also|again|has|had|then)\s)*(?:{finite}|puts?\s(?:the|its|their)\s(?:[\w-]+\s){{0,2}}(?:number|toll|figure|total|count|tally|losses|dead|deaths|casualties)|(?:counts?|counted|lists?|listed)\s(?:the|its)\s(?:dead|toll))\b",
            re.I,
        ),
        re.compile(r"^\s(?:death\s)?(?:toll|count|tally|figure|estimate|report|statement)\b", re.I),
        re.compile(
            rf"\b(?:(?:{nouns})(?:\s(?:published|released|issued|posted|aired|dated|taken|captured|shared|made))?|published|posted|aired|dated|"
            rf"(?:interview|briefing|statement|letter|message|address|report|call)\s(?:with|to|for|by)\s(?:[\w’'-]+\s){{0,5}}[\w’'-]+|"
            rf"according\sto\s[\w\s]{{1,40}})(?:\s(?:late|early))?(?:\s(?:on|from|of|in))?$",
            re.I,
        ),
    )
