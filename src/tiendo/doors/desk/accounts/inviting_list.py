"""Inviting many people at once, from a list: looked at line by line, then all of them or nobody."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.accounts.inviting import handed_out
from tiendo.doors.desk.accounts.people import own_bodies
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.accounts.rules import canonical
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations import reading
from tiendo.foundation.organisations.actions import inviting
from tiendo.foundation.organisations.actions.inviting import Person
from tiendo.foundation.organisations.errors import ListUnreadableError
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.rules.importing.people import MOST, PEOPLE, PersonLine, Place, judged
from tiendo.work.directives.encodings import decode


class PeopleForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách"),
        allow_empty_file=True,
        error_messages={"required": _("Hãy chọn tệp cần nạp.")},
        help_text=_("Bảng tính (.xlsx) hoặc CSV. Mỗi dòng một người."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


@page(Permission.MANAGE_ACCOUNTS)
def invite(request: HttpRequest) -> HttpResponse:
    """A file is read and shown; with `act=write` what was shown, which came back with the form, is written."""
    if request.method == "POST" and request.POST.get("act") == "write":
        return _looked_at(request, request.POST.get("lines", "").encode(), write=True)
    form = PeopleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _looked_at(request, form.cleaned_data["file"].read(reading.LARGEST + 1), write=False)
        except ListUnreadableError as error:
            form.add_error("file", error.message)
    context = {"form": form, "columns": PEOPLE.columns, "roles": role_names().values()}
    return render(request, "desk/accounts/invite_list.html", context, status=422 if form.errors else 200)


def _looked_at(request: HttpRequest, data: bytes, *, write: bool) -> HttpResponse:
    book = reading.read_one(data, decode, PEOPLE)
    entries = book.tables[0].entries
    if len(entries) > MOST:
        raise ListUnreadableError(what=gettext("hơn {most} người một lần.").format(most=MOST))
    bodies = own_bodies(request).exclude(kind="root")
    places = [Place(body.pk, body.code, body.name, body.short_name) for body in bodies]
    names = [canonical(entry.cells.get("username", "")) for entry in entries]
    taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    lines = judged(entries, places=places, choices={"role": role_names()}, taken=taken)
    refused = sum(bool(line.answers) for line in lines)
    problem = "" if lines else gettext("Danh sách không có dòng nào.")
    if write and lines and not refused:
        try:
            people = _people(lines, {body.pk: body for body in bodies}, request.today)  # type: ignore[attr-defined]
            made = inviting.invite(people=people, by=request.user, at=request.now)  # type: ignore[arg-type, attr-defined]
        except TiendoError as error:
            problem = error.message
        else:
            return handed_out(request, made)
    context = {
        "lines": [{"line": line, "role": role_names().get(line.role, line.cells["role"])} for line in lines],
        "refused": refused,
        "ready": bool(lines) and not refused,
        "notes": book.notes,
        "problem": problem,
        "kept": _written(lines),
    }
    return render(request, "desk/accounts/invite_lines.html", context, status=422 if write else 200)


def _people(lines: Iterable[PersonLine], bodies: dict[int, Organisation], today: Any) -> list[Person]:
    return [
        Person(
            full_name=line.cells["full_name"],
            organisation=bodies[line.place.pk],
            role=line.role,
            starts=today,
            username=line.cells["username"],
            email=line.cells["email"],
            title=line.cells["title"],
        )
        for line in lines
        if line.place is not None
    ]


def _written(lines: Iterable[PersonLine]) -> str:
    """The lines as a CSV of ours, to come back with the form: nothing of the list is kept here meanwhile."""
    written = io.StringIO()
    writer = csv.writer(written)
    names = [column.name for column in PEOPLE.columns]
    writer.writerow(names)
    writer.writerows([line.cells[name] for name in names] for line in lines)
    return written.getvalue()
