"""The audit as sentences: each act has its words, each reader their own offices."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.db import transaction

import factories as make
import tiendo
from acts import ACTS
from doors.desk.world import LATE, PLAN, SECRET, WAITING, words
from tampering import tampering
from tiendo.doors.desk.history.sentences import VERBS, plain, sentences
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.chain import KEY_REPLACED
from tiendo.foundation.audit.door import through
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.actions import documents, duties
from tiendo.work.programmes.actions import reports, tasks


def test_what_happened_newest_first(office, world, enter):
    page = enter(office.chief).get("/nhat-ky/")
    rows = page.context["table"]["rows"]
    assert [row["sequence"] for row in rows] == sorted((row["sequence"] for row in rows), reverse=True)
    shown = words(page)
    assert f"09:30 02/03/2026 {office.chief.full_name} mở chương trình" in shown
    assert "Hệ thống đọc xong văn bản" in shown
    assert "xác nhận nhiều dòng cùng lúc (7 dòng)" in shown


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


def test_of_many_rows_a_sentence_names_the_first(office, world):
    signed = Event.objects.filter(verb="directives.duty.signed_together").order_by("sequence")[:1]
    told = plain(sentences(signed, office.rights("office_head"))[0])
    assert "(7 dòng): dòng 1, dòng 2, dòng 3, dòng 4, dòng 5, 2 dòng khác, 12-CTr/TU." in told


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
    assert labels(found["giao vai trò"])[-1] == office.science.label
    assert all(one["url"] == "" for one in found["giao vai trò"][:-1]), "accounts are the administrator's"


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
        {
            "at": make.NOW, "who": "user:99", "what": "x.y.z", "objects": [], "count": 3, "unit": "", "details": [],
            "sequence": 1,
        }
    ]  # fmt: skip


RECORDS = {"_event", "_record", "_keep", "_set_event", "_alias_event"}
"""Functions of the rooms that are told the last word of a verb; their `events.record` has its prefix."""


def recorded() -> set[str]:
    """Every verb the house writes, read from its source: whole ones, and prefixes with each of their last words."""
    found = {KEY_REPLACED}
    for path in Path(tiendo.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'"?verb"?[=:] ?"([a-z_]+\.[a-z_]+\.[a-z_]+)"', source))
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        last = {word for call in calls if getattr(call.func, "id", "") in RECORDS for word in last_words(call)}
        prefixes = re.findall(r'verb=f"([a-z_.]+)\.\{verb\}"', source)
        found |= {f"{prefix}.{word}" for prefix in prefixes for word in last}
    return found


def last_words(call: ast.Call) -> set[str]:
    """The words that one of its first two arguments may be; what is only compared with is none."""
    found: set[str] = set()
    for argument in call.args[:2]:
        branches = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        found |= {one.value for one in branches if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


@pytest.mark.parametrize("verb", sorted(recorded()))
def test_each_verb_has_its_words(verb):
    """And each of these its English: tests/test_house.py asks that of every text."""
    assert verb in VERBS


def test_no_words_without_a_verb():
    assert set(VERBS) - recorded() == set()


def test_all_the_verbs_are_found():
    assert {"audit.key.replaced", "audit.chain.sealed", "programmes.report.sent_back"} <= recorded()
    assert len(recorded()) > 50


def test_a_page_tells_whole_sentences(office, world, enter):
    """Who did what to what, how often, why, through which door."""
    report = world.sent(LATE)
    reports.ask_more(report=report, seen_round=1, reason="Thiếu số liệu\nquý II.", by=office.chief, at=make.NOW)
    with through("shell"):
        tasks.set_restricted(task=world.task(PLAN), restricted=True, by=office.chief, at=make.NOW)
    chief, programme = office.chief.full_name, str(world.programme)
    shown = words(enter(office.chief).get(f"/bao-cao/{report.pk}/"))
    body = office.science.label
    assert (
        f"{chief} đề nghị bổ sung báo cáo: báo cáo của {body} , {programme} ; lần 1; lý do: Thiếu số liệu quý II."
        in shown
    )
    number = world.task(PLAN).number or PLAN
    shown = words(enter(office.chief).get(f"/nhiem-vu/{world.task(PLAN).pk}/"))
    assert f"{chief} đưa nhiệm vụ vào chế độ báo cáo riêng: nhiệm vụ {number} , {programme} ; qua dòng lệnh." in shown


def test_the_reasons_are_those_that_stand(office, document, world, enter):
    first, second = document.duties.all()[:2]
    who = {"by": office.chief, "at": make.NOW}
    duties.leave_out(duty=first, reason="Trùng với dòng 4", **who)
    duties.leave_out(duty=second, reason="Nhầm", **who)
    second.refresh_from_db()
    duties.restore(duty=second, **who)
    documents.set_aside(document=document, reason="Gửi nhầm", **who)
    due = tasks.open_by_event(
        task=world.task(WAITING), basis="Công văn 9-CV/TW", happened_on=make.days(0), due=make.days(20), **who
    ).due
    told = {plain(row) for row in sentences(Event.objects.all(), office.rights("office_head"))}
    assert sum("lý do: Trùng với dòng 4" in one for one in told) == 1
    assert not any("Nhầm" in one for one in told)
    assert any("đưa văn bản ra khỏi danh sách theo dõi" in one and "lý do: Gửi nhầm." in one for one in told)
    assert any(f"hạn {due:%d/%m/%Y}; lý do: Công văn 9-CV/TW." in one for one in told)
    unseen = {plain(row) for row in sentences(Event.objects.all(), office.rights("office_head", office.elsewhere))}
    assert not any("lý do" in one for one in unseen), "what cannot be opened gives no reasons away"


def test_data_that_nobody_wrote_spoil_no_page(office):
    odd = [{"count": "x", "round": "y", "due": 5, "role": [], "fields": ["none"], "code": {}, "via": 3}, {"row": "x"}]
    with transaction.atomic():
        for data in odd:
            for subject in ("programmes.task:1", "directives.document:x", "organisations.post:1", ""):
                events.record(actor="", verb="programmes.task.restricted", subject=subject, at=make.NOW, data=data)
    assert len([plain(row) for row in sentences(Event.objects.filter(actor=""), office.rights("office_head"))]) == 8


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_what_every_act_leaves_is_one_whole_sentence(office, act):
    """The last event of each act: words, an object, a full stop, no code of ours in it."""
    do, body = act.prepare(office), getattr(office, act.where)
    role = "office_head" if act.where == "body" else "head"
    do(office.who(role, body))
    event = Event.objects.filter(verb=act.verb).latest("sequence")
    told = plain(sentences([event], office.rights(role, body))[0])
    assert told.endswith(".")
    assert ": " in told
    assert not re.search(r"[a-z]_[a-z]|None|\{|\bT\.", told), told
    waits = act.verb in {"directives.document.received", "directives.document.queued_again"}
    assert ("ngoài phạm vi" in told) is waits, "what was not read yet may be marked secret: not even its name is told"


@pytest.mark.parametrize(
    "verb", ["signed_together", "opened", "opened_more", "assigned_together", "unassigned_together"]
)
def test_an_act_on_a_set_leaves_one_event_with_count_and_digest(office, verb):
    act = next(one for one in ACTS if one.verb.endswith(f".{verb}"))
    do = act.prepare(office)
    before = Event.objects.filter(verb=act.verb).count()
    do(office.chief)
    (event,) = Event.objects.filter(verb=act.verb)[before:]
    assert event.data.get("count", event.data.get("tasks")) >= 1
    assert re.fullmatch("[0-9a-f]{64}", event.data["digest"])
