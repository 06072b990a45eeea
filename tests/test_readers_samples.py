"""Twelve sites, each made like a kind that really publishes releases: what is on their pages is what is read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from inspections.release import Release
from inspections.source import Source
from scrapers.dates import LONDON
from scrapers.discover import Place, find_place
from scrapers.pages import Failed, Item, Items, Page
from scrapers.readers import read_items, read_release
from scrapers.urls import canonical_url

SITES = Path(__file__).parent / "sites"
EXPECTED: dict[str, Any] = json.loads((SITES / "expected.json").read_text("utf-8"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PRESS = Source("http://x.example/news/", "press")


@cache
def page(url: str) -> Page:
    kept = EXPECTED["pages"][url]
    return Page(url, url, (SITES / kept["file"]).read_bytes(), kept["type"], "", "", NOW)


def ask(url: str) -> Page | Failed:
    kept = url.partition("?")[0] if "/wp-json/" in url else url
    return page(kept) if kept in EXPECTED["pages"] else Failed(f"{url} is not there (404).", "missing")


def article(fragment: str) -> tuple[dict[str, Any], Release]:
    wanted = next(a for a in EXPECTED["articles"] if fragment in a["url"])
    read = read_release(page(wanted["url"]), Item(wanted["url"], wanted["title"]), PRESS)
    assert isinstance(read, Release)
    return wanted, read


@pytest.mark.parametrize("wanted", EXPECTED["articles"], ids=lambda a: a["url"].removeprefix("http://"))
def test_an_article_is_its_text_its_title_and_its_date_and_nothing_else(wanted: dict[str, Any]) -> None:
    read = read_release(page(wanted["url"]), Item(wanted["url"], wanted["title"]), PRESS)
    assert isinstance(read, Release)
    assert read.title == wanted["title"]
    assert [words for words in wanted["holds"] if words not in read.text] == []
    assert [words for words in wanted["lacks"] if words in read.text] == []
    assert read.published == datetime.fromisoformat(wanted["published"])
    assert read.original == wanted["original"]
    assert "\n".join(read.words(b) for b in read.blocks) == read.text


@pytest.mark.parametrize("wanted", EXPECTED["listings"], ids=lambda a: a["url"].removeprefix("http://"))
def test_a_pasted_address_gives_its_items_whatever_kind_of_site_it_is(wanted: dict[str, Any]) -> None:
    source = Source(wanted["url"], "press")
    first = page(wanted["url"])
    place = find_place(source, first, read_items(first), ask)
    assert isinstance(place, Place), place
    assert place.reader == wanted["reader"]
    got = {canonical_url(i.url): i for i in place.items.items}
    assert list(got) == [canonical_url(i["url"]) for i in wanted["items"]] or wanted["reader"] == "wordpress"
    assert set(got) == {canonical_url(i["url"]) for i in wanted["items"]}
    for item in wanted["items"]:
        found = got[canonical_url(item["url"])]
        assert found.title == item["title"]
        if found.published:
            assert found.published.astimezone(LONDON).date() == datetime.fromisoformat(item["published"]).date()


def test_a_listing_is_read_quickly_enough_to_know_the_next_page() -> None:
    found = read_items(page("http://westmercia.police.example/news/west-mercia/news/"))
    assert isinstance(found, Items)
    assert found.next_url == "http://westmercia.police.example/news/west-mercia/news/?page=2"


def test_grades_that_stand_in_pictures_are_blocks_of_their_own() -> None:
    _, svg = article("hertfordshire-2023-25")
    pairs = [(b.kind, svg.words(b)) for b in svg.blocks]
    at = pairs.index(("item", "Crime recording"))
    assert pairs[at + 1] == ("alt", "Inadequate")
    _, png = article("wiltshire-2023-25")
    assert any(b.kind == "alt" and "Requires improvement: investigating crime" in png.words(b) for b in png.blocks)


def test_headings_items_and_accordions_keep_their_role() -> None:
    _, read = article("police-legitimacy-2017-force-by-force")
    kinds = {read.words(b): (b.kind, b.level) for b in read.blocks}
    assert kinds["Kent Police"] == ("heading", 3)
    assert kinds["is ‘good’ at treating its own workforce with fairness and respect."] == ("item", 1)


def test_a_page_says_which_is_its_twin_in_the_other_language() -> None:
    _, english = article("/en/news/2024/inspectors")
    _, welsh = article("/cy/newyddion/2024/arolygwyr")
    assert (english.language, welsh.language) == ("en", "cy")
    assert english.translations == (welsh.url,)
    assert welsh.translations == (english.url,)


def test_a_page_of_windows_bytes_that_says_nothing_keeps_its_quotes_and_pounds() -> None:
    _, read = article("cafe-burglary-wells")
    assert read.title.startswith("Café burglary")
    assert "About €300 and £640" in read.text


def test_a_page_that_says_utf_8_and_is_not_keeps_what_can_be_kept() -> None:
    _, read = article("surrey-must-record-more-crime")
    assert "Surrey Police requires improvement at recording crime" in read.text
    assert "2023–25" in read.text


def test_three_of_five_entries_are_three_articles_whatever_their_ids_say() -> None:
    found = read_items(page("http://hostile.example/feeds/duplicates.xml"))
    assert isinstance(found, Items)
    assert len(found.items) == 3


def test_a_feed_of_impossible_dates_keeps_its_items_and_drops_the_dates() -> None:
    found = read_items(page("http://hostile.example/feeds/future.xml"))
    assert isinstance(found, Items)
    dated = {i.title: i.published for i in found.items}
    assert dated["Gloucestershire Constabulary records crime well"] == datetime(2024, 3, 13, 9, tzinfo=UTC)
    assert [dated[t] for t in dated if t.startswith(("Dated", "Lost", "Front"))] == [None] * 4


def test_a_page_dated_in_1970_or_2035_has_no_date_rather_than_a_wrong_one() -> None:
    for name in ("dated-in-the-future", "dated-at-the-epoch"):
        url = f"http://hostile.example/news/{name}/"
        read = read_release(page(url), Item(url, ""), PRESS)
        assert isinstance(read, Release)
        assert read.published is None


def test_a_broken_feed_gives_what_can_be_read_of_it() -> None:
    found = read_items(page("http://hostile.example/feeds/malformed.xml"), "feed")
    assert isinstance(found, Items)
    assert "Lost tortoise found two miles away" in [i.title for i in found.items]
