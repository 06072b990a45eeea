"""Dates as British and Welsh publishers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.dates import believable, find_date, has_time, read_feed_moment, read_moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("22 May 2025", "2025-05-21T23:00"),
        ("08:45 14/10/2022", "2022-10-14T07:45"),
        ("Posted on 27th November 2014", "2014-11-27T00:00"),
        ("Last updated 22/03/2018", "2018-03-22T00:00"),
        ("Published on: 2 May 2019", "2019-05-01T23:00"),
        ("03/04/2026 09:15", "2026-04-03T08:15"),
        ("11/04/2025 09:10:00", "2025-04-11T08:10"),
        ("14.10.22", "2022-10-13T23:00"),
        ("10th Jun 2025, 11:42 BST", "2025-06-10T10:42"),
        ("Thursday 22 May 2025 at 9.30am", "2025-05-22T08:30"),
        ("9.30pm on Thursday 22 May 2025", "2025-05-22T20:30"),
        ("12am 1 January 2025", "2025-01-01T00:00"),
        ("Feb 13, 2025 00:05 GMT", "2025-02-13T00:05"),
        ("5 Mar 2024 | Our force", "2024-03-05T00:00"),
        ("14 Tachwedd 2024, 08:00", "2024-11-14T08:00"),
        ("1af Ebrill 2022", "2022-03-31T23:00"),
        ("3 Mehefin 2020", "2020-06-02T23:00"),
        ("2025-05-22T00:01:00+01:00", "2025-05-21T23:01"),
        ("2022-09-21T23:05:00Z", "2022-09-21T23:05"),
        ("2025-04-03", "2025-04-02T23:00"),
        ("2025-03-04 09:15", "2025-03-04T09:15"),
        ("Thu, 09 Jan 2025 11:15:00 +0000", "2025-01-09T11:15"),
    ],
)
def test_a_written_date_is_read_as_a_moment_in_utc(written: str, moment: str) -> None:
    assert read_moment(written) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Someday soon",
        "31/02/2024",
        "1 hour ago",
        "9 Jun, 07:15",
        "12 o'clock",
        "2025",
        "99/99/9999",
        "call 0345 605",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert read_moment(written) is None


def test_the_day_comes_before_the_month_but_an_iso_date_stays_as_it_is() -> None:
    assert read_moment("03/04/2025") == read_moment("3 April 2025") == read_moment("2025-04-03")


def test_an_hour_of_london_summer_is_an_hour_earlier_in_utc() -> None:
    summer, winter = read_moment("12:00 01/07/2025"), read_moment("12:00 01/01/2025")
    assert summer is not None
    assert winter is not None
    assert (summer.hour, winter.hour) == (11, 12)


def test_a_feed_means_its_zones_where_a_newsroom_means_london() -> None:
    assert read_feed_moment("Wed, 13 Mar 24 04:00:00 EST") == datetime(2024, 3, 13, 9, tzinfo=UTC)
    assert read_feed_moment("Thu, 22 May 2025 09:00:00 GMT") == datetime(2025, 5, 22, 9, tzinfo=UTC)
    # "Oct 3, 2024 06:00 GMT" stood beside a datetime of 05:00Z
    assert read_moment("Oct 3, 2024 06:00 GMT") == datetime(2024, 10, 3, 5, tzinfo=UTC)


def test_a_date_nobody_can_have_meant_is_not_believed() -> None:
    seen = datetime(2025, 5, 22, 9, tzinfo=UTC)
    assert believable(datetime(1970, 1, 1, tzinfo=UTC), seen) is None
    assert believable(datetime(2035, 1, 1, tzinfo=UTC), seen) is None
    assert believable(datetime(2025, 5, 22, 23, 1, tzinfo=UTC), seen) is not None
    assert believable(None, seen) is None


def test_midnight_in_london_says_only_the_day() -> None:
    for written, timed in (("22 May 2025", False), ("00:01 22/05/2025", True), ("22 January 2025", False)):
        moment = read_moment(written)
        assert moment is not None
        assert has_time(moment) is timed


def test_the_place_of_a_date_in_a_line_is_known() -> None:
    line = "Published 08:45 14/05/2025 by the newsroom"
    found = find_date(line)
    assert found is not None
    assert line[found[1] : found[2]] == "08:45 14/05/2025"


@given(st.text(max_size=300))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    for read in (read_moment, read_feed_moment):
        moment = read(text)
        assert moment is None or moment.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2060, 1, 1)))  # noqa: DTZ001
def test_a_day_written_in_four_ways_is_one_day(moment: datetime) -> None:
    ways = {read_moment(moment.strftime(way)) for way in ("%d/%m/%Y", "%d %B %Y", "%Y-%m-%d", "%B %d, %Y")}
    assert len(ways) == 1
    assert None not in ways
