"""Where: the most specific place named for what a figure counts; none where several are equally specific."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from conflictstats.codebook import Codebook
from conflictstats.places import Place
from conflictstats.places.gazetteer import SPECIFICITY
from conflictstats.places.links import links
from conflictstats.records import Basis, Document, Sentence
from conflictstats.runons import dateline
from conflictstats.setting.bonds import (
    LONG_AFTER,
    SEGMENT,
    SettingWords,
    between_them,
    bond,
    came_of_it,
    flows,
    new_subject,
    opens_sentence,
    still_to_come,
)
from conflictstats.setting.clauses import EVENT, Spot, Tree, is_event
from conflictstats.setting.nesting import innermost
from conflictstats.setting.othertimes import is_total
from conflictstats.setting.scene import Scene
from conflictstats.setting.standins import stand_ins
from conflictstats.wars import home_of, lands, wars_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# "drones from the directions of Orel and X", "missiles from the airspace over X": where they came from.
_FROM_THERE = re.compile(
    r"\bfrom\s(?:the\s|a\s)?(?:\w+\s)?(?:airspace|territory|directions?|areas?|waters|soil|planes?|aircraft|jets?|bombers?|helicopters?|(?:war)?ships?|vessels?|submarines?)"
    r"\s(?:of|over|in|off|on)\s(?:the\s)?(?:[A-Z][\w’'-]+(?:,|\sand)\s)*$"
)
# "Sepoy Aslam Gul, 37, resident of District Mianwali": where he lived
_AT_HOME = re.compile(
    r"[,(]\s?(?:a\s)?(?:resident|native|hailing|son)\s(?:of|from)\s(?:the\s)?(?:[Dd]istrict\s)?$"
)
_ROAD = re.compile(
    r"\b(?:road|highway|route|street|way|approach(?:es)?)\s(?:leading\s)?to\s(?:the\s)?(?:[\w-]+\s){0,2}$",
    re.I,
)
# "the battle for Goma": fought there
_FIGHT_FOR = re.compile(
    rf"\b(?:{EVENT}|fight|struggle|push|drive|contest)s?\sfor\s(?:control\sof\s)?(?:the\s)?(?:[\w'’-]+\s){{0,4}}$",
    re.I,
)
_SMALL = re.compile(r"\b(?:village|hamlet|settlement|town|kibbutz|community)\sof\s$")
_TOLLS = frozenset(("killed", "wounded", "casualties"))
_MOVES = frozenset(("displaced", "released", "advanced", "captured"))
_DISTANCE = re.compile(
    r"(?<!square\s)\b(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|m)\)?\s(?:\(\d+\s\w+\)\s)?(?:(?:to\sthe\s)?(?:north|south|east|west)\w*\s)?(?:away\s)?"
    r"(?:from|of|to|off|inside|outside|beyond)\s(?:[\w’'-]+\s){0,5}$",
    re.I,
)
_EVENT_BEHIND = re.compile(rf"\s(?:\w+\s)?{EVENT}s?\b", re.I)
_OF_OTHERS = re.compile(
    r"(?<!\ball\s)\bof\s(?:them|whom|which|these|the\s(?:dead|killed|wounded|injured|victims|casualties|deaths|fatalities|missing))\b(?:[^;.,]|(?<=\d)[.,](?=\d)){0,40}$",
    re.I,
)
_SAME_EVENT = re.compile(
    rf"\bthe\s(?:[\w-]+\s){{0,2}}{EVENT}(?:s|es)?\s(?:had\s|has\s|have\s|also\s)?$", re.I
)
_AND_OTHERS = re.compile(
    r",?\s(?:and|or)\s(?:(?:in|on|over|at|near|against)\s)?(?:the\s)?(?:al-|el-)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2}(?:\s[a-z]+)?\s"
    r"(?:city|town|village|camp|street|suburb|neighbou?rhood|district|area|province|governorate|region|oblast)s?\b"
)


# "raids on Aita al-Shaab and Ramieh": another place, whether or not it is known.
_AND_UNKNOWN = re.compile(
    r"\s(?:and|or)\s(?:al-|el-|Al-|El-)?[A-Z][a-zà-ÿ’'-]+(?:\s[A-Z][a-zà-ÿ’'-]+)?(?=[.,;]|$|\s(?:on|in|early|late|overnight|yesterday|today|since|during|after|where|killing|wounding|destroying)\b)"
)


def read_place(
    spot: Spot, scene: Scene, document: Document, words: SettingWords, codebook: Codebook
) -> tuple[Place | None, Basis, str]:
    """The most specific place named for what is counted; none where several are equally specific."""
    sentence = spot.sentence
    # "raising to 97 the number of those killed so far": of more places than this, but for what stands behind it
    opens = (
        spot.quantity.end if is_total(spot) and spot.measure.aggregation == "cumulative" else sentence.start
    )
    if (behind := dateline(document.article.text, sentence.start)) is not None:
        opens = max(opens, behind)  # where it was written
    own = _with_prepositions([p for p in scene.places if opens <= p.start < sentence.end], sentence)
    inside = innermost(own, sentence, links(codebook))
    passed = [p for p in inside if p.before in ("along", "through")]
    if passed:  # "along Soniachna Street in eastern Selydove": Selydove
        inside = innermost([p for p in own if p not in passed], sentence, links(codebook))
    fit = [(p, rank) for p in inside if (rank := _spot_bond(spot, p, words)) is not None]
    if not fit:  # "advanced 20 km along the M5 highway", "took three villages along Lake Kivu"
        along = [p for p in passed if p.before == "along"]
        fit = [
            (p, 6)
            for p in along
            if spot.measure.event == "advanced"
            or _spot_bond(spot, replace(p, before="in"), words) is not None
        ]
    wars = wars_of(document, codebook)
    at_war = lands(wars, codebook)
    fit = [pair for pair in fit if pair[1] != _WHERE_SAID] or [
        pair for pair in fit if pair[0].country in at_war or pair[0].kind in ("district", "region", "area")
    ]
    heading = [
        p
        for p, _ in fit
        if p.start - sentence.start < 3 and sentence.text[p.end - sentence.start :].startswith(":")
    ]
    if len(fit) > len(heading):  # "Beni: 41 bodies found at Masala"
        fit = [pair for pair in fit if pair[0] not in heading]
    if any(_SMALL.search(sentence.text[: p.start - sentence.start]) for p, _ in fit):
        # "in the Graivoron district … on the village of Glotovo": a district of the land
        fit = [pair for pair in fit if not pair[0].text.endswith(" district")] or fit
    bound = [
        (p, rank)
        for p in _countries(sentence.text, sentence.start, codebook)
        if p.start >= opens
        and not any(n.start == p.start and n.kind == "adjective" for n in document.names)  # "in US strikes"
        and (p.before != "into" or spot.measure.event == "displaced")
        and (rank := _spot_bond(spot, p, words)) is not None
    ]
    closest = min((rank for _, rank in bound), default=0)
    # "the war in Sudan drove out two million, of whom 61,000 crossed into Chad"
    countries = [p for p, rank in bound if rank == closest or p.before != "into"]
    if any(p.before == "into" for p in countries):
        countries = [p for p in countries if p.before == "into"]
    later = min((q.start for q in sentence.quantities if q.start > spot.quantity.start), default=sentence.end)
    # "61 times since October, 29 times in Iraq and 32 in Syria"
    countries = [p for p in countries if spot.quantity.end <= p.start < later] or countries
    if any(spot.quantity.end <= p.start < later for p in countries) and all(p.start > later for p, _ in fit):
        fit = []  # "120 targets across Lebanon, and killed four gunmen near Kfar Kila"
    label = _label(spot, scene, document)
    if label is not None and len({p.place_id or p.text for p, _ in fit if p is not label}) != 1:
        return label, "stated" if label.start >= sentence.start else "carried", "what its line is about"
    if fit:
        close = [pair for pair in fit if pair[1] <= 2] or fit
        if all(SPECIFICITY[p.kind] < 4 and opens_sentence(sentence, p) for p, _ in close):
            # "In Darfur, shelling of the city of X killed 26": within what the sentence begins with
            close = [pair for pair in fit if SPECIFICITY[pair[0].kind] >= 4 and pair[1] <= 5] or close
        there = [
            pair for pair in close if pair[0].before not in _BESIDE and SPECIFICITY[pair[0].kind] >= 3
        ] or close
        turn = _in_turn(there, spot)
        beside = [pair for pair in close if _right_behind(pair[0], spot)]
        turn = beside if beside and not any(pair in turn for pair in beside) else turn
        best = max(SPECIFICITY[p.kind] for p, _ in turn)
        top = [p for p, _ in turn if SPECIFICITY[p.kind] == best]
        if len(top) > 1 and not any(_listed(p, own, sentence) for p in top):
            nearest = min(rank for p, rank in turn if p in top)
            top = [p for p, rank in turn if p in top and rank == nearest]
        if len({p.place_id or p.text for p in top}) == 1 and not _listed(top[0], own, sentence):
            return top[0], "stated", "its sentence"
        return None, "none", ""
    if opens > sentence.start:
        return (countries[0], "stated", "its sentence") if len(countries) == 1 else (None, "none", "")
    elsewhere = _mentioned(spot, scene, document, words, codebook)
    if elsewhere is not None:
        return elsewhere
    local = [
        p
        for p in inside
        if SPECIFICITY[p.kind] >= 3 and _WITNESSES.search(sentence.text[: p.start - sentence.start])
    ]
    if (
        len(inside) == 1
        and local
        and local[0].kind != "capital"
        and spot.quantity.start > local[0].end
        and not LONG_AFTER.search(sentence.text[: spot.quantity.start - sentence.start])
        and not still_to_come(spot)
    ):
        return local[0], "carried", "where those who tell of it are"
    if len({p.country for p in countries}) == 1:
        return countries[0], "stated", "its sentence"
    return None, "none", ""


_LABEL = re.compile(
    r"\W*(?:[Ii]n the\s|[Tt]he\s)?[A-Z][\w’'-]+(?:[- –][A-Z][\w’'-]+){0,2}\s(?:direction|front|sector|axis|district|region|oblast|province|governorate|community|area)"
    r"\s?(?:[:.–—]|-\s)"
)


def _label(spot: Spot, scene: Scene, document: Document) -> Place | None:
    """The one place at the head of a line of a bulletin, which the line is about: "Bakhmut direction: eleven attacks …"."""
    text = document.article.text
    line = max(text.rfind("\n", 0, spot.quantity.start) + 1, document.article.body_start)
    head = _LABEL.match(text, line)
    if head is None or head.end() > spot.quantity.start:
        return None
    named = [p for p in scene.places if line <= p.start < head.end()]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=64)
def _countries(text: str, start: int, codebook: Codebook) -> tuple[Place, ...]:
    """The countries that a sentence says something took place in; as a side alone, a country is no place."""
    return tuple(
        Place(
            start + m.start(group), start + m.end(group), m[group], "country",
            place_id=codebook.countries[key].code, country=key, before=m["here"].casefold(),
        )
        for m in _in_country(codebook).finditer(text)
        for group in ("name", "other")
        if m[group] is not None
        and (key := _keys(codebook).get(m[group].casefold())) is not None
        and (len(m[group]) > 3 or m[group].isupper())  # "in car bomb attacks" is not in the CAR
    )  # fmt: skip


@cache
def _keys(codebook: Codebook) -> dict[str, str]:
    return {n.casefold(): key for key, entry in codebook.countries.items() for n in (key, *entry.names)}


# "killed in Iran missile barrage": whose it was. "In Somalia attack" is where.
_BLOW_OF_ITS = (
    r"\s(?:(?:missile|drone|rocket|air|artillery|mortar)\s(?:(?:and|or)\s\w+\s)?(?:strikes?|attacks?|barrages?|raids?|fire|assaults?)"
    r"|(?:air\s?|drone\s)?strikes?|air\s?raids?|shelling|bombardments?|barrages?|salvos?)\b"
)


@cache
def _in_country(codebook: Codebook) -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(_keys(codebook), key=len, reverse=True))
    return re.compile(
        rf"(?<!Mission\s)(?<!Force\s)(?<!Office\s)(?<!Operation\s)(?<!Command\s)\b(?P<here>in|into|across|throughout|inside|within|over)\s(?:the\s)?(?:whole\sof\s|all\sof\s|all\s)?(?P<name>{names})\b(?!['’-]|\s(?-i:[A-Z][a-z])|\sUS-led|{_BLOW_OF_ITS})"
        rf"(?:,?\s(?:and|or)\s(?P<other>{names})\b(?!['’-]|\s(?-i:[A-Z][a-z])))?",
        re.I,
    )


def _mentioned(
    spot: Spot, scene: Scene, document: Document, words: SettingWords, codebook: Codebook
) -> tuple[Place, Basis, str] | None:
    """The place that "there" or "the town" stands for, where the figure is of it."""
    for word, place in stand_ins(
        spot, scene, document, codebook, home_of(wars_of(document, codebook), codebook)
    ):
        if _spot_bond(spot, word, words) is not None:
            return place, "carried", f"{word.text!r}"
    return None


# "Residents of X said", "activists in X said": they tell of what happened where they are.
_WITNESSES = re.compile(
    r"\b(?:residents?|people|locals|villagers?|townspeople|inhabitants?|witness(?:es)?|eyewitness(?:es)?|medics?|doctors?|nurses?|rescuers|activists?|"
    r"local\s(?:sources?|officials?|media)|survivors?|clinics?|hospitals?|elders?)\s(?:in|of|at|from|near)\s(?:the\s)?(?:[a-z-]+\s(?:of\s)?){0,3}$",
    re.I,
)
_BESIDE = ("near", "outside", "close to", "from")
# "hold a fifth of Ukraine, including nearly all of Luhansk": that is one of the places
_NAMED_AMONG = re.compile(
    r"\bincluding\s(?:(?:in|at|near|on|over|of|parts|most|all|nearly|almost|half|the|city|town|village|province)\s)*$",
    re.I,
)
# "fired 90 rockets at Israel, and near Haifa a drone crashed": there the next clause begins
_AND_THERE = re.compile(
    r",\s(?:and|but|while)\s(?:in|near|at|on|outside|over|around)\s(?:the\s)?(?:[\w-]+\s){0,3}$", re.I
)
# "In Babanusa, the army said, two attacks were beaten off": where nothing else says where
_WHERE_SAID = 7
_IN_BRACKETS = re.compile(r"[\"“”'\s]*\(")
_AND = re.compile(
    r",?\s(?:and|or)\s(?:(?:in|on|over|at|near|against)\s)?(?:the\s)?(?:(?:north|south|east|west|upper|lower|central)(?:ern)?\s)?"
    r"(?:(?:nearby|neighbou?ring|adjacent)\s)?(?:(?:port|town|village|city|province|district|department)\sof\s)?",
    re.I,
)


_NEXT_NAME = r",\s(?:the\s)?(?:al-|el-)?[A-Z][\w’'-]*(?:[\s-][A-Z][\w’'-]*){0,2}"
_GOES_ON = re.compile(
    rf"(?:{_NEXT_NAME}){{1,6}},?\s(?:and|or)\s(?:other\b|elsewhere\b|(?:the\s)?(?:towns?|villages?|cit(?:y|ies)|settlements?|camps?|ports?)\sof\b)"
    rf"|(?:{_NEXT_NAME}){{2,6}},?\s(?:and|or)\s(?:the\s)?[A-Z]"
)
_TO_BOTH = ("in", "on", "at", "near", "between", "against")
_PLURAL = re.compile(
    r"\b(?:towns|villages|cities|districts|neighbou?rhoods|areas|suburbs|settlements|camps|provinces|regions|departments)\sof\s$",
    re.I,
)


_AND_WATERS = re.compile(
    r"\b(?:regions|provinces|districts|towns|villages|cities|areas|oblasts|settlements)\sand\s(?:(?:in|over|the)\s)*(?:[a-z]+\sof\s)?(?:the\s)?$"
)


def _listed(place: Place, places: list[Place], sentence: Sentence) -> bool:
    """Whether a place is one of several that the figure is of: "sent against Sumy and Kharkiv"."""
    before = sentence.text[: place.start - sentence.start]
    if _AND_WATERS.search(before):
        return True  # "over five regions and the waters of the Black Sea"
    if _GOES_ON.match(sentence.text, place.end - sentence.start):
        return True  # "at Kyiv, Dnipro, Odesa and other cities"
    if place.before == "between" or (
        re.search(r"[A-Z][\w’'-]+,?\sand\s(?:the\s)?$", before) and place.before == "and"
    ):
        return True
    at = place.end - sentence.start
    if _AND_OTHERS.match(sentence.text, at) or (
        place.before in _TO_BOTH and _AND_UNKNOWN.match(sentence.text, at)
    ):
        return True
    if _PLURAL.search(before) and re.match(
        r",?\s(?:and\s)?(?:al-|el-)?[A-Z]", sentence.text[place.end - sentence.start :]
    ):
        return True
    if any(other.start == place.end + 1 or place.start == other.end + 1 for other in places):
        return True  # "attacks in Aleppo Daraa", whose comma is lost
    pairs = [(place, other) if other.start >= place.end else (other, place) for other in places]
    return any(
        one.end <= two.start
        and _AND.fullmatch(sentence.text, one.end - sentence.start, two.start - sentence.start)
        for one, two in pairs
    )


def _with_prepositions(places: list[Place], sentence: Sentence) -> list[Place]:
    """The places of a sentence, where "from Fuaa and Kafraya" gives its preposition to both."""
    out: list[Place] = []
    for place in places:
        if out and place.before == "and":
            link = sentence.text[out[-1].end - sentence.start : place.start - sentence.start]
            if _AND.fullmatch(link) and out[-1].before in _BESIDE:
                place = replace(place, before=out[-1].before)
        out.append(place)
    return out


def _in_turn(places: list[tuple[Place, int]], spot: Spot) -> list[tuple[Place, int]]:
    """Of several places, the figure's own: "64 over the Moscow region, 108 over the Kursk region"."""
    if len(places) < 2:
        return places
    later = [q.start for q in spot.sentence.quantities if q.start > spot.quantity.start]
    stop = min(later, default=spot.sentence.end)
    turn = [pair for pair in places if spot.quantity.end <= pair[0].start < stop]
    return turn or places


