"""How a number counts: in the time spoken of, as a running total, a state, a change or a rate.

Read from the words of the figure's own sentence. The reader `setting` knows more running totals, by the
period that it finds (since 24 February, so far this year).
"""

from __future__ import annotations

import math
import re

from conflictstats.records import Document, Measure, Quantity, Sentence

_RATES = {
    rate: re.compile(
        rf"^\W*(?:(?:(?!(?:and|or|in|on|within|for|after|over|during|less|than) )\w+\W+){{0,4}}?(?:(?:a|per) {unit}s?|(?-i:{adverb}))"
        rf"|(?:(?!(?:and|or|in|on|within|for|after|over|during|less|than) )\w+ ){{0,7}}?(?:each|every) {unit}s?)\b"
        r"(?! (?:later|earlier|before|after|ago|prior|previously|of|old|long))",
        re.I,
    )
    for rate, unit, adverb in (
        ("per_hour", "hour", "hourly"),
        ("per_day", "(?:day|night)", "(?:daily|nightly)"),
        ("per_week", "week", "weekly"),
        ("per_month", "month", "monthly"),
        ("per_year", "year", "(?:yearly|annually)"),
    )
}
_DAILY = re.compile(
    r"\b(?:daily average|average daily \w+) (?:of|was|is|at|to)(?: \w+){0,2}\s*$|\bdaily\s*$", re.I
)

# --- the change against an earlier figure

_BY = re.compile(
    r"\b(?:rose|risen|rises?|rising|increased?|increasing|grew|grown|climbed|up|jumped|higher|fell|fallen|dropped|down) by\s*$",
    re.I,
)
_MORE_BEFORE = re.compile(r"\b(?:another|a further|further|an additional|additional)\s*$", re.I)
_MORE_AFTER = re.compile(r"^\s*(?:\w+\s+){0,2}?(?:more|additional|further)\b(?! than)", re.I)
# what tells the total that the new ones are added to
_TOTALLED = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)|took|rais(?:es|ed|ing)|push(?:es|ed|ing)|lift(?:s|ed|ing))\b[^.;]{0,60}"
    r"\b(?:to|at|past|above|over)\b|\b(?:the|its|their) (?:\w+ )?(?:total|toll|sum|number|count|tally)\b[^.;]{0,40}\b(?:to|is|at|of|stands?)\b"
    r"|\bsum of\b|\b(?:rose|risen|rises|climbed|grew|grown|increased|jumped)\b[^.;]{0,30}\bto\b",
    re.I,
)
_NEWLY = re.compile(
    r"^\s*(?:newly|new)\b|^\s*(?:\w+\s+)?new (?:arrivals?|refugees?|displacements?|evacuees?)\b", re.I
)

# --- a state at a moment

