"""The audit as sentences: each act has its words, each reader their own offices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import transaction

import factories as make
import tiendo
from doors.desk.world import LATE, SECRET, WAITING, words
from tampering import tampering
from tiendo.doors.desk.history.sentences import VERBS, sentences
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.actions import duties
from tiendo.work.programmes.actions import tasks


def test_what_happened_newest_first(office, world, enter):
    page = enter(office.chief).get("/nhat-ky/")
    rows = page.context["table"]["rows"]
    assert [row["sequence"] for row in rows] == sorted((row["sequence"] for row in rows), reverse=True)
    shown = words(page)
    assert f"09:30 02/03/2026 {office.chief.full_name} mở chương trình" in shown
    assert "Hệ thống đọc xong văn bản" in shown
    assert "xác nhận nhiều dòng cùng lúc (7)" in shown


def test_each_reads_of_their_own_bodies(office, world, enter):
    world.sent(LATE)
    verbs = lambda who: {row["what"] for row in enter(who).get("/nhat-ky/").context["table"]["rows"]}  # noqa: E731
    assert "gửi báo cáo" in verbs(office.who("head", office.science))
    assert "gửi báo cáo" not in verbs(office.who("head", office.health))
    assert "mở chương trình" not in verbs(office.who("head", office.science))
    assert {"gửi báo cáo", "mở chương trình"} <= verbs(office.who("inspector", office.root))


def test_nothing_yet_says_so(office, enter):
    client = enter(office.chief)
    with tampering():
        Event.objects.all()._raw_delete("default")
    assert "Chưa có việc nào được ghi." in words(client.get("/nhat-ky/"))


def test_pages(office, enter):
    with transaction.atomic():
        for place in range(55):
            events.record(
                actor="shell:x", verb="tests.thing.done", subject=f"tests.thing:{place}", at=make.NOW,
                office=office.body.path, data={},
            )  # fmt: skip
    client = enter(office.chief)
    first, second = (client.get(f"/nhat-ky/?page={page}").context["table"]["rows"] for page in (1, 2))
    assert len(first) == 50
    assert not {row["sequence"] for row in first} & {row["sequence"] for row in second}


def test_names_are_looked_up_once(office, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        sentences(Event.objects.order_by("sequence"))
    held = office.rights("office_head")
    assert held.posts
    with django_assert_max_num_queries(8):
        sentences(Event.objects.order_by("sequence"), held)


def objects(who, enter, query: str = "") -> dict[str, list[dict[str, str]]]:
    """By what was done: what it was done to, as the page says."""
    return {row["what"]: row["objects"] for row in enter(who).get(f"/nhat-ky/{query}").context["table"]["rows"]}


def labels(found: list[dict[str, str]]) -> list[str]:
    return [one["label"] for one in found]


def test_each_line_says_to_what(office, document, enter):
    first, second, third = document.duties.all()[:3]
    who = {"by": office.chief, "at": make.NOW}
    duties.sign(duty=first, **who)
    duties.leave_out(duty=second, reason="Trùng", **who)
    _one, _two = duties.split(duty=third, parts=["một", "hai"], **who)
    found = objects(office.chief, enter)
    assert found["xác nhận một dòng"] == [
        {"label": f"dòng {first.number}", "url": f"/van-ban/{document.pk}/dong/?row={first.pk}#row"},
        {"label": str(document), "url": f"/van-ban/{document.pk}/"},
    ]
    assert labels(found["đưa một dòng ra khỏi danh sách theo dõi"]) == [f"dòng {second.number}", str(document)]
    assert labels(found["tách dòng"])[-1] == str(document)
    assert len(found["tách dòng"]) == 4
    assert found["tách dòng"][0]["url"] == "", "a row that was replaced cannot be opened any more"
    assert labels(found["tiếp nhận văn bản"]) == [str(document)]


def test_tasks_bodies_and_reports_are_named(office, world, enter):
    report = world.sent(LATE)
    task = world.task(WAITING)
    waiting = task.assignments.get(organisation=None)
    tasks.name_body(assignment=waiting, organisation=office.health, by=office.chief, at=make.NOW)
    found = objects(office.who("inspector", office.root), enter)
    number, programme = task.number or task.position, str(world.programme)
    assert labels(found["gán cơ quan cho nhiệm vụ"]) == [f"nhiệm vụ {number}", programme, office.health.label]
    assert found["gán cơ quan cho nhiệm vụ"][2]["url"] == f"/co-quan/{office.health.pk}/"
    assert found["gửi báo cáo"] == [
        {"label": f"báo cáo của {office.science.label}", "url": f"/bao-cao/{report.pk}/"},
        {"label": programme, "url": f"/chuong-trinh/{world.programme.pk}/"},
    ]


def test_who_reads_the_audit_learns_no_more_than_they_may_see(office, world, enter):
    """The events are about the body's own affairs; what it may not open is not named."""
    with transaction.atomic():
        for noun, pk in (("directives.document", world.programme.document_id), ("programmes.task", 0)):
            events.record(
                actor="job:x", verb=f"{noun}.touched", subject=f"{noun}:{pk}", at=make.NOW, office=office.health.path
            )
    found = objects(office.who("head", office.health), enter)
    assert found["directives.document.touched"] == [{"label": "văn bản ngoài phạm vi được xem", "url": ""}]
    assert found["programmes.task.touched"] == [{"label": "nhiệm vụ ngoài phạm vi được xem", "url": ""}]


