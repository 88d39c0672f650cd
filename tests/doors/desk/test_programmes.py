"""The board, the lists behind its numbers, its filters, and what it gives to Excel."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.sheets import sheets
from doors.desk.world import HEALTHS, LATE, OTHER_STANDING, PLAN, SECRET, STANDING, WAITING, World, words
from factories import days
from tiendo.work.programmes.actions import reports, tasks
from tiendo.work.programmes.queries.standing import BOXES
from worlds import SCIENCE


@pytest.fixture
def lived(world: World) -> World:
    """Reports of all kinds: done late, handed in and waiting, a period answered."""
    done = world.sent(LATE)
    reports.confirm(report=done, seen_round=1, by=world.office.chief, at=make.NOW)
    world.sent(PLAN)
    world.sent(STANDING)
    return world


@pytest.fixture
def client(office, enter):
    return enter(office.chief)


def listed(client, url):
    return [row.content for row in client.get(url).context["table"]["rows"]]


def rows_behind(client, url):
    """All rows of the list that a number opens, over its pages."""
    answer = client.get(url.partition("#")[0])
    found = list(answer.context["table"]["rows"])
    while (pager := answer.context["table"]["pager"]) and pager["next_url"]:
        answer = client.get(url.partition("?")[0] + pager["next_url"])
        found += answer.context["table"]["rows"]
    return found


# the list of programmes


def test_no_programme_yet_says_what_to_do(office, enter):
    page = enter(office.clerk).get("/chuong-trinh/")
    assert "được mở từ một văn bản đã duyệt" in words(page)
    assert 'href="/van-ban/"' in page.content.decode()


def test_programmes_one_has_a_part_in(office, world, enter):
    for body in (office.body, office.science, office.health):
        assert "12-CTr/TU" in words(enter(office.who("clerk", body)).get("/chuong-trinh/"))
    assert "12-CTr/TU" not in words(enter(office.who("clerk", office.elsewhere)).get("/chuong-trinh/"))


# numbers and their lists


def test_every_number_opens_the_list_that_it_counts(lived, client):
    context = client.get(lived.board).context
    for name, box in context["boxes"].items():
        assert len(rows_behind(client, box["url"])) == box["count"], name
    for line in context["lines"]:
        url = line["url"] if line["url"].startswith("/") else lived.board + line["url"]
        assert len(rows_behind(client, url)) == line["whole"], line["label"]
    assert len(rows_behind(client, context["awaiting_url"])) == context["awaiting"]
    assert len(rows_behind(client, f"{lived.board}?lead=none")) == context["unnamed"]


def test_the_numbers_themselves(lived, client):
    """Done late: LATE; in term: PLAN (handed in, waiting), SECRET, HEALTHS; standing work: one period answered."""
    context = client.get(lived.board).context
    assert {name: box["count"] for name, box in context["boxes"].items()} == {
        "done_on_time": 0, "done_late": 1, "in_term": 3, "overdue": 0, "total": 4,
    }  # fmt: skip
    standing = lived.programme.obligations.filter(standing=True)
    answered = standing.filter(state="submitted").count()
    assert [(line["part"], line["whole"]) for line in context["lines"]] == [
        (1, 1), (1, 4), (1, 1), (1, 1),
    ]  # fmt: skip
    assert answered == standing.count() == 2, "two rows are one report"
    assert (context["awaiting"], context["unnamed"]) == (1, 1)


def test_numbers_count_what_their_reader_may_see(office, lived, enter):
    client = enter(office.who("clerk", office.health))
    context = client.get(lived.board).context
    assert context["boxes"]["total"]["count"] == 1
    assert len(rows_behind(client, context["boxes"]["total"]["url"])) == 1
    assert context["unnamed"] == 0
    assert listed(client, lived.board) == ["Xây dựng kế hoạch chuyển đổi số", "Khám sức khỏe định kỳ"]


@pytest.mark.parametrize("box", ["", *BOXES, "due", "total", "awaiting", "unanswered", "nonsense"])
def test_the_list_says_which_filter_holds(lived, client, box):
    page = client.get(f"{lived.board}viec/?box={box}")
    current = [
        chip["label"] for group in page.context["table"]["filters"] for chip in group["chips"] if chip["current"]
    ]
    assert len(current) == (0 if box == "nonsense" else 1)
    for row in page.context["table"]["rows"]:
        assert row.now in BOXES.get(box, [row.now])


def test_a_list_with_nothing_says_so(world, client):
    assert "Không có việc nào ở mục này." in words(client.get(f"{world.board}viec/?box=done_on_time"))


@pytest.mark.parametrize(("sort", "field"), [("due", "due"), ("body", "organisation_id"), ("task", "task_id")])
def test_the_list_in_order(lived, client, sort, field):
    values = [getattr(row, field) for row in client.get(f"{lived.board}viec/?sort={sort}").context["table"]["rows"]]
    back = [getattr(row, field) for row in client.get(f"{lived.board}viec/?sort=-{sort}").context["table"]["rows"]]
    assert values == sorted(values)
    assert back == sorted(values, reverse=True)
    assert len(set(values)) > 1


# the board


def test_the_board_at_a_glance(lived, client):
    page = words(client.get(lived.board))
    for part in (
        "Chương trình hành động về chuyển đổi số",
        "theo dõi từ ngày 01/01/2026",
        "xác nhận kết quả: Văn phòng Tỉnh ủy",
        "Hoàn thành trên số việc đến hạn: 1/1",
        "1 nhiệm vụ có tên chủ trì chưa gán được cơ quan",
        "Sở Lạ Chưa Biết (chờ gán)",
        "chế độ riêng",
    ):
        assert part in page, part


def test_each_task_stands_as_the_worst_of_its_obligations(lived, client):
    stands = {task.position: task.now for task in client.get(lived.board).context["table"]["rows"]}
    assert stands == {
        PLAN: "awaiting", LATE: "done_late", STANDING: stands[STANDING], OTHER_STANDING: stands[OTHER_STANDING],
        WAITING: "", SECRET: "in_term", HEALTHS: "in_term",
    }  # fmt: skip
    assert {stands[STANDING], stands[OTHER_STANDING]} <= {"reported", "not_reported", "not_reported_late"}


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ("?kind=dated", [PLAN, LATE, SECRET, HEALTHS]),
        ("?kind=standing", [STANDING, OTHER_STANDING]),
        ("?kind=waiting", [WAITING]),
        ("?lead=none", [WAITING]),
        ("?lead=99999999999999999999", []),
        ("?lead=x", [1, 2, 3, 4, 5, 6, 7]),
        ("?box=done_late", [LATE]),
        ("?box=in_term", [PLAN, SECRET, HEALTHS]),
        ("?box=due", [LATE]),
        ("?box=in_term&kind=dated&sort=-place", [HEALTHS, SECRET, PLAN]),
        ("?kind=dated&sort=due", [LATE, HEALTHS, SECRET, PLAN]),
        ("?kind=dated&sort=-due", [PLAN, SECRET, HEALTHS, LATE]),
    ],
)
def test_filters_and_order(lived, client, query, places):
    page = client.get(lived.board + query)
    assert [task.position for task in page.context["table"]["rows"]] == places
    if not places:
        assert "Bỏ bớt điều kiện lọc" in words(page)


def test_by_lead(lived, office, client):
    assert listed(client, f"{lived.board}?lead={office.health.pk}") == ["Khám sức khỏe định kỳ"]
    chips = client.get(lived.board).context["table"]["filters"][2]["chips"]
    assert [chip["label"] for chip in chips] == ["Tất cả", SCIENCE, "Sở Y tế", "Chờ gán"]


def test_a_task_led_by_a_phrase_alone_waits_until_a_body_stands_beside_it(office, client):
    make.organisation("Sở Tài chính", parent=office.root)
    programme = make.programme(
        make.row("Cùng làm", groups=["Các cơ quan liên quan"]),
        make.row("Chủ trì rõ", SCIENCE, groups=["Các cơ quan liên quan"]),
        office=office.body,
        by=office.chief,
    )
    board = f"/chuong-trinh/{programme.pk}/"
    assert client.get(board).context["unnamed"] == 1
    assert listed(client, f"{board}?lead=none") == ["Cùng làm"]
    phrase = programme.tasks.get(position=1).assignments.get()
    tasks.name_body(assignment=phrase, organisation=office.health, by=office.chief, at=make.NOW)
    assert client.get(board).context["unnamed"] == 0


def test_a_restricted_task_shows_its_lock_and_no_result(lived, client):
    lived.sent(SECRET)
    assert "31/BC" not in words(client.get(lived.board))


# Excel


def table_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    rows = sheets(answer.content)[0]
    head = next(place for place, row in enumerate(rows) if row[:1] == ["Số"])
    return [dict(zip(rows[head], [*row, *[""] * 10], strict=False)) for row in rows[head + 1 :]]


@pytest.mark.parametrize(
    "query", ["?", "?kind=dated&", "?box=in_term&", "?lead=none&", "?kind=dated&sort=-due&", "?lead=0&"]
)
def test_excel_holds_exactly_the_rows_of_the_page_in_its_order(lived, client, query):
    page = client.get(lived.board + query)
    link = page.context["table"]["exports"][0]["url"]
    rows = table_of(client, lived.board + link)
    shown = page.context["table"]["rows"]
    assert [row["Nội dung nhiệm vụ"] for row in rows] == [task.content for task in shown]
    from tiendo.doors.ui.templatetags.ui import standing_word

    stands = [standing_word(task.now) if task.now else str(task.silence) for task in shown]
    assert [row["Tình trạng"] for row in rows] == stands


def test_excel_tells_each_what_they_may_see(office, lived, enter, client):
    """A body that takes part sees that the lead has answered, not what it answered."""
    told = table_of(client, f"{lived.board}?dang=xlsx")[0]["Kết quả, minh chứng"]
    assert "31/BC-SKHCN" in told
    other = table_of(enter(office.who("clerk", office.health)), f"{lived.board}?dang=xlsx")
    assert [row["Kết quả, minh chứng"] for row in other] == ["", ""]
    assert other[0]["Tình trạng"] == "Chờ xác nhận"


def test_excel_of_a_filtered_board_says_so_and_states_the_programmes_rate(lived, client):
    rows = sheets(client.get(f"{lived.board}?box=in_term&kind=dated&dang=xlsx").content)[0]
    heads = [cell for row in rows[:3] for cell in row]
    assert any("Hoàn thành 1/1 việc đến hạn" in head for head in heads)
    assert any(
        head.startswith("DANH SÁCH ĐÃ LỌC (Tình trạng: Chưa hoàn thành, trong hạn; Loại việc: Có thời hạn): 3/7")
        for head in heads
    )
    whole = sheets(client.get(f"{lived.board}?dang=xlsx&sort=due").content)[0]
    assert not any("LỌC" in cell for row in whole[:3] for cell in row)


def test_the_word_of_a_task_that_owes_nothing(office, client):
    programme = make.programme(
        make.row("Đã qua", SCIENCE, deadline=make.by_date(days(-400))),
        make.row("Đã qua, lạ", "Sở Lạ", deadline=make.by_date(days(-5))),
        make.row("Chờ", SCIENCE),
        office=office.body, by=office.chief, tracked_from=days(-60),
    )  # fmt: skip
    rows = client.get(f"/chuong-trinh/{programme.pk}/").context["table"]["rows"]
    assert [str(row.silence) for row in rows] == ["Chưa có số liệu", "Chờ gán cơ quan", "Chờ sự kiện"]


def test_who_follows_a_programme_is_its_monitor(office, client):
    made = make.programme(make.row("Việc", SCIENCE), office=office.body, monitor=office.health, by=office.chief)
    line = f"Văn phòng Tỉnh ủy Sở Y tế {made.tracked_from:%d/%m/%Y}"
    assert line in words(client.get("/chuong-trinh/"))


def test_excel_of_the_reconciliation(office, document, enter):
    answer = enter(office.clerk).get(f"/van-ban/{document.pk}/doi-chieu/?dang=xlsx")
    lines, back = sheets(answer.content)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="doi-chieu-{document.pk}.xlsx"'
    assert [row[3] for row in lines if row[:1] and row[0].isdecimal()] == [row.content for row in document.duties.all()]
    assert len([row for row in back if row[:1] and row[0].isdecimal()]) == 4


def test_a_formula_stays_a_text(office, client):
    programme = make.programme(make.row('=HYPERLINK("http://x")', SCIENCE), office=office.body, by=office.chief)
    answer = client.get(f"/chuong-trinh/{programme.pk}/?dang=xlsx")
    assert '=HYPERLINK("http://x")' in [cell for row in sheets(answer.content)[0] for cell in row]
    import io
    import zipfile

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")


def test_the_days_pass(world, client, monkeypatch):
    """What is in term today is overdue when its day is over; the board is never stored."""
    from django.utils import timezone

    assert client.get(world.board).context["boxes"]["overdue"]["count"] == 1
    monkeypatch.setattr(timezone, "now", lambda: make.moment(days(40)))
    from django.test import Client

    later = Client()
    later.force_login(world.office.chief)
    assert later.get(world.board).context["boxes"]["overdue"]["count"] == 4
