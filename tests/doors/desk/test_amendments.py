"""The pages of a document that changes an open programme."""

from __future__ import annotations

import factories as make
import snapshots
from doors.desk.world import World, words
from factories import by_date, days, row
from worlds import HEALTH, SCIENCE

CHANGED = "Xây dựng kế hoạch chuyển đổi số toàn tỉnh"


def later(world: World):
    seen = make.machine(
        row(CHANGED, SCIENCE, deadline=by_date(days(30)), coordinators=[HEALTH]),
        row("Lập tổ công nghệ số", HEALTH, deadline=by_date(days(50))),
        symbol="40-CTr/TU", date=days(-1),
    )  # fmt: skip
    return make.approved(seen, office=world.office.body, by=world.office.chief)


def test_from_the_board_to_the_changed_task(world: World, enter):
    document, client = later(world), enter(world.office.chief)
    there = f"{world.board}sua-doi/"
    none = client.post(there, {"document": ""})
    assert none.status_code == 422
    assert "Hãy chọn văn bản" in words(none)
    preview = client.post(there, {"document": document.pk}, follow=True)
    shown = words(preview)
    assert "Xây dựng kế hoạch chuyển đổi số (trước ngày" in shown
    assert CHANGED in shown
    assert "hạn không đổi" in shown
    one = world.programme.amendments.get()
    page = f"/sua-doi/{one.pk}/"
    wrong = client.post(page, {"act": "carry_out", "on": "hôm nay"})
    assert wrong.status_code == 422
    assert "hôm nay" in wrong.content.decode()
    assert "phải từ" in words(client.post(page, {"act": "carry_out", "on": "01/01/2027"}))
    done = words(client.post(page, {"act": "carry_out", "on": "02/03/2026"}, follow=True))
    assert "bổ sung 1, sửa đổi 1, bãi bỏ 0 nhiệm vụ; 1 việc đang mở được chuyển tiếp" in done
    old, made = world.task(1), world.programme.tasks.get(content=CHANGED)
    assert "Được sửa đổi bởi 40-CTr/TU từ ngày 02/03/2026" in words(client.get(f"/nhiem-vu/{old.pk}/"))
    assert "Thay cho nhiệm vụ 1 theo 40-CTr/TU" in words(client.get(f"/nhiem-vu/{made.pk}/"))
    assert "Thực hiện mục này" not in words(client.get(f"{page}?muc=moi"))


def test_a_line_is_decided_by_a_person(world: World, enter):
    make.amendment(world.programme)
    one, client = world.programme.amendments.get(), enter(world.office.chief)
    page, line = f"/sua-doi/{one.pk}/", one.lines.get(kind="add")
    client.post(page, {"act": "turn", "muc": line.pk})
    line.refresh_from_db()
    assert not line.chosen
    said = {"act": "choose", "muc": line.pk, "kind": "change", "duty": line.duty_id, "chosen": "on"}
    wrong = client.post(page, said)
    assert wrong.status_code == 422
    assert "sửa đổi cần cả nhiệm vụ đang mở" in words(wrong)
    client.post(page, {**said, "task": world.task(1).pk})
    line.refresh_from_db()
    assert (line.kind, line.task, line.chosen) == ("change", world.task(1), True)
    added = client.post(page, {"act": "choose", "muc": "moi", "kind": "end", "task": world.task(2).pk, "chosen": "on"})
    assert added.status_code == 302
    assert "ở một mục khác" in words(
        client.post(page, {"act": "choose", "muc": "moi", "kind": "end", "task": world.task(1).pk, "chosen": "on"})
    )
    assert client.get(f"{page}?muc={10**30}").status_code == 200
    assert "Đã bỏ bản chuẩn bị" in words(client.post(page, {"act": "discard"}, follow=True))
    assert not world.programme.amendments.exists()


def test_only_the_office_head_changes_it(world: World, enter):
    make.amendment(world.programme)
    one, client = world.programme.amendments.get(), enter(world.office.officer)
    before = snapshots.rows()
    assert client.get(f"/sua-doi/{one.pk}/").status_code == 200
    for act in ("turn", "choose", "carry_out", "discard", ""):
        assert client.post(f"/sua-doi/{one.pk}/", {"act": act, "on": "02/03/2026"}).status_code == 403
    assert snapshots.rows() == before
