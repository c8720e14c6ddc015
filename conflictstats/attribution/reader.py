"""Who says a figure, for whom, in whose voice, and whether the figure stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conflictstats.attribution.cues import find_cues
from conflictstats.attribution.figurestatus import has_risen, is_correction, read_status
from conflictstats.attribution.focus import Focus, resolve
from conflictstats.attribution.ground import Scene, read_against
from conflictstats.attribution.phrases import BE, Stretch, phrase_after
from conflictstats.attribution.quotations import Quotation, find_quotations
from conflictstats.attribution.reach import Cue
from conflictstats.attribution.readings import read_phrase
from conflictstats.attribution.roster import Roster, build_roster
from conflictstats.attribution.speakers import Speaker, is_sober
from conflictstats.attribution.turns import Turn, find_turns
from conflictstats.codebook import Codebook
from conflictstats.records import Attribution, Document, Measure, Quantity, Sentence, Voice
from conflictstats.wording import Word, read_words

_SOURCE_LINE = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?sources?[ \t]*:[ \t]*(\S[^\n]{1,100})$|\(sources?[ \t]*:[ \t]*([^\s()][^\n()]{1,100})\)",
    re.I | re.M,
)
# The foot of a post that an article embeds: *— The White Helmets (@SyriaCivilDef) April 30, 2017*
_POST_FOOT = re.compile(
    r"(?<!\S)((?:The )?[A-Z][\w'’-]*\.?(?: (?:of|for|the|al|[A-Z][\w'’-]*\.?)){0,5}) \(@?\w{3,30}\)\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{1,2},? \d{4}"
)
_JOINTS = frozenset("and but while whereas though although".split())
_NEWSMEN = frozenset("reporter reporters correspondent correspondents source sources".split())
_BULLET = re.compile(r"\s*(?:[-–—•*·▪●■►✅❗]+|\(?\d{1,2}[.)])\s")


def read_attribution(
    quantity: Quantity, measure: Measure | None, sentence: Sentence, document: Document, codebook: Codebook
) -> Attribution:
    """Say who asserts a quantity.

    Args:
        quantity: the figure, by its place in the article.
        measure: what is counted, where that is known already; it tells plans and threats apart.
        sentence: the sentence that holds it.
        document: the article, from which the names of speakers are read.
        codebook: sources, sayings and sides.
    """
    speeches = _speeches(document, codebook)
    return speeches.attribution(quantity, measure, sentence)


@dataclass(frozen=True, slots=True)
class Speech:
    """A cue with its speaker found; None is a rumour's nobody, or a pronoun that meant nobody known."""

    cue: Cue
    speaker: Speaker | None
    words: str


