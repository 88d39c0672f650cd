"""Every page: accessible, within the width of a phone, under the policy, and silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

import factories as make
from accessible import looked_at, width_of
from doors.desk.world import HEALTHS, LATE, PLAN, SECRET, STANDING, WAITING, World, waiting_document
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
        f"{lived.board}viec/", f"{lived.board}dien-bien/",
        f"/nhiem-vu/{lived.task(PLAN).pk}/", f"/nhiem-vu/{lived.task(WAITING).pk}/",
        f"/nhiem-vu/{lived.task(SECRET).pk}/", f"/bao-cao/{report}/", "/co-quan/", f"/co-quan/{office.science.pk}/",
        f"{lived.board}thiet-lap/", f"/nhiem-vu/{lived.task(PLAN).pk}/che-do-rieng/",
        "/nhat-ky/", "/tim/?q=kế+hoạch", "/tim/?q=khongco",
    ]  # fmt: skip
    task, owed = lived.task(PLAN), lived.owed(PLAN)
    lead = task.assignments.get(organisation=office.science, role="lead")
    make.date_change(owed)
    refusal, stage = make.refusal(lead), make.stage(task)
    by_chief += [f"/viec/{owed.pk}/thoi-han/", f"/nhiem-vu/{task.pk}/quyet-dinh/", f"/nhiem-vu/{task.pk}/quy-trinh/",
                 f"/tra-lai/{refusal.pk}/", f"{lived.board}tinh-lai-han/",
                 f"/viec/{lived.owed(STANDING).pk}/thoi-han/"]  # fmt: skip
    assert stage.holder_id
    by_chief += of_the_ledger(lived)
    link, token = make.link_and_token(lived.owed(PLAN), by=office.officer)
    by_chief += [f"/co-quan/{office.science.pk}/lien-ket/", f"/lien-ket/{link.pk}/", "/co-quan/chua-co-tai-khoan/"]
    keeper = make.post("administrator", body=office.body, scope=office.root).user
    away = make.absence(make.post("head", body=office.science), deputy=office.who("clerk", office.science)).post
    by_keeper = [f"/tai-khoan/{away.user_id}/", f"/co-quan/{office.science.pk}/", "/co-quan/chua-co-tai-khoan/",
                 f"/co-quan/{office.science.pk}/chuyen-chuc-vu/"]  # fmt: skip
    waiting = lived.task(WAITING)
    by_head = [
        f"/nhiem-vu/{waiting.pk}/tra-lai/{waiting.assignments.get(organisation=office.science).pk}/",
        "/",
        lived.writing(PLAN),
        lived.writing(SECRET),
        lived.writing(STANDING),
        f"/bao-cao/{report}/",
        *(reverse(f"desk:{page}", args=[owed.pk]) for page in ("instruct", "raise-obstacle", "ask-cause")),
        "/thong-bao/",
        "/cu-the-hoa/",
    ]
    of_each = ((chief, by_chief), (head, by_head), (keeper, by_keeper), (None, ["/dang-nhap/", f"/soan/{token}/"]))
    return [(who, path) for who, paths in of_each for path in paths]


def of_the_ledger(lived: World) -> list[str]:
    """Plans below, amendments, obstacles, causes, corrections, figures, letters, prints: with something in each."""
    held, lead = lived.programme, lived.owed(PLAN)
    late = lived.owed(LATE)
    coordinate = lived.task(PLAN).assignments.get(role="coordinate")
    whole = (
        "cascade",
        "cascade-lines",
        "amendments",
        "figures",
        "period-reports",
        "clocks",
        "letters",
        "annex",
        "task-reconciliation",
        "forms",
    )
    return [
        reverse("desk:requirement", args=[make.requirement(held, lead.organisation).pk]),
        reverse("desk:amendment", args=[make.amendment(held).pk]),
        reverse("desk:obstacle", args=[make.obstacle(lead).pk]),
        reverse("desk:cause", args=[make.cause(lead).pk]),
        reverse("desk:correction", args=[make.correction(late).pk]),
        reverse("desk:propose-correction", args=[late.pk]),
        reverse("desk:snapshot", args=[make.snapshot(held).pk]),
        reverse("desk:fact-sheet", args=[lead.organisation_id]),
        reverse("desk:invite", args=[coordinate.task_id, coordinate.pk]),
        reverse("desk:review", args=[lived.task(WAITING).pk]),
        reverse("desk:letter", args=[make.letter(lived.owed(HEALTHS), by=lived.office.officer).pk]),
        *(reverse(f"desk:{page}", args=[held.pk]) for page in whole),
    ]


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
        assert width_of(page) <= width, path
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
        assert width_of(page) <= 360, path


@pytest.mark.parametrize(("path", "status"), [("/van-ban/", 403), ("/khong-co/", 404)])
def test_a_page_that_refuses(window, office, path, status):
    page = window(office.who("administrator"), width=360)
    assert page.goto(path).status == status
    assert width_of(page) <= 360
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
