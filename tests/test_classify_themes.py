"""A theme is found where a release dwells on it, not where it is named in passing."""

from __future__ import annotations

from app.lines import release_from_line
from config.lexicon import load_lexicon
from inspections.classify import classify

LEXICON = load_lexicon()
CALLS = (
    "Kent Police takes too long to answer 101 calls. A third of those who rang were abandoned before a call handler "
    "picked up the phone.\n\nThe control room has since been given forty more people.\n\n"
)


def themes(text: str, title: str = "Inspection report", url: str = "https://www.kent.police.uk/x") -> list[str]:
    line = {"title": title, "url": url, "date": "2024-03-01", "text": text}
    return [t.theme for t in classify(release_from_line(line, LEXICON), LEXICON).themes]


def test_what_is_dwelt_on_comes_first() -> None:
    assert themes(CALLS)[:1] == ["response-calls"]


def test_what_is_named_in_passing_is_left_out() -> None:
    assert "roads" not in themes(CALLS + "One caller had seen a collision.")


def test_notes_and_teasers_are_not_what_a_release_dwells_on() -> None:
    teasers = (
        "Read more: Burglary and shoplifting up\nRead more: Robbery suspects held for theft, shoplifting and burglary"
    )
    assert "acquisitive-crime" not in themes(CALLS + teasers)


def test_an_abbreviation_is_matched_only_as_it_stands() -> None:
    assert "counter-terrorism" not in themes("We prevent crime. " * 5 + CALLS)


def test_a_police_release_has_no_theme_of_the_fire_service() -> None:
    assert not [t for t in themes("Home fire safety visits and smoke alarms. " * 4) if t.startswith("fire-")]


def test_every_theme_shows_its_words() -> None:
    line = {"title": "Calls", "url": "", "date": "", "text": CALLS}
    found = classify(release_from_line(line, LEXICON), LEXICON).themes
    assert found
    assert all(CALLS[q.start : q.end] == q.text for theme in found for q in theme.quotes)


def test_a_page_without_a_subject_has_no_theme() -> None:
    assert themes("Contact us. Accessibility. Cookies.") == []