@dataclass(frozen=True, eq=False)
class Speeches:
    """Everything that an article says about who says what."""

    document: Document
    codebook: Codebook
    words: tuple[tuple[Word, ...], ...]
    speeches: tuple[tuple[Speech, ...], ...]
    quotations: tuple[Quotation, ...]
    subjects: tuple[Speaker | None, ...]  # the person whom each sentence is about
    heads: tuple[Speaker | None, ...]  # a line above that speaks for this sentence: "The ministry said:"
    bulletin: Speaker | None  # a "Source:" line
    corrects: bool  # takes back what the article said on another day
    risen: bool  # gives a toll that has risen since
    turns: tuple[tuple[Turn, Speaker | None], ...]  # of a transcript: who speaks them

    def attribution(self, quantity: Quantity, measure: Measure | None, sentence: Sentence) -> Attribution:
        index = sentence.index
        quotation = next(
            (q for q in self.quotations if q.start < quantity.start and quantity.end <= q.end), None
        )
        for turn, answering in self.turns:
            # *"We lost two," he says, and looks at his boots*: of an answer that is quoted, the quotation only
            quoted = any(q.start == turn.start for q in self.quotations)
            if turn.start <= quantity.start < turn.end and not turn.asks and (quotation or not quoted):
                return self._in_turn(answering, quantity, measure, sentence)
        speech = self._in_sentence(quantity, index, quotation)
        how = "said in this sentence"
        if speech is None and quotation is not None:
            speech = self._of_quotation(quotation, index)
            how = "said of this quotation"
        status, why = read_status(quantity, measure, sentence, corrects=self.corrects, risen=self.risen)
        evidence = list(why)
        if speech is not None and speech.cue.kind == "noun" and status == "denied" and quotation is None:
            speech = None  # *X's claim that 5 were destroyed is false*: the article's own word
        if (
            speech is not None
            and speech.cue.status == "denied"
            and status in ("asserted", "hypothetical")
            and self._reaches(speech, quantity, index)
        ):
            status = "denied"
            evidence.append(f"status: denied ← {speech.words!r}")
        speaker = speech.speaker if speech is not None else None
        if speech is not None and speaker is None and speech.cue.kind != "rumour":
            speaker = self.bulletin
        if speech is None:
            speaker = self.heads[index]
            how = "said by the line above"
            if speaker is None:
                speaker, how = self.bulletin, "'Source:' line"
            if speaker is None:
                if quotation is not None:
                    return Attribution(voice="quote", status=status, evidence=tuple(evidence))
                return Attribution(status=status, evidence=(*evidence, "source: narrator, no word of saying"))
        label = speech.words if speech is not None else ""
        evidence.insert(0, f"source: {how} ← {label!r}")
        voice: Voice = "quote" if quotation is not None else "reported"
        if speaker is None or not is_sober(speaker.name):
            return Attribution(voice=voice, status=status, evidence=tuple(evidence))
        return Attribution(
            speaker.name, speaker.source_id, speaker.office, speaker.side, voice, status, tuple(evidence)
        )

    def _in_turn(
        self, speaker: Speaker | None, quantity: Quantity, measure: Measure | None, sentence: Sentence
    ) -> Attribution:
        """In somebody's turn all is his word for word, what he heard from others, too."""
        status, why = read_status(quantity, measure, sentence)
        denies = any(
            s.cue.status == "denied" and self._reaches(s, quantity, sentence.index)
            for s in self.speeches[sentence.index]
        )
        if denies and status in ("asserted", "hypothetical"):
            status, why = "denied", ("status: denied in his turn",)
        evidence = ("source: whose turn it is to speak", *why)
        if speaker is None:
            return Attribution(voice="quote", status=status, evidence=evidence)
        return Attribution(
            speaker.name, speaker.source_id, speaker.office, speaker.side, "quote", status, evidence
        )

    def _reaches(self, speech: Speech, quantity: Quantity, index: int) -> bool:
        return speech in self.speeches[index] and _covers(speech.cue, self.words[index], quantity)

    def _in_sentence(self, quantity: Quantity, index: int, quotation: Quotation | None) -> Speech | None:
        words = self.words[index]
        covering = [speech for speech in self.speeches[index] if _covers(speech.cue, words, quantity)]
        if quotation is None:
            covering = [speech for speech in covering if not _is_own(speech.cue, words)]
        else:
            # what is said inside the same quotation is said by its speaker
            covering = [s for s in covering if not quotation.start < words[s.cue.first].start < quotation.end]
        best = min(covering, key=_rank, default=None)
        if (
            best is not None
            and best.cue.reach == "right"
            and best.cue.kind == "verb"
            and best.cue.status == "asserted"
        ):
            # *the hospital has registered 561 bodies, | he said*: he tells what the hospital did
            told = [s for s in covering if _tells(s, best, words, quantity)]
            best = told[-1] if told else best
        if best is not None and best.cue.quoting and not self._named(best.speaker):
            # *SANA reported, citing a local source*: nobody with a name is cited
            best = min((s for s in covering if not s.cue.quoting and s.speaker), key=_rank, default=best)
        if best is not None and best.speaker is not None and best.speaker.media:
            # *Reuters reported, citing the governor*: a carrier gives way to a source that has a name
            cited = [
                s
                for s in covering
                if s.cue.quoting and s.speaker is not None and not s.speaker.media and self._named(s.speaker)
            ]
            return cited[0] if cited else best
        return best

    def _named(self, speaker: Speaker | None) -> bool:
        """Whether a speaker has a name or an office: not *sources*, not *a resident*."""
        return speaker is not None and (
            speaker.kind != "people"
            or any(self.codebook.sources[key].kind == "office" for key in speaker.keys)
        )

    def _of_quotation(self, quotation: Quotation, index: int) -> Speech | None:
        """The speaker of a quotation that runs over sentences: behind its end, before its start, or as before."""
        for candidate in self._beside(quotation):
            return candidate
        number = self.quotations.index(quotation)
        sentences = self.document.sentences
        begins = _sentence_at(sentences, quotation.start, index)
        for n in range(begins, max(-1, begins - 3), -1):
            if sentences[n].paragraph != sentences[begins].paragraph:
                break
            spoken = [s for s in self._outer(n) if self.words[n][s.cue.first].start < quotation.start]
            if spoken:
                return spoken[-1]
            if n < begins and self.subjects[n] is not None:
                return self._person(n)
        if number and self.quotations[number - 1].goes_on:
            return self._of_quotation(self.quotations[number - 1], index)
        ends = _sentence_at(sentences, quotation.end - 1, index)
        if ends + 1 < len(sentences) and (usable := self._outer(ends + 1)) and usable[0].cue.reach == "left":
            return usable[0]
        if ends + 1 < len(sentences) and self.subjects[ends + 1] is not None and not begins:
            return self._person(ends + 1)  # the quotation that heads an article
        # an interview: the one who spoke, or was spoken of, last
        for n in range(begins - 1, max(-1, begins - 12), -1):
            if usable := self._outer(n):
                return usable[-1]
            if self.subjects[n] is not None:
                return self._person(n)
        return None

    def _outer(self, index: int) -> list[Speech]:
        """The cues of a sentence that stand in nobody else's speech."""
        words = self.words[index]
        speeches = [
            s
            for s in self.speeches[index]
            if s.cue.kind != "rumour"
            and not any(q.start < words[s.cue.first].start < q.end for q in self.quotations)
        ]
        return [
            s
            for n, s in enumerate(speeches)
            if not any(
                other.cue.reach == "right" and other.cue.zone.first <= s.cue.first < other.cue.zone.last
                for other in speeches[:n]
                if other.speaker is not s.speaker
            )
        ]

    def _person(self, index: int) -> Speech:
        return Speech(
            Cue(0, 1, "right", None, Stretch(0, 0)), self.subjects[index], "the person spoken of before"
        )

    def _beside(self, quotation: Quotation) -> list[Speech]:
        sentences = self.document.sentences
        near = []
        for index, sentence in enumerate(sentences):
            if sentence.end < quotation.start - 200 or sentence.start > quotation.end + 200:
                continue
            for speech in self.speeches[index]:
                if speech.cue.kind == "rumour":
                    continue
                words = self.words[index]
                first = words[speech.cue.first].start
                last = words[speech.cue.last - 1].end
                if speech.cue.speaker:
                    first = min(first, words[speech.cue.speaker.first].start)
                    last = max(last, words[speech.cue.speaker.last - 1].end)
                if quotation.end <= first + 1:
                    gap = self.document.article.text[quotation.end : first]
                    if not gap.strip(" ,.\n") and "\n\n" not in gap:
                        near.append((0, speech))
                elif last <= quotation.start and _only_hearers(
                    self.document.article.text[last : quotation.start]
                ):
                    near.append((1, speech))
        return [speech for _, speech in sorted(near, key=lambda pair: pair[0])]