_STILL = re.compile(
    r"\b(?:still|remain\w*|currently|at present|as of|at the moment"
    r"|(?:are|is) (?:\w+ ){0,2}?(?:held|displaced|deployed|stationed|detained|jailed|sheltering|living)"
    r"|(?:are|is) (?:prisoners|hostages|captives)|in the hands of"
    r"|in (?:\w+ )?(?:captivity|custody|detention))\b",
    re.I,
)
_HOLDING = re.compile(r"\b(?:hold(?:s|ing)?|be(?:ing)? held|keep(?:s|ing)?)\b[^,;.]*$", re.I)
# Verbs of the moment: what remains of those who were seized is another figure's
_TAKING = frozenset("seize abduct kidnap snatch grab".split())
_HELD_NOW = re.compile(r"^[^,;.]{0,60}\b(?:already|still|now|currently) (?:holds?|keeps?)\b", re.I)
_SHELTERED = re.compile(
    r"^\W*(?:\w+ ){0,4}?(?:are|is|live|lives|remain) (?:now )?(?:in|at|living|besieged|stranded)\b", re.I
)
_HAVE_DEPLOYED = re.compile(r"\b(?:have|has|had)\b[^,;.]*$", re.I)
_NUMBER_HELD = re.compile(
    r"\bnumber of [^.;]{0,40}\b(?:held|detained|jailed|imprisoned|in custody)\b[^.;]*$", re.I
)
_HOST = frozenset(
    "host shelter house accommodate harbour harbor home live shelter evacuee refugee displaced idp lodge".split()
)
_HOSTING = re.compile(
    r"\b(?:hosts?|hosting|shelters?|sheltering|houses|housing|home to|accommodates?)\b[^.;,]*$", re.I
)
# Verbs that tell of forces on their way or in action; by any other word they are simply there.
_ACTING = frozenset(
    "send dispatch scramble lay commit recruit mobilise mobilize conscript draft enlist call rush move transfer rotate"
    " attack assault storm raid strike bomb bombard hit target ambush open come arrive enter cross travel drive ride roll"
    " march invade land take participate join patrol fly launch conduct carry mount throw pour bring airlift deliver"
    " reinforce withdraw pull leave return plan want promise pledge pack summon assemble gather muster infiltrate push"
    " advance break parade sail escort encircle surround besiege overrun try attempt fire detonate blow explode burn seize"
    " capture kill loot hurl swoop shoot fight clash blow infiltrate set open land use column".split()
)
_DEPLOYED = re.compile(
    r"\b(?:deployed|used)\s+(?:another |a further |some )?$|\b(?:deployed|used)\b[^;.]*(?:, | and )$", re.I
)
_FLED = re.compile(r"\b(?:refugees?|displaced|IDPs?|evacuees)\b", re.I)
_GOING_ON = re.compile(
    r"\b(?:are|is|were|was|be|been) (?:\w+ )?(?:taking|fighting|operating|trying|attempting|patrolling|participating)\b",
    re.I,
)
_WITHOUT_YET = re.compile(
    r"\bstill (?:\w+ )?(?:in (?:the )?dark(?:ness)?|off|cut off)\b|\b(?:have|has) (?:had|been|gone) (?:\w+ )?(?:no|without)\b|\b(?:have|has|are|is|remain\w*|still) (?:\w+ ){0,2}?(?:no|without)\b",
    re.I,
)
_LEFT_WITHOUT = re.compile(r"\b(?:left|leaving|leave[sd]?|lost|cut)\b", re.I)

# --- a running total