def _right_behind(place: Place, spot: Spot) -> bool:
    """Whether a place stands right behind its figure, whatever else is named: "and one over the Black Sea"."""
    between = spot.sentence.text[spot.quantity.end - spot.sentence.start : place.start - spot.sentence.start]
    if place.before in _BESIDE or place.start < spot.quantity.end:
        return False
    return re.fullmatch(r"\s(?:[a-z-]+\s){1,3}", between) is not None


def _spot_bond(spot: Spot, place: Place, words: SettingWords) -> int | None:
    """How closely a place belongs to the figure; None where it is the place of something or somebody else."""
    tree, sentence = spot.tree, spot.sentence
    ahead = place.start < spot.quantity.start
    head, tail = sentence.text[: place.start - sentence.start], sentence.text[place.end - sentence.start :]
    between = between_them(sentence, place, spot.quantity)
    if _EVENT_BEHIND.match(tail):
        return 1  # "the Aleppo bomb attack"
    counted = any(spot.quantity.end < q.start < place.start for q in sentence.quantities)
    if place.before == "of" and counted and spot.measure.event != "supplied" and _PEOPLE_OF.search(head):
        return None  # "two lines are damaged, leaving 700,000 residents of Goma without power"
    if (
        ":" in between
        and not ahead
        and any(spot.quantity.end < q.start < place.start for q in sentence.quantities)
    ):
        return None
    if (
        (_DISTANCE.search(head) and spot.quantity.unit != "km")
        or words.office_after.match(tail)
        or _of_office(spot, place, head, words)
    ):
        return None
    if (
        place.text.isupper()
        and not sentence.text.isupper()
        and len(place.text) > 3
        and place.start - sentence.start < 4
    ):
        return None  # a dateline
    if _in_attribution(spot, place, head, tail) or _AT_TALKS.search(head) or _WHERE_THEY_SIT.search(head):
        return None
    if place.before == "from" and spot.measure.event not in _MOVES and not _FOUND.search(head):
        return None
    if place.before == "for" and _FIGHT_FOR.search(head):
        place = replace(place, before="in")
    if place.before in ("through", "by", "for", "along") or (
        place.kind == "part"
        and place.before not in ("in", "on", "at", "across", "into", "over", "throughout", "inside")
    ):
        return None
    if not place.before and place.start == sentence.start and re.match(r"\s(?:[A-Z]|\()", tail):
        return None  # a dateline: "Hasaka In a related context, three people …"
    if _IN_BRACKETS.fullmatch(head) and re.match(r"\)\s?[-–—]", tail):
        return None  # a dateline: "(Nairobi) – Gunmen killed …"
    if _AT_HOME.search(head) or (spot.measure.event not in _MOVES and _FROM_THERE.search(head)):
        return None
    if place.before == "to" and spot.measure.event in _TOLLS and not _ROAD.search(head):
        return None  # "the bodies were flown to Entebbe"
    if place.before == "of" and re.match(r"\s(?:people|residents)\b", tail):
        return None
    bound_for = _BOUND_FOR.search(head)
    if (
        bound_for
        and spot.measure.event not in _SENT
        and (bound_for["far"] or spot.measure.event != "displaced")
    ):
        return None  # "145 lorries were destroyed and the rest fled toward Marib"
    if _of_their_base(spot, place, head):
        return None  # "fighters based in Douma fired at the capital, killing 25"
    if _LEFT.search(head) and spot.measure.event not in _MOVES:
        return None  # "400 have been killed since they left Shatoi"
    fronted = ahead and (opens_sentence(sentence, place) or _OPENING_WITH.match(head) is not None)
    between = _REPORTED.sub("", _CLAIMING.sub("", _ASIDE.sub(",", between)))
    if (
        (SEGMENT.search(between) and not fronted and not (ahead and came_of_it(spot, between, place)))
        or (still_to_come(spot) and not _sent_there(spot, place))
        or (new_subject(spot, place, between) and not fronted)
    ):
        return None
    if ahead and _TOOK_PLACE.search(head) and re.match(r"[^,;]{0,30},\s", between):
        return 4  # "in the attack, which took place in a street of Bogota, four died"
    if ahead and _SAME_EVENT.search(between):
        return 4  # "warplanes hit Douma, he said, adding that the attack had killed 50"
    if words.says.search(between) and not fronted and not (ahead and came_of_it(spot, between, place)):
        return None
    if not ahead and (
        _NAMED_AMONG.search(between) or _AND_THERE.search(between) or _of_another_part(spot, place)
    ):
        return None
    if ahead and not fronted and _now_instead(spot, place):
        return None
    partitive = _OF_OTHERS.search(head)
    # "of which hundreds fell on X": the part is the figure itself
    own_part = bool(partitive and sentence.start + partitive.start() < spot.quantity.start < place.start)
    own_part = own_part or bool(ahead and re.match(r"[^,;]{0,30},\swhere\b", between))
    if partitive and not own_part and not 0 <= sentence.start + partitive.start() - spot.quantity.end <= 1:
        return None
    if tree.doc is None or spot.anchor is None:
        return 5
    governor = tree.governor(place.start, place.end)
    if governor is None:
        return 5
    if tree.doc[governor].text.casefold() in words.verbs and not any(
        child.dep_ == "auxpass" for child in tree.doc[governor].children
    ):
        if words.said_before.search(head.rstrip()) or (
            fronted and place.kind in ("capital", "site") and words.says.search(tail[:60])
        ):
            return None  # "in Geneva, the UN said"
        return _WHERE_SAID if fronted and words.says.search(tail[:60]) else 5
    token = tree.at(place.end - 1)
    if not place.before and token is not None and tree.doc[token].dep_ == "dobj":
        return None  # "the crossing that separates Kobani from Turkey"
    if _speaks(tree, governor, words):
        return None
    rank = bond(spot, place, fronted, words)
    if rank is None and flows(spot, place, words):
        rank = 6
    return rank


