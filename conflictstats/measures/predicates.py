"""From a counted noun to the word that says what happened to it.

The parse gives the way: up from the noun to the verbs and nouns that govern it, down to its participles
and relative clauses. Every step costs something; the nearest cue that can count such a thing wins. Where
the parse leads nowhere (headlines, run-on text, a wrong attachment) the nearest cue in the sentence is
taken, at a price that any real path beats.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.measures.nouns import COME_TO, COUNTS, RESULTS, count_before, setting_a_count

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Site(NamedTuple):
    """A word that may be a cue, how the counted noun stands to it, and how far away it is."""

    cost: float
    token: Token
    role: str  # object, subject, with, noun, state


class Pattern(NamedTuple):
    """A cue of the codebook, ready to be met."""

    order: int
    event: str
    role: str
    rest: tuple[str, ...]
    counts: frozenset[str]
    suffers: bool
    weak: bool
    words: str


class Found(NamedTuple):
    """The cue that was met."""

    event: str
    token: Token
    role: str
    words: str
    cost: float
    suffers: bool
    weak: bool


# Verbs of saying, knowing and the like lead from what is said to who says it: what stands above them does
# not happen to what is counted.
_SAYING = frozenset(
    "say tell claim report state announce declare add note inform write warn believe think estimate assess confirm"
    " deny reject allege assert admit acknowledge concede insist maintain stress explain indicate suggest".split()
)
_NOUN_DEPS = frozenset("nummod quantmod compound nmod amod det poss npadvmod advmod".split())
_OBJECT = frozenset("dobj nsubjpass obj".split())
_SUBJECT = frozenset("nsubj csubj expl".split())
_ARGUMENT = _OBJECT | _SUBJECT
# What stands for the thing counted: "the number of X", "a group of X"
_PARTITIVE = frozenset(
    "number total toll group count tally figure series wave majority remainder rest part lot member body unit piece"
    " set team crew batch load maximum minimum average half third quarter percent percentage proportion share most type"
    " convoy all dozen hundred thousand 20 one combination mixture mix".split()
)
_AMOUNTING = frozenset({"numbering", "totalling", "totaling", "amounting"})
# Participles and adjectives that end an elliptic report: "80 injured in rocket attacks"
_FATES = frozenset(
    "killed dead wounded injured hurt missing displaced arrested detained captured abducted kidnapped rescued freed"
    " released evacuated hospitalised hospitalized slain martyred trapped homeless".split()
)
_STATES = frozenset("displaced homeless trapped missing".split())  # that other things may befall
_TOLD = frozenset(
    "martyr martyrs dead killed slain fatality fatalities death deaths wounded injured missing corpse corpses body bodies".split()
)
_BEING = frozenset(
    "be remain stay leave live lie sit sleep stand go find keep become get end have hold".split()
)
# Verbs whose complement did not happen: "refused to leave", "failed to reach"
_NOT_DONE = frozenset(
    "fail refuse decline want hope wish try attempt threaten seek vow plan expect need".split()
)
_KILLING = frozenset("die murder execute massacre slaughter slay succumb perish shoot bury finish".split())
_TAKEN = frozenset("arrested detained captured abducted kidnapped rescued freed released evacuated".split())
_TOLD_FATES = _FATES - _TAKEN  # told of people, whatever verb governs them
_CARRYING = frozenset("dispatch send deliver transport carry ship".split())
# Verbs that always have an object: "four drones destroyed" is a passive without its auxiliary
_DONE_TO = frozenset(
    "destroy damage injure wound capture seize intercept demolish wreck arrest detain kidnap abduct down".split()
)
_TOO_FAR = 6.5  # a way over a verb of saying or over several clauses
_FALLBACK = 12.0


@cache
def lexicon(codebook: Codebook) -> Mapping[str, tuple[Pattern, ...]]:
    """First word of a cue, in any of its forms → the patterns that begin with it."""
    found: dict[str, list[Pattern]] = {}
    order = 0
    for event, entry in codebook.events.items():
        for cue in entry.cues:
            counts = frozenset(item for item in cue.counts)
            for words in cue.words:
                first, *rest = words.split()
                pattern = Pattern(order, event, cue.role, tuple(rest), counts, cue.suffers, cue.weak, words)
                order += 1
                # a noun is no verb: "the kill" is not "killed"
                for form in noun_forms(first) | (set() if cue.role == "noun" else verb_forms(first)):
                    found.setdefault(form, []).append(pattern)
    return {form: tuple(patterns) for form, patterns in found.items()}


@lru_cache(maxsize=4096)
def counting(word: str, classes: frozenset[str], codebook: Codebook) -> tuple[Pattern, ...]:
    """The patterns that begin with a word and can count one of `classes`; with no classes, all of them."""
    patterns = lexicon(codebook).get(word, ())
    return tuple(p for p in patterns if not classes or not classes.isdisjoint(p.counts))


def find_event(
    noun: Token, classes: frozenset[str], codebook: Codebook, *, anywhere: bool = True, own: bool = False
) -> Found | None:
    """The nearest cue around a counted noun that can count one of `classes` (its item and its item's class).

    An empty `classes` stands for a noun that the codebook does not know: every cue can count it, but only on
    a path that the parse gives. So it is for every noun if not `anywhere`. If `own`, the words above the noun
    do not count, but for the verb of a clause of its own: "including 11 children, of whom nine were wounded".
    """
    best = _best(_own_sites(noun) if own else _sites(noun), noun, classes, codebook)
    if best is None and classes and anywhere:
        best = _nearest(noun, classes, codebook)
    return best


def find_clause(noun: Token, classes: frozenset[str], codebook: Codebook) -> Found | None:
    """The cue in the relative clause of a noun."""
    return _best((s for s in _below(noun, 0.6) if s.token.dep_ == "relcl"), noun, classes, codebook)


def _best(sites: Iterable[Site], noun: Token, classes: frozenset[str], codebook: Codebook) -> Found | None:
    best: Found | None = None
    best_rank: tuple[float, int, int] | None = None
    for site in sites:
        patterns = counting(site.token.lower_, classes, codebook)
        if not patterns or _joined(site.token) or _in_return(site.token) or site.token.lower_ == "including":
            continue
        for pattern in patterns:
            extra = _fit(pattern, site)
            if extra is None:
                continue
            # "received 212 wounded": a noun that says itself what became of people is no mere arrival
            told = pattern.role == "noun" and site.token.i == noun.i and noun.lower_ in _TOLD
            cost = site.cost + extra + 1.2 * pattern.weak - 0.4 * len(pattern.rest) - 0.5 * told
            if cost >= _TOO_FAR or (best_rank is not None and cost > best_rank[0]):
                continue  # the nearest wins, and what follows can only add to the way
            if pattern.rest and not _together(site.token, pattern.rest):
                continue
            rank = (cost + _is_another_verb(site.token, pattern), pattern.order, site.token.i)
            if rank[0] < _TOO_FAR and (best_rank is None or rank < best_rank):
                best_rank = rank
                best = Found(
                    pattern.event,
                    site.token,
                    pattern.role,
                    pattern.words,
                    rank[0],
                    pattern.suffers,
                    pattern.weak,
                )
    return best


def only_people(found: Found, codebook: Codebook) -> bool:
    """Whether the cue that was met can happen to nothing but people: "murdered", not "seized"."""
    patterns = lexicon(codebook).get(found.token.lower_, ())
    return all(p.counts == {"people"} for p in patterns if p.role == found.role and not p.rest)


def _fit(pattern: Pattern, site: Site) -> float | None:
    """What it costs to read the site's role as the pattern's; None where it cannot be."""
    if pattern.role in ("object", "subject", "with") and site.token.tag_ in ("NN", "NNS", "NNP", "NNPS"):
        if not any(child.dep_ == "aux" for child in site.token.children):  # "had overrun"
            return None
    if pattern.role == site.role:
        return 0.0
    pair = (pattern.role, site.role)
    if pair in {("subject", "agent"), ("noun", "state"), ("state", "noun")}:
        return 0.1
    if pair == ("object", "with") and "with" in pattern.rest:
        return 0.0  # "made off with 18 others"
    if pair == ("with", "agent"):
        return 0.3
    if site.role.startswith("prep "):
        # "fired at 20 villages", "20 metres along the front": the preposition is the cue's, or the cue
        # measures ground, which every preposition may lead to
        if pattern.role == "object" and site.role[5:] in pattern.rest:
            return 0.0
        return 0.5 if pattern.counts & {"depth", "frontage"} else None
    if pair == ("object", "agent") and pattern.counts & {"depth", "frontage"}:
        return 0.5  # "pushed them back by three kilometres"
    if pair == ("noun", "object") and site.token.pos_ in ("NOUN", "ADJ", "PROPN"):
        return 0.2
    if pair == ("state", "subject") and site.token.lower_ == "missing":
        return 0.1  # "100 were still missing", taken for a verb
    # participles that the tagger calls verbs or adjectives: "12 wounded", "20 dead"
    if pair in {("noun", "self"), ("state", "self"), ("object", "self")}:
        return 0.0 if pattern.role != "object" or site.token.tag_ in ("VBN", "VBD", "JJ") else None
    return None


# Verbs that mean nothing like themselves with a particle: to carry out, to put down
_LIGHT = frozenset("carry take put set make bring give turn get come call break".split())


def _is_another_verb(cue: Token, pattern: Pattern) -> float:
    """What it costs that a particle may make a verb another one than the cue: to carry out is not to carry."""
    if pattern.role == "noun" or not any(
        child.dep_ == "prt" and child.lower_ not in pattern.rest for child in cue.children
    ):
        return 0.0
    return 4.0 if cue.lemma_ in _LIGHT else 0.8


def _together(cue: Token, rest: tuple[str, ...]) -> bool:
    """Whether the other words of a cue stand with its first: below it or right behind it, in its own clause."""
    near = _near(cue)
    return all(word in near or not near.isdisjoint(_forms(word)) for word in rest)


@cache
def _forms(word: str) -> frozenset[str]:
    return noun_forms(word) | verb_forms(word)


@lru_cache(maxsize=256)
def _near(cue: Token) -> frozenset[str]:
    """The words below a token and right behind it, as written and as lemmas."""
    doc = cue.doc
    tokens = [token for token in doc[cue.i + 1 : cue.i + 4] if not token.is_punct]
    stack = list(cue.children)
    while stack:
        token = stack.pop()
        aside = token.dep_ == "acl" and any(child.dep_ in _OBJECT for child in token.children)
        if (
            aside
            or abs(token.i - cue.i) > 12
            or token.dep_ in ("ccomp", "advcl", "relcl", "parataxis", "conj")
        ):
            continue
        tokens.append(token)
        stack.extend(token.children)
    return frozenset(form.lower() for token in tokens for form in (token.lower_, token.lemma_))


def _sites(noun: Token) -> Iterator[Site]:
    """Where cues may stand, as seen from a counted noun: itself, below it, above it."""
    yield Site(0.0, noun, "self")
    yield Site(0.0, noun, "noun")
    yield from _behind(noun)
    yield from _below(noun, 0.6)
    yield from _above(noun)


def _own_sites(noun: Token) -> Iterator[Site]:
    """Where cues of a part's own may stand: itself, below it, and the verb that it is the subject or object of."""
    yield Site(0.0, noun, "self")
    yield from _behind(noun)
    yield from _below(noun, 0.6)
    while (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("of", "among", "from")
        and noun.head.head.pos_ not in ("VERB", "AUX")
    ):
        noun = noun.head.head  # "43 of them were shot down", "of which ten were repelled"
        yield from _below(noun, 0.6)  # "two of which it shot down"
    if noun.dep_ in _ARGUMENT:
        for site in itertools.islice((site for site in _above(noun) if site.role != "noun"), 2):
            # a verb before it with another figure between them is the other figure's
            if not any(token.like_num for token in noun.doc[site.token.i : max(site.token.i, noun.i - 1)]):
                yield site


def _joined(token: Token) -> bool:
    """Whether a word is half of a compound and says nothing by itself: the "held" of "rebel-held"."""
    doc = token.doc
    before, after = (
        doc[token.i - 1] if token.i else None,
        doc[token.i + 1] if token.i + 1 < len(doc) else None,
    )
    if before is not None and token.i > 1 and doc[token.i - 2].lower_ == "war":
        return False  # "317 war-wounded"
    if before is not None and before.text == "-" and token.i > 1 and not doc[token.i - 2].whitespace_:
        return True
    return after is not None and after.text == "-" and not token.whitespace_


def _in_return(token: Token) -> bool:
    """Whether a word is that of "in exchange", "in return", which free nobody."""
    return (
        token.lower_ in ("exchange", "return", "turn")
        and token.dep_ == "pobj"
        and token.head.lower_ == "in"
        and token.i == token.head.i + 1
        and not (token.i + 1 < len(token.doc) and token.nbor().lower_ == "for")
    )


def _behind(noun: Token) -> Iterator[Site]:
    """The participle or adjective right behind: "3 soldiers wounded", "20 others injured", "20 dead"."""
    if noun.i + 1 < len(noun.doc):
        word = noun.nbor()
        if noun.like_num and word.lower_ in ("more", "others", "other") and word.i + 1 < len(noun.doc):
            word = word.nbor()  # "20 more damaged"
        next_counted = word.i + 1 < len(word.doc) and word.nbor().like_num and noun.dep_ == "dobj"
        alone = (noun.like_num and not next_counted) or (
            not any(child.dep_ in _OBJECT for child in word.children)
            and not (
                # "killed 30 people injured 90", a comma lost
                word.i + 1 < len(word.doc) and word.nbor().like_num
            )
        )
        if alone and (word.tag_ in ("VBN", "VBD", "JJ") or word.lower_ == "missing"):
            # that people are dead or wounded is told, whatever verb governs them: "saw 20 people killed"
            yield Site(-0.5 if word.lower_ in _TOLD_FATES else 0.3, word, "self")


# To which people and weapons belong: "20 soldiers of the army" tells of an army only where nothing else is told
_BODIES = frozenset(
    "army military force navy brigade battalion division regiment unit corps garrison contingent".split()
)


def _below(noun: Token, cost: float) -> Iterator[Site]:
    """Participles and relative clauses of the noun, words said of it, and what it consists of."""
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and _of_a_part(noun, child):
            continue  # "three drones, two of which it intercepted"
        if child.dep_ == "acl" and child.tag_ == "VBN" and any(c.dep_ in _OBJECT for c in child.children):
            continue  # "killed 30 people injured 90", a comma lost
        if child.dep_ == "acl":
            yield Site(cost, child, "subject" if child.tag_ == "VBG" else "object")
            yield from _conjuncts(child, cost + 0.3, "subject" if child.tag_ == "VBG" else "object")
        elif child.dep_ == "relcl":
            role = _relative_role(child)
            yield Site(cost, child, role)
            yield from _complements(child, cost + 0.2)
            for verb in child.conjuncts:
                yield Site(cost + 0.3, verb, _relative_role(verb, role))
        elif child.dep_ in ("amod", "acomp"):
            # what was done to things before may not be what is told: "demanded the release of 452 jailed rebels",
            # "came with four captured vehicles"; that people are dead or wounded is
            fate = child.lower_ in _TOLD_FATES - _STATES
            if (
                fate
                and child.i < noun.i
                and noun.head.lower_ not in _FATES
                and noun.head.lemma_ not in _KILLING
            ):
                # "received 41 bodies and 60 wounded people", whatever else was received; "killed 80 injured fighters"
                yield Site(cost - 1.1, child, "self")
            else:
                yield Site(cost - 0.3 if fate or child.i > noun.i else cost + 0.3, child, "self")
        elif child.dep_ == "prep":
            if child.lower_ in ("without", "in", "under", "beneath", "with"):
                yield Site(cost + 0.2, child, "state")
            for thing in child.children:
                if thing.dep_ != "pobj":
                    continue
                if child.lower_ in ("of", "among"):
                    yield Site(cost + (1.4 if thing.lemma_ in _BODIES else -0.1), thing, "noun")
                elif child.lower_ == "including":
                    yield from _said_of_all(thing, cost + 0.1)


def _said_of_all(part: Token, cost: float) -> Iterator[Site]:
    """Behind a comma, what is said of a whole and hangs on its part: "the four men, including a boy, who were killed"."""
    for child in part.children:
        if child.dep_ == "relcl" and part.i + 1 < len(part.doc) and part.nbor().text == ",":
            yield Site(cost, child, _relative_role(child))


def _of_a_part(noun: Token, verb: Token) -> bool:
    """Whether a clause is said of a part only: "two of which", "most of whom"."""
    behind = [token.lower_ for token in noun.doc[noun.i + 1 : verb.i]]
    return any(
        first not in ("all", "both", "each", "none") and (second, third) in (("of", "which"), ("of", "whom"))
        for first, second, third in zip(behind, behind[1:], behind[2:], strict=False)
    )


def _relative_role(verb: Token, default: str = "object") -> str:
    deps = {child.dep_: child for child in verb.children}
    if "nsubjpass" in deps or "auxpass" in deps:
        return "object"
    subject = deps.get("nsubj")
    if subject is not None:
        return "subject" if subject.lower_ in ("who", "that", "which") else "object"
    return default


def _conjuncts(verb: Token, cost: float, role: str) -> Iterator[Site]:
    for other in verb.conjuncts:
        if other.i > verb.i and not any(child.dep_ in _ARGUMENT for child in other.children):
            yield Site(cost, other, role)


_TELLING = frozenset("report fear believe presume confirm feel list pronounce declare find".split())


def _complements(verb: Token, cost: float) -> Iterator[Site]:
    """What is said of a subject through a verb that says little itself: "were dead", "remain without power"."""
    for child in verb.children:
        if child.dep_ in ("acomp", "attr", "oprd"):
            yield Site(cost, child, "state")
            for prep in child.children:
                if prep.dep_ == "prep" and prep.lower_ == "of":
                    for thing in prep.children:
                        yield Site(cost + 0.2, thing, "noun")
        elif child.dep_ == "xcomp" and child.tag_ == "VBN" and verb.lemma_ in _TELLING:
            if not any(word.dep_ in ("aux", "auxpass", "mark") for word in child.children):
                yield Site(cost, child, "object")  # "have been reported killed"
        elif child.dep_ == "prep":
            # "remain without power" is a state, "were killed on the road" says where
            yield Site(cost + (0.1 if verb.lemma_ in _BEING else 0.7), child, "state")
            if verb.lemma_ in ("be", "remain", "count", "rank"):
                # "20 were among those killed", "among those who came home are 20"
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        yield Site(cost + 0.2, thing, "noun")
                        yield from _below(thing, cost + 0.2)


def _orphaned(noun: Token) -> Token | None:
    """The passive verb right behind a noun and its own words that the parser left without a subject."""
    doc, at = noun.doc, noun.i + 1
    if noun.dep_ in _SUBJECT or noun.dep_ == "nsubjpass":
        return None
    while at < len(doc) and (doc[at].is_punct or noun.is_ancestor(doc[at])):
        if doc[at].like_num and doc[at].head in noun.conjuncts:
            return None  # another figure of a list stands nearer
        at += 1
    if at == len(doc) or doc[at].dep_ not in ("aux", "auxpass"):
        return None
    verb = doc[at].head
    deps = {child.dep_ for child in verb.children}
    return verb if "auxpass" in deps and not deps & {"nsubj", "nsubjpass"} else None


def _above(noun: Token) -> Iterator[Site]:
    """The words that govern a noun, nearest first."""
    if (verb := _orphaned(noun)) is not None:
        yield Site(0.2, verb, "object")
    token, cost = noun, 0.0
    role: str | None = None
    for _ in range(14):
        head = token.head
        if head == token:
            # a noun that governs its sentence: headlines and bullets
            return
        dep = token.dep_
        if dep in ("conj", "appos"):
            token = head
            cost += 0.3
            if head.pos_ in ("VERB", "AUX") and role is not None:
                # a verb's own conjunct: "killed 20 and wounded 20" leads up only for shared arguments
                yield Site(cost + 1.5, head, role)
            elif head.pos_ not in ("VERB", "AUX"):
                yield Site(cost + 0.6, head, "noun")
                yield from (
                    (Site(site.cost + 0.8, site.token, site.role)) for site in _below(head, cost + 0.3)
                )
            continue
        if dep in _NOUN_DEPS and head.pos_ not in ("VERB", "AUX"):
            cost += 0.1
            yield Site(cost + 0.1, head, "noun")
            yield from _below(head, cost + 0.4)
            token = head
            continue
        if dep == "pobj" or dep == "pcomp":
            preposition = head
            governor = preposition.head
            cost += 0.3
            if governor == preposition:
                return
            kind = preposition.lower_
            if kind in ("to", "at") and (setting := setting_a_count(governor)) is not None:
                yield from _figures_of(setting, cost + 0.2)
                if governor != setting and governor.tag_ == "VBN":
                    yield Site(cost + 0.3, governor, "object")
                return
            if governor.pos_ in ("VERB", "AUX"):
                role = {"with": "with", "using": "with", "by": "agent", "of": "object"}.get(
                    kind, f"prep {kind}"
                )
                cost += 0.4 * (kind == "of")
                if kind in ("in", "aboard") and governor.lemma_ in _CARRYING:
                    role = "with"  # "sent 840 tonnes of food in 26 trucks"
                if kind in ("to", "at", "from", "by", "for", "of"):
                    # "put the toll at 20", "losses came to 20", "the barrage consisted of 20 missiles"
                    yield from _figures_of(governor, cost + 0.3)
                yield Site(cost, governor, role)
                if governor.dep_ == "acl" and kind in ("at", "to"):
                    # "put the number of people killed at 20"
                    yield Site(cost + 0.2, governor, "object")
                yield from _complements(governor, cost + 0.6)
                token = governor
            else:
                penalty = 0.0 if governor.lower_ in _PARTITIVE else 0.1
                yield Site(cost + penalty, governor, "noun")
                if kind in ("with", "using"):
                    yield Site(cost + 0.2, governor, "with")
                yield from _below(governor, cost + 0.5 + penalty)
                cost += 0.3 if kind == "of" else 0.6
                token = governor
                role = None
            continue
        if head.pos_ in ("VERB", "AUX") or (dep in _ARGUMENT or dep in ("attr", "oprd", "acomp", "dative")):
            if dep in _OBJECT or dep == "dative":
                role = "object"
            elif dep in _SUBJECT:
                role = "subject" if not any(c.dep_ == "auxpass" for c in head.children) else "object"
            elif dep in ("attr", "oprd", "acomp"):
                role = "noun"
            elif dep in ("npadvmod", "advmod", "dep"):
                # "with 40 people dying"
                role = "subject" if head.tag_ == "VBG" and dep == "npadvmod" else "object"
                if dep == "npadvmod" and head.tag_ == "VBN" and head.i > token.i:
                    # "a barrel packed with gas landed": the participle taken for the verb of the sentence
                    yield from _conjuncts(head, cost + 0.4, "subject")
            elif dep == "agent":
                role = "agent"
            elif dep not in ("xcomp", "ccomp", "advcl", "acl", "relcl", "prep", "pcomp"):
                role = role or "object"
            if dep in ("ccomp", "advcl", "relcl", "acl", "parataxis"):
                cost += 2.5
                if head.lower_ in _SAYING or head.lemma_ in _SAYING:
                    cost += 6.0
                yield Site(cost, head, "noun" if head.pos_ == "NOUN" else (role or "object"))
                token = head
                continue
            if dep == "xcomp":
                cost += 0.4
                yield Site(cost, head, role or "object")
                token = head
                continue
            if head.pos_ == "ADJ":
                role = "state"
            if role == "object" and (count := count_before(head)) is not None:
                yield from _of_things(count, cost + 0.1)
                if count.dep_ == "nsubj":
                    yield Site(cost + 0.3, count.head, "object")  # "of drones shot down", taken for "shot"
                return
            if role == "object" and _is_a_toll(head):
                # "the number of those killed reached 20 people": nothing was reached
                yield from _figures_of(head, cost + 0.1, objects=False)
                return
            yield Site(cost, head, role or "object")
            shared = head.dep_ == "conj" and any(c.dep_ == "auxpass" for c in head.head.children)
            if (
                role == "subject"
                and head.tag_ in ("VBD", "VBN")
                and (shared or not any(c.dep_ in _OBJECT for c in head.children))
            ):
                # "five were killed and 20 wounded": the auxiliary is shared, or left out as in headlines
                bare = not any(c.dep_ in _OBJECT for c in head.children)
                counted = (
                    head.i > 0 and head.nbor(-1).like_num and head.nbor(-1) != noun
                )  # "including 47 wounded"
                transitive = head.lemma_ in _DONE_TO and bare and not counted
                yield Site(cost - 0.1 if transitive else cost + 0.4, head, "object")
            if role == "subject":
                yield from _garden_path(head, cost + 0.1)
            if dep in _SUBJECT or dep == "nsubjpass":
                yield from _controlled(head, cost + 0.3)
            if head.lower_ in _AMOUNTING and head.i > 1:
                # "missile launches, numbering 20"
                noun_before = head.doc[head.i - 2] if head.nbor(-1).is_punct else head.nbor(-1)
                yield Site(cost + 0.1, noun_before, "noun")
                yield from _of_things(noun_before, cost + 0.3)
            yield from _complements(head, cost + 0.3)
            if dep in ("attr", "npadvmod", "dobj", "oprd") or head.lemma_ in (
                "be",
                "rise",
                "reach",
                "stand",
                "total",
                "exceed",
                "number",
                "include",
                "amount",
            ):
                yield from _figures_of(head, cost + 0.4, objects=False)
            if role == "object":
                # "leaving 20 dead", "saw 20 killed": what is said of the object stands beside it
                for sibling in head.children:
                    if (
                        sibling.i > token.i
                        and sibling.dep_ in ("oprd", "acomp", "xcomp", "ccomp", "advcl", "acl")
                        and sibling.i - token.i < 6
                    ):
                        yield Site(cost + 0.4, sibling, "self")
            yield from _conjuncts(head, cost + 0.9, role or "object")
            token = head
            cost += 0.7
            continue
        cost += 1.0
        yield Site(cost, head, "noun" if head.pos_ in ("NOUN", "PROPN") else "object")
        token = head


def _is_a_toll(verb: Token) -> bool:
    """Whether a verb only says how high a count is: "the toll has reached"."""
    return verb.lemma_ in COME_TO and any(
        child.dep_ == "nsubj" and child.lemma_.lower() in COUNTS | RESULTS for child in verb.children
    )


def _controlled(verb: Token, cost: float) -> Iterator[Site]:
    """What the subject of a verb is made or about to do: "had to leave", "were forced to flee", "had to be evacuated"."""
    if verb.lemma_ in _NOT_DONE:
        return
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX"):
            passive = any(grandchild.dep_ == "auxpass" for grandchild in child.children)
            yield Site(cost, child, "object" if passive else "subject")
            yield from _complements(child, cost + 0.2)


def _garden_path(verb: Token, cost: float) -> Iterator[Site]:
    """ "20 missiles launched at the city were shot down": a passive without a subject, behind a participle that the
    parser took for the verb of the sentence."""
    for other in (*verb.children, *verb.head.children):
        deps = {child.dep_ for child in other.children}
        if other.i > verb.i and "auxpass" in deps and not deps & {"nsubjpass", "nsubj", "mark", "cc"}:
            yield Site(cost, other, "object")


def _figures_of(verb: Token, cost: float, objects: bool = True) -> Iterator[Site]:
    """The noun that a figure is said of: "the toll rose to 20", "put losses at 20", "the dead include 20"."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") or (objects and child.dep_ in _OBJECT):
            step = cost + 0.1 * (child.dep_ == "nsubj")
            # "raised its toll to 20 and the wounded to 20": the nearest noun before the figure, so the later ones first
            for noun in (*reversed(child.conjuncts), child):
                yield Site(step, noun, "noun")
                yield from _of_things(noun, step + 0.2)
                yield from _below(noun, step + 0.4)
                step += 0.15


def _of_things(noun: Token, cost: float) -> Iterator[Site]:
    for prep in noun.children:
        if prep.dep_ == "prep":
            for thing in prep.children:
                if thing.dep_ in ("pobj", "pcomp"):
                    yield Site(cost, thing, "noun")
                    yield from _below(thing, cost + 0.2)
        elif prep.dep_ in ("compound", "amod"):
            yield Site(cost, prep, "noun")


def _counts_another(cue: Token, noun: Token) -> bool:
    """Whether a noun is said of another figure's things: "the killing of 12 judges"."""
    return any(
        thing != noun and any(child.like_num for child in thing.children)
        for prep in cue.children
        if prep.dep_ == "prep" and prep.lower_ == "of"
        for thing in prep.children
    )


def _nearest(noun: Token, classes: frozenset[str], codebook: Codebook) -> Found | None:
    """The nearest cue in the words around, where the parse gives no way to one."""
    doc: Doc = noun.doc
    best: Found | None = None
    best_rank: tuple[float, int] | None = None
    table = lexicon(codebook)
    # what people do is said by their own verb and the words at it; in headlines it may have run on, and forces that
    # do anything are there
    people = "people" in classes and "combatant" not in classes
    agent = noun
    while agent.dep_ == "conj":
        agent = agent.head
    # what is done by those counted is not done to them: "murdered by two men"
    done_by = agent.head.head if agent.dep_ == "pobj" and agent.head.dep_ == "agent" else None
    doing = noun.head if people and noun.dep_ == "nsubj" and noun.head.pos_ == "VERB" else None
    for token in doc:
        patterns = table.get(token.lower_)
        if patterns is None:
            continue
        distance: float = abs(token.i - noun.i)
        if (people and token.dep_ in ("aux", "auxpass")) or token == done_by:
            continue
        if doing is not None and distance > 6 and doing not in (token, token.head):
            continue
        if distance > 14 or distance == 0 or (token.dep_ == "compound" and token.head.i > token.i):
            continue
        if token.tag_ in ("NN", "NNS", "JJ") and any(child.like_num for child in token.children):
            continue  # "its 250 dead" are counted by a figure of their own
        if token.dep_ == "amod" and token.head != noun and token.head.i > token.i:
            continue  # "a camp for displaced persons"
        if token.lower_ == "including":
            continue  # "14 soldiers, including an officer"
        if token.tag_ in ("NN", "NNS") and (_counts_another(token, noun) or _in_return(token)):
            continue  # "four officials investigate the killing of 12 judges"
        takes_object = (
            noun.dep_ == "nsubj" and noun.head == token and any(c.dep_ in _OBJECT for c in token.children)
        )
        between = doc[min(token.i, noun.i) + 1 : max(token.i, noun.i)]
        commas = sum(other.lower_ in (",", ";", ":", "-", "–", "—") for other in between)
        if token.i > noun.i and any(other.lower_ == "including" for other in between):
            # "three men, including a commander, X Y were killed": what they include stands between, and counts for little
            distance, commas = distance / 2, 0
        for pattern in patterns:
            if classes.isdisjoint(pattern.counts) or pattern.role in ("with", "subject"):
                continue
            if takes_object and pattern.role == "object":
                continue  # "two jets reached their base": they are who does it
            if (
                pattern.role in ("object", "subject")
                and token.pos_ not in ("VERB", "ADJ", "AUX")
                and token.tag_ != "VBN"
            ):
                continue
            if pattern.rest and not _together(token, pattern.rest):
                continue
            if _is_another_verb(token, pattern) > 1.0:
                continue
            belongs = token.lemma_ in _BODIES and token.dep_ == "pobj" and token.i > noun.i
            rank = (distance + 3.0 * (commas + belongs) - 0.5 * len(pattern.rest), pattern.order)
            if rank[0] <= _FALLBACK and (best_rank is None or rank < best_rank):
                best_rank = rank
                best = Found(
                    pattern.event,
                    token,
                    pattern.role,
                    pattern.words,
                    5 + rank[0],
                    pattern.suffers,
                    pattern.weak,
                )
    return best
