"""Pages on which bodies are chosen and listed, in a register of many: found by what is typed, no page grows with it."""

from __future__ import annotations

import csv
import io

import pytest

import factories as make
from doors.desk.test_budgets import queries
from doors.desk.test_groups import page as group_page
from doors.desk.test_succession import LIST, drafted, typed
from doors.desk.world import words
from factories import days
from tiendo.foundation.organisations.finding import find
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.work.programmes.models import Assignment
from worlds import HEALTH, SCIENCE


@pytest.fixture
def registrar(office):
    return office.who("registrar", office.root)


def many(office, count: int = 120, above: Organisation | None = None) -> None:
    parent = above or office.body
    for number in range(count):
        make.organisation(f"Trạm Thú y số {number}", parent=parent, code=f"{parent.code}.TY.{number}")


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def offered(answer, field: str) -> list[str]:
    return [str(name) for _pk, name in answer.context["form"].fields[field].widget.choices]


# -- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("dang uy xa hoa binh", "Đảng uỷ xã Hoà Bình"),
        ("Đảng ủy xã Hòa Bình", "Đảng uỷ xã Hoà Bình"),
        ("binh hoa dang", "Đảng uỷ xã Hoà Bình"),
        ("x.hb", "Đảng uỷ xã Hoà Bình"),
        ("Sở Y tế", "Sở Y tế"),
        ("SYT", "Sở Y tế"),
    ],
)
def test_by_words_in_any_order_old_and_new_tone_marks_another_name_or_the_code(office, asked, first):
    make.organisation("Đảng uỷ xã Hoà Bình", parent=office.root, code="X.HB")
    make.organisation("Phòng Nghiệp vụ Sở Y tế", parent=office.health)
    make.name("SYT", organisation_=office.health)
    found = find(Organisation.objects.all(), asked, 5)
    assert Organisation.objects.get(pk=found.ids[0]).name == first
    assert not found.near


def test_what_is_typed_wrongly_finds_what_comes_near_and_nonsense_nothing(office):
    make.organisation("KH", parent=office.root)
    bodies = Organisation.objects.all()
    near = find(bodies, "khao hoc và cong ngeh", 5)
    assert near.near
    assert [Organisation.objects.get(pk=pk).name for pk in near.ids] == [SCIENCE], "no short name that is a piece of it"
    assert find(bodies, "zzzz qqqq", 5).ids == ()
    assert find(bodies, "  ", 5) == find(bodies, ".", 5), "nothing asked, nothing found"


def test_no_more_than_asked_for_and_how_many_there_are(office):
    many(office, 40)
    found = find(Organisation.objects.all(), "tram thu y", 30)
    assert (len(found.ids), found.total) == (30, 40)


# -- forms -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [f"{LIST}them/?kind=merge", f"{LIST}them/?kind=split", "/co-quan/them/", "/co-quan/{pk}/sua/", "/co-quan/"]
)
def test_no_page_grows_with_the_register(office, registrar, enter, path):
    client, url = enter(registrar), path.format(pk=office.health.pk)
    asked = []
    for above in (office.body, office.science):
        many(office, above=above)
        asked.append((queries(client, url), len(client.get(url).content)))
    (few, short), (more, long) = asked
    assert few == more
    assert abs(long - short) < 2_000, "120 more bodies would be ten times that"


def test_the_body_above_is_looked_for_and_what_was_typed_stays(office, registrar, enter):
    many(office)
    client = enter(registrar)
    sent = {
        "name": "Tổ Kiểm dịch",
        "kind": "other",
        "starts": "hôm",
        "find": "parent",
        "find-parent": "tram thu y so 77",
    }
    answer = client.post("/co-quan/them/", sent)
    assert answer.status_code == 200
    assert offered(answer, "parent") == ["Trạm Thú y số 77"]
    assert [one for one in ("Tổ Kiểm dịch", 'value="hôm"') if one not in answer.content.decode()] == []
    above = Organisation.objects.get(name="Trạm Thú y số 77")
    client.post("/co-quan/them/", {"name": "Tổ Kiểm dịch", "kind": "other", "parent": above.pk})
    made = Organisation.objects.get(name="Tổ Kiểm dịch")
    assert (made.parent, made.code) == (above, f"{above.code}.1"), "without a code it gets the next one"


def test_a_correction_keeps_the_body_above_and_looks_for_another(office, registrar, enter):
    many(office)
    client, url = enter(registrar), f"/co-quan/{office.health.pk}/sua/"
    assert offered(client.get(url), "parent") == [office.root.name], "the one it has"
    sent = {"name": "Sở Sức khỏe", "code": "T.YT", "kind": "department", "parent": office.root.pk}
    answer = client.post(url, {**sent, "find": "parent", "find-parent": "zzzz"})
    assert offered(answer, "parent") == [office.root.name]
    assert "Không tìm thấy cơ quan nào khác" in words(answer)
    assert 'value="Sở Sức khỏe"' in answer.content.decode()
    assert client.post(url, {**sent, "code": "t.yt"}).status_code == 302, "small letters are meant as capitals"
    assert Organisation.objects.get(pk=office.health.pk).name == "Sở Sức khỏe"


def test_bodies_of_one_name_say_where_they_stand(office, registrar, enter):
    many(office)
    for parent in (office.science, office.health):
        make.organisation("Phòng Kinh tế", parent=parent, code=f"{parent.code}.KT")
    answer = enter(registrar).post(
        f"{LIST}them/", {"kind": "rename", "find": "befores", "find-befores": "phong kinh te"}
    )
    assert sorted(offered(answer, "befores")) == [
        f"Phòng Kinh tế ({SCIENCE}, {office.science.code}.KT)",
        f"Phòng Kinh tế ({HEALTH}, {office.health.code}.KT)",
    ]