_BASED = re.compile(
    r"(?<!-)\b(?P<based>based|positioned|stationed|entrenched|garrisoned|headquartered|encamped|holed\sup|dug\sin|hiding|hidden|operating)\s(?:in|at|near|around|outside|inside|on)"
    r"\s(?:the\s)?(?:[\w-]+\s(?:of\s)?){0,3}$",
    re.I,
)


def _of_their_base(spot: Spot, place: Place, head: str) -> bool:
    """Whether a place only tells where somebody else than the counted sits: "terrorists based in X fired shells"."""
    based = _BASED.search(head)
    doc, anchor = spot.tree.doc, spot.anchor
    if based is None or spot.measure.event in ("deployed", "held"):
        return False
    if doc is None or anchor is None:
        return True
    token = spot.tree.at(spot.sentence.start + based.start("based"))
    return token is not None and doc[token].dep_ == "acl" and not spot.tree.holds(anchor, token)


def _sent_there(spot: Spot, place: Place) -> bool:
    """Whether those who are to go are to go there: "will send 1,200 soldiers to Goma"."""
    return spot.measure.event in ("deployed", "supplied") and place.before in ("to", "into")


def _of_another_part(spot: Spot, place: Place) -> bool:
    """Whether a place stands right behind another figure: "half of the country, and 76 percent of Donetsk"."""
    return any(
        q.end < place.start
        and q.start > spot.quantity.end
        and re.fullmatch(
            r"\sof\s(?:the\s)?",
            spot.sentence.text[q.end - spot.sentence.start : place.start - spot.sentence.start],
        )
        for q in spot.sentence.quantities
    )


