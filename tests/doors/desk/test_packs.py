"""What happened to a programme, and the evidence pack: everything an inspector needs, nothing of a restricted task."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import factories as make
from doors.desk.world import LATE, PLAN, SECRET, World, words
from tiendo.doors.desk.packs.contents import MANIFEST, SEAL, SUMS, _plain
from tiendo.doors.desk.packs.zipped import Member, Zipped
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import signature
from tiendo.work.directives import storage
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.models import Evidence

FILE = b"%PDF-1.7 bien ban"
SAID = "Đã trình đề án, chờ thẩm định."


@pytest.fixture
def lived(office, world: World) -> World:
    """A report with a text, a document and a file, sent back once with a reason; a restricted task with a number."""
    owed, who = world.owed(PLAN), office.who("head", office.science)
    act = {"by": who, "at": make.NOW}
    draft = reports.draft_once(obligation=owed, **act)
    answer = draft.answers.get()
    reports.save(report=draft, answers={owed.pk: reports.Said(text=SAID)}, version=1, **act)
    evidence.cite(answer=answer, number="9/BC-SKHCN", issued_on=make.days(-1), **act)
    evidence.attach(answer=answer, filename="bien ban/..\\họp.pdf", chunks=[FILE], **act)
    gone = evidence.attach(answer=answer, filename="nham.pdf", chunks=[b"%PDF-1.7 nham"], **act)
    evidence.withdraw(evidence=gone, **act)
    report = reports.submit(report=draft, **act)
    reports.ask_more(report=report, seen_round=1, reason="Thiếu phụ lục.", by=office.chief, at=make.NOW)
    make.submitted(world.owed(SECRET), at=make.NOW)
    make.submitted(world.owed(LATE), at=make.NOW)
    return world


@pytest.fixture
def inspector(office, enter):
    return enter(make.post("inspector", body=office.health, scope=office.root).user)


def taken(client, world: World) -> ZipFile:
    answer = client.post(f"{world.board}bo-minh-chung/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def cells(pack: ZipFile, name: str, sheet: str) -> list[list[str]]:
    book = load_workbook(io.BytesIO(pack.read(name)))
    return [[str(cell.value or "") for cell in row] for row in book[sheet].iter_rows()]


def lines(pack: ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(pack.read(name).decode("utf-8-sig"))))


def everything(pack: ZipFile) -> str:
    """All texts in the pack, those of workbooks too."""
    found = []
    for name in pack.namelist():
        body = pack.read(name)
        if name.endswith(".xlsx"):
            inner = ZipFile(io.BytesIO(body))
            found += [inner.read(each).decode() for each in inner.namelist()]
        else:
            found += [name, body.decode(errors="replace")]
    return "\n".join(found)


def test_it_holds_work_reports_evidence_and_what_happened(lived, inspector):
    pack = taken(inspector, lived)
    assert pack.testzip() is None
    work = cells(pack, "nhiem-vu.xlsx", "Nhiệm vụ")
    assert len(work) == lived.programme.tasks.count() + 1
    assert len(cells(pack, "nhiem-vu.xlsx", "Việc phải báo cáo")) == lived.programme.obligations.count() + 1
    answered = cells(pack, "bao-cao.xlsx", "Báo cáo")
    assert SAID in {row[7] for row in answered}
    assert "9/BC-SKHCN ngày" in str(answered)
    assert "Thiếu phụ lục." in str(cells(pack, "bao-cao.xlsx", "Ý kiến"))
    told = pack.read("dien-bien.html").decode()
    assert "đề nghị bổ sung báo cáo: báo cáo của" in told
    assert len(lines(pack, "dien-bien.csv")) == told.count("<li ") + 1


def test_the_file_lies_in_it_with_its_hash(office, lived, inspector):
    pack = taken(inspector, lived)
    piece = Evidence.objects.get(sha256=hashlib.sha256(FILE).hexdigest())
    index = {row[0]: row for row in lines(pack, "minh-chung.csv")[1:]}
    row = index[f"#{piece.pk}"]
    assert row[7] == piece.sha256
    assert pack.read(row[9]) == FILE
    assert re.fullmatch(r"minh-chung/[^/\\]+", row[9])
    withdrawn = [row for row in index.values() if "đã rút" in row[9]]
    assert withdrawn == [], "what was withdrawn before it was handed in is nobody's"


def test_sums_and_the_end_of_the_audit(lived, inspector):
    pack = taken(inspector, lived)
    manifest = json.loads(pack.read(MANIFEST))
    for name, facts in manifest["files"].items():
        body = pack.read(name)
        assert facts == {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body)}
    assert set(pack.namelist()) == {*manifest["files"], MANIFEST, SEAL, SUMS}
    sums = dict(reversed(line.split("  ")) for line in pack.read(SUMS).decode().splitlines())
    assert sums[MANIFEST] == hashlib.sha256(pack.read(MANIFEST)).hexdigest()
    assert pack.read(SEAL).decode().strip() == signature(sums[MANIFEST], settings.AUDIT_KEYS[-1])
    closing = Event.objects.latest("sequence")
    assert manifest["audit"] == {"sequence": closing.sequence, "digest": closing.digest, "seal": closing.seal}
    assert queries.verify((closing.sequence, closing.digest)) is None
    assert manifest["changed_since_received"] == []


def test_that_it_was_taken_is_recorded_and_stands_in_it(lived, inspector):
    pack = taken(inspector, lived)
    event = Event.objects.latest("sequence")
    assert event.verb == "programmes.programme.evidence_packed"
    assert event.subject == f"programmes.programme:{lived.programme.pk}"
    assert event.data["count"] == 1
    assert "tải bộ minh chứng của chương trình (1 tệp)" in pack.read("dien-bien.html").decode()
    assert "tải bộ minh chứng của chương trình" in words(inspector.get(f"{lived.board}dien-bien/"))


def test_of_a_restricted_task_numbers_and_dates_alone(office, lived, inspector):
    """Also of one that became restricted after it was answered: file and texts are gone, reasons are not told."""
    tasks.set_restricted(task=lived.task(PLAN), restricted=True, by=office.chief, at=make.NOW)
    pack = taken(inspector, lived)
    whole = everything(pack)
    for secret in (SAID, "Thiếu phụ lục", "họp", "Xây dựng kế hoạch chuyển đổi số", "Báo cáo riêng", "bien ban"):
        assert secret not in whole, secret
    assert "9/BC-SKHCN" in whole
    assert not any(name.startswith("minh-chung/") for name in pack.namelist())


def test_a_file_that_is_gone_or_changed_is_said_to_be(office, lived, inspector):
    piece = Evidence.objects.get(sha256=hashlib.sha256(FILE).hexdigest())
    path = storage.find(piece.sha256, office=office.science.pk)
    path.write_bytes(b"%PDF-1.7 khac")
    pack = taken(inspector, lived)
    (name,) = json.loads(pack.read(MANIFEST))["changed_since_received"]
    assert pack.read(name) == b"%PDF-1.7 khac"
    path.unlink()
    pack = taken(inspector, lived)
    assert "tệp không còn trong kho" in str(lines(pack, "minh-chung.csv"))
    assert json.loads(pack.read(MANIFEST))["changed_since_received"] == []


def test_a_draft_is_its_bodys_own_affair(office, world, inspector):
    owed, who = world.owed(PLAN), office.who("head", office.science)
    draft = reports.draft_once(obligation=owed, by=who, at=make.NOW)
    reports.save(report=draft, answers={owed.pk: reports.Said(text=SAID)}, version=1, by=who, at=make.NOW)
    whole = everything(taken(inspector, world))
    assert SAID not in whole
    assert "bắt đầu soạn" not in whole


@pytest.mark.parametrize(
    ("role", "where", "code"),
    [("inspector", "root", 200), ("leader", "root", 200), ("office_head", "body", 200), ("officer", "body", 200),
     ("head", "science", 403), ("inspector", "health", 403), ("office_head", "elsewhere", 404),
     ("administrator", "root", 403)],
)  # fmt: skip
def test_who_sees_the_whole_takes_it(office, lived, enter, role, where, code):
    client = enter(office.who(role, getattr(office, where)))
    before = Event.objects.count()
    assert client.post(f"{lived.board}bo-minh-chung/").status_code == code
    assert Event.objects.count() == before + (code == 200)
    shown = client.get(f"{lived.board}dien-bien/")
    assert ("Tải bộ minh chứng" in shown.content.decode()) is (code == 200)


def test_who_has_a_part_reads_what_happened_to_that_part(office, lived, enter):
    shown = words(enter(office.who("head", office.science)).get(f"{lived.board}dien-bien/"))
    assert "gửi báo cáo" in shown
    assert "tiếp nhận văn bản" not in shown
    other = words(enter(office.who("head", office.health)).get(f"{lived.board}dien-bien/"))
    assert "gửi báo cáo" not in other


def test_the_board_leads_there(office, world, enter):
    assert f"{world.board}dien-bien/" in enter(office.chief).get(world.board).content.decode()


def test_it_asks_as_often_for_many_as_for_few(office, lived, inspector):
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            inspector.get(f"{lived.board}dien-bien/")
        asked.append(len(captured))
        for place in range(20):
            tasks.set_restricted(task=lived.task(LATE), restricted=bool(place % 2), by=office.chief, at=make.NOW)
    assert max(asked) <= 25


def test_a_zip_holds_one_piece_at_a_time():
    sent, highest = Zipped(make.NOW), 0
    big = (bytes([n]) * 100_000 for n in range(200))
    body = b""
    for piece in sent.sent([Member("a/b.bin", big), Member("c.txt", [])]):
        highest, body = max(highest, len(piece)), body + piece
    assert highest < 200_000
    pack = ZipFile(io.BytesIO(body))
    assert pack.testzip() is None
    assert len(pack.read("a/b.bin")) == sent.sums["a/b.bin"][1] == 20_000_000
    assert sent.sums["c.txt"] == (hashlib.sha256(b"").hexdigest(), 0)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("a/b\\c.pdf", "a_b_c.pdf"), ("../../etc", "_.._etc"), ("", "tep"), ("...", "tep"), ('x<>:"|?*\n.doc', "x_.doc")],
)
def test_names_that_every_system_unpacks(name, plain):
    assert _plain(name) == plain
    assert len(_plain("đ" * 300 + ".pdf")) <= 80
    assert _plain("đ" * 300 + ".pdf").endswith(".pdf")
