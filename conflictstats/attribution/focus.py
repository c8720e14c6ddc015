"""Who was meant: pronouns, surnames, second mentions.

A person is introduced once (*the Donetsk regional governor, Pavlo Hrynenko*) and called *Hrynenko*, *the
governor*, *he* from then on; a ministry becomes *the ministry*, *it*. The roster knows the introductions of
the whole article; the focus remembers who spoke last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from conflictstats.attribution.allegiance import THIRD_PARTY, party_or_third
from conflictstats.attribution.ground import Scene
from conflictstats.attribution.phrases import (
    ARTICLES,
    NUMBERS,
    OFFICERS,
    PRONOUNS,
    Stretch,
    covering,
    text_owner,
)
from conflictstats.attribution.readings import Reading, all_capitals, head_of, read_phrase
from conflictstats.attribution.roster import Roster
from conflictstats.attribution.saying import opening_speaker
from conflictstats.attribution.speakers import Kind, Speaker, make_speaker, slug
from conflictstats.wording import RANKS, Hit, Word, is_text, source_hits

_SHE = frozenset("spokeswoman chairwoman woman mother girl ombudswoman congresswoman ms mrs".split())
_HE = frozenset("spokesman chairman man father boy serviceman congressman mr".split())
# Nouns by which somebody with a rank or an office is called again: *Colonel Mendez … the officer*.
_OFFICES = frozenset(
    "president prime-minister defence-minister minister governor mayor regional-head head spokesperson lawmaker ambassador"
    " prosecutor-office adviser official".split()
)
_SOLDIERS = (RANKS - frozenset("dr mr mrs ms prof professor rev sen rep gov st sir lord lady".split())) | {
    "commander",
    "officer",
}
_GENERIC = {
    "officer": _SOLDIERS,
    "soldier": _SOLDIERS,
    "commander": _SOLDIERS,
    "general": frozenset({"gen"}),
    "colonel": frozenset({"col"}),
    "official": _OFFICES | _SOLDIERS,
    "leader": _OFFICES | _SOLDIERS,
    "politician": _OFFICES,
    "diplomat": frozenset({"ambassador", "minister", "envoy"}),
    "doctor": frozenset({"dr", "doctors"}),
    "surgeon": frozenset({"dr", "doctors"}),
    "physician": frozenset({"dr", "doctors"}),
    "medic": frozenset({"dr", "doctors"}),
}
_LOOSE = frozenset("military regional former its their senior top army police government state local".split())
_NOBODY = (
    NUMBERS
    - frozenset(
        "one two three four five six seven eight nine ten many some others more several both most all half dozens hundreds thousands scores dozen eleven twelve fewer".split()
    )
) | frozenset("any neither either not".split())
_SPOKE = frozenset("said says say told tells added reported that".split())
_SAME_OFFICE = {"spokeswoman": "spokes", "spokesman": "spokes", "spokesperson": "spokes", "speaker": "spokes"}
_STUDIES = frozenset("study survey investigation inquiry census poll analysis".split())
_GROUP_NOUNS = frozenset("group movement militia organisation organization".split())


@dataclass
class Focus:
    """Who spoke or was the subject last; it lives only while one article is read."""

    recent: list[Speaker] = field(default_factory=list)
    subjects: list[Speaker] = field(default_factory=list)
    sides: dict[str, str | None] = field(
        default_factory=dict
    )  # of persons, as found where they were introduced

    def speak(self, speaker: Speaker) -> None:
        self.recent.append(speaker)
        self.subjects.append(speaker)

    def sentence(
        self, words: tuple[Word, ...], roster: Roster, scene: Scene, sides: frozenset[int]
    ) -> Speaker | None:
        """Take the subject of a new sentence for somebody whom the next may call *it*."""
        stretch = opening_speaker(words, scene.codebook, sides) if words else None
        if stretch is None:
            return None
        if words[stretch.first].plain in _NOBODY:
            return None
        if words[stretch.first].plain in PRONOUNS:
            return _pronoun(words[stretch.first].plain, self)
        reading = read_phrase(words, stretch, scene)
        if not reading.hits and not all_capitals(words) and _is_shouted(reading):
            return None  # *SAGAING REGION, Myanmar — …*: where a dispatch was written
        if reading.person is None and not reading.hits and not scene.sides_in(reading.start, reading.end):
            first = words[stretch.first]
            known = roster.person(first.text) if first.capital else None
            if known is not None:
                self.subjects.append(known)
            return known
        subject = resolve(reading, roster, self, scene)
        if subject is not None:
            self.subjects.append(subject)
        return subject

    def last(self, kinds: tuple[Kind, ...]) -> Speaker | None:
        return next((s for s in reversed(self.subjects) if s.kind in kinds), None)


def _is_shouted(reading: Reading) -> bool:
    words = [reading.words[at].text for at in range(*reading.stretch)]
    return len(words) > 1 and all(word.isupper() for word in words)


def resolve(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker | None:
    """The speaker whom a phrase means at this place of the article, by his fullest name."""
    plain = [reading.words[at].plain for at in range(*reading.stretch)]
    if plain[-2:] in (["same", "source"], ["same", "sources"]) and len(plain) <= 3 and focus.recent:
        return focus.recent[-1]
    speaker = _meant(reading, roster, focus, scene)
    if speaker is None or speaker.kind != "people" or speaker.plural or not (name := _goes_by(reading)):
        return speaker
    return replace(speaker, name=name, source_id=slug(name), kind="person", office=speaker.name)


def _goes_by(reading: Reading) -> str | None:
    """*a driver who gave his name as Abu Omar*, *a soldier with the call sign Lys*: the name that he goes by."""
    words = reading.words
    for at in range(reading.stretch.first, min(reading.stretch.first + 22, len(words) - 1)):
        if words[at].plain in _SPOKE or words[at].text in (".", ";", '"', "“"):
            return None
        if not (
            words[at].plain in ("called", "guerre", "sign", "pseudonym", "alias")
            or (
                words[at].plain == "as"
                and {"name", "identified", "known"} & {w.plain for w in words[at - 4 : at]}
            )
            or (words[at].plain == "by" and words[at - 1].plain in ("goes", "went"))
        ):
            continue
        first = at + 1
        while first < len(words) and (
            words[first].text in (",", "of") or words[first].plain in ("is", "the", "name")
        ):
            first += 1
        last = first
        while (
            last < len(words) and last - first < 4 and words[last].capital and words[last].plain not in _SPOKE
        ):
            last += 1
        if last > first:
            return " ".join(word.text for word in words[first:last])
    return None


def _meant(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker | None:
    words, (first, last) = reading.words, reading.stretch
    if last - first == 1 and (
        words[first].plain in PRONOUNS or words[first].plain in ("his", "her", "their", "its", "him", "them")
    ):
        return _pronoun(words[first].plain, focus)
    issuer = _issuer(reading, roster, focus, scene)
    if issuer is not None:
        return issuer
    if words[first].plain in ("a", "an") and any(
        is_text(words, at, scene.codebook) for at in range(first, last)
    ):
        if not _STUDIES.isdisjoint(reading.plain()):
            return make_speaker(reading, scene)  # *a study published in October*
        return None  # *an earlier report*: nobody knows whose
    speaker = make_speaker(reading, scene)
    if not speaker.name:
        return None  # signs alone, such as a mark of the direction of writing
    if speaker.kind == "person":
        fullest = _fullest_person(speaker, reading, roster, scene)
        person = _of_whom(fullest, reading, focus, scene)
        side = _body_side(reading, roster, focus, scene)
        if side is None and [hit.key for hit in reading.hits] == ["head"] and person.side == THIRD_PARTY:
            # *chief executive X*: of the body that spoke before
            spoken = focus.last(("body",))
            side = spoken.side if spoken is not None and not spoken.media and spoken.keys else None
        side = side or _owning_group(reading, focus, scene)
        if side is not None:
            person = replace(person, side=side)
        # words that say whose he is count for more than where he was met
        told = person.side != fullest.side or scene.sides_in(reading.start, reading.end)
        if told or focus.sides.get(person.source_id, THIRD_PARTY) == THIRD_PARTY:
            focus.sides[person.source_id] = person.side
        return replace(person, side=focus.sides[person.source_id])
    if reading.definite and words[last - 1].plain in OFFICERS and not reading.hits:
        return (
            _ranked(words[last - 1].plain, reading, roster, focus) or _again(reading, focus, scene) or speaker
        )
    if not reading.hits or all(hit.source.kind == "person" for hit in reading.hits):
        known = roster.person(speaker.name) if speaker.kind != "side" else None
        if known is not None:
            return replace(known, side=focus.sides.get(known.source_id, known.side))
    head = head_of(reading)
    if head is not None and head.source.kind == "office":
        found = _by_office(speaker, head, reading, roster, focus, scene) or _again(reading, focus, scene)
        if found is None and head.key == "spokesperson" and reading.definite and len(reading.hits) == 1:
            body = focus.last(("body", "side"))  # the spokesman of the one spoken of
            if body is not None and not scene.sides_in(reading.start, reading.end):
                speaker = replace(speaker, side=body.side)
        if found is None and (side := _owning_group(reading, focus, scene)) is not None:
            speaker = replace(speaker, side=side)
        return found or _owned(speaker, reading, focus, scene)
    if head is not None and head.source.kind == "people":
        return (
            _again(reading, focus, scene)
            or (_by_office(speaker, head, reading, roster, focus, scene) if not speaker.plural else None)
            or speaker
        )
    if _is_age(reading):
        return focus.last(("person", "people")) or speaker
    if head is not None and head.key == "political-wing" and (group := _group(reading, focus, scene)):
        return group
    speaker = _owned(speaker, reading, focus, scene)
    if (
        head is not None
        and head.source.side == "body"
        and (side := _body_side(reading, roster, focus, scene))
    ):
        speaker = replace(speaker, side=side)
    return _fullest_body(speaker, reading, roster, focus, scene)


def _group(reading: Reading, focus: Focus, scene: Scene) -> Speaker | None:
    """*the ethnic armed group*, *the militants' group*: the armed group spoken of last, by its name."""
    if not reading.definite or scene.sides_in(reading.start, reading.end) or named_in_full(reading):
        return None
    for speaker in reversed(focus.subjects):
        entry = scene.codebook.sides.get(speaker.side or "")
        if speaker.kind in ("body", "side") and entry is not None and entry.kind == "group":
            return speaker
    named = [
        name
        for name in scene.names
        if name.start < reading.start
        and name.kind not in ("role", "leader")
        and (entry := scene.codebook.sides.get(name.side or "")) is not None
        and entry.kind == "group"
    ]
    if not named or named[-1].side is None:
        return None
    side = named[-1].side
    name = max((n.text for n in named if n.side == side), key=len)
    return Speaker(
        name, slug(side), "side", party_or_third(side, scene), None, (), frozenset(), named[-1].start
    )


