from datetime import UTC, datetime

import pytest
from django.core.management import CommandError

import factories as make
from doors.commands.conftest import ROWS
from factories import NOW
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.actions import duties
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.rules import DeadlineFields
from tiendo.work.programmes.models import Programme

pytestmark = pytest.mark.django_db
NO_LEAD = "1\tXây dựng tủ sách lưu động cho trường vùng cao\t\tSở Y tế\tTrước ngày 30/6/2026"


@pytest.fixture
def receive(shell, office):
    """`tiendo receive FILE … --office T.VP --as <the office head>`."""

    def run(path, *arguments, user=None):
        username = (user or office.chief).username
        return shell("receive", path, "--office", "T.VP", "--as", username, *arguments)

    return run


def test_reads_and_says_what_it_saw(receive, plan):
    out = receive(plan(*ROWS))
    document = Document.objects.get()
    assert (document.state, document.symbol, document.filename) == ("read", "5-KH/TU", "5-KH-TU.txt")
    assert "5-KH/TU ngày 02/02/2026 – tổ chức Tuần lễ đọc sách" in out
    assert "2 dòng giao việc (2 trong bảng)" in out
    assert set(document.duties.values_list("state", flat=True)) == {Duty.State.PROPOSED}


def test_confirm_signs_in_bulk_and_the_audit_says_so(receive, plan, office):
    out = receive(plan(*ROWS), "--confirm")
    assert "Đã xác nhận hàng loạt 2 dòng." in out
    assert set(Duty.objects.values_list("state", "signed_as", "signed_by")) == {("signed", "bulk", office.chief.pk)}
    event = Event.objects.filter(verb="directives.duty.signed_together").first()
    assert event.data["signed_as"] == "bulk"
    assert Document.objects.get().state == "read"


def test_open_opens_and_says_what_waits_for_a_person(receive, plan):
    rows = (
        *ROWS,
        "3\tSơ kết phong trào\tSở Khoa học Công nghệ\t\tTheo nhiệm kỳ",
        "4\tVận động góp sách\tCác cơ quan, đơn vị liên quan\t\tTrước ngày 30/9/2026",
    )
    out = receive(plan(*rows), "--confirm", "--open", "--tracked-from", "01/01/2026")
    programme = Programme.objects.get()
    assert programme.tasks.count() == 4
    assert programme.tracked_from.isoformat() == "2026-01-01"
    assert f"Chương trình #{programme.pk}: 5-KH/TU" in out
    assert "4 nhiệm vụ; 1 việc có thời hạn" in out
    assert "“Sở Khoa học Công nghệ”, 1 nhiệm vụ; gần giống: Sở Khoa học và Công nghệ" in out
    assert "1 nhiệm vụ chưa có thời hạn cụ thể" in out
    assert "1 nhiệm vụ chỉ ghi nhóm cơ quan ở cột chủ trì, cần nêu từng cơ quan: 4." in out


def test_a_name_of_two_bodies_is_told_with_their_codes(receive, plan, office):
    for code, parent in (("Y1", office.science), ("Y2", office.health)):
        make.organisation("Sở Ngoại vụ", parent=parent, code=code)
    out = receive(plan(ROWS[0].replace("Sở Khoa học và Công nghệ", "Sở Ngoại vụ")), "--confirm", "--open")
    assert "“Sở Ngoại vụ”, 1 nhiệm vụ; trùng tên ở 2 cơ quan, mã: Y1, Y2" in out


def test_a_document_without_any_order_opens_nothing(receive, tmp_path):
    path = tmp_path / "thu.txt"
    path.write_text("Thư gửi các em học sinh nhân ngày khai trường.\n", encoding="utf-8")
    with pytest.raises(CommandError, match="không tìm thấy dòng giao việc nào"):
        receive(path, "--confirm", "--open")
    assert not Programme.objects.exists()


def test_what_has_a_blocking_doubt_waits_and_the_rest_is_opened(receive, plan, office):
    path = plan(NO_LEAD, ROWS[1])
    out = receive(path, "--confirm", "--open")
    assert set(Duty.objects.values_list("number", "state")) == {("1", "proposed"), ("2", "signed")}
    assert "Còn 1 dòng chờ người xem" in out
    assert "– dòng 1: Xây dựng tủ sách lưu động" in out
    assert "thiếu cơ quan chủ trì" in out
    programme = Programme.objects.get()
    assert list(programme.tasks.values_list("number", flat=True)) == ["2"]

    row = Duty.objects.get(number="1")
    row = duties.edit(
        duty=row,
        version=row.version,
        changes={"leads": [{"name": "Sở Y tế", "group": False}]},
        deadline=DeadlineFields("continuous"),
        by=office.chief,
        at=NOW,
    )
    duties.sign(duty=row, by=office.chief, at=NOW)
    assert "Đã mở thêm 1 nhiệm vụ" in receive(path, "--open")
    assert list(programme.tasks.values_list("number", "position")) == [("2", 1), ("1", 2)]
    assert "mở thêm" not in receive(path, "--open")


def test_nothing_is_opened_where_nobody_signed(receive, plan):
    with pytest.raises(CommandError, match="cả 1 dòng còn chờ người xem"):
        receive(plan(NO_LEAD), "--confirm", "--open")
    assert not Programme.objects.exists()


def test_the_same_file_again_is_the_same_document_and_programme(receive, plan):
    path = plan(*ROWS)
    receive(path, "--confirm", "--open")
    again = receive(path, "--confirm", "--open")
    assert "đã được nhận trước đây" in again
    assert "đã được mở trước đây" in again
    assert (Document.objects.count(), Programme.objects.count(), Duty.objects.count()) == (1, 1, 2)