def test_where_bodies_below_go_is_looked_for_on_the_draft(office, registrar, enter):
    children = [make.organisation(f"Phòng {word}", parent=office.science) for word in ("Một", "Hai")]
    many(office)
    client = enter(registrar)
    pk = drafted(client, typed(office))
    page = client.get(f"{LIST}{pk}/")
    assert len(page.content) < 40_000
    there = Organisation.objects.get(name="Trạm Thú y số 5")
    sent = {f"below-{children[0].pk}": office.health.pk, "find": "below", "find-below": "tram thu y so 5"}
    found = client.post(f"{LIST}{pk}/", sent)
    assert found.status_code == 200
    shown = found.content.decode()
    assert f'<option value="{office.health.pk}" selected>' in shown, "what was chosen stays"
    assert f'<option value="{there.pk}">' in shown
    assert f'<option value="{office.science.pk}"' not in shown, "not the body that ends"
    client.post(f"{LIST}{pk}/thuc-hien/", {f"below-{children[0].pk}": there.pk})
    children[0].refresh_from_db()
    children[1].refresh_from_db()
    assert (children[0].parent, children[1].parent) == (there, office.health)


def test_a_group_below_a_body_that_is_looked_for(office, enter):
    many(office)
    row = make.programme(make.row("Rà soát", groups=["các trạm thú y"]), office=office.body, by=office.chief)
    phrase = Assignment.objects.get(task__programme=row, group=True)
    client, rule = enter(office.chief), {"kinds": ["department"], "named": "Trạm"}
    looked = client.post(group_page(phrase), {**rule, "find": "below", "find-below": "van phong tinh uy"})
    assert offered(looked, "below") == ["mọi cơ quan trong cây tổ chức của tỉnh", office.body.name]
    assert looked.context["form"]["kinds"].value() == ["department"], "what was ticked stays"
    found = client.post(group_page(phrase), {**rule, "below": office.body.pk, "act": "look"})
    assert "Gồm 120 cơ quan" in words(found)
    nobody = client.post(group_page(phrase), {**rule, "below": office.health.pk, "act": "look"})
    assert "Không có cơ quan nào như vậy" in words(nobody)


# -- lists -----------------------------------------------------------------------------------------------------------


def test_the_list_is_searched_and_taken_out_as_it_stands(office, registrar, enter):
    many(office)
    client = enter(registrar)
    answer = client.get("/co-quan/?q=tram thu y so 77")
    assert [row.name for row in answer.context["table"]["rows"]] == ["Trạm Thú y số 77"]
    assert "q=tram+thu+y+so+77&amp;tep=csv" in answer.content.decode()
    assert lines(client.get("/co-quan/?q=tram thu y so 77&tep=csv"))[1:] == [
        [f"{office.body.code}.TY.77", "Trạm Thú y số 77", "sở, phòng", "Văn phòng Tỉnh ủy", "", "", "0"]
    ]
    assert "Không có cơ quan nào như vậy" in words(client.get("/co-quan/?q=zzzz qqqq"))
    assert len(lines(client.get("/co-quan/?tep=csv"))) > 120, "all of it, not a page"
    down = [row[1] for row in lines(client.get("/co-quan/?tep=csv&sort=-name&q=tram"))[1:]]
    assert down == [row.name for page in (1, 2, 3) for row in client.get(
        f"/co-quan/?sort=-name&q=tram&page={page}").context["table"]["rows"]]  # fmt: skip


def test_the_list_of_a_day_is_taken_out_with_the_names_of_that_day(office, registrar, enter):
    client = enter(registrar)
    pk = drafted(client, typed(office, kind="rename", afters=[], new_name="Sở Số hóa, Dữ liệu và Mạng"))
    client.post(f"{LIST}{pk}/thuc-hien/")
    names = {row[1] for row in lines(client.get("/co-quan/?khi=2026-03-01&tep=csv"))}
    assert SCIENCE in names
    assert "Sở Số hóa, Dữ liệu và Mạng" in {row[1] for row in lines(client.get("/co-quan/?tep=csv"))}
    told = client.get(LIST)
    assert "→ Sở Số hóa, Dữ liệu và Mạng" in words(told)
    assert lines(client.get(f"{LIST}?tep=csv"))[1] == [
        "02/03/2026", "đổi tên", SCIENCE, "Sở Số hóa, Dữ liệu và Mạng", "chưa xác minh", "", "đã ghi nhận",
    ]  # fmt: skip


def test_the_fact_sheet_of_a_day_counts_what_the_body_held_then(office, registrar, enter):
    make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30))), office=office.body, by=office.chief
    )
    client = enter(registrar)
    client.post(f"{LIST}{drafted(client, typed(office))}/thuc-hien/")
    chief = enter(office.chief)
    url = f"/co-quan/{office.science.pk}/phieu-so-lieu/?tu=01/01/2026&den=31/12/2026"
    assert len(chief.get(url).context["table"]["rows"]) == 0, "it went on"
    assert len(chief.get(f"{url}&khi=2026-03-01").context["table"]["rows"]) == 1
    assert "Như hiện nay" in words(chief.get(url))


def test_every_kind_but_the_root_is_offered_once():
    from tiendo.doors.desk.bodies.kinds import offered as kinds
    from tiendo.doors.desk.bodies.kinds import ordered

    assert sorted(value for value, _label in ordered()) == sorted(set(Kind.values) - {"root"})
    assert [value for _system, group in kinds("")[1:] for value, _label in group] == [value for value, _l in ordered()]
