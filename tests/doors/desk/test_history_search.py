"""The audit searched by who, what, when, where, and taken as a file of exactly what is shown."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, words
from snapshots import rows as kept
from tiendo.doors.desk.history import exports, walk
from tiendo.doors.desk.history.subjects import readable
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.actions import tasks
from vanban.fold import fold


@pytest.fixture
def inspector(office, world, enter):
    world.sent(LATE)
    return enter(office.who("inspector", office.root))


def found(client, query: str) -> set[str]:
    return {row["what"] for row in client.get(f"/nhat-ky/?{query}").context["table"]["rows"]}


@pytest.mark.parametrize(
    ("query", "has", "has_not"),
    [
        ("verb=programmes", "gửi báo cáo", "thêm cơ quan"),
        ("verb=organisations", "thêm cơ quan", "gửi báo cáo"),
        ("where=T.KHCN", "gửi báo cáo", "mở chương trình"),
        ("where=so+khoa+hoc", "gửi báo cáo", "mở chương trình"),
        ("where=T", "mở chương trình", "đăng nhập"),
        ("about=gui+bao+cao", "gửi báo cáo", "mở chương trình"),
        ("about=12-CTr/TU", "mở chương trình", "thêm cơ quan"),
        ("about=mo+12-ctr", "mở chương trình", "gửi báo cáo"),
        ("about=khoa+hoc", "thêm cơ quan", "mở chương trình"),
        ("where=Sở+Y+tế", "thêm cơ quan", "gửi báo cáo"),
    ],
)
def test_by_what_where_and_words(inspector, query, has, has_not):
    shown = found(inspector, query)
    assert has in shown
    assert has_not not in shown


# what is shown on a line is found by it


@pytest.fixture
def lines(office, world, enter):
    """An inspector over the whole, and acts of which the payload holds numbers where the line has names."""
    world.sent(LATE)
    doan = make.user("Đoàn Thị Đức", username="doan")
    held = make.post("officer", body=office.science, who=doan)
    make.absence(held, deputy=make.user("Vũ Văn Ưng"))
    tasks.unname_body(
        assignment=world.task(PLAN).assignments.get(role="coordinate", organisation=office.health),
        by=office.chief,
        at=make.NOW,
    )
    with transaction.atomic():
        events.record(
            actor="door:sign-in", verb="accounts.session.refused", subject=f"accounts.user:{doan.pk}", at=make.NOW,
            office=office.science.path, data={"count": 2},
        )  # fmt: skip
    return enter(office.who("inspector", office.root))


def told(client, words_: str) -> set[str]:
    """Whole sentences, as a file has them."""
    return {exports.plain(row) for row in client.get("/nhat-ky/", {"about": words_}).context["table"]["rows"]}


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ("đoàn thị đức", "Dòng lệnh giao vai trò: Chuyên viên, Đoàn Thị Đức, "),
        ("doan duc", "Trang đăng nhập từ chối đăng nhập (2 lần): Đoàn Thị Đức"),
        ("DUC chuyen vien", "Dòng lệnh giao vai trò: Chuyên viên, Đoàn Thị Đức"),
        ("ưng", "Dòng lệnh cử người thay khi vắng mặt ở chức vụ: Chuyên viên, Đoàn Thị Đức, Vũ Văn Ưng"),
        ("trang dang nhap", "Trang đăng nhập từ chối đăng nhập"),
        ("dòng lệnh", "Dòng lệnh thêm cơ quan"),
        ("chuyen vien khoa hoc", "Dòng lệnh giao vai trò: Chuyên viên, Đoàn Thị Đức, Sở Khoa học và Công nghệ"),
        ("gỡ y tế", "{chief} gỡ cơ quan đã gán: nhiệm vụ 1"),
        ("nhiệm vụ 1 gỡ", "{chief} gỡ cơ quan đã gán: nhiệm vụ 1"),
        ("báo cáo khoa học minh chứng", "{head} ghi văn bản minh chứng: báo cáo của Sở Khoa học và Công nghệ"),
    ],
)
def test_what_stands_on_the_line_finds_it(lines, office, typed, starts):
    people = {"chief": office.chief.full_name, "head": office.who("head", office.science).full_name}
    wanted = starts.format(**people)
    found_ = told(lines, typed)
    assert any(line.startswith(wanted) for line in found_), found_
    folded = [fold(word) for word in typed.split()]
    assert [line for line in found_ if not all(word in fold(line) for word in folded)] == [], "and nothing else"


def test_a_name_finds_nothing_outside_of_what_one_may_read(office, lines, enter):
    assert told(enter(office.who("head", office.elsewhere)), "đoàn thị đức") == set()


def test_a_keyword_asks_as_often_for_many_people(office, lines):
    asked = []
    for count in (1, 60):
        User.objects.bulk_create(
            User(username=f"{count}-{n}", full_name=f"Đoàn Văn {n}", created_at=make.NOW) for n in range(count)
        )
        with CaptureQueriesContext(connection) as captured:
            lines.get("/nhat-ky/?about=đoàn")
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 20


@pytest.mark.parametrize(
    "query",
    ["where=khongco", "about=khongco", "about=%25", "about=%27%22", "where=...", "who=job&where=T.YT", "object=x"],
)
def test_nothing_is_nothing(inspector, query):
    assert found(inspector, query) == set()


@pytest.mark.parametrize("query", ["who=ai", "verb=x.y.z", "since=99/99/9999", "page=x", "page=-1", "page=" + "9" * 60])
def test_what_cannot_be_meant_asks_for_nothing(inspector, query):
    assert len(found(inspector, query)) > 3 or query.startswith("page=9")


def test_who_may_not_see_a_programme_does_not_find_it_by_its_symbol(office, world, enter):
    world.sent(LATE)
    client = enter(office.who("head", office.science))
    assert "gửi báo cáo" in found(client, "about=12-CTr/TU")
    with transaction.atomic():
        events.record(
            actor="job:x", verb="programmes.task.restricted", subject=f"programmes.task:{world.task(LATE).pk}",
            at=make.NOW, office=office.elsewhere.path,
        )  # fmt: skip
    stranger = enter(office.who("head", office.elsewhere))
    assert found(stranger, "about=12-CTr/TU") == set()
    assert found(stranger, "") >= {"đưa nhiệm vụ vào chế độ báo cáo riêng"}


def test_what_the_audit_says_of_itself_is_for_who_looks_after_a_whole_tree(office, enter, settings):
    from tiendo.foundation.audit.actions import keys

    keys.replace(former=[], by="shell:test", at=make.NOW)
    assert "đổi khóa nhật ký" in found(enter(office.who("inspector", office.root)), "verb=audit")
    assert found(enter(office.chief), "verb=audit") == set()


def test_pages_without_a_total(office, enter):
    with transaction.atomic():
        for place in range(101):
            events.record(
                actor="shell:x", verb="tests.thing.done", subject=f"tests.thing:{place}", at=make.NOW,
                office=office.body.path,
            )  # fmt: skip
    client = enter(office.chief)
    listed = [client.get(f"/nhat-ky/?who=shell&page={page}").context["table"] for page in (1, 2, 3)]
    assert [len(one["rows"]) for one in listed] == [
        50,
        50,
        Event.objects.filter(office=office.body.path, actor__startswith="shell:").count() - 100,
    ]
    assert [bool(one["pager"]["next_url"]) for one in listed] == [True, True, False]
    assert [bool(one["pager"]["previous_url"]) for one in listed] == [False, True, True]
    assert listed[1]["pager"]["first"] == 51


# -- files -----------------------------------------------------------------------------------------------------------


def as_csv(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def as_xlsx(answer) -> list[list[str]]:
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize(("form", "read"), [("csv", as_csv), ("xlsx", as_xlsx)])
@pytest.mark.parametrize(
    "query", ["", "verb=programmes", "about=12-CTr/TU&since=02/03/2026", "verb=accounts.user.added"]
)
def test_a_file_holds_exactly_what_is_shown(inspector, query, form, read):
    shown = inspector.get(f"/nhat-ky/?{query}").context["table"]["rows"]
    head, *lines = read(inspector.get(f"/nhat-ky/?{query}&dang={form}"))
    assert head[:3] == ["Số", "Lúc", "Ai"]
    assert [line[0] for line in lines] == [str(row["sequence"]) for row in shown]
    assert [line[2] for line in lines] == [str(row["who"]) for row in shown]
    assert all(line[-1].endswith(".") for line in lines)
    assert queries.verify() is None


def test_that_a_file_was_taken_is_recorded_without_what_was_typed(office, inspector):
    before = Event.objects.count()
    as_csv(inspector.get("/nhat-ky/?dang=csv&about=Trần+Văn+Ai&verb=programmes"))
    event = Event.objects.latest("sequence")
    assert event.verb == "audit.events.exported"
    assert event.data == {"count": 0, "last": before, "filters": ["about", "verb"], "format": "csv"}
    assert event.actor == office.who("inspector", office.root).actor
    assert "tải nhật ký ra tệp" in found(inspector, "verb=audit.events.exported")


def test_a_file_of_many_is_made_in_pieces(office, world, inspector, monkeypatch):
    monkeypatch.setattr(exports, "CHUNK", 3)
    shown = inspector.get("/nhat-ky/").context["table"]["rows"]
    assert [line[0] for line in as_csv(inspector.get("/nhat-ky/?dang=csv"))[1:]] == [
        str(row["sequence"]) for row in shown
    ]


def test_too_many_for_a_workbook_is_told(inspector, monkeypatch):
    monkeypatch.setattr(exports, "MOST_XLSX", 2)
    before = kept()["audit.Event"]
    answer = inspector.get("/nhat-ky/?dang=xlsx&verb=programmes", follow=True)
    assert "quá nhiều cho một tệp Excel" in words(answer)
    assert answer.context["form"].cleaned_data["verb"] == "programmes"
    assert kept()["audit.Event"] == before


def test_no_cell_is_a_formula(office, world, enter):
    body = make.organisation("=cmd()", parent=office.root)
    lines = as_csv(enter(office.who("inspector", office.root)).get("/nhat-ky/?dang=csv&verb=organisations"))
    assert any(line[4] == "'=cmd()" for line in lines), body
    assert not any(cell.startswith("=") for line in lines for cell in line)


def test_a_restricted_task_stays_a_number(office, world, inspector):
    tasks.set_restricted(task=world.task(SECRET), restricted=False, by=office.chief, at=make.NOW)
    tasks.set_restricted(task=world.task(SECRET), restricted=True, by=office.chief, at=make.NOW)
    assert "Báo cáo riêng" not in str(as_csv(inspector.get("/nhat-ky/?dang=csv")))


@pytest.mark.parametrize(
    "query", ["", "?verb=programmes&where=T&about=12-CTr+gửi&since=01/01/2026", "?about=a+b+c+d+e"]
)
def test_it_asks_a_few_times_however_it_is_searched(inspector, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        inspector.get(f"/nhat-ky/{query}")


def test_the_administrator_takes_no_file(office, world, enter):
    assert enter(office.who("administrator")).get("/nhat-ky/?dang=csv").status_code == 403


@pytest.mark.parametrize(
    "query",
    ["", "verb=programmes", "verb=programmes.report.submitted", "where=T.KHCN", "about=gui+12-CTr", "who=job",
     "since=02/03/2026&until=02/03/2026", "object=programmes.programme:1", "about=khongco"],
)  # fmt: skip
def test_many_are_found_as_few_are(inspector, query, monkeypatch):
    """By walking over all, and by the indexes: the same events in the same order."""
    few = [row["sequence"] for row in inspector.get(f"/nhat-ky/?{query}").context["table"]["rows"]]
    monkeypatch.setattr(walk, "DENSE", 0)
    assert [row["sequence"] for row in inspector.get(f"/nhat-ky/?{query}").context["table"]["rows"]] == few


def test_where_many_fit_the_newest_come_without_sorting_them_all(office, world, monkeypatch):
    condition = readable(office.rights("inspector", office.root)) & Q(verb__in=["programmes.report.submitted"])
    make.submitted(world.owed(LATE))
    monkeypatch.setattr(walk, "DENSE", 0)
    plan = walk.newest_first(condition)[:51].explain()
    assert "TEMP B-TREE" not in plan
