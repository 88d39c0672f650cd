"""Every page: accessible, within the width of a phone, under the policy, and silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import factories as make
from accessible import looked_at
from doors.desk.world import LATE, PLAN, SECRET, STANDING, WAITING, waiting_document
from tiendo.foundation.accounts.models import User
from tiendo.work.directives.actions import readings
from tiendo.work.directives.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(office, lived) -> Iterator[tuple[User | None, str]]:
    """Who opens what."""
    document = waiting_document(office)
    queued = make.document(office=office.body, by=office.clerk)
    failed = make.document(office=office.body, by=office.clerk, filename="khoa.docx")
    readings.fail(document=failed, code="locked", message="Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", at=make.NOW)
    approved = make.approved(office=office.body, by=office.chief)
    row = document.duties.all()[2].pk
    report = lived.owed(LATE).answer.report_id
    chief, head = office.chief, office.who("head", office.science)
    assert Document.objects.count() == 5
    by_chief = [
        "/", "/van-ban/", "/van-ban/tiep-nhan/", f"/van-ban/{queued.pk}/", f"/van-ban/{failed.pk}/",
        f"/van-ban/{document.pk}/", f"/van-ban/{document.pk}/dong/", f"/van-ban/{document.pk}/dong/?row={row}",
        f"/van-ban/{document.pk}/the-thuc/", f"/van-ban/{document.pk}/doi-chieu/", f"/van-ban/{approved.pk}/dong/",
        f"/van-ban/{approved.pk}/mo-chuong-trinh/", "/chuong-trinh/", lived.board, f"{lived.board}?kind=waiting",
        f"{lived.board}viec/", f"/nhiem-vu/{lived.task(PLAN).pk}/", f"/nhiem-vu/{lived.task(WAITING).pk}/",
        f"/nhiem-vu/{lived.task(SECRET).pk}/", f"/bao-cao/{report}/", "/co-quan/", f"/co-quan/{office.science.pk}/",
        f"{lived.board}thiet-lap/", f"/nhiem-vu/{lived.task(PLAN).pk}/che-do-rieng/",
        "/nhat-ky/", "/tim/?q=kế+hoạch", "/tim/?q=khongco",
    ]  # fmt: skip
    by_head = ["/", lived.writing(PLAN), lived.writing(SECRET), lived.writing(STANDING), f"/bao-cao/{report}/"]
    return [(None, "/dang-nhap/"), *((chief, path) for path in by_chief), *((head, path) for path in by_head)]


def windows(window, places, **options):
    """One window for each person."""
    opened = {}
    for who, path in places:
        key = who.pk if who else None
        if key not in opened:
            opened[key] = window(who, **options)
        yield opened[key], path


@pytest.mark.parametrize("width", [1280, 640, 360, 320])
def test_nothing_runs_off_the_page_and_nothing_breaks_the_policy(window, places, width):
    for page, path in windows(window, places, width=width):
        assert page.goto(path).status == 200, path
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.complaints == [], path


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_accessibility_rules(window, places, width, scheme):
    for page, path in windows(window, places, width=width, color_scheme=scheme):
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("one => { one.open = true }")
        results = looked_at(page)
        assert results.violations_count == 0, f"{path}\n{results.generate_report()}"


def test_targets_are_large_enough(window, places):
    """WCAG 2.5.8: 24 × 24 px, links within a sentence aside."""
    for page, path in windows(window, places, width=360):
        page.goto(path)
        small = page.evaluate(
            """[...document.querySelectorAll('button, .button, .chip, .sort, .menu-item, summary, select, input')]
               .filter(e => e.checkVisibility() && !e.matches('[type=hidden], [type=checkbox], [type=radio]'))
               .filter(e => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24 })
               .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert small == [], path


def test_english_pages_fit_too(window, places, office):
    for user in {who for who, _ in places if who}:
        user.language = "en"
        user.save()
    for page, path in windows(window, places, width=360):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize(("path", "status"), [("/van-ban/", 403), ("/khong-co/", 404)])
def test_a_page_that_refuses(window, office, path, status):
    page = window(office.who("administrator"), width=360)
    assert page.goto(path).status == status
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    results = looked_at(page)
    assert results.violations_count == 0, results.generate_report()


def test_each_page_has_its_title_and_one_heading(window, places):
    titles = {}
    for page, path in windows(window, places):
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert page.title().endswith("– Tiến Độ"), path
        titles[path] = page.title()
    assert titles["/van-ban/"] == "Văn bản – Tiến Độ"
