"""Polling real local sites into a real store: what is new, what is silent, what fails and how it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from config.lexicon import load_lexicon
from inspections.alerts import Chat, Wish
from inspections.lexicon import Lexicon
from inspections.source import Source, SourceState
from scrapers.fetch import Limits, make_session
from scrapers.poll import PassReport, Polled, poll_pass, poll_source
from scrapers.timing import Spacing, backoff, next_recheck
from store import Store, open_store
from tests.servers.site import Site

NEWS = "/news/"
EVERY = timedelta(minutes=15)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@dataclass
class World:
    """A store, a clock that is set by hand, and passes over its sources."""

    store: Store
    lexicon: Lexicon
    session: requests.Session
    now: datetime = datetime(2025, 5, 22, 9, 0, tzinfo=UTC)
    limits: Limits = field(default_factory=lambda: Limits(connect=2, read=2, total=3))

    def clock(self) -> datetime:
        return self.now

    def watch(self, *urls: str, reader: str = "auto") -> None:
        self.store.sources.sync([Source(u, "inspectorate", reader=reader, every=EVERY) for u in urls], self.now)

    def poll(self, after: timedelta = timedelta(0)) -> PassReport:
        """A pass over what is due, `after` some time."""
        self.now += after
        return poll_pass(
            self.store.sources.due(self.now),
            session=self.session,
            store=self.store,
            lexicon=self.lexicon,
            now=self.clock,
            limits=self.limits,
            seconds_apart=0,
        )

    def one(self, after: timedelta = timedelta(0)) -> Polled:
        report = self.poll(after)
        assert report.tried == 1
        return report.polled[0]

    def state(self, url: str) -> SourceState:
        state = self.store.sources.by_url(url)
        assert state is not None
        return state


@pytest.fixture
def world(tmp_path: Path, lexicon: Lexicon) -> Iterator[World]:
    store = open_store(f"sqlite:///{tmp_path / 'peelwatch.db'}", lexicon)
    store.migrate()
    yield World(store, lexicon, make_session("test", allow_private=True))
    store.close()


def listing(*entries: tuple[str, str, str]) -> str:
    rows = "".join(f"<li><a href='/news/{slug}/'>{title}</a> <span>{day}</span></li>" for slug, title, day in entries)
    return f"<html><body><nav><a href='/'>Home</a></nav><main><h1>News</h1><ul>{rows}</ul></main></body></html>"


def article(title: str, day: str, *paragraphs: str) -> str:
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<html lang='en'><body><main><h1>{title}</h1><p class='date'>{day}</p><div>{text}</div></main></body></html>"
    )


OLD = ("dog-retires-after-ten-years", "Police dog retires after ten years", "20 May 2025")
PEEL = (
    "cheshire-constabulary-is-good-at-preventing-crime",
    "Cheshire Constabulary good at preventing crime",
    "22 May 2025",
)
GOOD = "In our 2023–25 inspection we graded Cheshire Constabulary as good at preventing crime and antisocial behaviour."


def put_old(site: Site, *entries: tuple[str, str, str]) -> None:
    site.put(NEWS, listing(*(entries or (OLD,))))
    site.put(
        f"/news/{OLD[0]}/", article(OLD[1], OLD[2], "Bruno has hung up his harness and lives on a farm near Frome now.")
    )


def put_peel(site: Site, text: str = GOOD) -> None:
    site.put(f"/news/{PEEL[0]}/", article(PEEL[1], "08:45 22/05/2025", text))
    put_old(site, PEEL, OLD)


def test_the_first_visit_records_and_alerts_nobody(world: World) -> None:
    world.store.chats.subscribe(Chat("terminal", 1), Wish(), world.now)
    with Site() as site:
        put_peel(site)
        world.watch(site.url(NEWS))
        polled = world.one()
        assert (polled.new, polled.first, polled.reason) == (2, True, "")
        assert polled.deliveries == 0
        assert world.state(site.url(NEWS)).reader_found == "listing"


def test_a_new_release_alerts_once_and_a_second_poll_is_silent(world: World) -> None:
    world.store.chats.subscribe(Chat("terminal", 1), Wish(), world.now)
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        assert world.one().new == 1
        put_peel(site)
        polled = world.one(EVERY)
        assert (polled.new, polled.deliveries) == (1, 1)
        assert [(c.force, c.after) for c in polled.changes] == [("cheshire", "good")]
        again = world.one(EVERY)
        assert (again.new, again.revised, again.deliveries) == (0, 0, 0)


def test_a_listing_that_has_not_changed_is_not_sent_twice(world: World) -> None:
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        world.one()
        world.one(EVERY)
        assert [s.status for s in site.log if s.path == NEWS] == [200, 304]


def test_an_edited_page_is_a_revision(world: World) -> None:
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        world.one()
        put_peel(site)
        world.one(EVERY)
        put_peel(site, GOOD.replace("good at", "outstanding at"))
        polled = world.one(EVERY)
        assert (polled.new, polled.revised) == (0, 1)
        assert [(c.kind, c.before, c.after) for c in polled.changes] == [("corrected", "good", "outstanding")]


def test_a_young_page_is_asked_for_again_but_not_sent_again(world: World) -> None:
    with Site() as site:
        put_peel(site)
        world.watch(site.url(NEWS))
        world.one()
        assert world.one(EVERY).unchanged == 1
        assert [s.status for s in site.log if s.path == f"/news/{PEEL[0]}/"] == [200, 304]


def test_a_release_that_vanishes_is_marked_and_stays_believed(world: World) -> None:
    with Site() as site:
        put_peel(site)
        world.watch(site.url(NEWS))
        world.one()
        site.gone(f"/news/{PEEL[0]}/")
        assert world.one(EVERY).vanished == 1
        assert [h.grade for h in world.store.ledger.held("cheshire")] == ["good"]


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "is not there"), (403, "does not let us read"), (500, "answered 500"), (503, "not serving")],
)
def test_a_source_that_refuses_is_said_to_and_left_alone_for_longer_each_time(
    world: World, status: int, words: str
) -> None:
    with Site() as site:
        site.fail(NEWS, status)
        world.watch(site.url(NEWS))
        assert words in world.one().reason
        first = world.state(site.url(NEWS))
        assert (first.failures, words in first.reason) == (1, True)
        assert first.next_check == world.now + EVERY
        world.one(EVERY)
        assert world.state(site.url(NEWS)).next_check == world.now + 2 * EVERY
        put_old(site)
        assert world.one(2 * EVERY).new == 1
        assert (world.state(site.url(NEWS)).failures, world.state(site.url(NEWS)).reason) == (0, "")


def test_a_server_that_names_a_time_is_not_asked_before_it(world: World) -> None:
    with Site() as site:
        site.fail(NEWS, 429, {"Retry-After": "7200"})
        world.watch(site.url(NEWS))
        world.one()
        assert world.state(site.url(NEWS)).next_check == world.now + timedelta(hours=2)
        assert world.poll(timedelta(hours=1)).tried == 0


def test_a_listing_that_lists_nothing_where_it_listed_some_is_a_failure(world: World) -> None:
    with Site() as site:
        put_peel(site)
        world.watch(site.url(NEWS))
        world.one()
        site.put(NEWS, "<html><body><main><h1>News</h1><p>Nothing to show.</p></main></body></html>")
        polled = world.one(EVERY)
        assert "lists nothing, where it listed 2 before" in polled.reason
        assert world.state(site.url(NEWS)).last_item_count == 2


def test_a_page_where_no_news_can_be_found_is_a_failure_from_the_start(world: World) -> None:
    with Site({NEWS: "<html><body><p>Hello.</p></body></html>"}) as site:
        world.watch(site.url(NEWS))
        assert "No news could be found" in world.one().reason
        assert world.state(site.url(NEWS)).first_read is None


def test_a_release_that_cannot_be_read_is_a_row_and_is_tried_again(world: World) -> None:
    with Site() as site:
        put_peel(site)
        site.put(f"/news/{PEEL[0]}/", "")
        world.watch(site.url(NEWS))
        polled = world.one()
        assert (polled.new, polled.failed) == (1, 1)
        known = world.store.releases.known([site.url(f"/news/{PEEL[0]}/")])
        assert "empty" in next(iter(known.values())).unreadable
        put_peel(site)
        assert world.one(timedelta(hours=1)).new == 1


def test_a_release_whose_server_stumbles_is_fetched_at_the_next_visit(world: World) -> None:
    world.store.chats.subscribe(Chat("terminal", 1), Wish(), world.now)
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        world.one()
        put_peel(site)
        site.fail(f"/news/{PEEL[0]}/", 503)
        assert world.one(EVERY).failed == 1
        put_peel(site)
        polled = world.one(EVERY)
        assert (polled.new, polled.deliveries) == (1, 1)


def test_one_source_that_fails_does_not_stop_the_others(world: World) -> None:
    with Site() as well, Site() as ill:
        put_old(well)
        ill.put(NEWS, b"\x00\x01\x02" * 50, {"Content-Type": "text/html"})
        world.watch(ill.url(NEWS), well.url(NEWS))
        report = world.poll()
        assert [bool(p.reason) for p in report.polled] == [True, False]
        assert report.new == 1
        assert "1 new release from 1 source" in report.summary(first=True)
        assert "1 source could not be read" in report.summary()


def test_the_first_look_says_what_was_learned_and_what_to_try(world: World) -> None:
    with Site() as site:
        put_peel(site)
        world.watch(site.url(NEWS))
        line = world.poll().summary(first=True)
        assert line == "First look, which alerts nobody: 2 new releases from 1 source. Try /latest, or /grade cheshire."
        assert "\n" not in line
        put_old(site)
        assert world.poll(EVERY).summary() == "0 new releases from 1 source."


def test_a_host_that_refuses_its_articles_is_asked_three_times_not_thirty(world: World) -> None:
    entries = [(f"story-number-{n}-of-many", f"Story number {n} of the many", "20 May 2025") for n in range(20)]
    with Site() as site:
        site.put(NEWS, listing(*entries))
        for slug, _, _ in entries:
            site.fail(f"/news/{slug}/", 403)
        world.watch(site.url(NEWS))
        polled = world.one()
        assert (polled.failed, polled.waiting) == (3, 17)


@pytest.mark.parametrize("day", ["", "soon", "22 May 2035"])
def test_news_without_a_date_one_can_believe_is_news_of_the_day_it_appeared(world: World, day: str) -> None:
    world.store.chats.subscribe(Chat("terminal", 1), Wish(), world.now)
    words = "Cheshire Constabulary is inadequate at preventing crime."
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        world.one()
        site.put(f"/news/{PEEL[0]}/", article(PEEL[1], day, words))
        site.put(NEWS, listing((PEEL[0], PEEL[1], day), OLD))
        polled = world.one(EVERY)
        assert (polled.new, polled.deliveries) == (1, 1)
        assert polled.changes[0].cycle == "2023-25"

        site.put(f"/news/{PEEL[0]}/", article(PEEL[1], day, words.replace("inadequate", "good")))
        assert [(c.kind, c.cycle, c.after) for c in world.one(EVERY).changes] == [("corrected", "2023-25", "good")]


def test_three_old_pages_that_cannot_be_had_do_not_hide_the_new_ones(world: World) -> None:
    """They are met first at each visit, oldest first."""
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        world.one()
        ill = [(f"story-number-{n}-of-the-ill", f"Story number {n} of the ill", "21 May 2025") for n in range(3)]
        for slug, _, _ in ill:
            site.fail(f"/news/{slug}/", 500)
        put_peel(site)
        site.put(NEWS, listing(PEEL, *ill, OLD))
        assert world.one(EVERY).new == 0
        assert world.one(EVERY).new == 1


def test_a_first_look_that_was_broken_off_goes_on_in_silence(world: World) -> None:
    """The host gave none of its pages at first; without dates, nothing tells that they are old."""
    world.store.chats.subscribe(Chat("terminal", 1), Wish(), world.now)
    entries = [(f"story-number-{n}-of-many", f"Story number {n} of the many", "") for n in range(6)]
    with Site() as site:
        site.put(NEWS, listing(*entries))
        for slug, _, _ in entries:
            site.fail(f"/news/{slug}/", 503)
        world.watch(site.url(NEWS))
        assert world.one().failed == 3
        for slug, title, _ in entries:
            site.put(f"/news/{slug}/", article(title, "", GOOD))
        later = world.one(EVERY)
        assert (later.new, later.deliveries) == (6, 0)


def test_when_nobody_answers_it_is_our_network_and_nobodys_fault(world: World) -> None:
    with Site() as one, Site() as other:
        urls = one.url(NEWS), other.url(NEWS)
    world.watch(*urls)
    report = world.poll()
    assert report.network_down
    assert "No source could be reached (2 sources tried)" in report.summary(first=True)
    for url in urls:
        state = world.state(url)
        assert (state.failures, state.next_check) == (0, world.now + timedelta(minutes=1))
        assert "could not be reached" in state.reason


def test_a_host_that_does_not_answer_while_others_do_is_at_fault(world: World) -> None:
    with Site() as dead:
        url = dead.url(NEWS)
    with Site() as alive:
        put_old(alive)
        world.watch(url, alive.url(NEWS))
        assert not world.poll().network_down
        assert world.state(url).failures == 1


def test_only_the_newest_thirty_are_taken_at_a_visit_and_the_rest_stay_history(world: World) -> None:
    world.store.chats.subscribe(Chat("terminal", 1), Wish(), world.now)
    entries = [(f"story-number-{n}-of-many", f"Story number {n} of the many", "20 May 2025") for n in range(35)]
    with Site() as site:
        site.put(NEWS, listing(*entries))
        for n, (slug, title, _) in enumerate(entries):
            text = GOOD if n == 34 else f"Nothing much happened in town on day {n}."
            site.put(f"/news/{slug}/", article(title, "20 May 2025", text))
        world.watch(site.url(NEWS))
        first = world.one()
        assert (first.new, first.waiting) == (30, 5)
        second = world.one(EVERY)
        assert (second.new, second.waiting, second.deliveries) == (5, 0, 0)


def test_after_a_long_absence_the_next_pages_of_a_listing_are_read_too(world: World) -> None:
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        world.one()
        newer = [(f"newer-story-number-{n}", f"Newer story number {n} here", "21 May 2025") for n in range(3)]
        for slug, title, day in newer:
            site.put(f"/news/{slug}/", article(title, day, "A long road was closed for a short while this morning."))
        site.put(NEWS, listing(*newer[:2]).replace("</main>", "<a rel='next' href='/news/?page=2'>Next</a></main>"))
        site.put("/news/?page=2", listing(newer[2], OLD))
        assert world.one(EVERY).new == 3


def test_a_feed_is_taken_when_it_lists_what_the_page_lists(world: World) -> None:
    head = "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
    with Site() as site:
        put_peel(site)
        site.put(NEWS, listing(PEEL, OLD).replace("<html>", f"<html><head>{head}</head>"))
        items = "".join(
            f"<item><title>{t}</title><link>{site.url(f'/news/{s}/')}</link></item>" for s, t, _ in (PEEL, OLD)
        )
        site.put(
            "/feed/", f"<rss version='2.0'><channel>{items}</channel></rss>", {"Content-Type": "application/rss+xml"}
        )
        world.watch(site.url(NEWS))
        assert world.one().new == 2
        state = world.state(site.url(NEWS))
        assert (state.reader_found, state.feed_url) == ("feed", site.url("/feed/"))
        site.put("/feed/", "<h1>Moved</h1>", {"Content-Type": "application/rss+xml"})
        assert "is not a feed" in world.one(EVERY).reason


def test_a_place_that_stops_working_is_looked_for_anew(world: World) -> None:
    head = "<link rel='alternate' type='application/rss+xml' href='/feed/'>"
    with Site() as site:
        put_peel(site)
        site.put(NEWS, listing(PEEL, OLD).replace("<html>", f"<html><head>{head}</head>"))
        items = "".join(
            f"<item><title>{t}</title><link>{site.url(f'/news/{s}/')}</link></item>" for s, t, _ in (PEEL, OLD)
        )
        site.put(
            "/feed/", f"<rss version='2.0'><channel>{items}</channel></rss>", {"Content-Type": "application/rss+xml"}
        )
        world.watch(site.url(NEWS))
        world.one()
        site.remove("/feed/")
        for _ in range(3):
            assert "404" in world.one(timedelta(hours=3)).reason
        assert world.one(timedelta(hours=3)).reason == ""
        assert world.state(site.url(NEWS)).reader_found == "listing"


def test_one_source_can_be_polled_alone(world: World) -> None:
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        state = world.state(site.url(NEWS))
        polled = poll_source(
            state, session=world.session, store=world.store, lexicon=world.lexicon, now=world.clock, limits=world.limits
        )
        assert polled.new == 1


def test_a_pass_that_is_told_to_stop_stops(world: World) -> None:
    with Site() as site:
        put_old(site)
        world.watch(site.url(NEWS))
        report = poll_pass(
            world.store.sources.due(world.now),
            session=world.session,
            store=world.store,
            lexicon=world.lexicon,
            now=world.clock,
            stopping=lambda: True,
        )
        assert (report.tried, report.summary(), site.log) == (0, "No source was due.", [])


def test_backoff_doubles_to_six_hours_and_never_gives_up() -> None:
    waits = [backoff(EVERY, n) for n in range(1, 12)]
    assert waits[:4] == [EVERY, 2 * EVERY, 4 * EVERY, 8 * EVERY]
    assert max(waits) == waits[-1] == backoff(EVERY, 10_000) == timedelta(hours=6)
    assert backoff(timedelta(days=1), 5) == timedelta(days=1)
    assert backoff(EVERY, 1, timedelta(hours=2)) == timedelta(hours=2)


def test_a_release_is_checked_again_often_while_young_and_never_when_old() -> None:
    now = datetime(2025, 5, 22, tzinfo=UTC)

    def after(days: float) -> datetime | None:
        return next_recheck(now - timedelta(days=days), now, now)

    assert after(1) == now
    assert after(3) == now + timedelta(hours=1)
    assert after(20) == now + timedelta(days=1)
    assert after(174) == now + timedelta(days=7)
    assert after(401) is None
    assert next_recheck(None, now - timedelta(days=3), now) == now + timedelta(hours=1)
    assert next_recheck(now + timedelta(days=30), now, now) == now


def test_requests_to_one_host_are_kept_apart_and_to_others_are_not() -> None:
    stops: list[int] = []

    def stopping() -> bool:
        stops.append(1)
        return True

    spacing = Spacing(3600, stopping)
    spacing.wait("one.example")
    spacing.wait("other.example")
    assert stops == []
    spacing.wait("one.example")
    assert stops == [1]
