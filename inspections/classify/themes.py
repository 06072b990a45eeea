"""The subjects a release dwells on, from the closed list of themes.

A measured rule: what a release says of each theme is weighed (in its title, its opening, its prose; with how many
different phrases; how much beside the foremost theme; whether the theme's question got the best or the worst grade),
and a theme that weighs enough is dwelt on. The weights were fitted on the labelled releases outside the exam and are
held by `peelwatch eval`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log1p

from inspections.classify.grades import GradeWord
from inspections.classify.structure import PLAIN, Structure
from inspections.findings import Judgment, MonitoringMove, ThemeMention
from inspections.lexicon import Lexicon
from inspections.model import Grade, Theme
from inspections.release import Quote

# What each thing weighs (a logistic rule); `log1p` of the amount where a second one adds less than the first.
START = -3.74
IN_TITLE, IN_OPENING, IN_PROSE, PHRASES, BESIDE_THE_FIRST, OF_ALL = 1.69, 0.52, 0.63, 1.13, 1.0, 1.17
FOREMOST, SECOND, DENSITY, LENGTH = 0.37, 0.43, 0.61, -0.6  # by rank; in a thousand characters; thousands of them
GRADED = {
    Grade.INADEQUATE: 0.77,
    Grade.OUTSTANDING: 0.71,
    Grade.REQUIRES_IMPROVEMENT: 1.56,
    Grade.GOOD: 0.68,
    Grade.ADEQUATE: 0.85,
}
WORST, BEST, ONE_OF_FEW, MOVED = 1.64, 1.29, 0.51, 3.2
ENOUGH = -0.9
ENOUGH_FOR_THE_FIRST = -1.0
SHORT = 1.0  # thousand characters: below this nothing is made of shortness
MOST = 3
LONG = 4000  # characters: a release of that length has room for more than its three foremost themes
MOST_OF_LONG = 6
HINT = 0.35  # a phrase that only hints ("~staff")
AGAIN = 0.25  # what further phrases of a theme add in the same sentence
QUOTES = 6
REMEMBERED = 20_000
TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
PIECE = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?\*?")
MONITORING_THEME = "inspection-outcome"
# The theme that a question's grade speaks of
QUESTION_THEMES: dict[str, tuple[str, ...]] = {
    "responding-to-the-public": ("response-calls",),
    "investigating-crime": ("investigating-crime",),
    "managing-offenders": ("managing-offenders",),
    "protecting-vulnerable-people": ("vulnerable-people",),
    "recording-crime": ("crime-data-integrity",),
    "disrupting-soc": ("serious-organised-crime",),
    "workforce": ("workforce-wellbeing",),
    "leadership": ("leadership",),
    "good-use-of-resources": ("finance", "demand-it"),
    "efficiency": ("finance",),
    "treatment-of-the-public": ("public-treatment",),
    "legitimacy": ("public-treatment",),
    "preventing-crime": ("neighbourhood-policing", "anti-social-behaviour"),
    "supporting-victims": ("victim-support",),
    "workforce-corruption": ("counter-corruption", "vetting-misconduct"),
    "fire-people": ("fire-culture",),
    "fire-efficiency": ("fire-resources",),
    "fire-effectiveness": ("fire-response",),
}
ROUTINE = frozenset(t for themes in QUESTION_THEMES.values() for t in themes) - {
    "serious-organised-crime",
    "vulnerable-people",
}


@dataclass(frozen=True, slots=True)
class _Phrase:
    theme: str
    written: str
    pieces: tuple[tuple[str, bool], ...]
    """Each word, and whether it is only the beginning of one."""
    cased: bool
    weight: float


@dataclass(slots=True)
class _Said:
    """What a release says of one theme."""

    title: float = 0.0
    opening: float = 0.0
    heading: float = 0.0
    prose: float = 0.0
    graded: dict[Grade, float] = field(default_factory=dict)
    phrases: set[str] = field(default_factory=set)
    quotes: list[Quote] = field(default_factory=list)

    def amount(self) -> float:
        """All that is said of it, for setting themes side by side."""
        plain = 2 * self.title + 1.3 * (self.opening + self.heading) + self.prose
        return plain + sum(AMOUNT[grade] * value for grade, value in self.graded.items())


AMOUNT = {
    Grade.INADEQUATE: 0.8,
    Grade.OUTSTANDING: 0.6,
    Grade.REQUIRES_IMPROVEMENT: 0.5,
    Grade.GOOD: 0.2,
    Grade.ADEQUATE: 0.2,
}
LOUDEST = (Grade.INADEQUATE, Grade.OUTSTANDING, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.ADEQUATE)


def read_themes(
    text: Structure,
    words: Sequence[GradeWord],
    judgments: Sequence[Judgment],
    moves: Sequence[MonitoringMove],
    lexicon: Lexicon,
    *,
    fire: bool,
) -> tuple[ThemeMention, ...]:
    """The themes the release dwells on, the foremost first, each with its words. `fire`: a fire service's. Linear."""
    said = _said(text, words, lexicon)
    graded = _weight_of_grades(judgments)
    for judgment in judgments:  # a grade for the theme's question is something said of it
        for theme in QUESTION_THEMES.get(judgment.question, ()):
            if judgment.current and theme in lexicon.theme_by_id:
                quotes = said.setdefault(theme, _Said()).quotes
                quotes.extend([judgment.quote] if not quotes else [])
    said = {t: s for t, s in said.items() if (lexicon.theme_by_id[t].family == "fire") == fire}
    loudest = max((s.amount() for s in said.values()), default=0.0) or 1.0
    everything = sum(s.amount() for s in said.values()) or 1.0
    weights = {t: _weight(s, loudest, everything) + graded.get(t, 0.0) for t, s in said.items()}
    thousands = max(len(text.release.text) / 1000, SHORT)
    for theme in weights:
        weights[theme] += DENSITY * said[theme].prose / (1 + thousands) + LENGTH * log1p(thousands)
    amounts = sorted(weights, key=lambda t: -said[t].amount())
    for theme, more in zip(amounts, (FOREMOST, SECOND), strict=False):
        weights[theme] += more
    if moves and MONITORING_THEME in weights:
        weights[MONITORING_THEME] += MOVED
    ranked = sorted((t for t in weights if said[t].quotes), key=lambda t: -weights[t])
    dwelt_on = [t for t in ranked[:MOST] if weights[t] >= ENOUGH]
    if not dwelt_on and ranked and weights[ranked[0]] >= ENOUGH_FOR_THE_FIRST:
        dwelt_on = ranked[:1]
    if len(text.release.text) >= LONG:
        dwelt_on += [t for t in ranked if t not in dwelt_on and _is_returned_to(t, said[t])][
            : MOST_OF_LONG - len(dwelt_on)
        ]
    return tuple(ThemeMention(t, tuple(said[t].quotes)) for t in dwelt_on)


