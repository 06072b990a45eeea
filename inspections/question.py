"""Question: what a person's words ask for: which force, which question; forgiving, and quick on any input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from inspections.lexicon import Lexicon
from inspections.model import CanonicalQuestion, Force
from inspections.names import (
    IDLE_IN_FORCES,
    IDLE_IN_SENTENCES,
    ForceNames,
    QuestionNames,
    force_key,
    force_names,
    question_key,
    question_names,
    words_of,
)

T = TypeVar("T")

LONGEST_NAME = 8
"""Words in the longest name that is looked for inside a sentence."""
SUGGESTIONS = 4
SURE, POSSIBLE, MARGIN = 84.0, 68.0, 6.0
"""Likeness, 0 to 100, from which one name is answered and from which one is offered; the lead of a clear winner."""

DIRECTIONS = frozenset(["north", "south", "east", "west", "greater", "mid", "central", "new"])


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One is meant. `guessed` when the words only resemble it: the answer must say so."""

    one: T
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Suggest(Generic[T]):
    """Several may be meant, likeliest first, four at the most."""

    some: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing known resembles the words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: forces, a question, or what to ask back."""

    forces: tuple[Force, ...] = ()
    question: CanonicalQuestion | None = None
    guessed: bool = False
    """True when a name was only resembled: the answer must say what it was taken for."""
    force_choices: tuple[Force, ...] = ()
    question_choices: tuple[CanonicalQuestion, ...] = ()
    left: str = ""
    """Words that were not understood; '' when none."""


def find_force(words: str, lexicon: Lexicon) -> Found[Force] | Suggest[Force] | Unknown:
    """The force that some words name; misspellings and half names are guessed when one force alone is meant."""
    tokens = words_of(words)
    return _force_of(tokens, force_names(lexicon.forces)) if tokens else Unknown()


def find_question(
    words: str, lexicon: Lexicon, kind: str = "police"
) -> Found[CanonicalQuestion] | Suggest[CanonicalQuestion] | Unknown:
    """The question that some words name, of the police or of fire services."""
    tokens = words_of(words)
    names = _questions_of(lexicon, kind)
    exact = names.by_key.get(question_key(tokens)) if tokens else None
    if exact:
        return Found(exact[0]) if len(exact) == 1 else Suggest(exact[:SUGGESTIONS])
    inside = list(_named_inside(tokens, names.by_key, question_key))
    if inside and len(inside[0][2]) == 1:
        return Found(inside[0][2][0])
    return _resembling_question(tokens, lexicon, names)


def ask(words: str, lexicon: Lexicon) -> Asked:
    """What a sentence or a command's words ask for. Total, and quick whatever is typed."""
    tokens = words_of(words)
    forces = force_names(lexicon.forces)
    trial, _ = _take_forces(tokens, forces)
    fire = "fire" in force_key(tokens).split() or bool(trial and all(f.kind == "fire" for f in trial))
    question: CanonicalQuestion | None = None
    if not fire:  # "police powers" is a question before "… police" is a force
        question, tokens = _take_question(tokens, _questions_of(lexicon, "police"))
    named, tokens = _take_forces(tokens, forces)
    if fire:
        question, tokens = _take_question(tokens, _questions_of(lexicon, "fire"))
    left = [t for t in tokens if t not in IDLE_IN_SENTENCES]
    guessed = False
    force_choices: tuple[Force, ...] = ()
    question_choices: tuple[CanonicalQuestion, ...] = ()
    if not named and left:
        outcome, rest = _force_inside(left, forces)
        if isinstance(outcome, Found):
            named, guessed, left = (outcome.one,), True, rest
        elif isinstance(outcome, Suggest):
            force_choices, left = outcome.some, rest
    if question is None and left:
        kind = "fire" if fire or (named and named[0].kind == "fire") else "police"
        meant = _resembling_question(left, lexicon, _questions_of(lexicon, kind))
        if isinstance(meant, Found):
            question, guessed, left = meant.one, True, []
        elif isinstance(meant, Suggest):
            question_choices, left = meant.some, []
    return Asked(named, question, guessed, force_choices, question_choices, " ".join(left))


def _questions_of(lexicon: Lexicon, kind: str) -> QuestionNames:
    return question_names(tuple(q for q in lexicon.questions if q.kind == kind), lexicon.cycles)


def _force_of(tokens: list[str], names: ForceNames) -> Found[Force] | Suggest[Force] | Unknown:
    key = force_key(tokens)
    if not set(key.split()) - IDLE_IN_FORCES:
        return Unknown()
    exact = names.by_key.get(key) or names.by_key.get(key.replace(" ", ""))
    if exact:
        return Found(exact[0]) if len(exact) == 1 else Suggest(exact[:SUGGESTIONS])
    near = _holding(key, names)
    if near:
        return Found(near[0], guessed=True) if len(near) == 1 else Suggest(near[:SUGGESTIONS])
    mended = _mend(key, names.vocabulary)
    if mended != key:
        found = _force_of(mended.split(), names) if mended else Unknown()
        if isinstance(found, Found):
            return Found(found.one, guessed=True)
        if isinstance(found, Suggest):
            return found
    return _resembling_force(key, names)


def _holding(key: str, names: ForceNames) -> tuple[Force, ...]:
    """The forces whose name holds all these words ('yorkshire', 'mercia'), or whose region is so called ('wales')."""
    words = frozenset(key.split())
    if not any(len(w) >= 4 for w in words - DIRECTIONS - {"fire"}):
        return ()
    holding = [f for f, bag in names.bags if words <= bag and (f.kind == "fire") == ("fire" in words)]
    region = list(names.by_region.get(key, ()))
    if not holding and not region and "fire" not in words:
        # 'royal berkshire': only a fire service bears the name; the police force whose note tells of it comes first
        fire = [f for f, bag in names.bags if words <= bag]
        told = [f for f, _ in names.bags if f.clash and f.kind == "territorial" and _tells_of(f.clash, key)]
        return tuple(dict.fromkeys([*told, *fire]))
    return tuple(dict.fromkeys([*holding, *region]))


