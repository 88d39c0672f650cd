"""What is typed into a report is there again, whatever becomes of the window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from accessible import fits
from doors.desk.world import PLAN
from tiendo.work.programmes.models import Answer, Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_typed_left_and_found_again(window, office, lived):
    page = window(office.who("head", office.science), width=360)
    page.scripts = True
    there = lived.writing(PLAN)
    page.goto(there)
    page.get_by_label("Kết quả").fill("Đã trình dự thảo.")
    page.get_by_text("Đã lưu lúc").wait_for()
    assert Answer.objects.get(obligation=lived.owed(PLAN)).text == "Đã trình dự thảo."
    assert fits(page)
    page.goto("/")  # nothing asks, since nothing is lost
    page.goto(there)
    expect(page.get_by_label("Kết quả")).to_have_value("Đã trình dự thảo.")
    page.get_by_label("Kết quả").fill("Đã trình.")
    page.get_by_label("Số, ký hiệu văn bản").fill("31/BC")
    page.get_by_text("Đã lưu lúc").wait_for()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/")  # the number was typed and is kept by nobody
    assert asked == ["beforeunload"]


def test_sent_while_it_saves_by_itself(window, office, lived):
    """The saving is held up on its way; what is sent meanwhile waits for it and is taken, as one person's doing."""
    page = window(office.who("head", office.science))
    page.goto(lived.writing(PLAN))
    held = []

    def hold(route):
        if "act=auto" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile(lived.writing(PLAN)), hold)
    page.get_by_label("Kết quả").fill("Đã trình.")
    page.wait_for_timeout(2500)
    assert len(held) == 1
    page.get_by_label("Số, ký hiệu văn bản").fill("31/BC")
    page.get_by_label("Ngày văn bản").fill("27/2/2026")
    page.get_by_role("button", name="Đề nghị xác nhận hoàn thành").click()
    assert not Answer.objects.filter(obligation=lived.owed(PLAN)).exists()
    held[0].continue_()
    page.get_by_text("Đã gửi báo cáo.").wait_for()
    assert Report.objects.get(answers__obligation=lived.owed(PLAN)).state == "submitted"
