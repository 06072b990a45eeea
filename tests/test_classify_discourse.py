"""Grades whose question or whose force stands elsewhere on the page: in the title, in a heading, in the sentence before."""

# ruff: noqa: E501 (one specimen a line)

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.lexicon import load_lexicon
from inspections.classify import classify
from inspections.release import Release, blocks_of_text

LEXICON = load_lexicon()
KENT = "https://www.kent.police.uk/news/"
HMIC = "https://www.justiceinspectorates.gov.uk/hmicfrs/news/"
PRESS = "https://www.example-herald.co.uk/news/"

# (what it shows, address, title, day, text, what it states: "force question grade", with ~ before what it only recalls)
RELEASES: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    (
        "a title about one pillar",
        PRESS,
        "Kent Police rated on efficiency",
        "2017-11-09",
        "HMICFRS has published its report.\n\nKent Police was judged to be good.",
        ("kent efficiency good",),
    ),
    (
        "an efficiency report",
        PRESS,
        "Kent Police praised by watchdog",
        "2017-11-09",
        "HMICFRS has today published its annual efficiency report on all 43 forces in England and Wales.\n\nInspectors gave the force an overall grade of 'outstanding'.",
        ("kent efficiency outstanding",),
    ),
    (
        "a legitimacy inspection",
        PRESS,
        "Watchdog's verdict on Kent Police",
        "2017-12-12",
        "Kent Police has been inspected again by HMICFRS for its national legitimacy inspection, which looks at fairness.\n\nThe force has been told that it requires improvement.",
        ("kent legitimacy requires-improvement",),
    ),
    (
        "a programme of crime recording",
        PRESS,
        "Kent Police misses thousands of crimes",
        "2018-08-23",
        "Inspectors from HMICFRS looked at how well the force records crime in a report that was published this morning.\n\nThe force was rated as inadequate following the inspection.",
        ("kent recording-crime inadequate",),
    ),
    (
        "no pillar in five-grade years",
        PRESS,
        "Kent Police effectiveness",
        "2023-10-09",
        "HMICFRS has today published its effectiveness report on the force and its many services to the public.\n\nThe force was judged good.",
        (),
    ),
    (
        "forces under a count",
        HMIC,
        "Police effectiveness 2016",
        "2017-03-02",
        "HMIC has published its effectiveness reports on all 43 forces in England and Wales today.\n\nThree forces were judged to be outstanding: Durham, Kent and Norfolk. Cleveland was the only force to be judged inadequate.",
        (
            "durham effectiveness outstanding",
            "kent effectiveness outstanding",
            "norfolk effectiveness outstanding",
            "cleveland effectiveness inadequate",
        ),
    ),
    (
        "they include",
        PRESS,
        "Police efficiency: the full list",
        "2017-11-09",
        "HMICFRS has published its annual efficiency reports on all 43 forces in England and Wales today.\n\nEight were classed as requiring improvement. They include Cleveland, Gwent and Cumbria.",
        (
            "cleveland efficiency requires-improvement",
            "gwent efficiency requires-improvement",
            "cumbria efficiency requires-improvement",
        ),
    ),
    (
        "forces in capitals",
        PRESS,
        "How our forces did on legitimacy",
        "2017-12-12",
        "HMICFRS has published reports.\n\nNORFOLK: Good\nA second good in a row.\n\nSUFFOLK: Requires improvement\nA fall of one.",
        ("norfolk legitimacy good", "suffolk legitimacy requires-improvement"),
    ),
    (
        "question headings over forces",
        PRESS,
        "PEEL results in East Anglia",
        "2023-10-09",
        "HMICFRS has published its PEEL reports on the forces of the region today, with these grades.\n\nPreventing crime\nNorfolk: Good\nSuffolk: Adequate\n\nInvestigating crime\nNorfolk: Adequate\nSuffolk: Requires improvement",
        (
            "norfolk preventing-crime good",
            "suffolk preventing-crime adequate",
            "norfolk investigating-crime adequate",
            "suffolk investigating-crime requires-improvement",
        ),
    ),
    (
        "force headings over questions",
        PRESS,
        "PEEL results in East Anglia",
        "2023-10-09",
        "HMICFRS has published its PEEL reports on the forces of the region today, with these grades.\n\nNorfolk Constabulary\nPreventing crime: Good\nInvestigating crime: Adequate\n\nSuffolk Constabulary\nPreventing crime: Adequate\nInvestigating crime: Requires improvement",
        (
            "norfolk preventing-crime good",
            "norfolk investigating-crime adequate",
            "suffolk preventing-crime adequate",
            "suffolk investigating-crime requires-improvement",
        ),
    ),
    (
        "accordions of forces",
        HMIC,
        "PEEL: Police effectiveness 2017 force press releases",
        "2018-03-22",
        "Kent Police's effectiveness at keeping people safe and reducing crime is outstanding\nHMICFRS judged that Kent Police:\nis 'outstanding' at preventing crime; and\nis 'good' at investigating crime.\n\nSurrey Police's effectiveness at keeping people safe and reducing crime is good\nHMICFRS judged that Surrey Police:\nis 'good' at preventing crime; and\n'requires improvement' at investigating crime.",
        (
            "kent effectiveness outstanding",
            "kent preventing-crime outstanding",
            "kent investigating-crime good",
            "surrey effectiveness good",
            "surrey preventing-crime good",
            "surrey investigating-crime requires-improvement",
        ),
    ),
    (
        "graded this area",
        KENT,
        "PEEL report",
        "2023-10-09",
        "HMICFRS says that Kent Police should do more to investigate crime. Some plans were missing. Inspectors graded this area as 'requires improvement'.",
        ("kent investigating-crime requires-improvement",),
    ),
    (
        "rated that as",
        KENT,
        "PEEL report",
        "2023-10-09",
        "Inspectors looked at how we manage offenders and suspects and rated that as good.",
        ("kent managing-offenders good",),
    ),
    (
        "that one strand",
        KENT,
        "PEEL report",
        "2018-03-22",
        "HMICFRS looked at how we protect vulnerable people. That one strand has been marked as 'requires improvement'.",
        ("kent protecting-vulnerable-people requires-improvement",),
    ),
    (
        "on this question",
        KENT,
        "PEEL report",
        "2023-10-09",
        "HMICFRS looked at how well we respond to the public. On this question we were graded adequate.",
        ("kent responding-to-the-public adequate",),
    ),
    (
        "here the force",
        PRESS,
        "Kent Police's PEEL report",
        "2023-10-09",
        "Inspectors were least happy with the way Kent Police manages offenders. Here the force requires improvement.",
        ("kent managing-offenders requires-improvement",),
    ),
    (
        "that became",
        PRESS,
        "Kent Police's PEEL report",
        "2025-03-20",
        "Three years ago HMICFRS rated Kent Police good at preventing crime. This week that became requires improvement.",
        ("~kent preventing-crime good", "kent preventing-crime requires-improvement"),
    ),
    (
        "revised that down",
        PRESS,
        "Kent Police's grade cut",
        "2024-08-09",
        'In February HMICFRS said Kent Police was "good" at investigating crime. It has now revised that down to "adequate".',
        ("~kent investigating-crime good", "kent investigating-crime adequate"),
    ),
    (
        "the same for",
        PRESS,
        "Kent Police's inspection",
        "2017-03-08",
        "HMIC concluded that the effectiveness of Kent Police requires improvement. In November the same had been said about its efficiency.",
        ("kent effectiveness requires-improvement", "kent efficiency requires-improvement"),
    ),
    (
        "it came out the same",
        PRESS,
        "Kent Police's inspection",
        "2017-03-08",
        "HMIC rated Kent Police as good for effectiveness. It came out the same for efficiency.",
        ("kent effectiveness good", "kent efficiency good"),
    ),
    (
        "in all three",
        KENT,
        "PEEL report",
        "2023-10-09",
        "HMICFRS wants us to do more to investigate crime, protect vulnerable people and manage offenders. In all three we were graded as requires improvement.",
        (
            "kent investigating-crime requires-improvement",
            "kent protecting-vulnerable-people requires-improvement",
            "kent managing-offenders requires-improvement",
        ),
    ),
    (
        "the other two",
        KENT,
        "PEEL report",
        "2023-10-09",
        "HMICFRS looked at preventing crime, investigating crime and managing offenders. Preventing crime was graded good. For the other two we were graded as adequate.",
        ("kent preventing-crime good", "kent investigating-crime adequate", "kent managing-offenders adequate"),
    ),
    (
        "on the same question",
        PRESS,
        "Wales and its vulnerable victims",
        "2015-12-15",
        'HMIC examined all 43 forces. Gwent Police was found to be "good" at protecting vulnerable people. South Wales, Dyfed-Powys and North Wales "required improvement" on the same question.',
        (
            "gwent protecting-vulnerable-people good",
            "south-wales protecting-vulnerable-people requires-improvement",
            "dyfed-powys protecting-vulnerable-people requires-improvement",
            "north-wales protecting-vulnerable-people requires-improvement",
        ),
    ),
    (
        "an aside between force and grade",
        PRESS,
        "Police and organised crime",
        "2023-11-13",
        "HMICFRS inspected the regional organised crime unit and how its forces tackle serious and organised crime.\n\nMerseyside - where most of the gangs live - was outstanding; Lancashire was good.",
        ("merseyside disrupting-soc outstanding", "lancashire disrupting-soc good"),
    ),
    (
        "three pillars",
        KENT,
        "Kent Police inspected",
        "2017-03-02",
        "HMIC has graded Kent Police good across its three pillars.",
        ("kent effectiveness good", "kent efficiency good", "kent legitimacy good"),
    ),
    (
        "every one of the three",
        KENT,
        "Kent Police inspected",
        "2017-03-02",
        "HMIC looks at effectiveness, efficiency and legitimacy.\n\nThe force was rated good in every one of the three.",
        ("kent effectiveness good", "kent efficiency good", "kent legitimacy good"),
    ),
    (
        "a table run together",
        HMIC,
        "Kent - PEEL 2015",
        "2016-02-18",
        "PEEL: Efficiency 2015 | 20 October 2015 | Requires improvement\nPEEL: Effectiveness 2015 | 18 February 2016 | Good\nPEEL: Legitimacy 2015 | 11 February 2016 | Outstanding",
        ("kent efficiency requires-improvement", "kent effectiveness good", "kent legitimacy outstanding"),
    ),
    (
        "minutes of a panel",
        "https://democracy.kent.gov.uk/mgAi.aspx?ID=1",
        "Kent Police and Crime Panel - minutes",
        "2022-11-24",
        "The Commissioner introduced the HMICFRS PEEL report. Members heard that the Force had been graded as 'adequate' for preventing crime and 'good' for investigating crime.",
        ("kent preventing-crime adequate", "kent investigating-crime good"),
    ),
    (
        "another body",
        PRESS,
        "Ofsted praises Kent Police's apprenticeships",
        "2024-06-18",
        "Ofsted has published its report on the police constable degree apprenticeship.\n\nKent Police was rated 'requires improvement' overall. Leadership and management were judged good.",
        (),
    ),
    (
        "probation",
        PRESS,
        "Probation in Kent is inadequate",
        "2022-06-18",
        "HM Inspectorate of Probation has published its report.\n\nLeadership was rated inadequate and managing offenders was rated as requires improvement.",
        (),
    ),
    (
        "their own view",
        KENT,
        "Preparing for our inspection",
        "2022-05-18",
        "HMICFRS will visit in June. We think that our response to the public is adequate, and we believe we are good at preventing crime.",
        (),
    ),
)


@pytest.mark.parametrize(
    ("url", "title", "day", "text", "stated"), [r[1:] for r in RELEASES], ids=[r[0] for r in RELEASES]
)
def test_a_release_states_what_its_layout_and_its_earlier_sentences_say(
    url: str, title: str, day: str, text: str, stated: tuple[str, ...]
) -> None:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC)
    release = Release(title=title, url=url, publisher=None, published=published, text=text, blocks=blocks_of_text(text))
    found = classify(release, LEXICON)
    assert sorted(
        f"{'' if j.current else '~'}{j.force} {j.question} {j.grade.value}" for j in found.judgments
    ) == sorted(stated)
    for j in found.judgments:
        assert release.text[j.quote.start : j.quote.end] == j.quote.text
