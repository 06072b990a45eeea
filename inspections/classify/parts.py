"""Which question of its own cycle a judgment answers, when the canonical id groups several."""

from __future__ import annotations

import re

from inspections.lexicon import Lexicon

# (cycles, canonical id, words of the wording, question of the cycle). The first that fits is it.
TELLING: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (
        ("2014",),
        "preventing-crime",
        r"reduc|prevent|deter",
        "effectiveness-1",
    ),  # "reducing crime and preventing offending"
    (("2014",), "preventing-crime", r"anti-?social|asb", "effectiveness-3"),  # "tackling anti-social behaviour"
    (("2015",), "treatment-of-the-public", r"stop and search|taser", "legitimacy-4"),
    (("2015",), "treatment-of-the-public", r"engag|understand|treat|fair", "legitimacy-3"),
    (("2015",), "good-use-of-resources", r"workforce model", "efficiency-2"),
    (("2015",), "good-use-of-resources", r"financ", "efficiency-3"),
    (("2015",), "good-use-of-resources", r"us(?:e|es|ing)\b.*resources|demand", "efficiency-1"),
    (("2016", "2017"), "good-use-of-resources", r"understand", "efficiency-1"),
    (("2016", "2017"), "good-use-of-resources", r"plan", "efficiency-3"),
    (("2016", "2017"), "good-use-of-resources", r"us(?:e|es|ing)\b|manag|resources", "efficiency-2"),
    (("2018/19",), "good-use-of-resources", r"plan", "efficiency-2"),
    (("2018/19",), "good-use-of-resources", r"us(?:e|es|ing)\b|demand|resources", "efficiency-1"),
    (
        ("2023-25", "2025-27"),
        "workforce-corruption",
        r"counter-?corruption|anti-corruption",
        "integrity-counter-corruption",
    ),
    (("2023-25", "2025-27"), "workforce-corruption", r"standards|misconduct", "integrity-standards"),
    (("2023-25", "2025-27"), "workforce-corruption", r"^vetting", "integrity-vetting"),
)


def part_of(cycle: str, canonical: str, words: str, lexicon: Lexicon) -> str:
    """The question of that cycle, or '' when the words leave it open."""
    known = lexicon.cycle_by_id.get(cycle)
    if known is None:
        return ""
    parts = [q.id for q in known.parts(canonical)]
    if len(parts) == 1:
        return parts[0]
    for cycles, question, pattern, part in TELLING:
        if cycle in cycles and question == canonical and part in parts and re.search(pattern, words):
            return part
    if canonical == "recording-crime" and cycle.startswith("cdi-"):
        return "cdi-overall"
    return canonical if canonical in parts else ""
