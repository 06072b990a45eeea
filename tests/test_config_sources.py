"""sources.toml: what an operator may write, and what is said when it is wrong."""

from __future__ import annotations

from datetime import timedelta
from json import dumps
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lexicon import load_lexicon
from config.sources import SourcesRead, load_sources, parse_sources
from inspections.source import Source

LEXICON = load_lexicon()
GOOD = '[[source]]\nurl = "https://www.cheshire.police.uk/news/"\npublisher = "force"\n'


def read(text: str) -> SourcesRead:
    return parse_sources(text, LEXICON)


def only_sentence(text: str) -> str:
    found = read(text)
    assert [str(m) for m in found.mistakes] == [str(found.mistakes[0])]
    return str(found.mistakes[0])


def test_the_file_that_comes_with_it_is_right_and_holds_the_inspectorate_and_all_43_forces() -> None:
    found = load_sources(None, LEXICON)
    assert found.mistakes == ()
    assert {s.force for s in found.sources if s.force} == {f.id for f in LEXICON.forces if f.kind == "territorial"}
    assert any(s.publisher == "inspectorate" for s in found.sources)


def test_only_url_and_publisher_are_needed() -> None:
    assert read(GOOD).sources == (Source("https://www.cheshire.police.uk/news/", "force"),)


def test_every_key_is_read() -> None:
    [source] = read(GOOD + 'force = "cheshire"\nreader = "listing"\nevery = "2h"\n').sources
    assert source == Source("https://www.cheshire.police.uk/news/", "force", "cheshire", "listing", timedelta(hours=2))