def _only_hearers(gap: str) -> bool:
    return "\n\n" not in gap.strip() and bool(re.fullmatch(r"[^.!?\n\"“”]{0,60}[,:]\s*|\s*", gap))


def _sentence_at(sentences: tuple[Sentence, ...], offset: int, default: int) -> int:
    for sentence in sentences:
        if sentence.start <= offset < sentence.end:
            return sentence.index
    return default


def _covers(cue: Cue, words: tuple[Word, ...], quantity: Quantity) -> bool:
    first, last = cue.zone
    if first >= last:
        return False
    if cue.speaker and words[cue.speaker.first].start <= quantity.start < words[cue.speaker.last - 1].end:
        return False
    return words[first].start <= quantity.start < words[last - 1].end


def _is_own(cue: Cue, words: tuple[Word, ...]) -> bool:
    """*we counted*, *I saw*, *our field monitors verified*: the article's own voice."""
    phrase = cue.speaker
    if phrase is None:
        return False
    if "our" in {word.plain for word in words[max(0, phrase.first - 2) : phrase.first + 1]}:
        return not any(w.plain in _NEWSMEN for w in words[phrase.first : phrase.last])
    return phrase.last - phrase.first == 1 and words[phrase.first].plain in ("we", "i")


def _tells(outer: Speech, inner: Speech, words: tuple[Word, ...], quantity: Quantity) -> bool:
    """Whether one who is named behind a saying tells of it, or has a second clause to himself with the figure in it."""
    cue = outer.cue
    begins = [
        joint.start
        for comma, joint, behind in _threes(words[inner.cue.last : cue.first])
        if (comma.text == ";" or (comma.text == "," and joint.plain in _JOINTS)) and behind.plain != "that"
    ]
    return not (begins and quantity.start < begins[-1]) and (
        cue.kind == "verb"
        and cue.reach == "left"
        and not (cue.quoting or cue.shared or cue.status == "denied")
        and words[cue.first - 1].plain not in BE
        and cue.first > inner.cue.first
        and outer.speaker is not None
        and not outer.speaker.media
        and cue.zone.first <= (inner.cue.speaker.first if inner.cue.speaker else inner.cue.first)
    )


