import enum
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from tiendo.doors.ui.templatetags import ui


def test_numbers_and_dates_in_english():
    with override("en"):
        assert ui.vn_number(1234.5) == "1,234.5"
        assert ui.fraction(13, 17) == "13/17 (76.5%)"
        assert ui.vn_date_long(date(2026, 6, 9)) == "09/06/2026"


@pytest.mark.parametrize(("number", "shown"), [("1.", "1"), ("2.3", "2.3"), (7, "7"), ("", ""), ("III.", "III")])
def test_a_number_before_a_full_stop_of_our_own(number, shown):
    assert ui.undotted(number) == shown


class Standing(enum.Enum):
    OVERDUE = "overdue"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0, None, "0"),
        (1234, None, "1.234"),
        (1234.5, None, "1.234,5"),
        (-16274, None, "-16.274"),
        (Decimal("1234567.50"), None, "1.234.567,50"),
        ("98.55", 1, "98,6"),
        (2.5, 0, "3"),
        (Decimal("0.05"), 1, "0,1"),
        (None, None, ""),
        ("", None, ""),
        ("ba", None, "ba"),
        ("NaN", 1, "NaN"),
    ],
)
def test_numbers(value, places, shown):
    assert ui.vn_number(value, places) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (12, 40, "12/40 (30,0%)"),
        (16051, 16274, "16.051/16.274 (98,6%)"),
        (0, 0, "0/0"),
        (0, 9, "0/9"),
        (0, 10, "0/10 (0,0%)"),
    ],
)
def test_a_rate_prints_its_denominator(part, whole, shown):
    assert ui.fraction(part, whole) == shown


def test_a_fraction_without_its_rate():
    assert ui.fraction(14, 51, percent=False) == "14/51"


LATE_EVENING = datetime(2024, 1, 30, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "short", "long"),
    [
        (date(2024, 1, 31), "31/01/2024", "ngày 31 tháng 01 năm 2024"),
        (date(2024, 2, 5), "05/02/2024", "ngày 05 tháng 02 năm 2024"),
        (date(2024, 3, 9), "09/03/2024", "ngày 09 tháng 3 năm 2024"),
        (date(2024, 12, 10), "10/12/2024", "ngày 10 tháng 12 năm 2024"),
        (LATE_EVENING, "31/01/2024", "ngày 31 tháng 01 năm 2024"),
        (datetime(2024, 1, 31, 8, 0), "31/01/2024", "ngày 31 tháng 01 năm 2024"),  # noqa: DTZ001 - naive on purpose
        (None, "", ""),
        ("31/01/2024", "", ""),
    ],
)
def test_dates(value, short, long):
    assert ui.vn_date(value) == short
    assert ui.vn_date_long(value) == long


def test_moments_are_in_vietnam_time():
    assert ui.vn_moment(LATE_EVENING) == "00:05 31/01/2024"
    assert ui.vn_moment(LATE_EVENING + timedelta(hours=1)) == "01:05 31/01/2024"
    assert ui.vn_moment(None) == ""


@pytest.mark.parametrize(
    ("octets", "shown"),
    [(None, ""), (0, "0 B"), (999, "999 B"), (184_320, "184,3 kB"), (1_250_000, "1,3 MB"), (3_200_000_000, "3,2 GB")],
)
def test_sizes(octets, shown):
    assert ui.vn_size(octets) == shown


def test_a_standing_is_an_icon_a_word_and_then_a_colour(render):
    html = render("{% standing code note %}", code="due_soon", note="còn <5> ngày")
    assert "Sắp đến hạn" in html
    assert 'icons.svg#due_soon"' in html
    assert "standing-soon" in html
    assert "còn &lt;5&gt; ngày" in html


def test_a_standing_may_be_an_enum_and_never_fails(render):
    assert "Quá hạn" in render("{% standing code %}", code=Standing.OVERDUE)
    assert "Chưa rõ tình trạng" in render("{% standing code %}", code="unheard of")
    assert render("{{ code|standing_word }}", code="long_overdue") == "Quá hạn kéo dài"


def test_an_icon_is_silent_unless_it_stands_alone(render):
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    alone = render('{% icon "lock" label %}', label='"riêng"')
    assert 'role="img" aria-label="&quot;riêng&quot;"' in alone


@pytest.mark.parametrize(
    ("path", "tag", "wanted"),
    [
        ("/?a=1&page=3", "{% query b=2 %}", "?a=1&amp;b=2"),
        ("/?a=1&page=3", "{% query page=4 %}", "?a=1&amp;page=4"),
        ("/?a=1&a=2", "{% query %}", "?a=1&amp;a=2"),
        ("/?a=1", "{% query a=None %}", "?"),
        ("/?a=1", '{% query a="" c="x y" %}', "?c=x+y"),
        ("/", "{% query state=states %}", "?state=u&amp;state=v"),
        ("/?z=1&b=1", "{% query a=0 %}", "?a=0&amp;b=1&amp;z=1"),
    ],
)
def test_links_keep_what_the_page_was_asked(render, path, tag, wanted):
    assert render(tag, path=path, states=["u", "v"]) == wanted


def test_a_link_needs_no_request(engine):
    assert engine.from_string("{% query a=1 %}").render({}) == "?a=1"
