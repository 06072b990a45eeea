"""Where the text says a grade's word, in all its forms, in English and in Welsh."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

import re
from dataclasses import dataclass

from inspections.classify.structure import Structure
from inspections.model import Grade


@dataclass(frozen=True, slots=True)
class GradeWord:
    """A grade's word in the text. Its place takes in the quotation marks that hold nothing else."""

    grade: Grade
    start: int
    end: int
    sentence: int
    quoted: bool
    form: str
    """word · verb (requires improvement) · plural (two goods) · ordinal (the highest grade) · welsh."""
    capital: bool
    """Written with a capital, as a label is."""


# One line a form: the pattern, its grade, what it is. A specimen stands in the comment.
FORMS: tuple[tuple[str, Grade, str], ...] = (
    (
        r"(?:very )?(?:highest|top) (?:possible |available )?(?:grade|grading|rating|mark|band|category|judge?ment|level)(?: possible| available| of all)?|(?:highest|top|best) of (?:(?:its|their|the) )?(?:four|five|possible)(?: possible| available)? (?:bands|grades|grad?ings|ratings|marks|categories|levels|judge?ments)",
        Grade.OUTSTANDING,
        "ordinal",
    ),  # "the highest possible grade for efficiency"
    (
        r"(?:very )?(?:lowest|bottom) (?:possible |available )?(?:grade|grading|rating|mark|band|category|judge?ment|level)(?: possible| available| of all)?|(?:lowest|bottom|worst) of (?:(?:its|their|the) )?(?:four|five|possible)(?: possible| available)? (?:bands|grades|grad?ings|ratings|marks|categories|levels|judge?ments)",
        Grade.INADEQUATE,
        "ordinal",
    ),
    (
        r"second[- ](?:highest|best|top) of (?:(?:its|their|the) )?four(?: possible| available)? (?:bands|grades|grad?ings|ratings|marks|categories|levels|judge?ments)",
        Grade.GOOD,
        "ordinal",
    ),  # "the second highest of four gradings for effectiveness"
    (
        r"requir(?:es?|ed|ing) improvements?|(?:in need|needing) of improvement|needs improvement|requires-improvements?",
        Grade.REQUIRES_IMPROVEMENT,
        "verb",
    ),  # "requires improvement"
    (
        r"improvements? (?:is|are|was|were) (?:still )?required",
        Grade.REQUIRES_IMPROVEMENT,
        "said",
    ),  # "In three - a, b and c - the inspectorate says improvement is required"
    (
        r"(?:be |was |is |been )?required to improve",
        Grade.REQUIRES_IMPROVEMENT,
        "verb",
    ),  # "was required to improve in three areas"
    (r"ri", Grade.REQUIRES_IMPROVEMENT, "short"),  # "all being rated RI (requires improvement)"
    (r"outstandings", Grade.OUTSTANDING, "plural"),  # "six outstandings, five goods"
    (r"goods", Grade.GOOD, "plural"),
    (r"adequates", Grade.ADEQUATE, "plural"),
    (r"inadequates", Grade.INADEQUATE, "plural"),
    (r"outstanding", Grade.OUTSTANDING, "word"),
    (r"good", Grade.GOOD, "word"),
    (r"inadequate", Grade.INADEQUATE, "word"),
    (r"adequate", Grade.ADEQUATE, "word"),
    (r"rhagorol|ragorol|eithriadol", Grade.OUTSTANDING, "welsh"),  # "yn 'rhagorol'"
    (r"annigonol", Grade.INADEQUATE, "welsh"),
    (r"digonol|ddigonol", Grade.ADEQUATE, "welsh"),
    (r"angen (?:ei )?(?:g?wella|gwelliant)(?:'r| ei)?", Grade.REQUIRES_IMPROVEMENT, "welsh"),
    (r"dda|da", Grade.GOOD, "welsh"),
)
_QUOTE = r"['\"]"
WORDS = re.compile(
    r"(?<![\w-])(?P<open>"
    + _QUOTE
    + r")?(?:"
    + "|".join(f"(?P<g{i}>{p})" for i, (p, _, _) in enumerate(FORMS))
    + r")(?P<close>[,.;]?"
    + _QUOTE
    + r")?(?![\w-])"
)


MOST = 5000  # a text with more is no release; what stands below is not read


def read_grade_words(text: Structure) -> tuple[GradeWord, ...]:
    """Every grade word of the text, judgment or not, in order."""
    found: list[GradeWord] = []
    for m in WORDS.finditer(text.low):
        if len(found) >= MOST:
            break
        index = int((m.lastgroup or "g0")[1:]) if (m.lastgroup or "").startswith("g") else _which(m)
        _, grade, form = FORMS[index]
        quoted = bool(m["open"] and m["close"])
        name = f"g{index}"
        if form == "short" and text.plain[m.start(name) : m.end(name)] != "RI":
            continue
        start, end = (m.start(), m.end()) if quoted else (m.start(name), m.end(name))
        found.append(
            GradeWord(
                grade, start, end, text.sentence_at(m.start(name)), quoted, form, text.plain[m.start(name)].isupper()
            )
        )
    return tuple(found)


def _which(m: re.Match[str]) -> int:
    return next(i for i in range(len(FORMS)) if m[f"g{i}"])
