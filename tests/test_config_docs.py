"""The docs say what is so: every setting is listed, and every example of a source reads as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.lexicon import load_lexicon
from config.settings import names, table
from config.sources import KEYS, parse_sources
from inspections.model import PUBLISHERS
from inspections.source import READERS

DOCS = Path(__file__).parent.parent / "docs"
SOURCES = (DOCS / "sources.md").read_text(encoding="utf-8")
# ```toml … ``` and, when the next thing is ```text … ```, what it says
EXAMPLE = re.compile(r"```toml\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)


@pytest.mark.parametrize("row", table().split("\n"))
def test_every_setting_is_in_the_docs_with_its_default(row: str) -> None:
    assert row in (DOCS / "operations.md").read_text(encoding="utf-8")


def test_the_docs_name_no_setting_that_is_none() -> None:
    for page in DOCS.rglob("*.md"):
        assert set(re.findall(r"PEELWATCH_[A-Z_]+", page.read_text(encoding="utf-8"))) <= set(names()), page.name


@pytest.mark.parametrize(("example", "says"), EXAMPLE.findall(SOURCES))
def test_an_example_of_a_source_reads_as_the_page_says(example: str, says: str) -> None:
    found = parse_sources(example, load_lexicon())
    assert [str(m) for m in found.mistakes] == says.splitlines()
    assert found.sources or says


def test_the_page_on_sources_names_every_key_reader_and_publisher() -> None:
    for word in (*KEYS, *READERS, *PUBLISHERS):
        assert f"`{word}`" in SOURCES