_WAR = (
    r"(?:war|conflict|insurgency|uprising|rebellion|invasion|genocide|revolution|crisis|struggle|violence|crackdown|occupation"
    r"|hostilities|campaign)"
)
_WHOLE_WAR = re.compile(
    # "the five-year war that has claimed over 300,000 lives", "the conflict has killed"
    rf"\b{_WAR},? (?:\w+,? )?(?:(?:that|which) )?(?:has|have|had|is (?:estimated|believed|thought) to have) "
    r"(?:\w+ ){0,3}?(?:killed|claimed|left|cost|displaced|caused|uprooted|taken|forced|wounded|destroyed|driven)\b"
    # "the death toll from the five-year conflict"
    rf"|\b(?:toll|dead|deaths|casualties|killed|died|displaced|perished) (?:from|of|in|by|during|as a result of) (?:the|this|its|their|that) (?:[\w-]+ ){{0,4}}?{_WAR}\b"
    # "the toll of a year of fighting"
    rf"|\b(?:toll|dead|deaths|casualties|killed|died|displaced|perished) (?:from|of|in|by|during|after|over) (?:[\w-]+ ){{0,3}}?(?:months|years?|decades?) of (?:[\w-]+ )?(?:fighting|clashes|{_WAR})\b",
    re.I,
)
_SO_FAR = re.compile(
    r"\b(?:so far|to date|as of (?!late|early|now\b|(?:about )?\d{1,2}(?:[:.]\d| ?[ap]\.?m))|up to now|until now|hitherto|all told|since then|in that time|(?:in|over) (?:the )?(?:\w+ )?years of"
    r"|over the course of the (?:\w+ )?(?:war|conflict)|throughout the (?:\w+ )?(?:war|conflict))\b",
    re.I,
)
# "1,650 of them in the past day"
_OWN_DAYS = re.compile(
    r"\s*(?:of (?:them|whom|these|those|which)\b)?[^,;.\d]{0,60}?\b(?:in|over|during|within) the (?:past|last|previous) (?:[\w-]+ )?"
    r"(?:days?|hours|nights?|week)\b",
    re.I,
)
# "1,012 have been killed since the start of the offensive … and 5,480 wounded"
_ELLIPTIC = re.compile(r"\s+(?:others? |more )?(?:killed|wounded|injured|hurt|displaced)\b", re.I)
# "have killed 160 since crossing the border": a perfect tense makes what follows a time and no reason
_SINCE_IT_BEGAN = re.compile(
    r"\b(?:have|has|had|been)\b[^.;]*\bsince (?:(?:it|they|he|she|we|I) (?!(?:was|were|is|are|had|have|has|could|would)\b)\w+|[a-z]+ing\b(?<!being)(?<!having)|\w+ed\b)",
    re.I,
)
_SINCE = re.compile(
    r"(?<!\bhad )(?<!\bhave )(?<!\bhas )(?<!, )\b(?:ever )?since "
    r"(?!(?:it|they|he|she|there|this|that|we|i|you|most|many|no|its|their|an?|being|\w+ed|\w+ing|the last|midnight|dawn|noon|early|the morning)\b)",
    re.I,
)
# "brings the number of villages taken to 80", "bringing to 620,000 the total", "brought its death toll to 223",
# "which raised the number of the dead to 29 and that of the injured to 144"; a mayor who raised it set one toll right
_BROUGHT_TO = re.compile(
    r"\b(?:(?:bring(?:s|ing)?|brought|takes?|taking|took|push(?:es|ed|ing)?)\b[^.;]{0,60}"
    r"\b(?:number|total|tally|sum|(?:its|their|our) (?:own )?(?:death )?toll)"
    r"|(?:(?:which|that|this|deaths?) (?:raise[sd]|lift(?:s|ed))|raising|lifting)\b[^.;]{0,60}\b(?:number|total|tally|sum))\b"
    r"[^.;]{0,80}?\bto(?: [^.;]{0,40}\band that of [^.;]{0,40}\bto)?\s*$",
    re.I,
)
# "has lost three warships": what a side has lost, it has lost in the war
_HAS_LOST = re.compile(r"\b(?:has|have|['’]ve) (?:(?:now|already|also|so far) )?lost (?:[a-z]+ ){0,3}$", re.I)
# "air strikes have killed hundreds": more than any one of them
_STRIKES = re.compile(
    r"\b(?:strikes|attacks|raids|bombings|bombardments|airstrikes|rockets|warplanes|drones|shelling)\b[^,;]{0,50}?"
    r"\b(?:has|have) (?:\w+ )?(?:killed|wounded|injured|claimed|left|maimed)\b[^;,]*$",
    re.I,
)
# "brings its overall losses to 900 tanks and 70 drones", "losses now stand at": each figure of the list
_ALL_LOSSES = re.compile(
    r"\b(?:(?:overall|total|cumulative|accumulated)\b[^.;,]{0,40}\blosses\b|losses\b[^.;]{0,40}\bnow (?:stand|exceed|total|amount)s?\b)[^.;]*$",
    re.I,
)
_OF_A_DAY = re.compile(
    r"\b(?:daily|overnight|yesterday|(?:(?:past|last|previous|single|one) |24 |-four )(?:day|week|month|hours))\b",
    re.I,
)
_MANY = 200  # people
# "has recorded 37 attacks on clinics", "has logged the deaths of 94 paramedics": who keeps a list goes on with it;
# a hospital has registered the dead of one blast, but attacks, and those counted by their trade, are of many,
_LISTED = re.compile(
    r"\b(?:has|have) (?:\w+ ){0,2}?(?:recorded|documented|logged|registered|verified|catalogued)\b[^;,:]*$",
    re.I,
)
# … unless it is the list of one attack, or of days of its own
_BY_TRADE = frozenset("medic journalist aid_worker".split())
_OF_ONE_TIME = re.compile(
    r"\b(?:in|by|from|after|during|between|on|over|following) (?:(?:the|a|an|this|that|last|early|late) )?(?:\w+ ){0,2}?"
    r"(?:attacks?|strikes?|raids?|air|battle|clash\w*|explosions?|shelling|massacre|offensive|fighting|\d\w*|days?|week|month|year"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|\w+day)\b|\b(?:yesterday|today|overnight)\b",
    re.I,
)
# "from the very start of the invasion", "from the first day of the war until this morning"
_FROM_THE_START = re.compile(
    rf"\bfrom the (?:very )?(?:beginning|start|outset|first days?) of (?:the|this) (?:[\w-]+ ){{0,3}}?(?:aggression|war|operation|offensive|siege|truce|ceasefire|attack|{_WAR})\b",
    re.I,
)
# "49 killings in the town since, 17 of them …": since what was told before
_EVER_SINCE = re.compile(r"^[^,;.]{0,80}(?<!\blong )\bsince(?=[,;.]|$)", re.I)
_BRINGS_TO = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|takes?|taking|took|push(?:es|ed|ing)?)\b[^.;]{0,20}\bto\s*$", re.I
)
_THE_NUMBER = re.compile(r"^[^.;,]{0,25}?\bthe (?:\w+ )?(?:number|total|tally|sum)\b", re.I)
# "the largest movement since 2022" counts from nowhere
_MOST = r"\b(?:[a-z]{3,}est|most|worst|first|last|highest)\b[^,;.]*$"
_ONE_EVENT = 5_000  # more people than any attack or day of battle has killed since 1945
_ONE_YEAR = 100_000
_ONE_FLIGHT = 1_000_000  # more people than have fled at once
# … but for a long battle, or a war that is over, which count as one event
_LONG_EVENT = re.compile(
    r"\b(?:battle|siege|fight|fighting) (?:of|for)\b|\bfinal (?:offensive|phase|assault|battle)\b|\b(?:19|20)\d\d (?:war|conflict)\b|\bwar (?:of|in) (?:19|20)\d\d\b",
    re.I,
)
_OTHERWISE = re.compile(
    r"[;:]|, (?:bringing|raising|taking|pushing|lifting)\b|\b(?:said|says|while|but|whereas|who|which)\b|\band (?:that|said)\b",
    re.I,
)
_TOLLS = frozenset(
    "killed wounded casualties destroyed damaged launched intercepted conducted repelled hit released seized supplied".split()
)


