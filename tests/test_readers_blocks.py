"""The text of a page in blocks: each with its role, none of the page's furniture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inspections.release import Release
from inspections.source import Source
from scrapers.pages import Item, Page
from scrapers.readers import read_release
from scrapers.readers.furniture import is_furniture_line, is_other_pages_heading, names_furniture

URL = "https://force.example/news/one/"
FORCE = Source("https://force.example/news/", "force", "cheshire")
FILLER = (
    "Chief officers have accepted the report and a board that meets every fortnight will follow the work it asks for."
)


def read(body: str, title: str = "Inspection report") -> Release:
    page = Page(URL, URL, body.encode(), "text/html; charset=utf-8", "", "", datetime(2025, 6, 1, tzinfo=UTC))
    release = read_release(page, Item(URL, title), FORCE)
    assert isinstance(release, Release), release
    return release


def blocks(inside: str) -> list[tuple[str, int, str]]:
    release = read(f"<main><h1>Inspection report</h1><div>{inside}<p>{FILLER}</p></div></main>")
    return [(b.kind, b.level, release.words(b)) for b in release.blocks if release.words(b) != FILLER]


def test_the_title_is_no_part_of_the_text() -> None:
    release = read(f"<main><h1>Inspection report</h1><p>{FILLER}</p></main>")
    assert (release.title, release.text) == ("Inspection report", FILLER)
    assert (release.publisher, release.force, release.url) == ("force", "cheshire", URL)


def test_lists_keep_their_depth_and_paragraphs_their_lead_in() -> None:
    assert blocks(
        "<p>The force is:</p><ul><li>good at<ul><li>preventing crime</li></ul></li><li>adequate</li></ul>"
    ) == [
        ("paragraph", 0, "The force is:"),
        ("item", 1, "good at"),
        ("item", 2, "preventing crime"),
        ("item", 1, "adequate"),
    ]


def test_a_table_of_grades_gives_each_cell_its_row_and_column() -> None:
    rows = "<tr><th>Area</th><th>2022</th><th>2025</th></tr>"
    rows += "<tr><td>Preventing crime</td><td>Good</td><td>Adequate</td></tr>"
    release = read(f"<main><h1>Inspection report</h1><table>{rows}</table><p>{FILLER}</p></main>")
    cells = {(b.row, b.column): release.words(b) for b in release.blocks if b.kind == "cell"}
    assert cells[("Preventing crime", "2022")] == "Good"
    assert cells[("Preventing crime", "2025")] == "Adequate"
    assert cells[("", "Area")] == "Preventing crime"


def test_a_table_with_pictures_for_grades_keeps_their_words() -> None:
    rows = "<tr><th>Area</th><th>Grade</th></tr><tr><td>Preventing crime</td><td><img src='g.png' alt='Good'></td></tr>"
    release = read(f"<main><h1>Inspection report</h1><table>{rows}</table><p>{FILLER}</p></main>")
    cells = {(b.row, b.column): release.words(b) for b in release.blocks if b.kind == "cell"}
    assert cells[("Preventing crime", "Grade")] == "Good"


def test_a_table_that_only_lays_out_the_page_is_no_table() -> None:
    menu = "<td><table><tr><td>Menu</td></tr></table></td>"
    release = read(f"<table><tr>{menu}<td><h1>Inspection report</h1><p>{FILLER}</p></td></tr></table>")
    assert [b.kind for b in release.blocks] == ["paragraph"]


def test_line_breaks_part_bullets_and_sentences_but_not_wrapped_lines() -> None:
    assert blocks(
        "<p>We were graded:<br>• good at one<br>• adequate at two</p><p>The force was judged<br>good.</p>"
    ) == [
        ("paragraph", 0, "We were graded:"),
        ("item", 1, "• good at one"),
        ("item", 1, "• adequate at two"),
        ("paragraph", 0, "The force was judged good."),
    ]
    assert blocks("One part.<br><br>Another part.") == [
        ("paragraph", 0, "One part."),
        ("paragraph", 0, "Another part."),
    ]


def test_a_line_set_in_bold_is_a_heading_and_a_bold_sentence_is_not() -> None:
    assert blocks(
        "<p><b>Preventing crime</b></p><p><strong>The force is good.</strong></p><p><b>Good</b> at it</p>"
    ) == [
        ("heading", 6, "Preventing crime"),
        ("paragraph", 0, "The force is good."),
        ("paragraph", 0, "Good at it"),
    ]


def test_quotations_pictures_and_their_alternatives_have_their_kinds() -> None:
    inside = (
        "<blockquote><p>We must do better.</p></blockquote>"
        "<img src='x.png' alt='Grade: Good'><img src='p.jpg' alt='photo-1.jpg'>"
        "<svg role='img'><title>Requires improvement</title><path d='M0 0'/></svg>"
        "<svg aria-hidden='true'><title>Arrow</title></svg>"
    )
    assert blocks(inside) == [
        ("quote", 0, "We must do better."),
        ("alt", 0, "Grade: Good"),
        ("alt", 0, "Requires improvement"),
    ]


def test_blanks_are_one_blank_and_soft_hyphens_are_gone() -> None:
    assert blocks("<p>requires&nbsp;improve&shy;ment\n   at&#8203; it</p>") == [
        ("paragraph", 0, "requires improvement at it")
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><p>Kent Police is inadequate</p></nav>",
        "<aside>Kent Police is inadequate</aside>",
        "<div class='related-links'><h3>x</h3><a href='/k'>Kent Police is inadequate</a></div>",
        "<div><h3>Other stories</h3><ul><li><a href='/k'>Kent Police is inadequate</a></li></ul></div>",
        "<h3>Latest news</h3><ul><li><a href='/k'>Kent Police is inadequate</a></li></ul>",
        "<div id='cookie-banner'>Kent Police is inadequate</div>",
        "<section class='comments'><p>Kent Police is inadequate</p></section>",
        "<div class='shareBar'>Kent Police is inadequate</div>",
        '<script type=\'application/ld+json\'>{"a": "Kent Police is inadequate"}</script>',
        "<svg><symbol id='a'><title>Kent Police is inadequate</title></symbol></svg>",
        "<p><b>Other news: </b><a href='/k'>Kent Police is inadequate</a></p>",
    ],
)
def test_a_neighbours_grade_in_the_furniture_never_becomes_text(furniture: str) -> None:
    assert "Kent" not in read(f"<main><h1>Inspection report</h1><p>{FILLER}</p>{furniture}</main>").text


def test_a_name_is_a_hint_only_and_does_not_cost_us_the_article() -> None:
    text = "".join(f"<p>{n} {FILLER}</p>" for n in range(6))
    for names in ("post-comments-open with-sidebar", "page-share", "news-teaser"):
        inside = f"<h1>Inspection report</h1><div class='widget'>{text}</div>"
        release = read(f"<div class='menu'>Home</div><div class='{names}'>{inside}</div>")
        assert release.text.count(FILLER) == 6


def test_a_short_article_under_a_share_heading_is_kept() -> None:
    share = "<h2>Share</h2><p><a href='/'>X</a></p>"
    release = read(f"<main><h1>Inspection report</h1><p>The force is good at preventing crime.</p>{share}</main>")
    assert release.text == "The force is good at preventing crime."


def test_text_without_any_paragraph_is_found_all_the_same() -> None:
    release = read(
        f"<body><div>Site</div><div><span>Inspection report</span><div>{FILLER} The force is good.</div></div></body>"
    )
    assert "The force is good." in release.text


def test_the_date_beside_the_title_counts_and_a_neighbours_does_not() -> None:
    side = "<aside><p>12 January 2020</p></aside>"
    side += "<div class='related'><time datetime='2021-01-01'>1 January 2021</time></div>"
    release = read(f"<main>{side}<h1>Inspection report</h1><p>Posted on 8th May 2025</p><p>{FILLER}</p></main>")
    assert release.published == datetime(2025, 5, 7, 23, tzinfo=UTC)
    assert release.text == FILLER
    assert read(f"<main>{side}<h1>Inspection report</h1><p>{FILLER}</p></main>").published is None


def test_the_words_that_mark_furniture_are_known_and_ordinary_ones_are_not() -> None:
    for line in (
        "Printable version",
        "Share this page",
        "Current timestamp: 22/11/2026 06:02:51",
        "Skip to main navigation",
    ):
        assert is_furniture_line(line), line
    for line in (
        "Share of crimes solved is up",
        "Leaders print their own money",
        "The next post was filled by a sergeant.",
    ):
        assert not is_furniture_line(line), line
    for heading in ("Related releases", "Keep reading", "Hefyd yn y newyddion", "Other news:", "Updates to this page"):
        assert is_other_pages_heading(heading), heading
    for heading in ("Recommendations", "Cause of concern", "Leadership and force management", "Notes"):
        assert not is_other_pages_heading(heading), heading
    assert names_furniture("oh-related__list")
    assert not names_furniture("entry-content story-body post-14652 type-post notes")
