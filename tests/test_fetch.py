"""Fetching: what a server may do to us, and what we say about it."""

from __future__ import annotations

import gzip
import socket
import zlib
from datetime import UTC, datetime, timedelta

import pytest
import requests

from scrapers.addresses import is_public
from scrapers.fetch import LONGEST_WAIT, Limits, fetch, make_session, user_agent
from scrapers.pages import Failed, Page, Unchanged
from tests.servers.site import Site

NOW = datetime(2025, 5, 22, 9, 0, tzinfo=UTC)
QUICK = Limits(connect=2, read=2, total=5)


@pytest.fixture
def session() -> requests.Session:
    return make_session(user_agent("0.1", "mailto:desk@example.org"), allow_private=True)


def failed(result: object) -> Failed:
    assert isinstance(result, Failed), result
    assert result.reason.endswith(".")
    return result


def page(result: object) -> Page:
    assert isinstance(result, Page), result
    return result


def test_a_page_comes_with_its_bytes_type_and_validators(session: requests.Session) -> None:
    with Site({"/news/": "<h1>News</h1>"}) as site:
        got = page(fetch(session, site.url("/news/"), NOW, limits=QUICK))
        assert got.body == b"<h1>News</h1>"
        assert got.content_type == "text/html; charset=utf-8"
        assert got.etag
        assert got.fetched_at == NOW


def test_we_say_who_we_are_and_how_to_reach_us(session: requests.Session) -> None:
    with Site({"/": "x"}) as site:
        fetch(session, site.url("/"), NOW, limits=QUICK)
        assert site.log[0].headers["user-agent"] == "PeelWatch/0.1 (+mailto:desk@example.org)"
    assert user_agent("0.1", "a\r\nX-Evil: 1") == "PeelWatch/0.1 (+aX-Evil:1)"


def test_an_unchanged_page_is_not_sent_again(session: requests.Session) -> None:
    with Site({"/": "x"}) as site:
        first = page(fetch(session, site.url("/"), NOW, limits=QUICK))
        assert fetch(session, site.url("/"), NOW, etag=first.etag, limits=QUICK) == Unchanged(site.url("/"))
        site.put("/", "y")
        assert page(fetch(session, site.url("/"), NOW, etag=first.etag, limits=QUICK)).body == b"y"


def test_last_modified_works_where_there_is_no_etag(session: requests.Session) -> None:
    with Site() as site:
        site.put("/", "x", {"Last-Modified": "Thu, 22 May 2025 08:00:00 GMT"}, etag=False)
        first = page(fetch(session, site.url("/"), NOW, limits=QUICK))
        assert first.etag == ""
        again = fetch(session, site.url("/"), NOW, last_modified=first.last_modified, limits=QUICK)
        assert isinstance(again, Unchanged)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, "missing"), (410, "gone"), (403, "blocked"), (401, "blocked"), (500, "server"), (418, "server")],
)
def test_each_refusal_has_its_kind_and_sentence(session: requests.Session, status: int, kind: str) -> None:
    with Site() as site:
        site.fail("/x", status)
        got = failed(fetch(session, site.url("/x"), NOW, limits=QUICK))
        assert (got.kind, got.status) == (kind, status)
        assert str(status) in got.reason


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_time_gets_it(session: requests.Session, status: int) -> None:
    with Site() as site:
        site.fail("/x", status, {"Retry-After": "120"})
        assert failed(fetch(session, site.url("/x"), NOW, limits=QUICK)).retry_after == timedelta(seconds=120)
        site.fail("/x", status, {"Retry-After": "Thu, 22 May 2025 09:10:00 GMT"})
        assert failed(fetch(session, site.url("/x"), NOW, limits=QUICK)).retry_after == timedelta(minutes=10)


def test_a_wait_of_ten_years_is_cut_to_six_hours(session: requests.Session) -> None:
    with Site() as site:
        for said in ("Mon, 01 Jan 2035 00:00:00 GMT", "99999999999999999999"):
            site.fail("/x", 429, {"Retry-After": said})
            assert failed(fetch(session, site.url("/x"), NOW, limits=QUICK)).retry_after == LONGEST_WAIT
        for nonsense in ("soon", "-5", ""):
            site.fail("/x", 429, {"Retry-After": nonsense})
            assert failed(fetch(session, site.url("/x"), NOW, limits=QUICK)).retry_after is None