def _threes(words: tuple[Word, ...]) -> Iterator[tuple[Word, Word, Word]]:
    return zip(words, words[1:], words[2:], strict=False)


def _rank(speech: Speech) -> tuple[int, int]:
    """The outermost first; rumours and bare claims only where nobody else speaks; carriers behind all."""
    cue = speech.cue
    if cue.kind == "rumour":
        return 3, cue.first
    if cue.kind == "noun":
        return 2, cue.first
    if cue.reach == "left":
        return 1, -cue.first if cue.quoting else cue.first
    return 0, cue.first


# — one article —


@lru_cache(maxsize=16)
def _speeches(document: Document, codebook: Codebook) -> Speeches:
    text = document.article.text
    words = tuple(read_words(text, sentence.start, sentence.end) for sentence in document.sentences)
    scene = read_against(document, codebook, words)
    roster = build_roster(words, scene)
    sides = _side_words(words, scene)
    focus = Focus()
    quotations = find_quotations(text, document.article.body_start)
    speeches: list[tuple[Speech, ...]] = []
    heads: list[Speaker | None] = []
    subjects: list[Speaker | None] = []
    head: Speaker | None = None
    head_paragraph = -1
    for sentence, line in zip(document.sentences, words, strict=True):
        if head is not None and not (
            _BULLET.match(text, sentence.start) or sentence.paragraph <= head_paragraph
        ):
            head = None
        heads.append(head)
        known = len(focus.subjects)
        # what is spoken of inside a quotation is nobody who speaks after it
        quoted = any(q.start <= sentence.start < q.end for q in quotations)
        subject = None if quoted else focus.sentence(line, roster, scene, sides)
        pushed = len(focus.subjects) > known
        subjects.append(subject if subject is not None and subject.kind == "person" else None)
        spoken: list[Speech] = []
        for cue in find_cues(line, codebook, sides) if line else ():
            label = text[line[cue.first].start : line[cue.last - 1].end]
            if cue.kind == "rumour":
                spoken.append(Speech(cue, None, label))
                continue
            if cue.shared:
                earlier = [s for s in spoken if s.cue.kind not in ("rumour", "noun")]
                speaker = earlier[-1].speaker if earlier else None
            elif cue.speaker is not None:
                # *Air defences shot down 26, it said*: "it" is not what the sentence itself is about
                # nor does *Its spokesman said* mean the spokesman's own
                opens = cue.speaker.first == 0 and line[0].plain in ("its", "their")
                own = (cue.reach == "left" or opens) and pushed and focus.subjects[-1:] == [subject]
                if own:
                    focus.subjects.pop()
                speaker = resolve(read_phrase(line, cue.speaker, scene), roster, focus, scene)
                if own and subject is not None:
                    focus.subjects.append(subject)
            else:
                speaker = None
            spoken.append(Speech(cue, speaker, label))
            if speaker is not None and cue.kind != "noun":
                focus.speak(speaker)
        speeches.append(tuple(spoken))
        if (
            spoken
            and spoken[0].cue.kind == "colon"
            and spoken[0].cue.reach == "right"
            and spoken[0].cue.first < 3
            # a headline *Ministry: 100 killed* speaks for itself only
            and (sentence.index or line[0].text[0].isdigit() or spoken[0].cue.last >= len(line))
        ):
            # *15:12 Governor X on Telegram: …*: what follows in the entry is his, too
            head, head_paragraph = spoken[0].speaker, sentence.paragraph
        if sentence.text.rstrip().endswith(":") and spoken and not sentence.quantities:
            head, head_paragraph = spoken[-1].speaker, sentence.paragraph + 1
    for index, speaker in _posts(document, roster, scene):
        heads[index] = heads[index] or speaker
    return Speeches(
        document,
        codebook,
        words,
        tuple(speeches),
        quotations,
        tuple(subjects),
        tuple(heads),
        _bulletin(document, roster, scene),
        is_correction(text[document.article.body_start :]),
        has_risen(text[document.article.body_start :]),
        _turns(document, roster, scene),
    )


