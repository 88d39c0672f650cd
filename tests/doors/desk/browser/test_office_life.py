"""People, groups, the audit and its pack, as those who look after them click through them; with scripts and without."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

import factories as make
from accessible import fits
from doors.desk.world import LATE
from factories import by_date, days, row
from tiendo.foundation.organisations.models import Absence, Group, Post
from tiendo.work.programmes.models import Obligation
from worlds import SCIENCE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
PASSWORD = "mot con duong rat dai qua cau"


@pytest.fixture
def opened(window, scripts):
    def opened(user):
        page = window(user, width=360, java_script_enabled=scripts)
        page.scripts = scripts
        return page

    return opened


def by_menu(page, name: str) -> None:
    page.goto("/")
    page.click(".menu-button")
    page.locator("#menu").get_by_role("link", name=name).click()


@BOTH
def test_somebody_is_added_and_another_stands_in(office, opened):
    head = make.post("head", body=office.science)
    keeper = opened(office.who("administrator"))
    by_menu(keeper, "Tài khoản")
    keeper.get_by_role("link", name="Thêm người").click()
    keeper.get_by_label("Tên đăng nhập").fill("tran.binh")
    keeper.get_by_label("Họ và tên").fill("Trần Thị Bình")
    for label in ("Mật khẩu ban đầu", "Nhập lại mật khẩu"):
        keeper.get_by_label(label).fill(PASSWORD)
    keeper.get_by_label("Cơ quan (bắt buộc)").select_option(label=SCIENCE)
    keeper.get_by_label("Vai trò").select_option("clerk")
    keeper.get_by_label("Từ ngày").fill(f"{days(0):%d/%m/%Y}")
    keeper.get_by_role("button", name="Thêm người").click()
    keeper.get_by_text("Đã thêm Trần Thị Bình.").wait_for()
    assert fits(keeper)
    mate = Post.objects.get(user__username="tran.binh").user

    away = opened(head.user)
    away.goto("/nguoi-thay/")
    away.get_by_text("Cử người thay").first.click()
    away.get_by_label("Người thay").select_option(label="Trần Thị Bình")
    away.get_by_label("Vắng từ ngày").fill(f"{days(0):%d/%m/%Y}")
    away.get_by_label("Đến hết ngày").fill(f"{days(3):%d/%m/%Y}")
    away.get_by_role("button", name="Cử người thay").click()
    away.get_by_text("Đã ghi. Trần Thị Bình thay").wait_for()
    assert fits(away)
    assert Absence.objects.get().deputy == mate

    stands_in = opened(mate)
    stands_in.goto("/")
    stands_in.get_by_text("Hôm nay bạn thay").wait_for()
    assert [said for page in (keeper, away, stands_in) for said in page.complaints] == []


@BOTH
def test_a_phrase_becomes_bodies(office, opened):
    for name in ("Huyện ủy Na Hang", "Thành ủy An Bình"):
        make.organisation(name, parent=office.root, kind="party_committee")
    duty = row("Xây dựng kế hoạch", groups=["các huyện ủy, thành ủy"], deadline=by_date(days(30)))
    task = make.programme(duty, office=office.body, by=office.chief).tasks.get()
    page = opened(office.chief)
    page.goto(f"/nhiem-vu/{task.pk}/")
    page.get_by_role("link", name="gán nhóm").click()
    page.get_by_label("Cấp ủy").first.check()
    page.get_by_role("button", name="Xem gồm những cơ quan nào").click()
    page.get_by_text("Sẽ gán thêm:").wait_for()
    assert fits(page)
    assert not Group.objects.exists()
    page.get_by_role("button", name="Gán các cơ quan này").click()
    page.get_by_text("Đã gán thêm").wait_for()
    assert Obligation.objects.filter(organisation__name="Huyện ủy Na Hang").count() == 1
    assert page.complaints == []


@BOTH
def test_an_inspector_searches_the_audit_and_takes_the_pack(office, lived, opened):
    page = opened(make.post("inspector", body=office.health, scope=office.root).user)
    by_menu(page, "Nhật ký")
    page.get_by_text("Lọc").first.click()
    page.get_by_label("Từ khóa").fill("gui bao cao")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("row", name="gửi báo cáo").first.wait_for()
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải CSV").click()
    assert "gửi báo cáo" in download.value.path().read_text(encoding="utf-8-sig")
    page.goto(lived.board)
    page.get_by_role("link", name="Diễn biến").click()
    page.get_by_text("Bộ minh chứng").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải bộ minh chứng").click()
    names = ZipFile(io.BytesIO(download.value.path().read_bytes())).namelist()
    assert any(name.endswith(".pdf") for name in names), "the file of the late report"
    page.goto(f"/nhiem-vu/{lived.task(LATE).pk}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.complaints == []