def test_a_host_that_is_not_there_is_a_failure_of_the_network(session: requests.Session) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert failed(fetch(session, f"http://127.0.0.1:{port}/", NOW, limits=QUICK)).kind == "network"
    assert failed(fetch(session, "http://nobody.invalid/", NOW, limits=QUICK)).kind == "network"


def test_redirects_are_followed_and_the_last_address_is_known(session: requests.Session) -> None:
    with Site({"/new/": "here"}) as site:
        site.redirect("/?p=5", "/old", 301)
        site.redirect("/old", site.url("/new/"), 308)
        got = page(fetch(session, site.url("/?p=5"), NOW, limits=QUICK))
        assert (got.url, got.asked) == (site.url("/new/"), site.url("/?p=5"))


def test_a_circle_and_an_endless_chain_of_redirects_end(session: requests.Session) -> None:
    with Site() as site:
        site.redirect("/a", "/b")
        site.redirect("/b", "/a")
        assert "circle" in failed(fetch(session, site.url("/a"), NOW, limits=QUICK)).reason
        for n in range(9):
            site.redirect(f"/{n}", f"/{n + 1}")
        assert "more than 5 times" in failed(fetch(session, site.url("/0"), NOW, limits=QUICK)).reason


@pytest.mark.parametrize(
    "private",
    [
        "http://127.0.0.1:{p}/",
        "http://localhost:{p}/",
        "http://[::1]:{p}/",
        "http://2130706433:{p}/",
        "http://0.0.0.0:{p}/",
        "http://[::ffff:127.0.0.1]:{p}/",
        "http://169.254.169.254/",
        "http://10.1.2.3/",
    ],
)
def test_a_private_address_is_not_even_connected_to(private: str) -> None:
    careful = make_session("test")
    with Site({"/": "secret"}) as site:
        got = failed(fetch(careful, private.format(p=site.port), NOW, limits=QUICK))
        assert got.kind in ("refused", "network")
        assert site.log == []


def test_a_redirect_into_the_private_network_is_refused_where_it_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    # no public address can be had in a test: for this one 127.0.0.1 counts as public, 127.0.0.2 does not
    monkeypatch.setattr("scrapers.addresses.is_public", lambda address: address == "127.0.0.1")
    with Site({"/": "secret"}, host="127.0.0.2") as inside, Site({"/y": "open"}) as outside:
        outside.redirect("/x", inside.url("/"))
        session = make_session("test")
        assert page(fetch(session, outside.url("/y"), NOW, limits=QUICK)).body == b"open"
        assert failed(fetch(session, outside.url("/x"), NOW, limits=QUICK)).kind == "refused"
        assert inside.log == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "ftp://example.org/",
        "gopher://x/",
        "http://",
        "http://[",
        "//x",
        "",
        "http://user:pw@example.org/",
        "http://example.org:99999/",
    ],
)
def test_what_is_no_web_address_is_refused(session: requests.Session, address: str) -> None:
    assert failed(fetch(session, address, NOW, limits=QUICK)).kind == "refused"


def test_a_redirect_to_a_file_is_refused(session: requests.Session) -> None:
    with Site() as site:
        site.redirect("/x", "file:///etc/hostname")
        assert failed(fetch(session, site.url("/x"), NOW, limits=QUICK)).kind == "refused"


def test_public_addresses_are_told_from_the_rest() -> None:
    for outside in (
        "93.184.216.34",
        "2606:2800:220:1:248:1893:25c8:1946",
        "::ffff:93.184.216.34",
        "64:ff9b::5db8:d822",
    ):
        assert is_public(outside), outside
    for inside in (
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "224.0.0.1",
        "255.255.255.255",
        "nonsense",
    ):
        assert not is_public(inside), inside


