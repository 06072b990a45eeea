"""Names: what forces and questions are called and asked for, as keys that forgive how they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from inspections.model import CanonicalQuestion, Cycle, Force

MOST_CHARACTERS = 400
MOST_WORDS = 40

WORD = re.compile(r"[a-z0-9]+")
POSSESSIVE = re.compile(r"['’`]s?\b")
FIRE = re.compile(r"\b(?:county )?(?:fire(?: and)?(?: rescue)?(?: services?| brigade| authority)?|frs)\b")

# words that make no difference between two names of forces: "the Cheshire Police force", "City of London"
IDLE_IN_FORCES = frozenset(WORD.findall("and constab constabulary force heddlu of police service the"))
IDLE_IN_QUESTIONS = frozenset(WORD.findall("a and at for in of on the to"))
# "how good is … at …?", "what was the latest grade of … for …, please?"
IDLE_IN_SENTENCES = frozenset(
    WORD.findall(
        """a about adequate and any are at bad badly can compare compared could current currently did do does doing ever
        fare faring for force forces from gave get give given good got grade graded grades had has have hello hi hmic
        hmicfrs how i improvement in inadequate inspection inspections inspectorate is it its last latest me my now of
        on or our outstanding peel please police rate rated rating ratings report requires s say score show tell than
        that the their there they this to us versus vs was we well were what whats when which who why with you"""
    )
)


def words_of(text: str) -> list[str]:
    """The first words of a text, in small letters, without accents, marks, possessives and emoji; 40 at the most."""
    text = unicodedata.normalize("NFKD", text[:MOST_CHARACTERS]).casefold().replace("&", " and ")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return WORD.findall(POSSESSIVE.sub("", text))[:MOST_WORDS]


def force_key(words: Iterable[str]) -> str:
    tokens = FIRE.sub("fire", " ".join(words)).split()
    if "fire" in tokens:  # "fire service in Cheshire" is "Cheshire fire"
        tokens = [*(t for t in tokens if t != "fire"), "fire"]
    return " ".join([t for t in tokens if t not in IDLE_IN_FORCES] or tokens)


def question_key(words: Iterable[str]) -> str:
    tokens = " ".join(words).replace("anti social", "antisocial").replace("re offending", "reoffending").split()
    return " ".join([t for t in tokens if t not in IDLE_IN_QUESTIONS] or tokens)


@dataclass(frozen=True)
class ForceNames:
    by_key: dict[str, tuple[Force, ...]]
    """Every name, and every name written as one word, without its idle words."""
    by_region: dict[str, tuple[Force, ...]]
    vocabulary: tuple[str, ...]
    bags: tuple[tuple[Force, frozenset[str]], ...]


@dataclass(frozen=True)
class QuestionNames:
    by_key: dict[str, tuple[CanonicalQuestion, ...]]
    weights: dict[str, dict[str, float]]
    """For each question's id, its words: a word that few questions share weighs more."""


@lru_cache(maxsize=4)
def force_names(forces: tuple[Force, ...]) -> ForceNames:
    by_key: dict[str, list[Force]] = {}
    by_region: dict[str, list[Force]] = {}
    bags: list[tuple[Force, frozenset[str]]] = []
    for force in forces:
        slugs = force.slugs if force.kind != "fire" else ()
        host = (force.domain.removesuffix(".police.uk"), force.domain) if force.kind != "fire" else ()
        bag: set[str] = set()
        for name in (
            force.name,
            force.id.removeprefix("frs-") + (" fire" if force.kind == "fire" else ""),
            *force.aliases,
            *force.asked_as,
            *slugs,
            *host,
        ):
            key = force_key(words_of(name))
            if not key:
                continue
            bag.update(key.split())
            for form in {key, key.replace(" ", "")}:
                if force not in by_key.setdefault(form, []):
                    by_key[form].append(force)
        bags.append((force, frozenset(bag)))
        if force.kind == "territorial" and force.region:
            by_region.setdefault(force_key(words_of(force.region)), []).append(force)
    vocabulary = sorted({w for _, bag in bags for w in bag if len(w) >= 4})
    return ForceNames(
        {k: tuple(v) for k, v in by_key.items()},
        {k: tuple(v) for k, v in by_region.items()},
        tuple(vocabulary),
        tuple(bags),
    )


@lru_cache(maxsize=8)
def question_names(questions: tuple[CanonicalQuestion, ...], cycles: tuple[Cycle, ...]) -> QuestionNames:
    by_key: dict[str, list[CanonicalQuestion]] = {}
    bags: dict[str, set[str]] = {}
    titles: dict[str, set[str]] = {}
    for question in questions:
        asked = [q for c in cycles for q in c.questions if q.canonical == question.id]
        short = [
            question.id,
            question.id.removeprefix("fire-"),
            question.title,
            *question.aliases,
            *(q.label for q in asked),
        ]
        for name in [*short, *(q.wording for q in asked)]:
            key = question_key(words_of(name))
            if key and question not in by_key.setdefault(key, []):
                by_key[key].append(question)
        bags[question.id] = {w for name in short for w in words_of(name)} - IDLE_IN_SENTENCES
        titles[question.id] = set(words_of(question.title))
    shared: dict[str, int] = {}
    for word in (w for bag in bags.values() for w in bag):
        shared[word] = shared.get(word, 0) + 1
    weights = {i: {w: (2 if w in titles[i] else 1) / shared[w] for w in bag} for i, bag in bags.items()}
    return QuestionNames({k: tuple(v) for k, v in by_key.items()}, weights)
