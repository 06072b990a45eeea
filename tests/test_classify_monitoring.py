"""A move into or out of Engage is read where a release is the news of it, never from history or from what explains the term."""
# ruff: noqa: E501 (a specimen stands on one line)

from __future__ import annotations

import pytest

from app.lines import release_from_line
from config.lexicon import load_lexicon
from inspections.classify import classify

LEXICON = load_lexicon()
# (title, date, text, the force that moved, entered or left)
RELEASES = [
    (
        "Lincolnshire Police moved into enhanced monitoring",
        "2024-12-06",
        "Lincolnshire Police has been moved into an enhanced level of monitoring by HMICFRS.\n\nHMICFRS continuously monitors the performance of all 43 police forces in England and Wales. All police forces are in routine monitoring (known as Scan) by default, but may be escalated to enhanced monitoring, known as Engage, if they are not responding to a cause of concern.",
        "lincolnshire",
        "entered",
    ),
    (
        "West Midlands Police removed from enhanced monitoring",
        "2024-09-20",
        "West Midlands Police has been removed from the enhanced phase of monitoring, known as Engage, and returned to the default phase, known as Scan.\n\nThe force was moved into Engage in November 2023.",
        "west-midlands",
        "left",
    ),
    (
        "Staffordshire Police has made improvements but further changes needed",
        "2024-07-05",
        "Staffordshire Police has improved. The force was moved into Engage in June 2022 and was moved out in May 2024.",
        "",
        "",
    ),
    (
        "Wiltshire Police out of special measures",
        "2024-05-21",
        "Wiltshire Police has been taken out of special measures after almost two years, inspectors have said.\nThe force was placed into special measures in June 2022 after inspectors found it was failing.",
        "wiltshire",
        "left",
    ),
    (
        "Cleveland Police no longer in special measures",
        "2023-09-20",
        "Cleveland Police is no longer in special measures, the police watchdog has announced.",
        "cleveland",
        "left",
    ),
    (
        "Met returns to default phase",
        "2025-01-23",
        "His Majesty's Chief Inspector has decided to remove the Metropolitan Police Service from Engage and return it to the Scan phase of monitoring.",
        "metropolitan",
        "left",
    ),
    (
        "Met Police: special measures lifted",
        "2025-01-23",
        "The Metropolitan Police has been taken out of special measures by the watchdog. It was put into the enhanced stage in June 2022.",
        "metropolitan",
        "left",
    ),
    (
        "Fire service placed into enhanced monitoring",
        "2022-12-15",
        "London Fire Brigade has been moved into an enhanced level of monitoring by HMICFRS.",
        "frs-london",
        "entered",
    ),
    (
        "Report",
        "2023-03-17",
        "Cleveland Police, which was placed in special measures in 2019, still needs to improve.",
        "",
        "",
    ),
    (
        "Report",
        "2023-03-17",
        "Cleveland Police remains in enhanced monitoring. Six forces are in Engage: Cleveland, Wiltshire, Staffordshire, the Met, Gloucestershire and Devon and Cornwall.",
        "",
        "",
    ),
    (
        "Hospital",
        "2023-03-17",
        "The hospital trust in Kent was placed in special measures today. Kent Police is investigating.",
        "",
        "",
    ),
    (
        "Nottinghamshire Police moved into enhanced monitoring",
        "2024-03-11",
        "Nottinghamshire Police has been moved into enhanced monitoring due to concerns over its performance.\nHMICFRS said it would support the force to return to the Scan phase.",
        "nottinghamshire",
        "entered",
    ),
    (
        "Force in special measures",
        "2024-03-11",
        "Nottinghamshire Police has been put into special measures by inspectors.",
        "nottinghamshire",
        "entered",
    ),
    (
        "Gloucestershire",
        "2021-10-20",
        "Gloucestershire Constabulary was placed into special measures today.",
        "gloucestershire",
        "entered",
    ),
    (
        "GMP",
        "2020-12-18",
        "Greater Manchester Police is to be placed in special measures after a damning report, the inspectorate has announced.",
        "greater-manchester",
        "entered",
    ),
    (
        "GMP",
        "2020-12-18",
        "Her Majesty's Inspectorate of Constabulary has placed Greater Manchester Police into an advanced phase of monitoring, known as Engage.",
        "greater-manchester",
        "entered",
    ),
    (
        "PCC statement",
        "2022-06-28",
        "The decision by HMICFRS to move Wiltshire Police into the Engage phase is disappointing.",
        "wiltshire",
        "entered",
    ),
    (
        "PCC responds",
        "2024-05-21",
        "I am delighted that Wiltshire Police has moved out of Engage and back to the default Scan phase.",
        "wiltshire",
        "left",
    ),
    (
        "HMICFRS letter",
        "2024-05-21",
        "I am writing to confirm that Wiltshire Police will be moved from the Engage to the Scan phase of monitoring.",
        "wiltshire",
        "left",
    ),
    (
        "Blog",
        "2024-05-21",
        "We engage with communities. We scan the horizon. Kent Police has moved to engage young people.",
        "",
        "",
    ),
    (
        "Peel",
        "2023-10-21",
        "The force was removed from Engage in 2022. If Kent Police does not improve it could be placed in Engage.",
        "",
        "",
    ),
    (
        "South Yorkshire",
        "2018-03-21",
        "Humberside Police is out of special measures, inspectors say.",
        "humberside",
        "left",
    ),
    ("x", "2018-03-21", "Kent Police returned to routine monitoring yesterday.", "kent", "left"),
    (
        "Statement",
        "2024-05-21",
        "I welcome the news that Wiltshire Police has been removed from Engage by HMICFRS.",
        "wiltshire",
        "left",
    ),
    (
        "Statement",
        "2024-05-21",
        "Today the inspectorate announced that Wiltshire Police would return to routine monitoring.",
        "wiltshire",
        "left",
    ),
    (
        "Statement",
        "2024-05-21",
        "Wiltshire Police can now leave Engage, the chief inspector said.",
        "wiltshire",
        "left",
    ),
    (
        "Wiltshire leaves special measures",
        "2024-05-21",
        "WILTSHIRE Police has left special measures for the first time in two years.",
        "wiltshire",
        "left",
    ),
    (
        "Wiltshire",
        "2024-05-21",
        "Wiltshire Police becomes the second force this year to leave Engage.",
        "wiltshire",
        "left",
    ),
    (
        "Wiltshire",
        "2022-06-28",
        "Wiltshire Police has become the sixth force to be placed in special measures.",
        "wiltshire",
        "entered",
    ),
    (
        "Wiltshire",
        "2022-06-28",
        "Wiltshire Police is being moved to the Engage phase of monitoring, it was announced today.",
        "wiltshire",
        "entered",
    ),
    (
        "Wiltshire",
        "2022-06-28",
        "HMICFRS has told Wiltshire Police that it is being escalated into its Engage monitoring process.",
        "wiltshire",
        "entered",
    ),
    ("Wiltshire", "2022-06-28", "Wiltshire Police has gone into special measures.", "wiltshire", "entered"),
    (
        "Wiltshire",
        "2022-06-28",
        "Wiltshire Police were yesterday escalated to 'engage' status by the inspectorate.",
        "wiltshire",
        "entered",
    ),
    (
        "Wiltshire",
        "2024-06-28",
        "Wiltshire Police was in special measures between 2022 and 2024, but its latest report shows it is adequate.",
        "",
        "",
    ),
    (
        "Wiltshire",
        "2024-06-28",
        "Last month Wiltshire Police was moved out of Engage. The report says it is good at managing offenders.",
        "",
        "",
    ),
    (
        "Wiltshire",
        "2023-06-28",
        "Wiltshire Police, which is in special measures, has failed to meet its targets.",
        "",
        "",
    ),
    (
        "Wiltshire",
        "2023-06-28",
        "Wiltshire Police is in Engage and its chief constable hopes it will be moved out of Engage next year.",
        "",
        "",
    ),
    (
        "Wiltshire",
        "2023-06-28",
        "The force was one of six to be put into special measures. It has not been removed from Engage.",
        "",
        "",
    ),
    (
        "West Midlands",
        "2023-11-24",
        "West Midlands Police has been moved into ‘Engage’ - a form of special measures - by HMICFRS.",
        "west-midlands",
        "entered",
    ),
    (
        "West Midlands",
        "2024-09-24",
        "West Midlands Police is back in the default phase of monitoring after ten months in Engage.",
        "west-midlands",
        "left",
    ),
    ("West Midlands", "2024-09-24", "West Midlands Police is no longer in Engage.", "west-midlands", "left"),
    (
        "West Midlands",
        "2024-09-24",
        "I have therefore decided to discharge West Midlands Police from Engage.",
        "west-midlands",
        "left",
    ),
    (
        "Cleveland Police: Return to Scan",
        "2023-09-24",
        "I am pleased to inform you that I have taken the decision to move Cleveland Police from Engage to Scan.",
        "cleveland",
        "left",
    ),
    (
        "London Fire Brigade returns to routine monitoring",
        "2024-03-24",
        "London Fire Brigade has been moved from an enhanced level of monitoring to a routine level.",
        "frs-london",
        "left",
    ),
    (
        "Commissioner’s statement",
        "2024-05-21",
        "Kent’s commissioner has welcomed confirmation that Kent Police has moved out of HMICFRS’s Engage phase.",
        "kent",
        "left",
    ),
    (
        "Kent Police inspected",
        "2024-05-21",
        "HMICFRS said that the force was moved out of Engage, its enhanced phase of monitoring, in January 2024.",
        "",
        "",
    ),
    (
        "Kent Police",
        "2024-05-21",
        "The force has turned a corner, it was told, three years after it was put in special measures.",
        "",
        "",
    ),
    (
        "Kent Police",
        "2024-05-21",
        "HM Chief Inspector has decided that Kent Police should be moved from Scan into Engage.",
        "kent",
        "entered",
    ),
    (
        "Kent Police",
        "2024-05-21",
        "Kent Police has been placed in special measures by HMICFRS following an inspection last year.",
        "kent",
        "entered",
    ),
    ("Kent Police", "2024-05-21", "Kent Police has been moved into Engage twice before.", "", ""),
    (
        "Kent Police comes out of special measures",
        "2024-05-21",
        "The force was put in special measures in June 2022.",
        "kent",
        "left",
    ),
    (
        "Two years after leaving special measures, Kent Police is praised",
        "2024-05-21",
        "The force was in special measures until 2022.",
        "",
        "",
    ),
]


def moves(title: str, day: str, text: str) -> list[tuple[str, str]]:
    url = "https://hmicfrs.justiceinspectorates.gov.uk/news/x/"
    line = {"title": title, "url": url, "date": day, "text": text}
    return [(m.force, m.move) for m in classify(release_from_line(line, LEXICON), LEXICON).monitoring]


@pytest.mark.parametrize(("title", "day", "text", "force", "move"), RELEASES)
def test_only_a_move_that_is_news_is_read(title: str, day: str, text: str, force: str, move: str) -> None:
    assert moves(title, day, text) == ([(force, move)] if force else [])


def test_two_forces_can_move_in_one_sentence() -> None:
    text = "The police watchdog has put Wiltshire Police and Staffordshire Police into special measures."
    assert sorted(moves("Two forces", "2022-06-28", text)) == [("staffordshire", "entered"), ("wiltshire", "entered")]
