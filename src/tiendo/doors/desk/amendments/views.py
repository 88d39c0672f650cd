"""Documents that change an open programme: begun, looked at clause by clause with both texts, carried out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.amendments.forms import BeginForm, CarryOutForm, LineForm
from tiendo.doors.desk.programmes.figures import whole_programme
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.actions import amendments as acts
from tiendo.work.programmes.models import AmendedLine, Amendment
from tiendo.work.programmes.queries import amending

LINE, NEW = "muc", "moi"


@page(Permission.SEE_WORK)
def amendments(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of a programme; a post begins one."""
    programme = whole_programme(request, pk)
    opens = request.rights.may(Permission.OPEN_PROGRAMME, programme.office)  # type: ignore[attr-defined]
    if request.method == "POST" and not opens:
        raise NotAllowedError
    form = BeginForm(request.POST or None, programme=programme) if opens else None
    if form is not None and request.method == "POST" and form.is_valid():
        begun = _tried(form, lambda: acts.begin(programme=programme, **form.cleaned_data, **_who(request)))
        if begun is not None:
            messages.success(
                request, gettext("Đã so văn bản mới với chương trình. Hãy xem từng mục trước khi thực hiện.")
            )
            return redirect("desk:amendment", begun.pk)
    rows = programme.amendments.select_related("document", "by")
    context = {"programme": programme, "amendments": rows, "form": form}
    return render(request, "desk/amendments/index.html", context, status=422 if form and form.errors else 200)


@page(Permission.SEE_WORK)
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview with both texts of each line; afterwards the record of it. Posted acts: `act`."""
    rights = request.rights  # type: ignore[attr-defined]
    found = get_object_or_404(amending.amendments_visible_to(rights), pk=pk)
    decides = rights.may(Permission.OPEN_PROGRAMME, found.programme.office)
    if request.method == "POST" and not decides:
        raise NotAllowedError
    open_ = decides and found.carried_out_at is None
    act = request.POST.get("act", "")
    said = request.POST.get(LINE) or request.GET.get(LINE, "")
    line = _line(found, said)
    shown = open_ and (line is not None or said == NEW)
    line_form = LineForm(request.POST if act == "choose" else None, amendment=found, line=line) if shown else None
    out = CarryOutForm(request.POST if act == "carry_out" else None, initial={"on": found.on})
    if request.method == "POST" and (done := _acted(request, found, line, line_form, out)):
        return done
    rows = found.lines.select_related("task", "duty", "made").order_by("-chosen", "pk")
    listed = table(
        request,
        rows,
        [
            Column(gettext("Mục")),
            Column(gettext("Nhiệm vụ đang mở")),
            Column(gettext("Dòng của văn bản mới")),
            Column(gettext("Việc đang mở")),
        ],
        caption=gettext("Từng mục sửa đổi"),
        empty={
            "title": gettext("Không có mục nào."),
            "text": gettext("Văn bản mới không khác chương trình. Hãy thêm mục nếu máy chưa thấy."),
        },
    )
    _look(found, listed["rows"])
    context = {
        "amendment": found,
        "programme": found.programme,
        "table": listed,
        "counts": found.lines.filter(chosen=True).aggregate(
            **{kind.value: Count("pk", filter=Q(kind=kind)) for kind in AmendedLine.Kind}
        ),
        "may_decide": open_,
        "line": line,
        "line_form": line_form,
        "form": out if open_ else None,
    }
    wrong = bool((line_form and line_form.errors) or out.errors)
    return render(request, "desk/amendments/amendment.html", context, status=422 if wrong else 200)


def _acted(
    request: HttpRequest, found: Amendment, line: AmendedLine | None, line_form: LineForm | None, out: CarryOutForm
) -> HttpResponse | None:
    """Do what was posted; None: a form is shown again with what is wrong in it."""
    act, who = request.POST.get("act"), _who(request)
    if act == "discard":
        acts.discard(amendment=found, **who)
        messages.success(request, gettext("Đã bỏ bản chuẩn bị sửa đổi; chương trình không thay đổi."))
        return redirect("desk:amendments", found.programme_id)
    if act == "turn" and line is not None:
        _turn(request, found, line)
    elif act == "choose" and line_form is not None:
        if not line_form.is_valid():
            return None
        said = line_form.cleaned_data
        if _tried(line_form, lambda: acts.choose(amendment=found, line=line, **said, **who)) is None:
            return None
        messages.success(request, gettext("Đã lưu mục sửa đổi."))
    elif act == "carry_out":
        done = (
            _tried(out, lambda: acts.carry_out(amendment=found, **out.cleaned_data, **who)) if out.is_valid() else None
        )
        if done is None:
            return None
        messages.success(request, _told(done))
    return redirect(f"{reverse('desk:amendment', args=[found.pk])}#list")


def _carried_out(found: Amendment, out: CarryOutForm, who: dict[str, Any]) -> acts.Done | None:
    return acts.carry_out(amendment=found, **out.cleaned_data, **who) if out.is_valid() else None


def _turn(request: HttpRequest, found: Amendment, line: AmendedLine) -> None:
    """A line that was chosen is not, and the other way round."""
    said: dict[str, Any] = {"kind": line.kind, "task": line.task, "duty": line.duty, "chosen": not line.chosen}
    try:
        acts.choose(amendment=found, line=line, **said, **_who(request))
    except NotAllowedError:
        raise
    except TiendoError as error:
        messages.error(request, error.message)


def _told(done: acts.Done) -> str:
    return gettext(
        "Đã sửa đổi chương trình: bổ sung %(added)s, sửa đổi %(changed)s, bãi bỏ %(ended)s nhiệm vụ; "
        "%(carried)s việc đang mở được chuyển tiếp, %(closed)s việc không còn phải báo cáo, lập %(raised)s việc mới."
    ) % {name: getattr(done, name) for name in ("added", "changed", "ended", "carried", "closed", "raised")}


def _tried(form: Any, act: Any) -> Any:
    """What the act gives; None, with the reason in the form, where it was refused."""
    try:
        return act()
    except NotAllowedError:
        raise
    except TiendoError as error:
        form.add_error(None, error.message)
        return None


def _line(found: Amendment, said: str) -> AmendedLine | None:
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < len(str(2**63)) else 0
    return found.lines.select_related("task", "duty").filter(pk=number).first()


def _look(found: Amendment, rows: list[Any]) -> None:
    """How much is open on each task, and whether it goes along."""
    open_ = amending.open_work([row.task_id for row in rows if row.task_id]) if found.carried_out_at is None else {}
    for row in rows:
        row.open_work = open_.get(row.task_id, 0)
        row.same_deadline = row.task and row.duty and amending.same_deadline(row.task, row.duty)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
