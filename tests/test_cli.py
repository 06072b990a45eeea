"""The command line as other programs meet it: exit statuses, JSON alone on standard output, sentences for mistakes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import peelwatch
from tests.servers.site import Site

TEXT = "Cheshire Constabulary is good at investigating crime. It requires improvement at responding to the public."
PAGE = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Inspection</title></head><body><main><article>"
    f"<h1>Inspection</h1><p>Published on: 22 May 2025</p><p>{TEXT}</p></article></main></body></html>"
)
NOBODY = '[[source]]\nurl = "http://127.0.0.1:9/news/"\npublisher = "press"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database that has the baseline in it, and one source that nobody answers at."""
    made = tmp_path_factory.mktemp("cli")
    (made / "sources.toml").write_text(NOBODY, encoding="utf-8")
    done = peelwatch("migrate", folder=made)
    assert (done.returncode, done.stderr) == (0, "")
    return made


def graded(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(j["force"], j["question"], j["grade"]) for j in found["judgments"]}


GRADES = {
    ("cheshire", "investigating-crime", "good"),
    ("cheshire", "responding-to-the-public", "requires-improvement"),
}


def test_the_version_and_the_help_are_told() -> None:
    assert re.fullmatch(r"peelwatch \d+\.\d+\.\d+\n", peelwatch("--version").stdout)
    assert "classify" in peelwatch("--help").stdout


@pytest.mark.parametrize("words", [("fly",), ("poll", "--fast"), ("ask",)])
def test_a_wrong_use_ends_with_2_and_says_so_beside_the_output(words: tuple[str, ...]) -> None:
    done = peelwatch(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage:" in done.stderr


def test_an_answer_is_printed_for_a_person(folder: Path) -> None:
    done = peelwatch("ask", "/grade cheshire", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Cheshire Constabulary" in done.stdout
    assert "requires improvement" in done.stdout
    assert "<b>" not in done.stdout


def test_an_answer_is_json_alone_with_text_buttons_and_image(folder: Path) -> None:
    done = peelwatch("ask", "/grade gloucester fire or police", "--json", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert set(said) == {"text", "buttons", "image"}
    assert said["text"]
    assert said["image"] is None
    assert all(set(button) == {"label", "data"} for row in said["buttons"] for button in row)


def test_a_warning_goes_beside_the_json(folder: Path) -> None:
    done = peelwatch("ask", "/help", "--json", folder=folder, tokn="x")
    assert json.loads(done.stdout)["text"]
    assert "PEELWATCH_TOKN" in done.stderr


def test_a_setting_that_cannot_be_used_ends_with_1_and_a_sentence(folder: Path) -> None:
    done = peelwatch("ask", "/help", folder=folder, fresh_days="soon")
    assert (done.returncode, done.stdout) == (1, "")
    assert "PEELWATCH_FRESH_DAYS" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_is_classified_from_standard_input_and_its_quotes_are_places_in_it() -> None:
    done = peelwatch("classify", "--json", "--published", "2025-05-22", text=TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert graded(found) == GRADES
    for judgment in found["judgments"]:
        evidence = judgment["evidence"]
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["text"]


def test_a_text_is_classified_for_a_person_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = peelwatch("classify", str(file), "--published", "2025-05-22")
    assert done.returncode == 0
    assert "Cheshire Constabulary: investigating crime: good" in done.stdout
    assert json.loads(peelwatch("classify", str(file), "--json").stdout)["id"] == "release.txt"


def test_a_page_is_classified_as_it_would_be_read(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    assert graded(json.loads(peelwatch("classify", "--html", "--json", str(file)).stdout)) == GRADES


def test_lines_of_json_give_a_line_each_in_their_order() -> None:
    lines = [{"id": "a", "text": TEXT, "date": "2025-05-22"}, {"id": "b", "text": ""}, {"text": "Nothing."}]
    done = peelwatch("classify", "--jsonl", text="\n".join(json.dumps(line) for line in lines))
    found = [json.loads(row) for row in done.stdout.splitlines()]
    assert (done.returncode, [f["id"] for f in found]) == (0, ["a", "b", "3"])
    assert graded(found[0]) == GRADES
    assert found[1]["judgments"] == found[2]["judgments"] == []


@pytest.mark.parametrize(
    ("words", "text", "says"),
    [
        (("no-such-file.txt",), "", "no-such-file.txt cannot be read"),
        (("--published", "soon"), TEXT, '--published "soon" is not a date'),
        (("--jsonl",), '{"text": "a"}\nnot json', "Line 2"),
        (("--jsonl",), '{"id": 1}', "Line 1"),
        (("--jsonl",), '{"text": 7}', "Line 1"),
        (("--html", "-"), "", "cannot be read"),
    ],
)
def test_what_cannot_be_classified_ends_with_1_and_a_sentence(words: tuple[str, ...], text: str, says: str) -> None:
    done = peelwatch("classify", *words, text=text)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00grade", "‘good’ – ü 漢".encode(), b"\xef\xbb\xbf" + TEXT.encode()])
def test_any_bytes_are_classified(text: bytes) -> None:
    done = peelwatch("classify", "--json", text=text)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(json.loads(done.stdout)) >= {"forces", "judgments", "unplaced", "themes"}


def test_a_source_that_is_not_watched_is_not_polled(folder: Path) -> None:
    done = peelwatch("poll", "https://www.example.org/elsewhere/", folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "https://www.example.org/elsewhere/ is not watched" in done.stderr


def test_a_pass_in_which_no_source_could_be_read_ends_with_1_and_says_why(folder: Path) -> None:
    done = peelwatch("poll", "--all", folder=folder)
    assert done.returncode == 1
    assert "http://127.0.0.1:9/news/: " in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_pass_says_what_it_learned(tmp_path: Path) -> None:
    rows = "<li><h2><a href='/news/a/'>Cheshire Constabulary inspected</a></h2><p>22 May 2025</p></li>"
    listing = f"<!doctype html><html lang='en'><body><main><h1>News</h1><ul>{rows}</ul></main></body></html>"
    with Site({"/news/": listing, "/news/a/": PAGE}) as site:
        toml = f'[[source]]\nurl = "{site.url("/news/")}"\npublisher = "inspectorate"\n'
        (tmp_path / "sources.toml").write_text(toml, encoding="utf-8")
        done = peelwatch("poll", "--all", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 new release from 1 source" in done.stdout
    assert "alerts nobody" in done.stdout
