"""Forms as workbooks: handed out to bodies, and looked at row by row when they come back."""

from __future__ import annotations

from typing import Any, cast

from django import forms as django_forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.answerforms.words import PROBLEMS
from tiendo.doors.desk.documents.forms import date_field, received_field
from tiendo.doors.desk.documents.views import XLSX
from tiendo.doors.desk.programmes.views import seen_programme
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import forms as acts
from tiendo.work.programmes.form_files import LARGEST, filename, form_xlsx, forms_zip
from tiendo.work.programmes.models import Obligation, Programme, ReturnedForm
from tiendo.work.programmes.queries import forms

RECENT = 20
"""Forms that came back, of which a page lists so many."""


class BackForm(django_forms.Form):
    """A form that came back."""

    file = django_forms.FileField(
        label=_("Tệp mẫu đã điền"),
        error_messages={"required": _("Hãy chọn tệp cần gửi."), "empty": _("Tệp không có nội dung (0 byte).")},
        help_text=_("Tệp .xlsx tải từ trang này, đã điền. Tệp không được lưu lại, chỉ các câu trả lời."),
        widget=django_forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class PaperForm(django_forms.Form):
    """The paper that the body signed, on which the office hands its answers in."""

    paper = django_forms.CharField(
        label=_("Số, ký hiệu văn bản giấy của cơ quan"),
        max_length=80,
        error_messages={"required": _("Hãy ghi số, ký hiệu của văn bản giấy.")},
        widget=django_forms.TextInput(attrs={"class": "input"}),
    )
    signed_on = date_field(_("Ngày ký"), required=True)
    received_on = received_field()


@page(Permission.SEE_WORK)
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that owe something, a form for each or for all; what came back; and where a form is given in."""
    programme = seen_programme(request, pk)
    rights = request.rights  # type: ignore[attr-defined]
    office = rights.may(Permission.ASSIGN, programme.office)
    bodies = forms.bodies_of(programme, rights)
    form = BackForm()
    if request.method == "POST":
        try:
            done = _act(request, programme, bodies)
        except NotAllowedError:
            raise
        except TiendoError as error:
            form = BackForm(request.POST, request.FILES)
            form.is_valid()
            form.add_error("file" if "file" in request.FILES else None, error.message)
        else:
            if isinstance(done, HttpResponse):
                return done
            form = done
    owed = Q(organisation__in=bodies, programme=programme, state=Obligation.State.OPEN)
    counted = Obligation.objects.filter(owed).order_by().values("organisation").annotate(n=Count("pk"))
    counts = {row["organisation"]: row["n"] for row in counted}
    context = {
        "programme": programme,
        "bodies": [{"body": body, "count": counts.get(body.pk, 0)} for body in bodies],
        "office": office,
        "form": form,
        "returned": forms.returned_to(rights).filter(form__programme=programme)[:RECENT],
    }
    return render(request, "desk/answerforms/index.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, programme: Programme, bodies: QuerySet[Organisation]) -> HttpResponse | BackForm:
    """What the button asks for: a workbook, all of them, or to take one back; a form that is refused comes back."""
    by, now = request.user, request.now  # type: ignore[attr-defined]
    if request.POST.get("act") == "all":
        made = acts.hand_out_all(programme=programme, by=by, at=now)  # type: ignore[arg-type]
        return _file(forms_zip(made), "application/zip", f"mau-{programme.pk}.zip")
    if request.POST.get("act") == "make":
        asked = request.POST.get("body", "")
        body = next((one for one in bodies if str(one.pk) == asked), None)
        if body is None:
            raise Http404
        form, rows = acts.hand_out(programme=programme, organisation=body, by=by, at=now)  # type: ignore[arg-type]
        return _file(form_xlsx(form, rows), XLSX, filename(form))
    back = BackForm(request.POST, request.FILES)
    if not back.is_valid():
        return back
    file = back.cleaned_data["file"]
    data = file.read(LARGEST + 1)  # one byte more tells that it is too large
    returned = acts.take(programme=programme, filename=file.name, data=data, by=by, at=now)  # type: ignore[arg-type]
    return redirect("desk:returned-form", returned.pk)


@page(Permission.SEE_WORK)
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row that says something, and what becomes of it; then the word to write them, or to put the form away."""
    rights = request.rights  # type: ignore[attr-defined]
    found = forms.returned_to(rights).filter(pk=pk).first()
    if found is None:
        raise Http404
    own = bool(rights.may(Permission.WRITE_REPORT, found.form.organisation))
    typed = request.POST if request.POST.get("act") == "paper" else None
    paper = PaperForm(typed, initial={"received_on": request.today})  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            if (done := _settle(request, found, paper)) is not None:
                return done
        except NotAllowedError:
            raise
        except TiendoError as error:
            messages.error(request, error.message)
            found.refresh_from_db()
    context: dict[str, Any] = {"returned": found, "programme": found.form.programme, "body": found.form.organisation}
    if found.state != ReturnedForm.State.WAITING:
        return render(request, "desk/answerforms/settled.html", context)
    rows = forms.seen(found, request.user, own=own)  # type: ignore[arg-type]
    context |= {
        "table": _table(request, rows),
        "good": sum(not row.problem and not row.same for row in rows),
        "same": sum(row.same for row in rows),
        "refused": sum(bool(row.problem) for row in rows),
        "own": own,
        "office": rights.may(Permission.ASSIGN, found.form.programme.office),
        "paper": paper,
    }
    return render(request, "desk/answerforms/returned.html", context, status=422 if request.method == "POST" else 200)


def _settle(request: HttpRequest, found: ReturnedForm, paper: PaperForm) -> HttpResponse | None:
    by, now, act = request.user, request.now, request.POST.get("act")  # type: ignore[attr-defined]
    if act == "discard":
        acts.discard(returned=found, by=by, at=now)  # type: ignore[arg-type]
        messages.info(request, gettext("Đã bỏ mẫu này, chưa ghi gì."))
        return redirect("desk:forms", found.form.programme_id)
    if act == "paper":
        if not paper.is_valid():
            return None
        done = acts.write(returned=found, by=by, at=now, **paper.cleaned_data)  # type: ignore[arg-type]
    elif act == "write":
        done = acts.write(returned=found, by=by, at=now)  # type: ignore[arg-type]
    else:
        return None
    told = {"written": done.written, "sent": done.handed_in, "left": done.left}
    messages.success(
        request,
        gettext("Đã ghi %(written)s dòng; gửi %(sent)s báo cáo, còn %(left)s báo cáo chưa đủ dòng.") % told
        if act == "paper"
        else gettext("Đã ghi %(written)s dòng vào bản soạn. Hãy xem lại rồi gửi báo cáo.") % told,
    )
    return redirect("desk:returned-form", found.pk)


def _table(request: HttpRequest, rows: list[forms.Seen]) -> dict[str, Any]:
    refused = sum(bool(row.problem) for row in rows)
    wanted = request.GET.get("xem", "")
    shown = [row for row in rows if row.problem or wanted != "refused"]
    listed = table(
        request,
        cast("QuerySet[Any]", shown),
        [
            Column(gettext("Dòng của tệp")),
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Trả lời")),
            Column(gettext("Việc sẽ làm")),
        ],
        caption=gettext("Từng dòng đã trả lời"),
        filters=[
            chips(
                request,
                "xem",
                gettext("Dòng"),
                [("", gettext("Tất cả"), len(rows)), ("refused", gettext("không nhận"), refused)],
            )
        ],
        empty={"title": gettext("Không có dòng nào được trả lời.")},
    )
    listed["rows"] = [{"seen": row, "why": PROBLEMS.get(row.problem, "")} for row in listed["rows"]]
    return listed


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
