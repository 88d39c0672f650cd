"""The acts on documents and their rows, as acts.py has them."""

from __future__ import annotations

import factories as make
from acts_begun import (
    Act,
    Do,
    P,
    a_document,
    a_signed_document,
)
from factories import NOW, days
from register_files import register
from tiendo.work.directives import registers
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.actions import registers as taking
from tiendo.work.directives.rules import DeadlineFields
from tiendo.work.programmes.actions import (
    internal,
)
from worlds import Office


def receive(office: Office) -> Do:
    return lambda by: documents.receive(office=office.body, filename="a.txt", chunks=[b"a"], by=by, at=NOW)


def read_again(office: Office) -> Do:
    document = make.document(office=office.body, by=office.clerk)
    readings.fail(document=document, code="locked", message="Tệp có mật khẩu.", at=NOW)
    return lambda by: documents.read_again(document=document, by=by, at=NOW)


def approve(office: Office) -> Do:
    document = a_signed_document(office)
    return lambda by: documents.approve(document=document, by=by, at=NOW)


def mark_internal(office: Office) -> Do:
    document = a_document(office)
    return lambda by: internal.mark(document=document, by=by, at=NOW)


def unmark_internal(office: Office) -> Do:
    document = internal.mark(document=a_document(office), by=office.chief, at=NOW)
    return lambda by: internal.unmark(document=document, by=by, at=NOW)


def correct_heading(office: Office) -> Do:
    document = a_document(office)
    heading = {"kind": "Kế hoạch", "symbol": "9-KH/TU", "issuer": "Tỉnh ủy", "title": "Kế hoạch", "issued_on": days(-3)}
    return lambda by: documents.correct_heading(document=document, by=by, at=NOW, **heading)


def edit(office: Office) -> Do:
    duty = a_document(office).duties.all()[0]
    none = DeadlineFields("none")
    return lambda by: duties.edit(duty=duty, version=1, changes={"content": "Khác"}, deadline=none, by=by, at=NOW)


def sign(office: Office) -> Do:
    duty = a_document(office).duties.all()[0]
    return lambda by: duties.sign(duty=duty, by=by, at=NOW)


def sign_table(office: Office) -> Do:
    document = a_document(office)
    return lambda by: duties.sign_table(document=document, by=by, at=NOW)


def leave_out(office: Office) -> Do:
    duty = a_document(office).duties.all()[0]
    return lambda by: duties.leave_out(duty=duty, reason="Đã có ở dòng 2", by=by, at=NOW)


def restore(office: Office) -> Do:
    duty = a_signed_document(office).duties.all()[0]
    return lambda by: duties.restore(duty=duty, by=by, at=NOW)


def join(office: Office) -> Do:
    rows = list(a_document(office).duties.all())
    return lambda by: duties.join(duties=rows, by=by, at=NOW)


def split(office: Office) -> Do:
    duty = a_document(office).duties.all()[0]
    return lambda by: duties.split(duty=duty, parts=["một", "hai"], by=by, at=NOW)


def undo(office: Office) -> Do:
    duty = a_document(office).duties.all()[0]
    part = duties.split(duty=duty, parts=["một", "hai"], by=office.chief, at=NOW)[1]
    return lambda by: duties.restore(duty=part, by=by, at=NOW)


def take_in(office: Office) -> Do:
    document = make.register(register(), office=office.body, by=office.chief)
    seen = registers.preview(document, registers.proposed(document, registers.sheets(document)), today=make.TODAY)
    return lambda by: taking.take_in(document=document, mapped=seen.mapped, digest=seen.digest, by=by, at=NOW)


DOCUMENTS = [
    Act("directives.document.received", P.RECEIVE, receive),
    Act("directives.document.queued_again", P.RECEIVE, read_again),
    Act("directives.document.heading_corrected", P.WORK_ROWS, correct_heading),
    Act("directives.document.approved", P.APPROVE, approve),
    Act("directives.document.marked_internal", P.APPROVE, mark_internal),
    Act("directives.document.unmarked_internal", P.APPROVE, unmark_internal),
    Act("directives.duty.edited", P.WORK_ROWS, edit),
    Act("directives.duty.signed", P.SIGN_ROWS, sign),
    Act("directives.duty.signed_together", P.SIGN_ROWS, sign_table),
    Act("directives.duty.left_out", P.WORK_ROWS, leave_out),
    Act("directives.duty.restored", P.WORK_ROWS, restore),
    Act("directives.duty.joined", P.WORK_ROWS, join),
    Act("directives.duty.split", P.WORK_ROWS, split),
    Act("directives.duty.join_or_split_undone", P.WORK_ROWS, undo),
    Act("directives.register.taken_in", P.WORK_ROWS, take_in),
]
