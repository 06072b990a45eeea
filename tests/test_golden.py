"""Golden releases: a real document ↔ the findings object it must read as. `make golden` rewrites them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.lines import release_from_line
from config.lexicon import load_lexicon
from inspections.classify import classify
from inspections.wire import findings_object

GOLDEN = Path(__file__).parent / "golden"
LEXICON = load_lexicon()
CHESHIRE = "cheshire-effectiveness-2018"
FRAGMENTS = "vulnerability-fragments-2015"


def read(name: str) -> dict[str, Any]:
    """As `peelwatch classify --json` reads the file: text alone, no title, address or date."""
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    return findings_object(classify(release_from_line({"text": text}, LEXICON), LEXICON), name)


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.txt")), ids=lambda file: file.stem)
def test_a_golden_release_reads_as_its_file_says(file: Path, request: pytest.FixtureRequest) -> None:
    found = read(file.stem)
    expected = file.with_suffix(".json")
    if request.config.getoption("--golden"):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was written anew: read the difference, then run the tests again.")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_the_first_seed_gives_cheshire_its_grades_and_none_of_2016() -> None:
    found = read(CHESHIRE)
    grades = {j["question"]: (j["grade"], j["current"]) for j in found["judgments"]}
    assert found["forces"] == ["cheshire"]
    assert grades["protecting-vulnerable-people"] == ("good", True)
    assert grades["disrupting-soc"] == ("good", True)
    assert set(grades) <= {"protecting-vulnerable-people", "disrupting-soc", "effectiveness"}
    assert all(j["cycle"] != "2016" for j in found["judgments"])
    dwelt_on = {t["theme"] for t in found["themes"]}
    assert dwelt_on >= {"domestic-abuse", "serious-organised-crime", "mental-health", "child-sexual-exploitation"}


def test_the_second_seed_keeps_the_welsh_forces_for_review_and_grades_nobody() -> None:
    found = read(FRAGMENTS)
    assert found["judgments"] == []
    assert {(u["force"], u["grade"]) for u in found["unplaced"]} == {
        (force, "requires-improvement") for force in ("south-wales", "dyfed-powys", "north-wales")
    }