def _tells_of(clash: str, key: str) -> bool:
    return ("fire" in clash or "covers" in clash) and f" {key} " in f" {force_key(words_of(clash))} "


def _mend(key: str, vocabulary: tuple[str, ...]) -> str:
    """The words with each misspelt one put right, when one word of the vocabulary is clearly the nearest."""
    return " ".join(_mended(word, vocabulary) for word in key.split())


def _mended(word: str, vocabulary: tuple[str, ...]) -> str:
    if len(word) < 4 or word in vocabulary or word in DIRECTIONS:
        return word
    near = process.extract(word, vocabulary, scorer=fuzz.ratio, limit=2, score_cutoff=SURE)
    clear = near and (len(near) == 1 or near[0][1] - near[1][1] >= MARGIN)
    return str(near[0][0]) if clear else word


def _resembling_force(key: str, names: ForceNames) -> Found[Force] | Suggest[Force] | Unknown:
    words = frozenset(key.split())
    if len(key) < 4:
        return Unknown()
    scores: dict[Force, float] = {}
    for name, score, _ in process.extract(key, list(names.by_key), scorer=fuzz.ratio, limit=12, score_cutoff=POSSIBLE):
        for force in names.by_key[name]:
            if (force.kind == "fire") == ("fire" in words):
                scores[force] = max(score, scores.get(force, 0.0))
    best = sorted(scores.items(), key=lambda pair: -pair[1])
    if best:
        bag = next(bag for force, bag in names.bags if force == best[0][0])
        leads = len(best) == 1 or best[0][1] - best[1][1] >= MARGIN
        known = words & (DIRECTIONS | set(names.vocabulary))
        if best[0][1] >= SURE and leads and known <= bag:  # 'mid yorkshire' is not a misspelt west yorkshire
            return Found(best[0][0], guessed=True)
    told = [w for w in words if len(w) >= 4] if len(words) > 1 else []
    beside = [f for f, bag in names.bags if bag & set(told) - {"fire"} and (f.kind == "fire") == ("fire" in words)]
    some = tuple(dict.fromkeys([*(force for force, _ in best), *beside]))[:SUGGESTIONS]
    return Suggest(some) if some else Unknown()


def _force_inside(left: list[str], names: ForceNames) -> tuple[Found[Force] | Suggest[Force] | Unknown, list[str]]:
    """The force that part of these words resembles, and the words beside it. 'chesire vulnerable' holds one."""
    left, offered = left[:12], None
    for size in range(min(4, len(left)), 0, -1):
        for at in range(len(left) - size + 1):
            part = left[at : at + size]
            outcome = _force_of(part, names)
            rest = left[:at] + left[at + size :]
            if isinstance(outcome, Found):
                return outcome, rest
            if isinstance(outcome, Suggest) and (offered is None or size < len(left)):
                offered = offered or (outcome, rest)
    return offered or (Unknown(), left)


def _take_question(tokens: list[str], names: QuestionNames) -> tuple[CanonicalQuestion | None, list[str]]:
    for at, size, questions in _named_inside(tokens, names.by_key, question_key):
        if len(questions) == 1:
            return questions[0], tokens[:at] + tokens[at + size :]
    return None, tokens


def _take_forces(tokens: list[str], names: ForceNames) -> tuple[tuple[Force, ...], list[str]]:
    taken: list[tuple[int, Force]] = []
    gone: set[int] = set()
    for at, size, forces in _named_inside(tokens, names.by_key, force_key):
        places = set(range(at, at + size))
        if len(forces) == 1 and not places & gone:
            gone |= places
            if forces[0] not in (f for _, f in taken):
                taken.append((at, forces[0]))
    return tuple(f for _, f in sorted(taken, key=lambda pair: pair[0])), [
        t for i, t in enumerate(tokens) if i not in gone
    ]


def _named_inside(
    tokens: list[str], by_key: dict[str, tuple[T, ...]], key_of: Callable[[Iterable[str]], str]
) -> Iterator[tuple[int, int, tuple[T, ...]]]:
    """Where names stand in a sentence: (first word, how many, whose name), the longest first."""
    for size in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            found = by_key.get(key_of(tokens[at : at + size]))
            if found:
                yield at, size, found


def _resembling_question(
    tokens: list[str], lexicon: Lexicon, names: QuestionNames
) -> Found[CanonicalQuestion] | Suggest[CanonicalQuestion] | Unknown:
    """By the words that few questions share: 'vulnerable' tells one, 'crime' tells several."""
    asked = [t for t in tokens if t not in IDLE_IN_SENTENCES and len(t) >= 4][:12]
    vocabulary = tuple({w for bag in names.weights.values() for w in bag if len(w) >= 4})
    asked = [_mended(word, vocabulary) for word in asked]
    scores = {id_: sum(weights.get(w, 0.0) for w in asked) for id_, weights in names.weights.items()}
    best = sorted(((s, id_) for id_, s in scores.items() if s > 0), key=lambda pair: -pair[0])
    if not best:
        return Unknown()
    near = [lexicon.canonical_by_id[id_] for s, id_ in best if s >= best[0][0] * 0.75]
    return Found(near[0], guessed=True) if len(near) == 1 else Suggest(tuple(near[:SUGGESTIONS]))