def _now_instead(spot: Spot, place: Place) -> bool:
    """Whether the figure's verb, joined to that of a place, is of another tense: "hold Goma and have killed 300"."""
    doc, anchor = spot.tree.doc, spot.anchor
    governor = spot.tree.governor(place.start, place.end)
    if doc is None or anchor is None or governor is None:
        return False
    own, theirs = spot.tree.verb(anchor), spot.tree.verb(governor)
    return (
        doc[own].dep_ == "conj"
        and doc[own].head.i == theirs
        and _perfect(doc[own])
        and not _perfect(doc[theirs])
    )


def _perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in verb.children)


_PEOPLE_OF = re.compile(
    r"\b(?:residents|people|inhabitants|households|families|homes|consumers|customers|subscribers|citizens|natives|refugees|villagers|men|women|"
    r"children|workers|members)\sof\s(?:the\s)?(?:[\w-]+\sof\s)?$",
    re.I,
)
_OPENING_WITH = re.compile(r"\W*(?:in|at|on|near|outside|inside|around|across)\s(?:[\w'’-]+\s){0,6}$", re.I)
# ", it said,": what stands around it is one
_ASIDE = re.compile(r",\s(?:[\w'’.-]+\s){1,4}(?:said|says|added|reported|wrote|stated),", re.I)
# "No deaths were reported in X", "a blast in Homs, claiming ten lives": outcomes, and no saying
_REPORTED = re.compile(r"\b(?:was|were|been|being)\s(?:also\s)?(?:reported|confirmed|announced)\b", re.I)
_CLAIMING = re.compile(r"\bclaim(?:s|ed|ing)\s$", re.I)
_TOOK_PLACE = re.compile(
    rf"\b(?:{EVENT}|action|ambush)s?,?\s(?:which|that)\s(?:took\splace|occurred|happened|was\scarried\sout)\s(?:[\w-]+\s){{0,6}}$",
    re.I,
)
_BOUND_FOR = re.compile(
    r"\b(?:towards?|(?P<far>as\sfar\sas)|bound\sfor|en\sroute\s(?:to|for)|head(?:ing|ed)\s(?:to|for))"
    r"\s(?:the\s)?(?:[\w-]+\s){0,2}$",
    re.I,
)
_SENT = frozenset(("launched", "intercepted", "hit", "advanced", "conducted"))
_LEFT = re.compile(r"\b(?:left|leaving|departed|quit|quitting)\s(?:the\s)?$", re.I)
# "a deal reached at talks in Istanbul"
_AT_TALKS = re.compile(
    r"\b(?:talks|negotiations|summit|meeting|conference|deal|agreement|accord|truce|mediation)\s(?:(?:held|reached|signed|brokered|struck|agreed|mediated|convened)\s)?"
    r"(?:in|at)\s(?:the\s)?$",
    re.I,
)
# "HRANA, a rights group in Washington, puts the toll at 865"
_WHERE_THEY_SIT = re.compile(
    r",\s(?:a|an|the)\s(?:[\w'’-]+\s){0,4}(?:group|organi[sz]ation|monitor|NGO|think\stank|institute|watchdog|foundation|charity|network|consultancy|agency|"
    r"newspaper|broadcaster)\s(?:based\s|headquartered\s)?(?:in|at|near)\s(?:the\s)?$",
    re.I,
)
# "according to the Peace Desk, a research group in X": where those sit who say so.
_ACCORDING = re.compile(r"\baccording\sto\s(?P<who>[^.;:]*)$", re.I)
_WHERE_TOLD = re.compile(
    rf"\b(?:{EVENT}|killed|wounded|died|fell|struck|hit|residents|witnesses|people|locals|officials|where|when|who)s?\b",
    re.I,
)