def read_aggregation(quantity: Quantity, measure: Measure, sentence: Sentence) -> str:
    """How the number counts, as far as its own sentence says."""
    before = sentence.text[: quantity.start - sentence.start]
    after = sentence.text[quantity.end - sentence.start :]
    for rate, pattern in _RATES.items():
        if pattern.match(after):
            return rate
    if _DAILY.search(before[-40:]):
        return "per_day"
    if _is_increment(measure, before, after, sentence):
        return "increment"
    if _is_stock(measure, before, after, sentence):
        return "stock"
    if (measure.event in _TOLLS or measure.event in ("captured", "displaced")) and _is_running(
        before, after, quantity, measure
    ):
        return "cumulative"
    return "period"


def is_of_a_war(quantity: Quantity, measure: Measure, document: Document, *, with_days: bool) -> bool:
    """Whether more people were killed, hurt or driven out than in any one event, or in the days told: a running total."""
    people = quantity.low if math.isnan(quantity.best) else quantity.best
    if measure.event == "displaced":
        return quantity.unit == "count" and people >= _ONE_FLIGHT
    if measure.event not in ("killed", "wounded", "casualties") or quantity.unit != "count":
        return False
    many = people >= (_ONE_YEAR if with_days else _ONE_EVENT)
    return many and not _LONG_EVENT.search(document.article.text)