def _is_returned_to(theme: str, said: _Said) -> bool:
    """A subject of its own (domestic abuse, mental health), said more than once; what every force is asked about
    (investigating, responding) is in any long release."""
    return theme not in ROUTINE and bool(said.phrases) and len(said.quotes) > 1


def _weight(said: _Said, loudest: float, everything: float) -> float:
    weight = START + IN_TITLE * said.title + IN_OPENING * log1p(said.opening) + IN_PROSE * log1p(said.prose)
    weight += PHRASES * log1p(len(said.phrases))
    weight += (BESIDE_THE_FIRST / loudest + OF_ALL / everything) * said.amount()
    return weight + sum(GRADED[grade] * log1p(value) for grade, value in said.graded.items())


def _weight_of_grades(judgments: Sequence[Judgment]) -> dict[str, float]:
    """What the grades add: the worst and the best are talked about, and so is a question that is one of two."""
    current = [j for j in judgments if j.current]
    often = Counter(j.grade for j in current)
    worst = min(often, key=lambda g: g.rank, default=None)
    few = len({j.question for j in current}) <= 2
    weights: dict[str, float] = {}
    for judgment in current:
        weight = ONE_OF_FEW if few else 0.0
        if judgment.grade == worst and judgment.grade in (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT):
            weight += WORST / often[judgment.grade]
        weight += BEST * (judgment.grade == Grade.OUTSTANDING)
        for theme in QUESTION_THEMES.get(judgment.question, ()):
            weights[theme] = max(weights.get(theme, 0.0), weight)
    return weights


def _said(text: Structure, words: Sequence[GradeWord], lexicon: Lexicon) -> dict[str, _Said]:
    said: dict[str, _Said] = {}
    finder = _finder(lexicon.themes)
    title = text.release.title.translate(PLAIN)
    low = title.lower()
    for phrase, _, _ in finder.find(title, low, 0, len(low)) if len(low) == len(title) else ():
        of_theme = said.setdefault(phrase.theme, _Said())
        of_theme.title = max(of_theme.title, phrase.weight)
    graded, opening = _graded_sentences(words), _opening(text)
    for passage in text.passages:
        if passage.furniture or passage.notes:
            continue
        for index in range(passage.first, passage.last):
            place = "heading" if passage.kind == "heading" else "opening" if index < opening else "prose"
            _hear(text, index, graded.get(index, place), finder, said)
    return said