def _in_attribution(spot: Spot, place: Place, head: str, tail: str) -> bool:
    """Whether a place stands in the words that name the source."""
    told = _ACCORDING.search(head)
    if told is None or len(told["who"].split()) > 14 or _WHERE_TOLD.search(told["who"]):
        return False
    opens = spot.sentence.start + told.start()
    return spot.quantity.end <= opens or (place.end <= spot.quantity.start and "," in tail[:3])


# "an attack on the court in X", "a detention centre in X": where it happened, not who speaks.
_STRUCK = re.compile(
    r"\b(?:on|against|near|outside|into|hit|hits|hitting|struck|strikes?|striking|attack(?:ed|ing|s)?|storm(?:ed|ing)|"
    r"target(?:ed|ing|s)?|bomb(?:ed|ing|s)|shell(?:ed|ing)|raid(?:ed|ing)|destroy(?:ed|ing)|damag(?:ed|ing)|"
    r"killed|killing|wounded|wounding|injured|injuring|kidnapped|abducted)\s(?:(?:a|an|the|its|their|two|three)\s)?(?:[\w-]+\s){0,2}$",
    re.I,
)


_BUILDING = re.compile(
    r"\b(?:detention|shopping|health|medical|displacement|training|community|cultural|distribution|sports?|reception|treatment|commercial|aid|call|data)\s$",
    re.I,
)