def test_monitor_and_confirming_body(receive, plan):
    receive(
        plan(*ROWS), "--confirm", "--open", "--monitor", "T.YT", "--confirming", "T.VP", "--standing-every", "quarter"
    )
    programme = Programme.objects.get()
    assert (programme.monitor.code, programme.confirming.code, programme.standing_every) == ("T.YT", "T.VP", "quarter")


def test_prose_can_be_kept_for_a_person(receive, tmp_path):
    from datetime import date

    from tiendo.work.directives.seeds.paper import directive

    path = tmp_path / "plan.docx"
    path.write_bytes(directive("plan", today=date(2026, 3, 2), issued=date(2026, 2, 23)))
    assert "Còn 2 dòng chờ người xem" in receive(path, "--confirm", "--no-prose", "--open")
    assert set(Duty.objects.filter(state="proposed").values_list("origin", flat=True)) == {"prose"}
    assert Programme.objects.get().tasks.count() == 8


def test_a_failed_reading_can_be_tried_again(receive, plan, monkeypatch):
    from tiendo.work.directives import child

    whole = child.read
    monkeypatch.setattr(child, "read", lambda *_args, **_named: child.TIMEOUT)
    with pytest.raises(CommandError, match="quá lâu"):
        receive(plan(*ROWS))
    monkeypatch.setattr(child, "read", whole)
    receive(plan(*ROWS))
    assert Document.objects.get().state == "read"


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "0 byte"), (b"PK\x03\x04 not a document", "."), ("MẬT\n\nKẾ HOẠCH\nđiều động\n".encode(), "dấu chỉ độ mật")],
)
def test_bad_files_end_in_one_clear_line(receive, tmp_path, content, says):
    path = tmp_path / "a.docx" if content.startswith(b"PK") else tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=says) as caught:
        receive(path)
    assert "\n" not in str(caught.value)


def test_people_and_files_that_are_not_there(shell, receive, office, plan, tmp_path):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        receive(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="Không có người dùng “nobody”"):
        shell("receive", plan(*ROWS), "--office", "T.VP", "--as", "nobody")
    office.clerk.is_active = False
    office.clerk.save()
    with pytest.raises(CommandError, match="đã ngừng hoạt động"):
        receive(plan(*ROWS), user=office.clerk)


def test_rights_are_those_of_the_desk(receive, office, plan):
    with pytest.raises(CommandError, match="không có quyền"):
        receive(plan(*ROWS), user=office.who("administrator"))
    with pytest.raises(CommandError, match="không có quyền"):
        receive(plan(*ROWS), "--confirm", user=office.clerk)
    assert set(Duty.objects.values_list("state", flat=True)) == {"proposed"}


@pytest.mark.parametrize("option", ["--confirming", "--monitor", "--office"])
def test_codes_are_asked_before_anything_is_done(receive, plan, option):
    path = plan(*ROWS)
    receive(path)
    with pytest.raises(CommandError, match="Không có cơ quan nào mang mã “NOPE”"):
        receive(path, "--confirm", "--open", option, "NOPE")
    assert Document.objects.get().state == "read"
    assert set(Duty.objects.values_list("state", flat=True)) == {"proposed"}


def test_what_cannot_be_opened_is_not_approved(receive, plan, monkeypatch):
    from tiendo.foundation.accounts.errors import NotAllowedError
    from tiendo.work.programmes.actions import programmes

    def refused(**_named):
        raise NotAllowedError

    monkeypatch.setattr(programmes, "open", refused)
    with pytest.raises(CommandError, match="không có quyền"):
        receive(plan(*ROWS), "--confirm", "--open")
    assert Document.objects.get().state == "read"


def test_what_waits_is_told_on_every_run(receive, plan):
    path = plan(NO_LEAD, ROWS[1])
    for arguments in (["--confirm", "--open"], ["--confirm", "--open"], ["--open"], []):
        out = receive(path, *arguments)
        assert "Còn 1 dòng chờ người xem" in out
        assert "thiếu cơ quan chủ trì" in out


def test_where_nothing_can_be_signed_no_event_says_so(receive, plan):
    path = plan(NO_LEAD)
    receive(path, "--confirm")
    assert not Event.objects.filter(verb="directives.duty.signed_together").exists()


def test_who_said_confirm_is_not_told_to_say_it(receive, plan):
    with pytest.raises(CommandError, match="chờ người xem") as caught:
        receive(plan(NO_LEAD), "--confirm", "--open")
    assert "--confirm" not in str(caught.value)
    with pytest.raises(CommandError, match="hoặc thêm --confirm"):
        receive(plan(NO_LEAD), "--open")


def test_the_day_of_an_earlier_reception_is_vietnams(receive, plan):
    path = plan(*ROWS)
    receive(path)
    Document.objects.update(received_at=datetime(2026, 3, 9, 18, 30, tzinfo=UTC))
    assert "(10/03/2026)" in receive(path)


def test_the_audit_says_that_it_was_the_shell(receive, plan):
    receive(plan(*ROWS), "--confirm", "--open")
    assert {event.data["via"] for event in Event.objects.filter(verb__startswith="programmes.programme")} == {"shell"}
    assert Event.objects.get(verb="directives.document.approved").data["via"] == "shell"


def test_a_full_disk_is_not_the_files_fault(receive, plan, monkeypatch):
    from tiendo.work.directives import storage

    def full(*_args, **_named):
        raise OSError(28, "No space left on device", "/srv/data/quarantine")

    monkeypatch.setattr(storage, "put", full)
    with pytest.raises(CommandError, match=r"^/srv/data/quarantine: ổ đĩa đã đầy"):
        receive(plan(*ROWS))