def test_a_body_that_drips_ends_at_the_deadline_not_at_its_own(session: requests.Session) -> None:
    with Site() as site:
        site.drip("/slow", b"<" + b"." * 5000, 0.05)
        got = failed(fetch(session, site.url("/slow"), NOW, limits=Limits(connect=2, read=2, total=0.4)))
        assert got.kind == "slow"


def test_headers_that_drip_end_at_the_deadline_too(session: requests.Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        import threading

        over = threading.Event()

        def drip() -> None:
            taken, _ = server.accept()
            with taken:
                taken.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not over.wait(0.05):
                    try:
                        taken.sendall(b"a")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        got = failed(
            fetch(
                session,
                f"http://127.0.0.1:{server.getsockname()[1]}/",
                NOW,
                limits=Limits(connect=2, read=2, total=0.4),
            )
        )
        over.set()
        thread.join()
        assert got.kind == "slow"


def test_a_gzip_bomb_is_put_down_at_the_cap(session: requests.Session) -> None:
    with Site() as site:
        site.bomb("/bomb", 300_000_000)
        got = failed(fetch(session, site.url("/bomb"), NOW, limits=Limits(max_bytes=1_000_000)))
        assert got.kind == "too-big"


def test_a_huge_body_is_left_at_the_cap(session: requests.Session) -> None:
    with Site({"/huge": b"a" * 3_000_000}) as site:
        assert failed(fetch(session, site.url("/huge"), NOW, limits=Limits(max_bytes=1_000_000))).kind == "too-big"


def test_packed_bodies_are_unpacked(session: requests.Session) -> None:
    with Site() as site:
        text = b"<p>good</p>" * 20000
        raw = zlib.compressobj(wbits=-15)
        for name, body in (
            ("gzip", gzip.compress(text)),
            ("deflate", zlib.compress(text)),
            ("deflate", raw.compress(text) + raw.flush()),
        ):
            site.put("/x", body, {"Content-Encoding": name})
            assert page(fetch(session, site.url("/x"), NOW, limits=QUICK)).body == text


def test_packing_that_lies_or_breaks_off_is_a_failure(session: requests.Session) -> None:
    with Site() as site:
        for name, body in (("gzip", b"not gzip"), ("gzip", gzip.compress(b"x" * 99999)[:-20]), ("br", b"xxxx")):
            site.put("/x", body, {"Content-Encoding": name})
            assert failed(fetch(session, site.url("/x"), NOW, limits=QUICK)).kind == "broken"


def test_half_a_page_is_no_page(session: requests.Session) -> None:
    with Site() as site:
        site.break_off("/half", b"<h1>Good</h1>", promised=5000)
        assert failed(fetch(session, site.url("/half"), NOW, limits=QUICK)).kind == "broken"


def test_a_server_that_speaks_nonsense_is_a_failure(session: requests.Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        import threading

        def nonsense() -> None:
            taken, _ = server.accept()
            with taken:
                taken.recv(65536)
                taken.sendall(b"\x00\x01\x02 nothing like HTTP\r\n\r\n")

        thread = threading.Thread(target=nonsense, daemon=True)
        thread.start()
        assert (
            failed(fetch(session, f"http://127.0.0.1:{server.getsockname()[1]}/", NOW, limits=QUICK)).kind == "broken"
        )
        thread.join()


def test_https_needs_a_certificate_that_proves_the_host(session: requests.Session) -> None:
    with Site({"/": "x"}) as site:
        got = failed(fetch(session, site.url("/").replace("http:", "https:"), NOW, limits=QUICK))
        assert got.kind == "broken"


def test_cookies_are_not_kept(session: requests.Session) -> None:
    with Site() as site:
        site.put("/", "x", {"Set-Cookie": "id=1; Path=/"})
        fetch(session, site.url("/"), NOW, limits=QUICK)
        fetch(session, site.url("/"), NOW, limits=QUICK)
        assert "cookie" not in site.log[1].headers


def test_proxies_of_the_environment_are_not_used(session: requests.Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with Site({"/": "x"}) as site:
        assert isinstance(fetch(session, site.url("/"), NOW, limits=QUICK), Page)
