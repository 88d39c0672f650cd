"""base.html: with everything, and with nothing."""

import json
import re

import pytest
from django.utils import translation

from tiendo.doors.ui.gallery import sample
from tiendo.doors.ui.standings import look


def test_the_frame_stands_without_a_desk(render):
    html = render("ui/base.html")
    assert '<html lang="vi">' in html
    assert html.count("<main") == html.count("<h1") + 1 == 1
    assert not set(re.findall(r"<(nav|form)", html))


def test_the_first_thing_in_the_page_skips_to_its_content(render):
    body = render("ui/base.html", desk=sample()["desk"]).partition("<body>")[2]
    assert re.search(r"<a[^>]+>", body)[0] == '<a class="skip" href="#main">'
    assert '<main class="main" id="main"' in body


def test_the_frame_with_everything(render):
    desk = sample()["desk"] | {"search_url": "/tim/", "sign_out_url": "/ra/", "language_url": "/ngon-ngu/"}
    html = render("ui/base.html", desk=desk, path="/viec/?q=%22x%22")
    assert re.findall(r'<form class="search" action="(.*?)" method="(.*?)"', html) == [("/tim/", "get")]
    assert html.count('method="post"') == 2
    assert 'value="&quot;x&quot;"' in html
    assert '<input type="hidden" name="next" value="/viec/?q=%22x%22">' in html
    assert html.count('aria-current="page"') == 1
    assert re.search(r'count-urgent">4<', html)


def test_the_language_of_the_page_is_the_readers(render):
    with translation.override("en"):
        assert '<html lang="en">' in render("ui/base.html")


def test_htmx_keeps_the_policy(render):
    config = json.loads(re.search(r"name=\"htmx-config\" content='(.*?)'", render("ui/base.html"))[1])
    assert config["includeIndicatorStyles"] is False
    assert config["allowEval"] is False
    assert config["historyCacheSize"] == 0


@pytest.mark.parametrize("name", ["htmx/htmx.min.js", "ui/ui.css", "ui/mark.svg", "latin-400-normal.woff2"])
def test_what_the_frame_loads_comes_from_ourselves(render, name):
    loaded = re.findall(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"', render("ui/base.html"))
    assert any(url.endswith(name) for url in loaded)
    assert all(url.startswith("/static/") for url in loaded)


def test_the_gallery_shows_every_standing(render):
    data = sample()
    html = render("ui/gallery.html", **data)
    assert all(str(look(code).word) in html and f'icons.svg#{look(code).icon}"' in html for code in data["standings"])
