"""What became of a cause of concern is read from what is said of it now."""
# ruff: noqa: E501 (a specimen stands on one line)

from __future__ import annotations

import pytest

from app.lines import release_from_line
from config.lexicon import load_lexicon
from inspections.classify import classify
from inspections.findings import CauseOfConcern

LEXICON = load_lexicon()
# (words, raised, kept or closed; '' for none)
SAID = [
    ("We have issued an accelerated cause of concern to Kent Police about its response to calls.", "raised"),
    ("HMICFRS has closed the cause of concern about crime recording at Kent Police.", "closed"),
    ("Inspectors identified two causes of concern in relation to how the force manages offenders.", "raised"),
    (
        "HM Inspector said: I am satisfied that Kent Police has made enough progress and have closed this cause of concern.",
        "closed",
    ),
    ("Kent Police still has three causes of concern to address.", "kept"),
    (
        "All forces are in Scan by default, but may be escalated to Engage if they are not responding to a cause of concern, or if they are not succeeding in managing, mitigating or eradicating the cause of concern.",
        "",
    ),
    ("There were no causes of concern.", ""),
    ("The inspection did not identify any causes of concern.", ""),
    (
        "In 2019 inspectors issued Kent Police with a cause of concern about missing children. It has since been closed.",
        "",
    ),
    ("The cause of concern relating to vulnerable people has been lifted following significant improvement.", "closed"),
    ("The cause of concern will remain open until our next inspection.", "kept"),
    ("Knife crime is a cause for concern for all of us.", ""),
    ("Three causes of concern were issued to the force, along with 14 areas for improvement.", "raised"),
    ("HMICFRS raised serious causes of concern over the way Kent Police investigates crime.", "raised"),
    ("We will revisit the force to review its progress against the causes of concern we identified.", "raised"),
    ("Where there is a cause of concern, we make recommendations.", ""),
    ("A cause of concern is a serious, critical or systemic shortcoming in practice.", ""),
    ("The inspectorate has discharged all of the remaining causes of concern.", "closed"),
    ("The report highlights four causes of concern and 18 areas for improvement.", "raised"),
    ("We have decided not to close the cause of concern about supervision.", "kept"),
    ("We will not be closing the cause of concern at this time.", "kept"),
    ("The force was given a cause of concern for its crime recording.", "raised"),
    ("I am pleased to report that the causes of concern issued in 2022 have been closed.", "closed"),
    ("The two causes of concern from our 2022 inspection remain.", "kept"),
    ("Since then, all previous causes of concern have been removed.", "closed"),
    ("The force hopes to have its causes of concern closed next year.", ""),
    ("HMICFRS said it had issued a new cause of concern over how often officers are taken off their beats.", "raised"),
    ("Inspectors found that the force had one cause of concern and 14 areas for improvement.", "raised"),
    ("Cause of concern: the force does not record enough crimes.", "raised"),
    ("HMICFRS is satisfied that the cause of concern regarding custody can be closed.", "closed"),
]
ABOUT = [
    ("HMICFRS has closed the cause of concern about crime recording at Kent Police.", "recording-crime"),
    ("Kent Police was issued a cause of concern about how it manages offenders.", "managing-offenders"),
    ("It has issued one cause of concern about the state of the cells.", "the state of the cells"),
]


def causes(text: str) -> tuple[CauseOfConcern, ...]:
    url = "https://www.kent.police.uk/x"
    line = {"title": "Kent Police inspection", "url": url, "date": "2024-03-01", "text": text}
    return classify(release_from_line(line, LEXICON), LEXICON).causes


@pytest.mark.parametrize(("words", "state"), SAID)
def test_what_became_of_a_concern_is_read(words: str, state: str) -> None:
    assert {c.state for c in causes(words)} == ({state} if state else set())


@pytest.mark.parametrize(("words", "topic"), ABOUT)
def test_a_concern_is_about_a_question_when_the_words_are_a_questions(words: str, topic: str) -> None:
    assert [c.topic for c in causes(words)] == [topic]


def test_a_list_below_tells_what_the_concerns_are_about() -> None:
    text = "Two causes of concern have been sent to Kent Police.\n\nThey are about:\n- reaching incidents in time\n- vetting"
    assert len(causes(text)) == 2