@pytest.mark.parametrize(
    ("line", "key", "words"),
    [
        ('evry = "5m"', "evry", 'Did you mean "every"?'),
        ('force = "chesire"', "force", 'Did you mean "cheshire"?'),
        ('force = "Cheshire Police"', "force", 'Did you mean "cheshire"?'),
        ('force = "gmp"', "force", 'Did you mean "greater-manchester"?'),
        ('force = "atlantis"', "force", "Use one of the ids in config/forces.toml"),
        ('force = "🚓"', "force", 'there is no force "🚓"'),
        ('reader = "wordpres"', "reader", 'Did you mean "wordpress"?'),
        ("reader = 3", "reader", "Use one of: auto, feed, wordpress, listing, sitemap, govuk, mynewsdesk."),
        ('every = "10s"', "every", 'too short. Use between "1m" and "31d"'),
        ('every = "99d"', "every", "too long"),
        ('every = "soon"', "every", 'Write every = "15m"'),
        ("every = 15", "every", "15 is not a length of time"),
        ('every = "١٥m"', "every", "is not a length of time"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_file_line_and_mend(line: str, key: str, words: str) -> None:
    said = only_sentence(GOOD + line + "\n")
    assert said.startswith(f"sources.toml, line 4, {key}: ")
    assert words in said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("www.cheshire.police.uk/news/", "does not begin with http"),
        ("ftp://example.org/", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("https://", "has no host"),
        ("https:///news/", "has no host"),
        ("https://news/", "has no host"),
        ("https://exa mple.org/", "a space or a stray sign"),
        ("https://[::1/", "cannot be read"),
        ("https://example.org:99999/", "cannot be read"),
        ("https://bob:hunter2@example.org/", "a user name or a password"),
        ("https://exam\u202eple.org/", "a space or a stray sign"),
        ("", "not a text"),
    ],
)
def test_a_bad_address_is_named(url: str, words: str) -> None:
    said = only_sentence(f'[[source]]\nurl = "{url}"\npublisher = "press"\n')
    assert said.startswith("sources.toml, line 2, url: ")
    assert words in said
    assert "hunter2" not in said


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/news/", "http://[::1]:8000/", "https://heddlu-dyfed.example/"])
def test_an_address_with_a_number_for_its_host_is_well_formed(url: str) -> None:
    assert [s.url for s in read(f'[[source]]\nurl = "{url}"\npublisher = "press"\n').sources] == [url]


def test_what_is_missing_is_named() -> None:
    said = [str(m) for m in read("\n[[source]]\n").mistakes]
    assert said[0].startswith("sources.toml, line 2, url: [[source]] has no url. Add url = ")
    assert "publisher" in said[1]
    assert "inspectorate, force, pcc, press" in said[1]


def test_the_same_address_twice_is_watched_once() -> None:
    found = read(GOOD + GOOD.replace("www.cheshire", "WWW.Cheshire").replace("news/", "news"))
    assert len(found.sources) == 1
    assert "line 5, url: this address stands already in line 2" in str(found.mistakes[0])


BROKEN = (
    ("url twice", 'url = "https://a.example.org/"\nurl = "https://b.example.org/"\npublisher = "press"\n', 2),
    ("no quotes", "url = https://a.example.org/\n", 1),
    ("quote left open", 'url = "https://a.example.org/\npublisher = "press"\n', 1),
    ("no value", "url =\n", 1),
    ("a number without end", f"every = {'9' * 5000}\n", 1),
    ("brackets without end", f"every = {'[' * 20_000}\n", 1),
)


@pytest.mark.parametrize(("text", "line"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_table_that_is_not_toml_is_named_and_the_others_stay(text: str, line: int) -> None:
    other = GOOD.replace("www.cheshire.police.uk", "www.kent.police.uk")
    found = read(GOOD + "\n[[source]]\n" + text + "\n" + other)
    assert [s.url for s in found.sources] == [
        "https://www.cheshire.police.uk/news/",
        "https://www.kent.police.uk/news/",
    ]
    [said] = found.mistakes
    assert 5 <= said.line <= 5 + line + 1
    assert "this is not TOML" in str(said) or "nested too deeply" in str(said)


def test_lines_ended_the_windows_way_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (GOOD + 'evry = "5m"\n' + GOOD).encode().replace(b"\n", b"\r\n"))
    found = load_sources(path, LEXICON)
    assert len(found.sources) == 1
    assert str(found.mistakes[0]).startswith(f"{path}, line 4, evry: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it holds no source"),
        ("# nothing yet\n", "it holds no source"),
        ('[source]\nurl = "https://a.example.org/"\n', "Write [[source]] above each one"),
        ('[[sorce]]\nurl = "https://a.example.org/"\n', 'Did you mean "source"?'),
        ('url = "https://a.example.org/"\npublisher = "press"\n', "there is no table named"),
    ],
)
def test_a_file_without_sources_says_so(text: str, words: str) -> None:
    assert words in str(read(text).mistakes[0])


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    missing, folder, latin, huge = (tmp_path / name for name in ("missing.toml", "folder", "latin.toml", "huge.toml"))
    folder.mkdir()
    latin.write_bytes(b"# one\n# caf\xe9\n")
    huge.write_bytes(b"#" * 10_000_000)
    sentences = [str(load_sources(p, LEXICON).mistakes[0]) for p in (missing, folder, latin, huge)]
    assert "No such file or directory" in sentences[0]
    assert "it is not a file" in sentences[1]
    assert f"{latin}, line 2: it is not in UTF-8. Save it as UTF-8." in sentences[2]
    assert "it is 10.0 MB long, more than the 2 MB allowed" in sentences[3]


@given(st.text())
def test_any_text_gives_an_answer(text: str) -> None:
    assert isinstance(read(text), SourcesRead)


VALUES = st.one_of(st.text(max_size=40), st.integers(), st.booleans(), st.lists(st.text(max_size=3), max_size=2))


@given(st.dictionaries(st.sampled_from(["url", "publisher", "force", "reader", "every", "x"]), VALUES))
def test_any_table_is_read_or_named_and_never_loses_its_neighbour(values: dict[str, object]) -> None:
    lines = [f"{k} = {dumps(v)}" for k, v in values.items()]
    found = read("\n".join(["[[source]]", *lines, GOOD]))
    assert len(found.sources) + (1 if found.mistakes else 0) >= 2
    assert "https://www.cheshire.police.uk/news/" in {s.url for s in found.sources}
    assert all(str(m).count("\n") == 0 and m.mend for m in found.mistakes)