def _hear(text: Structure, index: int, place: Grade | str, finder: _Finder, said: dict[str, _Said]) -> None:
    """Add what one sentence says."""
    sentence = text.sentences[index]
    weights: dict[str, list[float]] = {}
    for phrase, start, end in finder.find(text.plain, text.low, sentence.start, sentence.end):
        weights.setdefault(phrase.theme, []).append(phrase.weight)
        of_theme = said.setdefault(phrase.theme, _Said())
        if len(of_theme.quotes) < QUOTES and (phrase.weight == 1 or not of_theme.quotes):
            of_theme.quotes.append(text.release.quote(start, end))
        if phrase.weight == 1 and not isinstance(place, Grade):
            of_theme.phrases.add(phrase.written)
    for theme, found in weights.items():
        found.sort(reverse=True)
        value = found[0] + AGAIN * min(sum(found[1:]), 2.0)
        of_theme = said[theme]
        if isinstance(place, Grade):
            of_theme.graded[place] = of_theme.graded.get(place, 0.0) + value
        elif place == "heading":
            of_theme.heading += value
        elif place == "opening":
            of_theme.opening += value
        else:
            of_theme.prose += value


def _graded_sentences(words: Sequence[GradeWord]) -> dict[int, Grade]:
    """Sentences that grant grades, with the grade in each that is talked about most."""
    graded: dict[int, Grade] = {}
    for word in words:
        if word.grade in (Grade.GOOD, Grade.ADEQUATE) and not (word.quoted or word.capital or word.form != "word"):
            continue  # "a good understanding", "adequate resources"
        if word.sentence not in graded or LOUDEST.index(word.grade) < LOUDEST.index(graded[word.sentence]):
            graded[word.sentence] = word.grade
    return graded


def _opening(text: Structure) -> int:
    """The end of the opening, the first two paragraphs of prose, as a number of sentences."""
    seen = 0
    for passage in text.passages:
        if passage.kind in ("paragraph", "quote") and passage.end - passage.start > 60 and not passage.furniture:
            seen += 1
            if seen == 2:
                return passage.last
    return 0 if not seen else len(text.sentences)


class _Finder:
    """Finds phrases by the first word of each; remembers which words begin one."""

    def __init__(self, themes: tuple[Theme, ...]) -> None:
        self._whole: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        for phrase in (_phrase(theme.id, written) for theme in themes for written in theme.phrases):
            if phrase.pieces:
                word, stem = phrase.pieces[0]
                (self._stems if stem else self._whole).setdefault(word.lower(), []).append(phrase)
        self._longest = max(map(len, self._stems), default=0)
        self._known: dict[str, tuple[_Phrase, ...]] = {}

    def beginning(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases whose first word this is."""
        known = self._known.get(word)
        if known is None:
            found = [*self._whole.get(word, ()), *self._whole.get(word.removesuffix("'s") if "'" in word else "", ())]
            for length in range(2, min(len(word), self._longest) + 1):
                found += self._stems.get(word[:length], ())
            known = tuple(found)
            if len(self._known) < REMEMBERED:
                self._known[word] = known
        return known

    def find(self, plain: str, low: str, start: int, end: int) -> Iterator[tuple[_Phrase, int, int]]:
        """Every phrase that stands in a stretch of text."""
        words = TOKEN.findall(low, start, end)
        known = self._known
        tokens: list[re.Match[str]] = []  # their places are looked up only where a phrase stands
        for at, word in enumerate(words):
            phrases = known.get(word)
            for phrase in self.beginning(word) if phrases is None else phrases:
                pieces = phrase.pieces
                last = at + len(pieces) - 1
                if last > at and (last >= len(words) or not words[at + 1].startswith(pieces[1][0])):
                    continue  # what most of them fail at
                if last > at and not _go_on(pieces, words, at):
                    continue
                tokens = tokens or list(TOKEN.finditer(low, start, end))
                if not phrase.cased or plain.startswith(pieces[0][0], tokens[at].start()):
                    yield phrase, tokens[at].start(), tokens[last].end()


def _go_on(pieces: tuple[tuple[str, bool], ...], words: list[str], at: int) -> bool:
    """The words after the first are the phrase's."""
    for n in range(1, len(pieces)):  # noqa: SIM110 (a generator takes twice as long)
        if not _fits(pieces[n], words[at + n]):
            return False
    return True


def _fits(piece: tuple[str, bool], shown: str) -> bool:
    word, stem = piece
    return shown.startswith(word) if stem else shown in (word, word + "'s")


@lru_cache(maxsize=4)
def _finder(themes: tuple[Theme, ...]) -> _Finder:
    return _Finder(themes)


def _phrase(theme: str, written: str) -> _Phrase:
    """`*` ends a word's beginning, `~` marks a phrase that only hints; one word with a capital keeps it."""
    bare = written.removeprefix("~").translate(PLAIN)
    found = PIECE.findall(bare)
    cased = len(found) == 1 and found[0][:1].isupper()
    pieces = tuple(((w if cased else w.lower()).rstrip("*"), w.endswith("*")) for w in found)
    return _Phrase(theme, written, pieces, cased, HINT if written.startswith("~") else 1.0)
