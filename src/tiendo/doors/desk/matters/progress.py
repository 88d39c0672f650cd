"""A report on progress: what it says, and the confirming body's word on it; the work stays open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.matters import forms
from tiendo.doors.desk.matters.asked import asked, facts_of, who
from tiendo.doors.ui.templatetags.ui import vn_date, vn_moment
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import progress as acts
from tiendo.work.programmes.models import Progress
from tiendo.work.programmes.queries import progress as queries

State = Progress.State


@page(Permission.SEE_WORK)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm it, send it back or take a confirmation back with a reason; its body withdraws what waits."""
    rights: Any = request.rights  # type: ignore[attr-defined]
    found = queries.visible_to(rights).filter(pk=pk).first()
    if found is None:
        raise Http404
    owed = found.obligation
    able = queries.may_confirm(rights, found) and not queries.own_hand(rights, found, request.user)  # type: ignore[arg-type]
    own = found.state == State.ASKED and rights.may(Permission.SUBMIT_REPORT, found.organisation)
    says = able and found.state in {State.ASKED, State.GRANTED}
    act = request.POST.get("act", "")
    form = None
    if (says or request.method == "POST") and act not in {"confirm", "withdraw"}:
        form = forms.ProgressWordForm(request.POST or None, restricted=owed.task.restricted)

    def done() -> str:
        if act == "withdraw":
            acts.withdraw(progress=found, **who(request))
            return gettext("Đã rút báo cáo tiến độ.")
        if act == "confirm":
            acts.confirm(progress=found, **who(request))
            return gettext("Đã xác nhận tiến độ. Việc vẫn để mở, hạn không đổi.")
        word = form.said()["word"] if form else ""
        if act == "revoke":
            acts.revoke(progress=found, word=word, **who(request))
            return gettext("Đã hủy xác nhận tiến độ.")
        acts.send_back(progress=found, word=word, **who(request))
        return gettext("Đã đề nghị báo cáo lại; cơ quan báo cáo đọc được lý do.")

    return asked(
        request, owed.task, form, done,
        title=gettext("Báo cáo tiến độ"), buttons=_buttons(found, says=says, own=own),
        facts=[*facts_of(owed), *_said(found)],
        about=gettext("Việc vẫn để mở: hạn, tình trạng trong hạn hay quá hạn và thời gian giữ việc không đổi."),
    )  # fmt: skip


def _said(found: Progress) -> list[tuple[str, Any]]:
    """As the page tells it; of a restricted task numbers and days of documents alone."""
    percent = "" if found.percent is None else f"{found.percent} %"
    papers = "\n".join(_document(one) for one in found.documents)
    paper = gettext("theo văn bản giấy có ký của cơ quan") if found.on_paper else ""
    reported = ", ".join(filter(None, (vn_moment(found.reported_at), found.reported_by.full_name, paper)))
    decided = f"{vn_moment(found.decided_at)}, {found.decided_by.full_name}" if found.decided_by else ""
    return [
        (gettext("Tỷ lệ hoàn thành"), percent),
        (gettext("Kết quả đến nay"), found.text),
        (gettext("Văn bản"), papers),
        (gettext("Gửi lúc"), reported),
        (gettext("Tình trạng"), found.get_state_display()),
        (gettext("Ghi lúc"), decided),
        (gettext("Ý kiến"), found.word),
    ]


def _document(one: list[str]) -> str:
    number, day, level = one
    return f"{number}, {vn_date(date.fromisoformat(day))}{f' ({level})' if level else ''}"


def _buttons(found: Progress, *, says: bool, own: bool) -> list[tuple[str, str]]:
    buttons = []
    if says and found.state == State.ASKED:
        buttons = [("confirm", gettext("Xác nhận tiến độ")), ("send_back", gettext("Đề nghị báo cáo lại"))]
    elif says:
        buttons = [("revoke", gettext("Hủy xác nhận tiến độ"))]
    return [*buttons, *([("withdraw", gettext("Rút báo cáo tiến độ"))] if own else [])]