def _owning_group(reading: Reading, focus: Focus, scene: Scene) -> str | None:
    """*the group's leader*: the side of the group that was spoken of last, an armed one or an association."""
    words = reading.words
    for at in range(reading.stretch.first + 1, reading.stretch.last):
        if (
            words[at].possessive
            and words[at].plain in _GROUP_NOUNS
            and words[at - 1].plain in ("the", "armed", "militant", "rebel")
        ):
            for speaker in reversed(focus.subjects):
                if words[at].plain in _called(speaker, scene):
                    return speaker.side
            group = _group(reading, focus, scene)
            return group.side if group is not None else None
    return None


def _issuer(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker | None:
    """*figures from the ministry*, *the report*: whoever issued them."""
    words, (first, last) = reading.words, reading.stretch
    texts = [at for at in range(first, last) if is_text(words, at, scene.codebook)]
    if not texts or any(hit.first <= texts[0] < hit.last for hit in reading.hits):
        return None
    sides = frozenset(
        word.start for word in words if any(name.start <= word.start < name.end for name in scene.names)
    )
    owner = text_owner(words, reading.stretch, scene.codebook, sides)
    if owner is not None and owner != reading.stretch:
        return resolve(read_phrase(words, owner, scene), roster, focus, scene)
    if owner is None and words[first].plain in ("its", "their"):
        return focus.last(("body", "side"))
    if owner is None and words[first].plain in ARTICLES:
        if words[first].plain in ("a", "an") and not _STUDIES.isdisjoint(reading.plain()):
            return None  # *a study published in October*: nobody's who spoke before
        spoken = next((s for s in reversed(focus.recent) if s.kind in ("body", "side")), None)
        return spoken or focus.last(("body", "side"))
    return None


def _of_whom(speaker: Speaker, reading: Reading, focus: Focus, scene: Scene) -> Speaker:
    """*but its official speaker, X,*: he speaks for whoever *its* means."""
    words, first = reading.words, reading.stretch.first
    if any(hit.key == "head" for hit in reading.hits) and scene.sides_in(reading.start, reading.end):
        return speaker  # *his M23 counterpart*
    if words[first].plain in ("his", "her") and (person := _pronoun(words[first].plain, focus)) is not None:
        return replace(speaker, side=person.side)
    behind = range(first + 1, reading.stretch.last)
    apart = next((at for at in behind if words[at].plain in ("its", "their") and words[at - 1].is_mark), None)
    if apart is not None:
        # *Brigadier X, its chief spokesman,*: whose the office is, not where he spoke
        part = replace(reading, stretch=Stretch(apart, reading.stretch.last))
        owner = None if scene.sides_in(part.start, part.end) else _owner(part, focus, scene)
    elif words[first].plain not in ("its", "their"):
        return speaker
    else:
        owner = _owner(reading, focus, scene)
    return speaker if owner is None else replace(speaker, side=party_or_third(owner[1], scene))


def _body_side(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> str | None:
    """*the group's spokesperson*: the side of the group, where the phrase names no side itself."""
    words = reading.words
    if scene.sides_in(reading.start, reading.end):
        return None
    if (of_body := _called_before(reading, roster, scene)) is not None:
        return of_body.side  # *an alliance spokesman*
    generic = [hit for hit in reading.hits if hit.source.kind == "institution"]
    holder = next(
        (
            hit
            for hit in generic
            if (words[hit.last - 1].possessive and words[hit.first - 1].plain == "the")
            or hit.first == reading.stretch.first
        ),
        None,
    )
    if holder is None or reading.stretch.last == holder.last:
        return None
    part = replace(read_phrase(words, Stretch(holder.first, holder.last), scene), definite=True)
    body = resolve(part, roster, focus, scene)
    return body.side if body is not None and body.start < reading.start else None


def _called_before(reading: Reading, roster: Roster, scene: Scene) -> Speaker | None:
    """The body that a noun right before an office calls to mind: *an alliance spokesman*, where NATO is named."""
    for hit in reading.hits:
        if hit.source.kind != "office" or hit.first <= reading.stretch.first:
            continue
        noun = reading.words[hit.first - 1]
        if noun.capital or covering(reading.hits, hit.first - 1) is not None:
            continue
        for body in sorted(roster.bodies, key=lambda body: abs(body.start - reading.start)):
            if any(noun.plain in scene.codebook.sources[key].also for key in body.keys):
                return body
    return None


def _pronoun(pronoun: str, focus: Focus) -> Speaker | None:
    if pronoun in ("it", "its"):
        return focus.last(("body", "side"))
    if pronoun in ("they", "their", "them", "we"):
        for speaker in reversed(focus.subjects):
            if speaker.kind in ("body", "side") or speaker.plural:
                return speaker
        return None
    if pronoun == "one":
        return next((speaker for speaker in reversed(focus.subjects) if speaker.plural), None)
    wrong = _HE if pronoun in ("she", "her") else _SHE
    for speaker in reversed(focus.subjects):
        if (
            speaker.kind == "person"
            or (speaker.kind == "people" and not speaker.plural)
            or _bare_name(speaker)
        ) and not (speaker.nouns & wrong and pronoun not in ("i", "you")):
            return speaker
    return None


def _bare_name(speaker: Speaker) -> bool:
    """A name that nothing introduces and that may be anybody's: *Xelil said … He said …*."""
    return (
        speaker.kind == "body"
        and not speaker.keys
        and speaker.name.casefold() not in NUMBERS
        and speaker.name.replace("-", "").isalpha()
        and speaker.name[0].isupper()
        and not speaker.name.isupper()
    )


def _fullest_person(speaker: Speaker, reading: Reading, roster: Roster, scene: Scene) -> Speaker:
    known = roster.person(speaker.name)
    if known is None:
        return speaker
    if speaker.office and known.side != speaker.side and scene.sides_in(reading.start, reading.end):
        return replace(speaker, name=known.name, source_id=known.source_id)  # *the AA's spokesman, X*
    if speaker.office and (known.office is None or known.start == speaker.start):
        side = known.side if speaker.side == THIRD_PARTY else speaker.side
        return replace(speaker, name=known.name, source_id=known.source_id, side=side)
    return known


def _by_office(
    speaker: Speaker, head: Hit, reading: Reading, roster: Roster, focus: Focus, scene: Scene
) -> Speaker | None:
    """*the governor*, *the ministry's spokesman*: the person introduced with that office."""
    if not reading.definite and not any(reading.words[at].possessive for at in range(*reading.stretch)):
        return None
    noun = _same_office(reading.words[head.last - 1].plain)
    kinds = _GENERIC.get(noun, frozenset())
    spoken = [s for s in reversed(focus.subjects) if s.kind == "person"]
    others = sorted((p for p in roster.persons if p.start < reading.start), key=lambda p: -p.start)
    bare = {_same_office(n) for n in speaker.nouns} - _LOOSE
    bare -= {
        _same_office(word.plain)
        for name in scene.sides_in(reading.start, reading.end)
        for word in reading.words
        if name.start <= word.start < name.end
    }
    for person in [*spoken, *others]:
        nouns = {_same_office(n) for n in person.nouns}
        if noun in nouns and (bare <= nouns or len(bare) == 1):
            return person
        if kinds and (kinds & nouns or kinds.intersection(person.keys)) and len(bare) == 1:
            return person
    return None


def _ranked(rank: str, reading: Reading, roster: Roster, focus: Focus) -> Speaker | None:
    """*the colonel*: the one who was introduced with that rank."""
    ranks = {rank, rank[:3], *rank.split("-")}
    spoken = [s for s in reversed(focus.subjects) if s.kind == "person"]
    others = sorted((p for p in roster.persons if p.start < reading.start), key=lambda p: -p.start)
    for person in [*spoken, *others]:
        if ranks & person.nouns or ranks & set((person.office or "").casefold().split()):
            return person
    return None


def _same_office(noun: str) -> str:
    return _SAME_OFFICE.get(noun, noun)


def _is_age(reading: Reading) -> bool:
    """*the 38-year-old*, *the mother of four*."""
    return reading.definite and any(
        re.fullmatch(r"\d+-year-old|year-old", reading.words[at].plain) for at in range(*reading.stretch)
    )


def _again(reading: Reading, focus: Focus, scene: Scene) -> Speaker | None:
    """*the resident*, *the source*: the one who spoke before."""
    if not reading.definite or scene.sides_in(reading.start, reading.end):
        return None
    noun = reading.plain()[-1]
    for earlier in reversed(focus.recent):
        if noun in earlier.nouns and earlier.kind in ("people", "person"):
            return earlier
    return None


def _owned(speaker: Speaker, reading: Reading, focus: Focus, scene: Scene) -> Speaker:
    """*its defence ministry*: the owner's name in the place of the pronoun."""
    words, first = reading.words, reading.stretch.first
    if words[first].plain not in ("its", "their", "his", "her"):
        return speaker
    rest = speaker.name.split(" ", 1)[-1]
    found = _owner(reading, focus, scene)
    if found is None:
        return replace(speaker, name=rest)
    owner, side = found
    head = head_of(reading)
    sided = (
        party_or_third(side, scene)
        if head and head.source.side in ("state", "named", "body")
        else speaker.side
    )
    identity = f"{slug(side)}-{head.key}" if head and side else slug(f"{owner} {rest}")
    return replace(speaker, name=f"{owner}'s {rest}", side=sided, source_id=identity)


def _owner(reading: Reading, focus: Focus, scene: Scene) -> tuple[str, str | None] | None:
    """Whom *its* or *their* means: the side that the sentence began with, else who was spoken of last."""
    words, first = reading.words, reading.stretch.first
    before = [
        n
        for n in scene.names
        if words[0].start <= n.start < words[first].start
        and not (n.text.isupper() and n.start == words[0].start and any(word.capital for word in words))
    ]  # but for a dateline
    if any(hit.key == "head" for hit in reading.hits):
        # *shells struck the main hospital in X, its director said*
        held = [
            h
            for h in source_hits(words, scene.codebook)
            if h.last <= first and h.source.kind == "institution"
        ]
        if held and (
            body := make_speaker(read_phrase(words, Stretch(held[-1].first, held[-1].last), scene), scene)
        ):
            return body.name, body.side
    if before and words[first].plain not in ("his", "her"):
        return before[0].text, before[0].side
    his = words[first].plain in ("his", "her")
    last = _pronoun(words[first].plain, focus) if his else focus.last(("body", "side"))
    return None if last is None else (last.name, last.side)


def _fullest_body(speaker: Speaker, reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker:
    """*the ministry*, *Central Command*, *the group*: the body that was named in full."""
    words = set(reading.plain()) - ARTICLES - {"of", "for", "and"}
    head = head_of(reading)
    if (
        head is not None
        and head.source.kind == "institution"
        and head.source.side == THIRD_PARTY
        and not named_in_full(reading)
    ):
        for body in roster.bodies:
            for key in body.keys:
                if reading.plain()[-1] in scene.codebook.sources[key].also and body.kind == "body":
                    return _fullest_of(body, roster, scene)
    named = bool(scene.sides_in(reading.start, reading.end)) or reading.words[
        reading.stretch.first
    ].plain in ("its", "their")
    candidates = [s for s in reversed(focus.subjects) if s.kind in ("body", "side")]
    candidates += sorted((b for b in roster.bodies if b.start < reading.start), key=lambda b: -b.start)
    candidates += sorted((b for b in roster.bodies if b.start > reading.start), key=lambda b: b.start)
    if head is not None and head.source.kind == "body":
        return _fullest_of(speaker, roster, scene)
    if not (reading.definite or named_in_full(reading) or named):
        return speaker
    begins = scene.dispatch_at(reading.start) if head is not None and head.source.side == "state" else 0
    for body in candidates:
        if body.start < begins:
            continue  # in a digest, *the army* of an earlier dispatch
        if body.start > reading.start and not words <= body.nouns:
            continue
        if named and (
            body.side != speaker.side or (head is not None and body.source_id != speaker.source_id)
        ):
            continue
        if words <= body.nouns and len(body.nouns) > len(words) and _same_head(reading, body):
            return body
        if reading.definite and head is not None and len(words) == 1 and words & _called(body, scene):
            return body
    return speaker


def named_in_full(reading: Reading) -> bool:
    """Whether an institution has a name beside its noun: *Sahel Security Monitor*, not *a monitoring group*."""
    words, first = reading.words, reading.stretch.first
    return any(
        words[at].capital
        and covering(reading.hits, at) is None
        and not words[at].text.casefold().endswith("-based")
        for at in range(first + (1 if first == 0 else 0), reading.stretch.last)
    )


def _fullest_of(body: Speaker, roster: Roster, scene: Scene) -> Speaker:
    """A body of the codebook by its longest spelling in this article."""
    fuller = [b for b in roster.bodies if b.source_id == body.source_id]
    best = max([body, *fuller], key=lambda b: len(b.name.split()) if len(b.name.split()) <= 9 else 0)
    return replace(best, side=body.side)


def _same_head(reading: Reading, body: Speaker) -> bool:
    """Whether a short name is the long one without its modifiers: *the Observatory* … *for Human Rights*."""
    head = reading.plain()[-1]
    return re.search(rf"\b{re.escape(head)}(?:$|\s+(?:of|for|in|on|at)\b)", body.name.casefold()) is not None


def _called(body: Speaker, scene: Scene) -> frozenset[str]:
    """Nouns by which a body may be called at its second mention."""
    nouns = set(body.nouns)
    for key in body.keys:
        source = scene.codebook.sources[key]
        for name in (*(source.names if source.kind == "body" else ()), *source.also):
            nouns.add(name.split()[-1].casefold())
    entry = scene.codebook.sides.get(body.side or "")
    armed = entry is not None and entry.kind != "state"
    if (armed and body.side != THIRD_PARTY) or any(key in ("ngo", "political-wing") for key in body.keys):
        nouns |= _GROUP_NOUNS
    return frozenset(nouns)
