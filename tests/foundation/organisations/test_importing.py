"""Lists into the register: every line gets its answer, nothing is written by halves, what was seen is written."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

import factories as make
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.queries import verify
from tiendo.foundation.organisations import reading
from tiendo.foundation.organisations.actions import importing, organisations
from tiendo.foundation.organisations.ancestry import below
from tiendo.foundation.organisations.errors import (
    ListRefusedError,
    ListSettledError,
    ListUnreadableError,
    RegisterChangedError,
)
from tiendo.foundation.organisations.models import Name, Organisation, RegisterList, Seat, Succession
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.rules.importing.lines import Plan

pytestmark = pytest.mark.django_db

BODIES = "code,name,kind,parent,short,abbreviations,national_code,national_code_old,starts,ends"
NAMES = "body,text,source,office,starts,ends"
SEATS = "tree,body,above,starts,ends"
SUCCESSIONS = "number,kind,on,decision,decided_on,state,verified,new_name,new_short_name,note"
HEIRS = "number,before,after,share"


def packed(**sheets: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in sheets.items():
            package.writestr(f"{name}.csv", text)
    return out.getvalue()


def listed(*lines: str, head: str = BODIES) -> bytes:
    return "\n".join([head, *lines]).encode()


def seen(data: bytes, registrar=None) -> Plan:
    return preview(reading.read(data), registrar=registrar, at=make.NOW)


def take_in(data: bytes, registrar=None) -> Plan:
    plan = seen(data, registrar)
    assert [line.answers for line in plan.refused] == []
    return importing.write(
        book=reading.read(data), digest=plan.digest, registrar=registrar, by="shell:test", at=make.NOW, looked_at=True
    )


def answers(data: bytes, registrar=None) -> str:
    return " ".join(answer for line in seen(data, registrar).lines for answer in line.answers)


# -- what is refused, line by line ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["A,Sở A,department,B", "B,Sở B,department,A"], "cấp trên thành vòng tròn"),
        (["T.VP,Văn phòng Tỉnh ủy,party_advisory,T.VP"], "vòng tròn"),
        (["A,Sở A,department,", "A,Sở A khác,department,"], "mã “A” đã được dùng ở dòng 2"),
        (["A,Sở A,department,,,,H1", "B,Sở B,department,,,,H1"], "mã định danh “H1” là của cơ quan có mã “A”"),
        (["A,Sở A,department,,,,h 1"], "mã định danh “h 1” phải gồm"),
        (["A,Sở A,department,,,,,,32/1/2025"], "“32/1/2025” không phải là ngày"),
        (["A,Sở A,department,,,,,,2025-02-01,2025-01-01"], "ngày cuối 01/01/2025 trước ngày đầu 01/02/2025"),
        (["A,Sở A,ban"], "loại “ban” không có"),
        (["A,Sở A,department,K"], "cấp trên “K” chưa có"),
        (["A,Sở Y tế,department"], "đã là tên của cơ quan có mã “T.YT”"),
        (["T,Tỉnh An Bình,department"], "gốc không đổi thành loại khác"),
        (["G,Gốc nữa,root"], "“gốc” chỉ dành cho gốc"),
        (["T,Tỉnh An Bình,root,,,,,,,2025-01-01"], "còn 3 cơ quan trực thuộc đang hoạt động"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(office, lines, says):
    assert says in answers(listed(*lines))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("K,Tên,alias", "cơ quan “K” không có"),
        ("T.YT,,alias", "thiếu tên"),
        ("T.YT,Sở Y tế,own,,2020-01-01,2019-01-01", "ngày cuối 01/01/2019 trước"),
        ("T.YT,Sở Sức khỏe,own", "tên chính thức hiện nay trong danh bạ là “Sở Y tế”"),
        ("T.YT,Sở Vệ sinh,own,,,2026-01-01", "trùng thời gian với “Sở Y tế”"),
        ("T.YT,Sở  Y TẾ,alias", ""),
        ("T.YT,SYT,abbreviation,T.VP", "chỉ có thể là tên khác"),
        ("T.YT,SYT,ten", "cột Loại tên không nhận “ten”"),
        (f"T.YT,{'T' * 301},alias", "dài 301 ký tự"),
    ],
)
def test_a_line_of_names(office, line, says):
    assert says in answers(listed(line, head=NAMES))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("state,T.YT,T.YT", "không đứng dưới chính mình"),
        ("state,T,T.YT,2025-01-01", "vòng tròn"),
        ("state,T.YT,T.KHCN,,2020-01-01", "trùng thời gian"),
        ("rung,T.YT,T", "cột Cây tổ chức không nhận “rung”"),
        ("state,K,T", "cơ quan “K” không có"),
        ("state,T,,,2020-01-01", "còn 2 cơ quan đứng dưới"),
    ],
)
def test_a_line_of_seats(office, line, says):
    assert says in answers(listed(line, head=SEATS))


@pytest.mark.parametrize(
    ("succession", "heirs", "says"),
    [
        ("1,absorb,2025-03-01", ["1,T.YT,T.YT"], "không thể kế thừa chính mình"),
        ("1,absorb,2025-03-01", ["1,T.YT,T.KHCN"], "“Sở Y tế” chưa kết thúc trong danh bạ"),
        ("1,merge,2025-03-01", ["1,T.YT,T.KHCN"], "ít nhất 2 cơ quan trước"),
        ("1,dissolved,2025-03-01", ["1,T.YT,T.KHCN"], "không có cơ quan kế thừa"),
        ("1,absorb,", ["1,T.YT,T.KHCN"], "chưa ghi hình thức hoặc ngày"),
        ("1,absorb,2025-03-01", ["1,T.YT,K"], "cơ quan “K” không có"),
        ("1,absorb,2025-03-01", ["2,T.YT,T.KHCN"], "không có việc sắp xếp số “2”"),
        ("1,absorb,2025-03-01", ["1,T.YT,T.KHCN", "1,T.YT,T.KHCN"], "một cặp cơ quan được ghi hai lần"),
        ("1,acts_through,2025-03-01", ["1,T,T.KHCN"], "là gốc của cây tổ chức"),
    ],
)
def test_a_line_of_successions(office, succession, heirs, says):
    data = packed(a=f"{SUCCESSIONS}\n{succession}", b="\n".join([HEIRS, *heirs]))
    assert says in answers(data)


def test_a_merger_into_a_body_that_is_no_more_and_the_same_decision_twice(office):
    ended = "T.YT,Sở Y tế,department,T,,,,,,2025-02-28\nC,Sở Cũ,department,T,,,,,,2020-12-31"
    fact = "1,absorb,2025-03-01,12-QĐ/TU"
    data = packed(a=f"{BODIES}\n{ended}", b=f"{SUCCESSIONS}\n{fact}", c=f"{HEIRS}\n1,T.YT,C")
    assert "“Sở Cũ” không hoạt động vào ngày 01/03/2025" in answers(data)
    data = packed(
        a=f"{BODIES}\n{ended}",
        b=f"{SUCCESSIONS}\n{fact}\n2,absorb,2025-03-01,12-qđ/tu",
        c=f"{HEIRS}\n1,T.YT,T.KHCN\n2,T.YT,T.VP",
    )
    assert "quyết định 12-qđ/tu về cơ quan này đã được ghi" in answers(data)


# -- what is written -----------------------------------------------------------------------------------------------


def test_one_wrong_line_and_nothing_is_written(office):
    data = listed("A,Sở A,department", "a,Sở B,department")
    plan, before = seen(data), Organisation.objects.count()
    with pytest.raises(ListRefusedError):
        importing.write(book=reading.read(data), digest=plan.digest, registrar=None, by="shell:test", at=make.NOW)
    assert Organisation.objects.count() == before


def test_a_register_that_changed_after_it_was_seen_is_not_written_over(office):
    data = listed("T.YT,Sở Y tế tỉnh,department")
    plan = seen(data)
    Organisation.objects.filter(code="T.YT").update(short_name="SYT")
    with pytest.raises(RegisterChangedError):
        importing.write(book=reading.read(data), digest=plan.digest, registrar=None, by="shell:test", at=make.NOW)


def test_parents_may_stand_below_their_bodies_and_the_event_counts(office):
    take_in(listed("A.1,Phòng A,department,A", "A,Sở A,department"))
    assert Organisation.objects.get(code="A.1").parent.code == "A"
    assert Seat.objects.get(organisation__code="A.1").above.code == "A"
    event = Event.objects.filter(verb="organisations.register_list.written").get()
    assert (event.data["count"], event.data["added"]) == (2, 2)
    assert Event.objects.filter(verb="organisations.organisation.added", data__code="A.1").exists()
    assert verify() is None


def test_a_body_moves_in_the_register_and_gets_another_code(office):
    take_in(listed("T.YT,Sở Y tế,department,T.KHCN,T.YTM", head="code,name,kind,parent,new_code"))
    body = Organisation.objects.get(code="T.YTM")
    assert body.path == f"{office.science.path}{body.pk}/"
    assert Event.objects.get(verb="organisations.organisation.corrected").data["changes"] == {
        "code": ["T.YT", "T.YTM"],
        "parent": ["T", "T.KHCN"],
    }


def test_a_seat_moves_from_a_day_on_with_all_below_it(office):
    phong = make.organisation("Phòng Dược", parent=office.health, code="T.YT.D")
    take_in(listed("state,T.YT,T.KHCN,2025-03-01", head=SEATS))
    assert phong in below(office.science, "state")
    assert phong not in below(office.science, "state", make.TODAY.replace(year=2024))
    assert str(office.health.seats.get(ends__isnull=False).ends) == "2025-02-28"


def test_a_body_that_ends_takes_its_names_and_seats_with_it_and_may_come_back(office):
    take_in(listed("T.YT,Sở Y tế,department,T,,,,,,2025-02-28"))
    assert str(office.health.names.get().ends) == str(office.health.seats.get().ends) == "2025-02-28"
    take_in(listed("T.YT,Sở Y tế,department,T,,,,,,"))
    assert office.health.names.get().ends is office.health.seats.get().ends is None


def test_a_slip_in_a_name_is_corrected_as_if_it_had_always_been_right(office):
    organisations.add_alias(organisation=office.health, text="Sở Y tế tỉnh", by="shell:test", at=make.NOW)
    take_in(listed("T.YT,Sở Y tế tỉnh,department,T,YT,Y tế tỉnh|SYT"))
    names = set(Name.objects.filter(organisation=office.health).values_list("text", "source"))
    assert names == {
        ("Sở Y tế tỉnh", "own"),
        ("YT", "abbreviation"),
        ("Y tế tỉnh", "abbreviation"),
        ("SYT", "abbreviation"),
    }
    take_in(listed("T.YT,Sở Y tế tỉnh,department,T,,"))
    assert not Name.objects.filter(organisation=office.health, text="YT").exists()


def test_names_that_are_told_by_lines_of_their_own_are_not_touched_twice(office):
    data = packed(
        a=f"{BODIES}\nT.YT,Sở Sức khỏe,department,T",
        b=f"{NAMES}\nT.YT,Sở Sức khỏe,own,,2025-03-01,\nT.YT,Sở Y tế,own,,,2025-02-28",
    )
    take_in(data)
    rows = Name.objects.filter(organisation=office.health).values_list("text", "starts", "ends")
    assert {(text, str(starts), str(ends)) for text, starts, ends in rows} == {
        ("Sở Y tế", "None", "2025-02-28"),
        ("Sở Sức khỏe", "2025-03-01", "None"),
    }


def test_facts_of_successions_are_kept_by_whoever_brought_them_and_cannot_be_undone(office):
    from tiendo.foundation.organisations.actions import succession
    from tiendo.foundation.organisations.errors import BuiltUponError

    registrar = office.who("registrar")
    data = packed(
        a=f"{BODIES}\nT.YT,Sở Y tế,department,T,,,,,,2025-02-28",
        b=f"{SUCCESSIONS}\n1,absorb,1/3/2025,,,,chưa xác minh,,,Nhập Sở",
        c=f"{HEIRS}\n1,T.YT,T.KHCN",
    )
    take_in(data, registrar)
    made = Succession.objects.get()
    assert (made.state, made.recorded_by, made.confirmed_at, made.decision) == ("in_force", registrar, None, "")
    with pytest.raises(BuiltUponError, match="nạp từ danh sách"):
        succession.undo(succession=made, by=registrar, at=make.NOW)


# -- the file ------------------------------------------------------------------------------------------------------


def test_a_workbook_with_a_merged_title_empty_lines_and_vietnamese_words(office):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.merge_range("A1:D1", "DANH BẠ CƠ QUAN")
        sheet.write_row(2, 0, ["STT", "Mã", "Tên", "Loại", "Từ ngày"])
        sheet.write_row(4, 0, [1, "MT", "Mặt trận, các đoàn thể", "MTTQ", "1/7/2025"])
        book.add_worksheet("Ghi chú").write(0, 0, "không phải danh sách")
    take_in(out.getvalue())
    body = Organisation.objects.get(code="MT")
    assert (body.name, body.kind, str(body.starts)) == ("Mặt trận, các đoàn thể", "front", "2025-07-01")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 20, "lưu lại thành .xlsx"),
        (b"PK\x03\x04broken", "tệp nén bị hỏng"),
        (packed(a="x").replace(b"a.csv", b"a.doc"), "không có tệp CSV nào"),
        (b"x" * (reading.LARGEST + 1), "lớn hơn 20 MB"),
        (b"\xff\xfe\xfd", "CSV UTF-8"),
        (b"so,cot\nA,B", "thiếu cột Tên, Loại"),
    ],
    ids=["xls", "broken", "empty", "large", "binary", "columns"],
)
def test_a_file_that_is_no_list_says_so(office, data, says):
    with pytest.raises(ListUnreadableError, match=says):
        reading.read(data)


def test_a_packed_file_that_grows_beyond_measure_is_not_unpacked(office, monkeypatch):
    monkeypatch.setattr(reading, "UNPACKED", 1000)
    with pytest.raises(ListUnreadableError, match="giải nén ra lớn hơn"):
        reading.read(packed(a="x" * 2000))


def test_a_cell_over_two_lines_comes_back_as_it_was(office):
    book = reading.read(
        b'number,kind,on,note\n1,absorb,2025-03-01,"d\xc3\xb2ng 1\nd\xc3\xb2ng 2"\n2,absorb,2025-03-01,x'
    )
    assert [entry.number for entry in book.tables[0].entries] == [2, 4]


# -- kept until somebody says so -----------------------------------------------------------------------------------


def test_a_list_is_kept_looked_at_and_written_once(office):
    who = office.who("registrar")
    kept = importing.upload(filename="danh-ba.csv", data=listed("A,Sở A,department"), by=who, at=make.NOW)
    assert not Organisation.objects.filter(code="A").exists()
    digest = seen(bytes(kept.data), who).digest
    importing.write_kept(kept=kept, digest=digest, decode=reading.utf8, by=who, at=make.NOW)
    kept.refresh_from_db()
    assert (kept.state, bytes(kept.data), kept.counts["added"]) == ("written", b"", 1)
    for act in (
        lambda: importing.write_kept(kept=kept, digest=digest, decode=reading.utf8, by=who, at=make.NOW),
        lambda: importing.discard(kept=kept, by=who, at=make.NOW),
    ):
        with pytest.raises(ListSettledError):
            act()


def test_only_who_sent_it_may_write_or_put_it_away(office):
    who = office.who("registrar")
    kept = importing.upload(filename="a.csv", data=listed("A,Sở A,department"), by=who, at=make.NOW)
    with pytest.raises(NotAllowedError):
        importing.discard(kept=kept, by=make.person("registrar", office.root), at=make.NOW)
    importing.discard(kept=kept, by=who, at=make.NOW)
    assert RegisterList.objects.get().state == "discarded"
    with pytest.raises(NotAllowedError):
        importing.upload(filename="a.csv", data=b"x", by=office.clerk, at=make.NOW)


def test_a_registrar_takes_in_only_what_they_keep(office):
    who = office.who("registrar")
    assert "ngoài danh bạ" in answers(listed("X.VP,Văn phòng,front"), who)
    assert "cấp trên “X” chưa có" in answers(listed("A,Sở A,front,X"), who)
    below_only = make.post("registrar", body=office.science, scope=office.science).user
    assert "Hãy ghi mã cấp trên" in answers(listed("A,Phòng A,department"), below_only)
    take_in(listed("A,Phòng A,department,T.KHCN"), below_only)
    assert seen(listed("T.KHCN,Sở Khoa học và Công nghệ,department,T"), below_only).counts["unchanged"] == 1
