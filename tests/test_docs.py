"""The docs keep their word: commands, targets, words, paths and links they name exist, and what exists is named."""

from __future__ import annotations

import importlib
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from app.cli import cli
from bot.commands import answer
from bot.replies import COMMANDS, HELP, UNKNOWN_COMMAND
from store.tables import SourceRow
from tests.store_builders import NOW, chat, lexicon, store_at

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = frozenset(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
ROOMS = ("inspections", "config", "scrapers", "store", "bot", "app")
WORDS = tuple(re.findall(r"^\| \*\*(.+?)\*\* \|", GLOSSARY, re.MULTILINE))
# terms of the field and of the messages, for which the code has no class of that name
NO_CLASS = frozenset({"Inspectorate", "Pillar", "Scan, Engage", "Claim, confirmed", "Bundle", "Correction"})
TABLES = frozenset(SourceRow.metadata.tables)
JOINS = frozenset({"delivery_change"})
COMMAND_TREE = typer.main.get_command(cli)
COMMAND_NAMES = frozenset(COMMAND_TREE.commands)  # type: ignore[attr-defined]


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def pages() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def source_of(room: str) -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / room).rglob("*.py")))


def with_subcommands(command: Any) -> list[Any]:
    return [command, *(c for sub in getattr(command, "commands", {}).values() for c in with_subcommands(sub))]


@pytest.mark.parametrize("name", sorted(COMMAND_NAMES))
def test_every_command_is_in_the_docs_and_explains_itself_and_its_options(name: str) -> None:
    assert f"`peelwatch {name}" in OPERATIONS
    for command in with_subcommands(COMMAND_TREE.commands[name]):  # type: ignore[attr-defined]
        assert command.help
        for option in command.params:
            assert getattr(option, "help", ""), f"{command.name} {option.name}"


def test_the_docs_name_no_command_and_no_target_that_is_none() -> None:
    for page in pages():
        text = page.read_text(encoding="utf-8")
        assert set(re.findall(r"`(?:\$ )?peelwatch ([a-z]+)", text)) <= COMMAND_NAMES, page
        assert set(re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE)) <= TARGETS, page


def test_messages_and_tables_of_config_name_no_command_that_is_none() -> None:
    said = source_of("bot") + source_of("store") + source_of("config")
    said += "".join(p.read_text(encoding="utf-8") for p in (ROOT / "config").glob("*.toml"))
    assert set(re.findall(r"[`“\"]peelwatch ([a-z]+)", said)) <= COMMAND_NAMES


def test_make_lists_every_target_it_has() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == TARGETS


def test_every_line_of_the_procfile_is_a_command() -> None:
    rows = [r for r in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines() if r and not r.startswith("#")]
    assert {row.partition(":")[0] for row in rows} >= {"bot", "clock"}
    for row in rows:
        program, command = shlex.split(row.partition(":")[2])
        assert program == "peelwatch"
        assert command in COMMAND_NAMES


def test_every_chat_command_of_the_docs_is_answered(tmp_path: Path) -> None:
    named = set(re.findall(r"`(/[a-z]+)", README)) | set(re.findall(r"(?:^|\s)(/[a-z]+)\b", HELP))
    assert named >= {f"/{name}" for name, _ in COMMANDS} - {"/help"}
    with store_at(tmp_path / "docs.db") as opened:
        for command in sorted(named):
            told = answer(command, chat(), store=opened, lexicon=lexicon(), now=NOW, admin=True).text_html
            assert told
            assert told != UNKNOWN_COMMAND, command


@pytest.mark.parametrize("word", [w for w in WORDS if w not in NO_CLASS])
def test_a_word_of_the_glossary_is_the_name_of_it_in_code(word: str) -> None:
    name = "".join(part.capitalize() for part in word.split())
    stated = re.compile(rf"^(?:class {name}(?:Row)?\b|{name} = )", re.MULTILINE)
    is_table = word.lower().replace(" ", "_") in TABLES
    assert is_table or any(stated.search(source_of(room)) for room in ROOMS)


@pytest.mark.parametrize("table", sorted(TABLES - JOINS))
def test_a_table_is_named_by_a_word_of_the_glossary(table: str) -> None:
    assert f"**{table.replace('_', ' ')}" in GLOSSARY.casefold()


def test_every_link_between_the_pages_leads_somewhere() -> None:
    for page in pages():
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                assert (page.parent / target.partition("#")[0]).exists(), f"{page}: {target}"


def test_every_path_the_docs_name_exists() -> None:
    path = re.compile(rf"`((?:{'|'.join(ROOMS)}|docs|tests)/[\w./-]*)`")
    for page in pages():
        for named in path.findall(page.read_text(encoding="utf-8")):
            assert (ROOT / named).exists(), f"{page}: {named}"


def test_every_page_of_docs_is_linked_from_another() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in pages()
        for target in re.findall(r"\]\(([^)\s:]+)\)", page.read_text(encoding="utf-8"))
    }
    for page in (ROOT / "docs").rglob("*.md"):
        assert page.resolve() in linked or page.parent.resolve() in linked, page


def test_no_file_names_a_package_host_or_a_place_on_one_machine() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org")
    place = re.compile(rb"(?<![\w.-])/(?:wo" rb"rk|root|home/\w+)/")
    for path in tracked():
        content = path.read_bytes()
        assert not any(host.encode() in content for host in hosts), path
        assert not place.search(content) or path.is_relative_to(ROOT / "tests" / "sites"), path


def test_no_lock_file_that_names_its_hosts_is_kept() -> None:
    assert not {"uv.lock", "pylock.toml", "poetry.lock"} & {path.name for path in tracked()}
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_changelog_says_what_is_new_and_the_rooms_can_be_imported() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (Unreleased|\[?\d)", changes, re.MULTILINE)
    assert re.search(r"^- \w.*\.$", changes, re.MULTILINE)
    for room in ROOMS:
        assert importlib.import_module(room).__doc__, room


def test_every_file_of_ours_says_its_subject_in_its_first_line() -> None:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert text.startswith('"""'), path
