"""One release, one address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.urls import absolute, canonical_url, host_of, same_site
from store.urls import canonical_url as stored_url

PEEL = "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/peel-2018/cheshire/"


@pytest.mark.parametrize(
    "written",
    [
        PEEL,
        "http://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/peel-2018/cheshire",
        "https://www.justiceinspectorates.gov.uk/hmicfrs/peel-assessments/peel-2018/cheshire/?",
        "https://www.justiceinspectorates.gov.uk/hmic/peel-assessments///peel-2018/cheshire/",
        "http://www.hmic.gov.uk/peel-assessments/peel-2018/cheshire/#efficiency",
        PEEL + "?utm_source=twitter&utm_medium=social",
    ],
)
def test_the_inspectorate_moved_house_but_its_pages_stayed_one(written: str) -> None:
    assert canonical_url(written) == PEEL


def test_domino_and_aspx_addresses_do_not_mind_capitals() -> None:
    one = "https://www.wired-gov.net/wg/news.nsf/articles/Cleveland+Police+11042025091000?open"
    assert canonical_url(one) == canonical_url(one.lower().replace("?open", "?Open"))
    assert canonical_url("http://x.example/News/Release5.aspx") == canonical_url("http://x.example/news/release5.ASPX")


def test_elsewhere_capitals_slashes_and_parameters_tell_pages_apart() -> None:
    for one, other in (("/A", "/a"), ("/a", "/a/"), ("/?p=1", "/?p=2"), ("/?page=2", "/")):
        assert canonical_url("https://x.example" + one) != canonical_url("https://x.example" + other)


def test_default_ports_capitals_of_the_host_and_fragments_do_not() -> None:
    assert canonical_url("HTTPS://X.Example:443/a#b") == canonical_url("https://x.example/a") == "https://x.example/a"
    assert canonical_url("http://127.0.0.1:8080") == "http://127.0.0.1:8080/"


@given(st.text(max_size=200))
def test_any_text_has_a_canonical_form_that_stays(text: str) -> None:
    for url in (text, "https://example.org/" + text, "http://www.hmic.gov.uk/" + text):
        once = canonical_url(url)
        assert canonical_url(once) == once


@pytest.mark.parametrize("path", ["/a b", "/a%20b", "/café", "/a+b?open", "/x;y=1?a=b&c=", "/%E2%80%93"])
def test_the_store_keeps_a_canonical_address_as_it_is(path: str) -> None:
    url = canonical_url("https://www.example.org" + path)
    assert stored_url(url) == url


def test_links_are_made_absolute_and_those_that_lead_nowhere_are_nothing() -> None:
    base = "https://x.example/news/"
    assert absolute(base, "../a b/#top") == "https://x.example/a%20b/"
    for nowhere in (
        "#top",
        "",
        "mailto:a@example.org",
        "javascript:void(0)",
        "tel:101",
        "http://[",
        "http://u:p@x.example/",
    ):
        assert absolute(base, nowhere) == ""


def test_www_does_not_make_another_site() -> None:
    assert same_site("https://www.x.example/a", "http://x.example/b")
    assert not same_site("https://x.example/a", "https://ads.example/b")
    assert host_of("http://X.example:81/") == "x.example:81"