def _is_increment(measure: Measure, before: str, after: str, sentence: Sentence) -> bool:
    if _BY.search(before[-40:]):
        return True
    if measure.event == "displaced" and _NEWLY.match(after):
        return True
    added = _MORE_BEFORE.search(before[-40:]) or _MORE_AFTER.match(after)
    return bool(added) and _TOTALLED.search(after if added else sentence.text) is not None


_STOP = re.compile(r"[,;:]")
_STOP_OR_FIGURE = re.compile(r"[,;:]|\d")


def _clause(before: str, after: str) -> str:
    """The words around a figure up to the next comma or figure."""
    return f"{_STOP.split(before)[-1]}#{_STOP_OR_FIGURE.split(after)[0]}"


def _is_stock(measure: Measure, before: str, after: str, sentence: Sentence) -> bool:
    event = measure.event
    first = (measure.predicate or "").split(" ")[0]
    if event in ("missing", "held"):
        return True
    if event == "captured":
        near = _clause(before, after) if first in _TAKING else sentence.text
        return bool(
            _HOLDING.search(before[-45:])
            or _STILL.search(near)
            or _NUMBER_HELD.search(before)
            or _HELD_NOW.match(after)
        )
    if event == "displaced":
        if measure.noun and _FLED.search(measure.noun) and _SHELTERED.match(after):
            return True
        return first in _HOST or bool(_HOSTING.search(before[-60:]) or _STILL.search(sentence.text))
    if event == "deployed":
        if measure.item == "explosive":
            return False
        there = _clause(before, after)
        if first == "deploy" and _DEPLOYED.search(before) and not _HAVE_DEPLOYED.search(before):
            return False
        return first not in _ACTING or bool(_STILL.search(there) or _GOING_ON.search(there))
    if event == "cut_off":
        return bool(_WITHOUT_YET.search(sentence.text)) and not _LEFT_WITHOUT.search(sentence.text)
    return False


def _is_running(before: str, after: str, quantity: Quantity, measure: Measure) -> bool:
    """Whether the words around say that the count runs from a start to now."""
    if _OWN_DAYS.match(after):
        return False
    says_since = "since" in before.casefold() or "since" in after.casefold()
    if says_since and _ELLIPTIC.match(after) and _SINCE.search(_OTHERWISE.split(before[-160:])[-1]):
        return True
    near = f"{re.split(r'[;:]', before[-110:])[-1]}#{re.split(r'[;:]', after[:110])[0]}"
    if _WHOLE_WAR.search(near):
        return True
    own = f"{before.rsplit(',', 1)[-1]}#{re.split(r'[,;:]', after[:110])[0]}"
    if _SO_FAR.search(own) or _SO_FAR.match(before.lstrip()):
        return True
    # "killed 14 people since the war began"; "Since August, five students have been murdered"
    running = _OTHERWISE.split(after[:220])[0]
    if says_since:
        found = _SINCE.search(running)
        if found is not None and not re.search(_MOST, running[: found.start()], re.I):
            return True
        if _SINCE_IT_BEGAN.search(re.split(r"[;:]", before)[-1] + "#" + running):
            return True
    if _BROUGHT_TO.search(before) or (_BRINGS_TO.search(before) and _THE_NUMBER.match(after)):
        return True
    if _FROM_THE_START.search(before) or _FROM_THE_START.search(running) or _EVER_SINCE.match(after):
        return True
    if quantity.high > 0 and _HAS_LOST.search(before):
        return True
    losses = _ALL_LOSSES.search(before) if measure.predicate == "loss" else None
    if losses is not None and not _OF_A_DAY.search(losses[0]):
        return True
    if quantity.low >= _MANY and _STRIKES.search(before):
        return True
    many = measure.event == "conducted" or measure.item in _BY_TRADE
    if many and _LISTED.search(before) and not _OF_ONE_TIME.search(running):
        return True
    return says_since and bool(
        re.match(
            r"\W*since (?!(?:it|they|he|she|there|this|that|the last|midnight|dawn|noon|early|the morning)\b)",
            before,
            re.I,
        )
    )
