"""Search: with or without diacritics, only what one may see, and never a restricted task."""

from __future__ import annotations

import unicodedata

import pytest

import factories as make
from doors.desk.world import SECRET, words
from tiendo.foundation.organisations.actions import organisations
from worlds import SCIENCE


@pytest.fixture
def find(office, world, enter):
    def found(asked, who=None):
        context = enter(who or office.chief).get("/tim/", {"q": asked}).context
        return {kind: [str(one) for one in context.get(kind) or []] for kind in ("tasks", "documents", "bodies")}

    return found


@pytest.mark.parametrize(
    "asked",
    [
        "đô thị", "do thi", "ĐÔ THỊ", "Đề án đô thị", "de an", "  đề   án ", "thị đô", "Sở Khoa học hoàn thiện",
        unicodedata.normalize("NFD", "Đô thị"),
    ],
)  # fmt: skip
def test_tasks_by_their_words_in_any_spelling(find, asked):
    assert [task.split(" ", 1)[1] for task in find(asked)["tasks"]][:1] == ["Hoàn thiện đề án đô thị"]


@pytest.mark.parametrize("asked", ["sức khỏe", "sức khoẻ", "suc khoe"])
def test_both_ways_of_placing_the_tone(find, asked):
    assert [task[2:] for task in find(asked)["tasks"]] == ["Khám sức khỏe định kỳ"]


@pytest.mark.parametrize("asked", ["12-CTr/TU", "12-ctr", "chuyển đổi số", "tỉnh ủy"])
def test_documents(find, asked):
    assert find(asked)["documents"] == ["12-CTr/TU"]


@pytest.mark.parametrize(
    ("asked", "body"), [("so y te", "Sở Y tế"), ("khoa hoc", SCIENCE), ("van phong bac ha", "Văn phòng Tỉnh ủy Bắc Hà")]
)
def test_bodies(find, asked, body):
    assert find(asked)["bodies"] == [body]


@pytest.mark.parametrize("asked", ["12-CTr/TU", "12-ctr", "chuyển đổi số"])
@pytest.mark.parametrize("body", ["body", "science", "health"])
def test_programmes_by_symbol_and_title_for_whoever_has_a_part(office, world, enter, asked, body):
    """A body that may not see the document finds the programme all the same."""
    clerk = office.who("clerk", getattr(office, body))
    page = enter(clerk).get("/tim/", {"q": asked})
    assert list(page.context["programmes"]) == [world.programme]
    assert f'href="{world.board}"' in page.content.decode()
    stranger = enter(office.who("clerk", office.elsewhere)).get("/tim/", {"q": asked})
    assert list(stranger.context["programmes"]) == []


def test_what_another_office_calls_a_body_finds_nothing_here(office, enter):
    organisations.add_alias(
        organisation=office.science, text="Ngành KHCN ta", office=office.body, by="user:1", at=make.NOW
    )
    for who, found in ((office.clerk, [office.science]), (office.who("clerk", office.elsewhere), [])):
        assert list(enter(who).get("/tim/?q=nganh+khcn+ta").context["bodies"]) == found


def test_all_the_words_must_be_there(find):
    assert find("đô thị nông thôn") == {"tasks": [], "documents": [], "bodies": []}


@pytest.mark.parametrize("asked", ["Báo cáo riêng", "bao cao rieng"])
def test_a_restricted_task_is_not_found(find, world, asked):
    assert world.task(SECRET).content == "Báo cáo riêng"
    assert find(asked)["tasks"] == []


def test_each_finds_what_they_may_see(find, office):
    clerk = office.who("clerk", office.health)
    assert find("đô thị", clerk)["tasks"] == []
    assert len(find("kế hoạch", clerk)["tasks"]) == 1
    assert find("12-CTr", clerk)["documents"] == []
    assert find("đô thị", office.who("clerk", office.elsewhere))["tasks"] == []


def test_a_file_that_waits_is_not_found(find, office):
    make.document(office=office.body, by=office.clerk, filename="dang-doc.docx")
    assert find("dang doc", office.clerk)["documents"] == []


@pytest.mark.parametrize("asked", ["", "   ", "%", "_", "\\", "'", '"', "<b>", "a" * 5000, "(" * 50, "%_%"])
def test_what_finds_nothing_harms_nothing(office, world, enter, asked):
    answer = enter(office.chief).get("/tim/", {"q": asked})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().split("<main")[1].split("<h1>")[1].split("</h1>")[0]


def test_nothing_found_says_what_to_do(office, world, enter):
    assert "Thử ít từ hơn; không cần gõ dấu." in words(enter(office.chief).get("/tim/?q=khongcogi"))


def test_what_was_asked_stays_in_the_field(office, world, enter):
    page = enter(office.chief).get("/tim/?q=đô+thị").content.decode()
    assert page.count('value="đô thị"') == 1