def test_a_restricted_task_is_named_by_its_number(office, world, enter):
    tasks.set_restricted(task=world.task(SECRET), restricted=True, by=office.chief, at=make.NOW)
    page = words(enter(office.chief).get("/nhat-ky/"))
    assert "Báo cáo riêng" not in page


def test_posts_name_role_and_person(office, enter):
    clerk = office.who("clerk", office.science)
    found = objects(office.who("head", office.science), enter)
    assert labels(found["giao vai trò"])[0] in {"Văn thư", "Người đứng đầu"}
    assert clerk.full_name in labels(found["giao vai trò"])
    assert all(one["url"] == "" for one in found["giao vai trò"])


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?verb=programmes.report.submitted", {"gửi báo cáo"}),
        ("?who=job", {"đọc xong văn bản", "lập việc phải báo cáo"}),
        ("?since=03/03/2026", set()),
        ("?until=01/03/2026", set()),
        ("?since=02/03/2026&until=02/03/2026&verb=programmes.report.submitted", {"gửi báo cáo"}),
        ("?about=khong-co", set()),
        ("?object=programmes.programme:{programme}", {"mở chương trình", "lập việc phải báo cáo"}),
    ],
)
def test_filtered(office, world, enter, query, kept):
    world.sent(LATE)
    who = office.who("inspector", office.root)
    assert set(objects(who, enter, query.format(programme=world.programme.pk))) == kept


def test_by_person(office, world, enter):
    world.sent(LATE)
    client = enter(office.who("inspector", office.root))
    page = client.get(f"/nhat-ky/?who={office.chief.actor}")
    assert {row["who"] for row in page.context["table"]["rows"]} == {office.chief.full_name}
    offered = dict(page.context["form"].fields["who"].choices)
    assert office.chief.actor in offered
    assert office.who("clerk", office.elsewhere).actor not in offered


def test_by_symbol_all_that_came_of_a_document(office, world, document, enter):
    sent = world.sent(LATE)
    found = objects(office.who("inspector", office.root), enter, f"?about={world.programme.symbol.lower()}")
    assert {"tiếp nhận văn bản", "mở chương trình", "gửi báo cáo"} <= set(found)
    assert labels(found["tiếp nhận văn bản"]) == [str(sent.programme.document)]


def test_a_day_that_is_none_is_told(office, world, enter):
    page = enter(office.chief).get("/nhat-ky/?since=31/02/2026")
    assert page.status_code == 200
    assert "Ngày chưa hợp lệ" in words(page)
    assert page.context["table"]["rows"], "and asks for nothing"


def test_no_such_act_says_so(office, world, enter):
    assert "Không có việc nào như vậy." in words(enter(office.chief).get("/nhat-ky/?since=03/03/2026"))


def test_a_body_shows_its_own(office, enter):
    there = f"/co-quan/{office.science.pk}/"
    page = enter(office.who("head", office.science)).get(there)
    assert "thêm cơ quan" in words(page)
    assert f"/nhat-ky/?object=organisations.organisation%3A{office.science.pk}" in page.content.decode()
    assert "thêm cơ quan" not in words(enter(office.clerk).get(there))


def test_one_who_is_unknown_is_named_as_the_audit_has_them(db):
    from types import SimpleNamespace

    event = SimpleNamespace(actor="user:99", verb="x.y.z", subject="x.y:1", at=make.NOW, data={"count": 3}, sequence=1)
    assert sentences([event]) == [
        {"at": make.NOW, "who": "user:99", "what": "x.y.z", "objects": [], "count": 3, "sequence": 1}
    ]


def recorded() -> set[str]:
    """Every verb the actions write, read from their source: whole ones, and prefixes with each of their last words."""
    found = set()
    for path in Path(tiendo.__file__).parent.glob("*/*/actions/*.py"):
        source = path.read_text(encoding="utf-8")
        for prefix, whole in re.findall(r'verb=f?"([a-z_.]+?)(?:\.\{verb\}|(?<=[a-z])(\b))"', source):
            last = re.findall(r'_(?:event|record|keep)\(\s*(?:\w+, )?"([a-z_]+)"', source)
            found |= {f"{prefix}.{one}" for one in last} if f"{prefix}.{{verb}}" in source else {prefix + whole}
    return found


@pytest.mark.parametrize("verb", sorted(recorded()))
def test_each_verb_has_its_words(verb):
    assert verb in VERBS
