"""English word forms, by rule and a short table: enough to know a verb or noun again whatever its tagger says."""

from __future__ import annotations

import re
from functools import lru_cache

# Irregular verbs of war reporting: lemma → past tense and participle, where they are no rule's.
_VERBS = {
    "be": "is are was were been being am", "beat": "beat beaten", "begin": "began begun", "blow": "blew blown", "break": "broke broken",
    "bring": "brought", "burn": "burnt burned", "bury": "buried", "catch": "caught", "come": "came", "cost": "cost",
    "cut": "cut", "deal": "dealt", "die": "dying died", "dig": "dug", "do": "did done does", "draw": "drew drawn",
    "drive": "drove driven", "fall": "fell fallen", "feed": "fed", "fight": "fought", "find": "found",
    "flee": "fled", "fly": "flew flown flies", "get": "got gotten", "give": "gave given", "go": "went gone goes",
    "hang": "hanged hung", "have": "has had", "hide": "hid hidden", "hit": "hit", "hold": "held", "hurt": "hurt", "keep": "kept",
    "know": "knew known", "lay": "laid", "lead": "led", "leave": "left", "let": "let", "lie": "lay lain lying", "lose": "lost",
    "make": "made", "meet": "met", "overrun": "overran overrunning", "pay": "paid", "put": "put", "ride": "rode ridden", "rise": "rose risen", "run": "ran", "say": "said",
    "see": "saw seen", "seek": "sought", "send": "sent", "set": "set", "shake": "shook shaken", "shoot": "shot", "show": "showed shown", "sink": "sank sunk",
    "slay": "slew slain", "spend": "spent", "stand": "stood", "strike": "struck stricken", "sweep": "swept", "take": "took taken",
    "tear": "tore torn", "tell": "told", "throw": "threw thrown", "withdraw": "withdrew withdrawn",
    "withstand": "withstood", "win": "won", "wreck": "wrecked",
    "bear": "bore borne", "become": "became", "bite": "bit bitten", "bleed": "bled", "bind": "bound", "breed": "bred",
    "build": "built", "buy": "bought", "choose": "chose chosen", "cling": "clung", "creep": "crept", "drink": "drank drunk",
    "eat": "ate eaten", "feel": "felt", "fling": "flung", "forbid": "forbade forbidden", "freeze": "froze frozen",
    "gas": "gassed gassing", "grind": "ground", "grow": "grew grown", "hear": "heard", "leap": "leapt", "lend": "lent",
    "light": "lit", "sell": "sold", "shrink": "shrank shrunk", "sling": "slung", "sow": "sown", "speak": "spoke spoken",
    "speed": "sped", "spin": "spun", "spring": "sprang sprung", "steal": "stole stolen", "stick": "stuck",
    "sting": "stung", "strew": "strewn", "swell": "swollen", "swim": "swam swum", "swing": "swung", "teach": "taught",
    "think": "thought", "tread": "trod trodden",
}  # fmt: skip
# "retake", "undergo", "overthrow": as irregular as what stands behind
_PREFIXES = ("re", "under", "over", "out", "fore", "mis")
# A last syllable that is stressed or a word of its own doubles the consonant: repelled, committed, occurred, kidnapped.
_STRESSED = ("pel", "mit", "fer", "cur", "trol", "bel", "nap", "drop")
_NOUNS = {
    "man": "men", "woman": "women", "child": "children", "person": "persons", "wife": "wives", "life": "lives",
    "body": "bodies", "aircraft": "aircraft", "personnel": "personnel", "people": "people", "half": "halves",
    "foot": "feet", "midwife": "midwives", "housewife": "housewives", "knife": "knives", "thief": "thieves", "calf": "calves",
}  # fmt: skip


@lru_cache(maxsize=4096)
def verb_forms(lemma: str) -> frozenset[str]:
    """The forms of a verb, itself included."""
    forms = {lemma, *_VERBS.get(lemma, "").split()}
    for prefix in _PREFIXES:
        if lemma not in _VERBS and len(base := lemma.removeprefix(prefix)) >= 3 and base != lemma:
            forms |= {prefix + form for form in _VERBS.get(base.removeprefix("-"), "").split()}
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    else:
        forms.add(lemma + "s")
    if re.search(r"(?:^|[^aeiou])[aeiou][bdgklmnprt]$", lemma) and (
        len(lemma) <= 5 or lemma.endswith(_STRESSED)
    ):
        # which of the two a verb has is a matter of its stress; the other is no English word
        forms |= {lemma + lemma[-1] + "ing", lemma + lemma[-1] + "ed", lemma + "ing", lemma + "ed"}
    elif lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        forms |= {lemma[:-1] + "ing", lemma + "d"}
    elif lemma.endswith("e"):  # freed, freeing
        forms |= {lemma + "ing", lemma + "d"}
    else:
        forms |= {lemma + "ing", lemma + "ed"}
    return frozenset(forms)


@lru_cache(maxsize=4096)
def noun_forms(noun: str) -> frozenset[str]:
    """Singular and plural of a noun, or of a phrase whose last word is one."""
    stem, _, last = noun.rpartition(" ")
    lead = f"{stem} " if stem else ""
    if last in _NOUNS:
        return frozenset({noun, lead + _NOUNS[last]})
    for singular, plural in _NOUNS.items():
        if len(singular) > 2 and last.endswith(singular) and singular in ("man", "woman", "child"):
            return frozenset({noun, lead + last[: -len(singular)] + plural})
    if last.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset({noun, noun + "es"})
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return frozenset({noun, noun[:-1] + "ies"})
    return frozenset({noun, noun + "s"})


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """The singular of a noun in lower case, by rule; a word that is none comes back as it is."""
    for one, many in _NOUNS.items():
        if word == many or (one in ("man", "woman", "child") and word.endswith(many)):
            return word[: -len(many)] + one
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
