"""What comes in place of a page or a feed: each has a sentence, and no bytes make a reader fall over."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.release import Release
from inspections.source import READERS, Source
from scrapers.pages import Item, Items, Page, Unreadable
from scrapers.readers import read_items, read_release
from tests.test_readers_samples import page as sample

NOW = datetime(2025, 5, 22, 9, tzinfo=UTC)
URL = "https://force.example/news/one/"
FORCE = Source("https://force.example/news/", "force", "cheshire")


def page(body: bytes | str, content_type: str = "text/html") -> Page:
    return Page(URL, URL, body.encode() if isinstance(body, str) else body, content_type, "", "", NOW)


def release(body: bytes | str, title: str = "", content_type: str = "text/html") -> Release | Unreadable:
    return read_release(page(body, content_type), Item(URL, title), FORCE)


def sentence(result: object) -> str:
    assert isinstance(result, Unreadable), result
    assert result.reason.endswith(".")
    return result.reason


@pytest.mark.parametrize("body", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_an_empty_page_is_unreadable_and_says_so(body: bytes) -> None:
    assert "empty" in sentence(release(body)) or "no text" in sentence(release(body))
    sentence(read_items(page(body)))


def test_a_page_with_no_words_is_unreadable() -> None:
    for body in ("<html><body><script>x()</script></body></html>", "<p> </p>", "<!-- nothing -->"):
        sentence(release(body))


def test_a_page_in_the_wrong_encoding_is_unreadable() -> None:
    text = "Cheshire Constabulary is good at preventing crime. " * 20
    assert "encoding" in sentence(release(text.encode("utf-16-le"), content_type="text/html; charset=utf-8"))
    assert "encoding" in sentence(release(bytes(range(256)) * 40))


def test_a_picture_or_a_pdf_is_no_page() -> None:
    assert "PDF" in sentence(release(b"%PDF-1.7 ..."))
    sentence(release(b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 10))


def test_utf_16_that_says_so_is_read() -> None:
    body = "<p>Cheshire Constabulary is ‘good’ at preventing crime.</p>".encode("utf-16")
    read = release(body)
    assert isinstance(read, Release)
    assert "‘good’" in read.text


def test_utf_8_that_says_it_is_latin_is_read_as_utf_8() -> None:
    read = release("<p>judged ‘good’ – again</p>", content_type="text/html; charset=iso-8859-1")
    assert isinstance(read, Release)
    assert read.text == "judged ‘good’ – again"


def test_a_challenge_in_place_of_the_page_is_told_from_a_page_without_news() -> None:
    challenge = sample("http://hostile.example/challenge/")
    for result in (read_items(challenge), read_release(challenge, Item(URL, ""), FORCE)):
        assert isinstance(result, Unreadable)
        assert result.blocked
    story = (
        "<article><h1>Robots</h1>" + "<p>Are you human, the page asked her, and she had to think. " * 30 + "</article>"
    )
    assert isinstance(release(story), Release)


def test_a_headline_may_begin_like_a_button() -> None:
    titles = [
        "Older people warned of a new telephone fraud",
        "Next steps for the force after its inspection",
        "Back to school, safely",
    ]
    rows = "".join(f"<li><a href='/news/story-{n}-of-three/'>{t}</a> 2{n} May 2025</li>" for n, t in enumerate(titles))
    found = read_items(page(f"<main><ul>{rows}</ul><a href='/news/?page=2'>Older news</a></main>"))
    assert isinstance(found, Items)
    assert [i.title for i in found.items] == titles


def test_an_empty_listing_has_no_items() -> None:
    found = read_items(sample("http://hostile.example/empty/"))
    assert isinstance(found, Items)
    assert found.items == ()


@pytest.mark.parametrize(
    "body", ["<!doctype html><h1>Please log in</h1>", "not found", '{"a": 1}', "\x00\x01", "<html>"]
)
def test_a_feed_that_is_not_xml_is_unreadable_and_says_how_it_begins(body: str) -> None:
    assert "not a feed" in sentence(read_items(page(body, "application/rss+xml"), "feed"))


def test_a_feed_that_defines_its_own_entities_is_refused_unexpanded() -> None:
    assert "entities" in sentence(read_items(sample("http://hostile.example/feeds/entities.xml"), "feed"))


def test_a_feed_of_ten_thousand_items_is_cut_to_its_newest_and_does_not_take_long() -> None:
    items = "".join(
        f"<item><title>Item {n}</title><link>https://force.example/{n}</link>"
        f"<pubDate>Thu, 22 May 2025 08:{n % 60:02}:00 GMT</pubDate></item>"
        for n in range(10_000)
    )
    before = time.process_time()
    found = read_items(page(f"<rss version='2.0'><channel>{items}</channel></rss>"), "feed")
    assert isinstance(found, Items)
    assert len(found.items) == 200
    assert time.process_time() - before < 5


def test_feed_entries_without_a_link_are_counted_not_lost_silently() -> None:
    body = "<rss version='2.0'><channel><item><title>a</title></item><item><link>/b</link></item></channel></rss>"
    found = read_items(page(body), "feed")
    assert isinstance(found, Items)
    assert (len(found.items), found.skipped) == (1, 1)


def test_a_british_date_in_a_feed_is_read() -> None:
    item = "<item><title>a</title><link>/b</link><pubDate>03/04/2025 09:15</pubDate></item>"
    body = f"<rss version='2.0'><channel>{item}</channel></rss>"
    found = read_items(page(body), "feed")
    assert isinstance(found, Items)
    assert found.items[0].published == datetime(2025, 4, 3, 8, 15, tzinfo=UTC)


def test_a_date_that_cannot_be_read_leaves_the_release_undated() -> None:
    read = release("<article><h1>News</h1><p class='date'>Someday soon</p><p>The force is good.</p></article>")
    assert isinstance(read, Release)
    assert read.published is None


def test_wordpress_that_answers_with_an_error_is_unreadable_in_its_own_words() -> None:
    said = sentence(read_items(page('{"code":"rest_disabled","message":"The REST API is switched off."}'), "wordpress"))
    assert "switched off" in said
    sentence(read_items(page("<h1>no</h1>"), "wordpress"))
    sentence(read_items(page("not xml"), "sitemap"))


def test_nesting_without_end_neither_falls_over_nor_takes_long() -> None:
    before = time.process_time()
    for opening in (
        "<div>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "<div class='related'>",
        "<a href='/x'>",
        "<blockquote>",
    ):
        body = opening * 4_000 + "The force is good at preventing crime."
        release(body)
        read_items(page(body))
    flat = "<h2>Related news</h2><p>The force is good.</p>" * 2_000 + "<div class='share'>x</div>" * 2_000
    release(flat)
    read_items(page("".join(f"<li><a href='/n/{n}'>The force is good {n}</a> 22 May 2025</li>" for n in range(4_000))))
    assert time.process_time() - before < 40


_TAGS = """
<p> </p> <li> <ul> </ul> <table> <tr> <td> <th> </table> <h1> </h1> <h2> <br> <br><br> </a>  </svg> <article> <main>
<nav> </aside> <script> </script> <!-- --> <b> </b> &nbsp; &#0; Good <svg><title> </title></svg> <![CDATA[
"""
_OTHERS = [
    "<a href='/x/2025/a-b-c'>",
    "<time datetime='2025-05-22'>",
    "<img alt='Good'>",
    "<aside class='related'>",
    " at preventing",
]
_OTHERS += [" crime. ", "22 May 2025", "• ", "Share this page", "<html lang='cy'>", "<meta charset='utf-16'>"]
_MARKUP = st.sampled_from(_TAGS.split() + _OTHERS)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.lists(_MARKUP, max_size=60).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_give_a_value_from_every_reader(body: bytes) -> None:
    for reader in READERS:
        assert isinstance(read_items(page(body), reader), Items | Unreadable)
    for content_type in ("", "text/html; charset=utf-7", "text/html; charset=nonsense"):
        read = release(body, "Good", content_type)
        assert isinstance(read, Release | Unreadable)
        if isinstance(read, Release):
            assert read.text == "\n".join(read.words(b) for b in read.blocks)
            assert all(read.words(b).strip() for b in read.blocks)