def _of_office(spot: Spot, place: Place, head: str, words: SettingWords) -> bool:
    """Whether a place is where an office is, or where somebody comes from: "the governor of X"."""
    office = words.office_before.search(head)
    if office is not None and words.says.match(spot.sentence.text[place.end - spot.sentence.start + 1 :]):
        return True  # "a source in X National Hospital told"
    if (
        office is not None
        and office[0].casefold().startswith(("centre", "center"))
        and _BUILDING.search(head[: office.start()])
    ):
        return False
    if office is None or _STRUCK.search(head[: office.start()]):
        return False
    counted = head[spot.quantity.end - spot.sentence.start : office.start()]
    tree = spot.tree
    token = tree.at(spot.sentence.start + office.start()) if tree.doc is not None else None
    if re.search(r"\s(?:of|from|for)\s", office[0]):
        return True  # "natives of X"
    if token is not None and tree.doc is not None:
        verb = tree.doc[tree.verb(token)]
        if verb.pos_ in ("VERB", "AUX") and verb.text.casefold() not in words.verbs:
            return False  # "police in X arrested two people"
    return not (spot.sentence.start + office.start() >= spot.quantity.end and len(counted.split()) <= 2)


_FOUND = re.compile(
    r"\b(?:collected|recovered|retrieved|pulled|removed|dug|brought|buried|exhumed|cleared|taken|rescued|evacuated|freed|kidnapped|abducted|"
    r"seized|looted|stolen)\b[^.;,]{0,30}\bfrom\s(?:[\w-]+\s){0,4}$",
    re.I,
)


def _speaks(tree: Tree, token: int, words: SettingWords) -> bool:
    """Whether a word stands in the name of who speaks: "the health ministry in Sanaa says"."""
    assert tree.doc is not None
    for step in tree.chain(token):
        word = tree.doc[step]
        if word.pos_ in ("VERB", "AUX") or is_event(word.lemma_) or abs(word.head.i - token) > 12:
            return False
        if word.dep_ in ("nsubj", "nsubjpass") and word.head.text.casefold() in words.verbs:
            return True
    return False