def _side_words(words: tuple[tuple[Word, ...], ...], scene: Scene) -> frozenset[int]:
    """Offsets of the words that name sides."""
    named = {offset for name in scene.names for offset in range(name.start, name.end)}
    return frozenset(word.start for line in words for word in line if word.start in named)


def _bulletin(document: Document, roster: Roster, scene: Scene) -> Speaker | None:
    """The speaker of a "Source:" line, which attributes the whole bulletin; a news agency's is a credit only."""
    article = document.article
    found = _SOURCE_LINE.search(article.text, article.body_start)
    if found is None:
        return None
    words = read_words(article.text, *found.span(1 if found.group(1) else 2))
    stretch = phrase_after(words, 0, scene.codebook)
    if stretch is None:
        return None
    reading = read_phrase(words, stretch, scene)
    if any(hit.source.media for hit in reading.hits):
        return None
    return resolve(reading, roster, Focus(), scene)


def _posts(document: Document, roster: Roster, scene: Scene) -> list[tuple[int, Speaker]]:
    """The sentences right before the foot of an embedded post, and who posted them."""
    article, sentences = document.article, document.sentences
    found = []
    for foot in _POST_FOOT.finditer(article.text, article.body_start):
        index = next((s.index for s in sentences if s.start <= foot.start() < s.end), 0)
        if foot.start() - sentences[index].start < 5:
            index -= 1
        words = read_words(article.text, *foot.span(1))
        speaker = resolve(read_phrase(words, Stretch(0, len(words)), scene), roster, Focus(), scene)
        if index >= 0 and speaker is not None:
            found.append((index, speaker))
    return found


def _turns(document: Document, roster: Roster, scene: Scene) -> tuple[tuple[Turn, Speaker | None], ...]:
    """Every turn of a transcript with its speaker; a label that names nobody heads no turn."""
    article = document.article
    turns = find_turns(article.text, article.body_start)
    asked = None
    if any(turn.label is None for turn in turns):
        before = [person for person in roster.persons if person.start < turns[0].start]
        asked = min(before, key=lambda person: person.start, default=None)
        if asked is None and article.text[turns[0].start - 2 : turns[0].start].isspace():
            return ()  # questions of an explainer, which nobody is asked
    found: list[tuple[Turn, Speaker | None]] = []
    for turn in turns:
        if turn.asks or turn.label is None:
            found.append((turn, None if turn.asks else asked))
            continue
        words = read_words(article.text, *turn.label)
        reading = read_phrase(words, Stretch(0, len(words)), scene)
        speaker = resolve(reading, roster, Focus(), scene)
        bracketed = article.text[turn.label[0] - 1] == "["
        if speaker is not None and (speaker.kind == "person" or reading.hits or bracketed):
            found.append((turn, speaker))
    return tuple(found)
