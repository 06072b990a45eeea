"""Counts of grades are read however they are put, and only those of this inspection and this force."""
# ruff: noqa: E501 (a specimen stands on one line)

from __future__ import annotations

import pytest

from app.lines import release_from_line
from config.lexicon import load_lexicon
from inspections.classify import classify
from inspections.model import Grade

LEXICON = load_lexicon()
# (words, how many outstanding, good, adequate, requires improvement, inadequate)
COUNTED = [
    (
        "HMICFRS graded Kent Police’s performance across nine areas of policing. It found the force was ‘good’ in one area, ‘adequate’ in four areas, ‘requires improvement’ in three areas and ‘inadequate’ in one area.",
        (0, 1, 4, 3, 1),
    ),
    (
        "Inspectors found Kent Police to be “good” in five areas, “adequate” in three, and “requires improvement” in one.",
        (0, 5, 3, 1, 0),
    ),
    ("Three areas were graded as good, four as adequate and two requiring improvement.", (0, 3, 4, 2, 0)),
    (
        "Of the nine areas inspected, one was rated outstanding, three good, four adequate and one requires improvement.",
        (1, 3, 4, 1, 0),
    ),
    (
        "The report graded Kent Police as Good in four areas, adequate in three areas and requires improvement in two.",
        (0, 4, 3, 2, 0),
    ),
    ("Kent Police achieved 'Outstanding' in three categories, 'Good' in five and 'Adequate' in one.", (3, 5, 1, 0, 0)),
    (
        "We were graded in eight areas: one 'outstanding', three 'good', two 'adequate' and two 'requires improvement'.",
        (1, 3, 2, 2, 0),
    ),
    ("receiving six Good grades and two Adequate grades", (0, 6, 2, 0, 0)),
    ("Kent Police received two ‘outstanding’ grades, five ‘good’ grades, and two ‘adequate’ grades.", (2, 5, 2, 0, 0)),
    ("The results are pleasing, with four areas being rated as 'good' and five 'adequate'.", (0, 4, 5, 0, 0)),
    (
        "The force was assessed as 'outstanding' in 1 area, 'good' in 3 areas, 'adequate' in 3 areas and 'requires improvement' in 1 area.",
        (1, 3, 3, 1, 0),
    ),
    ("1 Outstanding, 2 Good, 4 Adequate, 2 Requires Improvement", (1, 2, 4, 2, 0)),
    ("Outstanding (1), Good (3), Adequate (4)", (1, 3, 4, 0, 0)),
    (
        "Kent Police was graded as adequate in 5 out of 9 areas, good in 3, and requires improvement in 1.",
        (0, 3, 5, 1, 0),
    ),
    (
        "The force was good in two areas, adequate in four areas, requires improvement in one area and was inadequate in three.",
        (0, 2, 4, 1, 3),
    ),
    (
        "HMICFRS graded Kent Police across nine areas; found it was 'requires improvement' in one area - protecting vulnerable people -, 'adequate' in five areas and 'good' in three.",
        (0, 3, 5, 1, 0),
    ),
    ("Kent Police is rated good in all nine areas of policing.", (0, 9, 0, 0, 0)),
    (
        "The force has been graded across eight areas of policing:\n• Outstanding in one area\n• Good in three areas\n• Adequate in four areas",
        (1, 3, 4, 0, 0),
    ),
    ("Outstanding – 1\nGood – 4\nAdequate – 3\nRequires improvement – 1", (1, 4, 3, 1, 0)),
    (
        "Kent was found to be good in two areas, adequate in five areas and requiring improvement in two areas. It was not rated inadequate in any area, nor outstanding in any.",
        (0, 2, 5, 2, 0),
    ),
    (
        "Kent Police was given a 'good' rating in four categories, 'adequate' in three and 'requires improvement' in two.",
        (0, 4, 3, 2, 0),
    ),
    (
        "The watchdog rated it “adequate” in three areas, “requires improvement” in five areas, and “inadequate” in one.",
        (0, 0, 3, 5, 1),
    ),
    (
        "Kent Police has been rated inadequate in three areas, with two others requiring improvement and three adequate.",
        (0, 0, 3, 2, 3),
    ),
    (
        "Overall, the force was awarded three 'outstanding', four 'good', and two 'adequate' gradings. No areas were judged as requiring improvement or inadequate.",
        (3, 4, 2, 0, 0),
    ),
    (
        "The force was graded good in two of the nine areas, adequate in three, requires improvement in three and inadequate in one.",
        (0, 2, 3, 3, 1),
    ),
    (
        "HMICFRS graded the force as good in seven areas and adequate in two. It was not outstanding or inadequate in any.",
        (0, 7, 2, 0, 0),
    ),
    (
        "The force has one 'Outstanding', five 'Good', one 'Adequate' and one 'Requires Improvement' judgement.",
        (1, 5, 1, 1, 0),
    ),
    ("It has been judged ‘outstanding’ in two areas, ‘good’ in eight and ‘adequate’ in one area.", (2, 8, 1, 0, 0)),
    ("The force was graded as: 2 x Good, 4 x Adequate, 2 x Requires Improvement", (0, 2, 4, 2, 0)),
    ("Kent Police was praised in three areas rated good, and adequate in five more areas.", (0, 3, 5, 0, 0)),
    ("Out of 9 areas it was rated Good in 4, Adequate in 3 and Requires Improvement in 2.", (0, 4, 3, 2, 0)),
    ("Two areas are rated as outstanding, with a further five good and two adequate", (2, 5, 2, 0, 0)),
    ("Three of nine areas are good, four adequate and two require improvement.", (0, 3, 4, 2, 0)),
    ("Eight out of nine areas were rated good and one was outstanding.", (1, 8, 0, 0, 0)),
    ("The force was judged outstanding once, good four times and adequate three times.", (1, 4, 3, 0, 0)),
    (
        "There are four areas where it is good, three where it is adequate and one where it is inadequate.",
        (0, 4, 3, 0, 1),
    ),
    ("It has four grades of good, three of adequate, and two of requires improvement.", (0, 4, 3, 2, 0)),
    (
        "Two areas (preventing crime and recording crime) were good, three (leadership, workforce and powers) adequate and four require improvement.",
        (0, 2, 3, 4, 0),
    ),
    ("Good: four areas. Adequate: three areas. Requires improvement: two areas.", (0, 4, 3, 2, 0)),
    (
        "Kent Police came out as good in two areas, adequate in three and requiring improvement in four.",
        (0, 2, 3, 4, 0),
    ),
    ("Four areas came out as good, three as adequate.", (0, 4, 3, 0, 0)),
    ("It was good in five areas, up from two last time, and adequate in four.", (0, 5, 4, 0, 0)),
    (
        "Nine areas were looked at. The force was good in three. It was adequate in four and inadequate in two.",
        (0, 3, 4, 0, 2),
    ),
    ("Of nine grades, three are good, four adequate and the rest requires improvement.", (0, 3, 4, 2, 0)),
    (
        "The force was good in three areas.\n\nIn four, it was adequate. It requires improvement in two.",
        (0, 3, 4, 2, 0),
    ),
    ("Nine areas were graded: seven are good and the other two adequate.", (0, 7, 2, 0, 0)),
    ("Of eight areas, seven are good and the other is outstanding.", (1, 7, 0, 0, 0)),
    ("Nine areas were inspected. It is adequate in all but two of them; those require improvement.", (0, 0, 7, 2, 0)),
    ("Kent's nine grades: Outstanding 1, Good 4, Adequate 3, Requires improvement 1.", (1, 4, 3, 1, 0)),
    ("Outstanding | 1\nGood | 4\nAdequate | 3", (1, 4, 3, 0, 0)),
    (
        "In its first inspection since 2019, Kent Police was graded good in two areas and adequate in six.",
        (0, 2, 6, 0, 0),
    ),
    ("Two years ago the force was failing; now it is good in five areas and adequate in three.", (0, 5, 3, 0, 0)),
    ("The inspectorate, which inspects 43 forces, graded it good in two areas and adequate in six.", (0, 2, 6, 0, 0)),
    ("Kent is good in two areas, which will please residents, and adequate in six.", (0, 2, 6, 0, 0)),
    ("Force | Outstanding | Good | Adequate | Requires improvement\nKent Police | 1 | 3 | 4 | 0", (1, 3, 4, 0, 0)),
    ("Outstanding  Good  Adequate  Requires improvement  Inadequate\n1  2  3  2  1", (1, 2, 3, 2, 1)),
    (
        "One outstanding (for recording data about crime), one good, five adequate and two requires improvement.",
        (1, 1, 5, 2, 0),
    ),
    (
        "The force was good in five out of nine areas. All the rest were adequate.",
        (0, 5, 4, 0, 0),
    ),
    (
        "It was given two grades of 'good', five of 'adequate' and one of 'requires improvement' earlier this month.",
        (0, 2, 5, 1, 0),
    ),
    (
        "It was rated adequate in eight of nine areas. The remaining area, the use of police powers, was judged good.",
        (0, 1, 8, 0, 0),
    ),
    (
        "Good in two areas, adequate in six and requires improvement in one.Since its last inspection, when it was rated inadequate in three areas, it has done well.",
        (0, 2, 6, 1, 0),
    ),
    (
        "Inspectors looked at eight areas and graded Kent Police good in four, adequate in three. It is outstanding at recording crime.",
        (1, 4, 3, 0, 0),
    ),
]
NOT_COUNTED = [
    "Of the other forces in the region, Essex Police was good in three areas and required improvement in two.",
    "The report is one of 16. Of those, ten were good in at least one of three pillars, and two were inadequate in one.",
    "Five are adequate. In 2022 it had been outstanding in three.",
    "Nationally, 30 forces were good and ten required improvement. Kent Police was good.",
    "Kent Police gave two good examples and three outstanding warrants.",
    "In the previous inspection the force was good in two areas, adequate in four and inadequate in three.",
    "In 2018 it was good in three areas, outstanding in one.",
    'HMI said: "I have graded the force as outstanding in four areas."',
    "90 per cent of 999 calls were good in two minutes.",
    "Two years ago the force was good in two areas and inadequate in six.",
    "Last time the tally was two good, five adequate and two inadequate.",
    "In 2021/22, it was good in one area and adequate in eight.",
    "Of 43 forces, 12 were good and four inadequate.",
    "In the last inspection it was good in two areas and adequate in six.",
    "It could be good in two areas and adequate in six.",
]


def tallies(text: str) -> list[tuple[str, tuple[int, ...]]]:
    url = "https://www.kent.police.uk/x"
    line = {"title": "Kent Police inspection", "url": url, "date": "2024-08-01", "text": text}
    found = classify(release_from_line(line, LEXICON), LEXICON).tallies
    return [(t.force, tuple(dict(t.counts).get(g, 0) for g in reversed(Grade))) for t in found]


@pytest.mark.parametrize(("words", "counts"), COUNTED)
def test_a_tally_is_read(words: str, counts: tuple[int, ...]) -> None:
    assert tallies(words) == [("kent", counts)]


@pytest.mark.parametrize("words", NOT_COUNTED)
def test_what_is_no_tally_of_this_inspection_is_not_read(words: str) -> None:
    assert tallies(words) == []


def test_each_tally_goes_to_its_own_force() -> None:
    text = "Essex was good in three areas and adequate in four. Kent Police was good in five areas and adequate in two."
    assert tallies(text) == [("essex", (0, 3, 4, 0, 0)), ("kent", (0, 5, 2, 0, 0))]
