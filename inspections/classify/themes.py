"""The subjects a release dwells on, from the closed list of themes.

Measured rule: every sentence that names a theme speaks for it, more in the title, the opening and under a heading of its own,
less in a sentence that only grants grades, not at all in notes and furniture. A theme is dwelt on when enough is said for it, and
not much less than for the first. The weights are those that did best on the labelled releases outside the exam.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from inspections.classify.forces import Forces
from inspections.classify.grades import GradeWord
from inspections.classify.structure import PLAIN, Passage, Structure
from inspections.findings import ThemeMention
from inspections.lexicon import Lexicon
from inspections.model import Grade, Theme
from inspections.release import Quote

TITLE, OPENING, HEADING, PROSE, GRADED, EXTREME = 2.0, 1.3, 1.3, 1.0, 0.4, 0.8
HINT = 0.35  # a phrase that only hints ("~staff")
AGAIN = 0.25  # what another phrase of the theme adds in the same sentence
ENOUGH = 1.9
SHARE = 0.4
MOST = 4
QUOTES = 6
TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
PIECE = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z]+)?\*?")


@dataclass(frozen=True, slots=True)
class _Phrase:
    theme: str
    pieces: tuple[tuple[str, bool], ...]
    """Each word, and whether it is only the beginning of one."""
    cased: bool
    weight: float


@dataclass(slots=True)
class _Said:
    """What speaks for one theme."""

    score: float = 0.0
    quotes: list[Quote] = field(default_factory=list)


def read_themes(text: Structure, forces: Forces, words: tuple[GradeWord, ...], lexicon: Lexicon) -> tuple[ThemeMention, ...]:
    """The themes the release dwells on, the foremost first, each with its words. Linear in the text."""
    fire = any(f in forces.about for f in _fire_services(lexicon))
    said: dict[str, _Said] = {}
    _read_title(text, lexicon, said)
    graded = _graded_sentences(words)
    opening = _opening(text)
    for passage in text.passages:
        if passage.furniture or passage.notes:
            continue
        for index in range(passage.first, passage.last):
            zone = _zone(passage, index, graded, opening)
            _read_sentence(text, index, zone, lexicon, said)
    return _dwelt_on(said, lexicon, fire=fire)


@lru_cache(maxsize=4)
def _fire_services(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(f.id for f in lexicon.forces if f.kind == "fire")


def _read_title(text: Structure, lexicon: Lexicon, said: dict[str, _Said]) -> None:
    title = text.release.title.translate(PLAIN)
    for theme in {p.theme for p, *_ in _find(title, 0, len(title), title.lower(), lexicon.themes) if p.weight == 1}:
        said.setdefault(theme, _Said()).score += TITLE


def _graded_sentences(words: tuple[GradeWord, ...]) -> dict[int, float]:
    """Sentences that grant grades, with what a theme named there counts; the best and the worst grades are dwelt on."""
    graded: dict[int, float] = {}
    for word in words:
        if word.grade in (Grade.GOOD, Grade.ADEQUATE) and not word.quoted and word.form == "word" and not word.capital:
            continue  # "a good understanding", "adequate resources"
        extreme = word.grade in (Grade.OUTSTANDING, Grade.INADEQUATE)
        graded[word.sentence] = max(graded.get(word.sentence, 0.0), EXTREME if extreme else GRADED)
    return graded


def _opening(text: Structure) -> int:
    """The last sentence of the opening: of the first two paragraphs of prose."""
    prose = [p for p in text.passages if p.kind in ("paragraph", "quote") and p.end - p.start > 60 and not p.furniture][:2]
    return prose[-1].last if prose else 0


def _zone(passage: Passage, index: int, graded: dict[int, float], opening: int) -> float:
    if index in graded:
        return graded[index]
    if passage.kind == "heading":
        return HEADING
    return OPENING if index < opening else PROSE


def _read_sentence(text: Structure, index: int, zone: float, lexicon: Lexicon, said: dict[str, _Said]) -> None:
    sentence = text.sentences[index]
    best: dict[str, list[float]] = {}
    for phrase, start, end in _find(text.plain, sentence.start, sentence.end, text.low, lexicon.themes):
        best.setdefault(phrase.theme, []).append(phrase.weight)
        quotes = said.setdefault(phrase.theme, _Said()).quotes
        if len(quotes) < QUOTES:
            quotes.append(text.release.quote(start, end))
    for theme, weights in best.items():
        weights.sort(reverse=True)
        said[theme].score += zone * (weights[0] + AGAIN * min(sum(weights[1:]), 2.0))


def _dwelt_on(said: dict[str, _Said], lexicon: Lexicon, *, fire: bool) -> tuple[ThemeMention, ...]:
    ranked = sorted(
        ((t, s) for t, s in said.items() if fire or lexicon.theme_by_id[t].family != "fire"),
        key=lambda ts: -ts[1].score,
    )
    if not ranked:
        return ()
    least = max(ENOUGH, SHARE * ranked[0][1].score)
    return tuple(ThemeMention(t, tuple(s.quotes)) for t, s in ranked[:MOST] if s.score >= least and s.quotes)


def _find(plain: str, start: int, end: int, low: str, themes: tuple[Theme, ...]) -> Iterator[tuple[_Phrase, int, int]]:
    """Every phrase that begins in a stretch of text and ends within it."""
    index = _index(themes)
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(low, start, end)]
    for at, (word, begin, _) in enumerate(tokens):
        for phrase in index.get(word[:3], ()):
            last = at + len(phrase.pieces) - 1
            if last >= len(tokens):
                continue
            if all(_fits(piece, tokens[at + n], plain, cased=phrase.cased) for n, piece in enumerate(phrase.pieces)):
                yield phrase, begin, tokens[last][2]


def _fits(piece: tuple[str, bool], token: tuple[str, int, int], plain: str, *, cased: bool) -> bool:
    word, stem = piece
    shown = plain[token[1] : token[2]] if cased else token[0]
    return shown.startswith(word) if stem else shown in (word, word + "'s")


@lru_cache(maxsize=4)
def _index(themes: tuple[Theme, ...]) -> dict[str, tuple[_Phrase, ...]]:
    """Phrases by the first three letters of their first word, so that few are tried at each word."""
    index: dict[str, list[_Phrase]] = {}
    for theme in themes:
        for written in theme.phrases:
            phrase = _phrase(theme.id, written)
            if phrase.pieces:
                index.setdefault(phrase.pieces[0][0][:3].lower(), []).append(phrase)
    return {key: tuple(phrases) for key, phrases in index.items()}


def _phrase(theme: str, written: str) -> _Phrase:
    """`*` ends a word's beginning, `~` goes before a phrase that only hints; one capitalised word is matched as it stands."""
    bare = written.removeprefix("~").translate(PLAIN)
    found = PIECE.findall(bare)
    cased = len(found) == 1 and found[0][:1].isupper()
    pieces = tuple(((w if cased else w.lower()).rstrip("*"), w.endswith("*")) for w in found)
    return _Phrase(theme, pieces, cased, HINT if written.startswith("~") else 1.0)
