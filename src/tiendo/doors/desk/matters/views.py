"""Beside a report: instructions, obstacles, objective causes, corrections, and a confirmation that is taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.matters import forms
from tiendo.doors.desk.matters.asked import asked, facts_of, seen_owed, who
from tiendo.doors.desk.reports.views import seen_report
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import causes, corrections, instructions, obstacles, reports
from tiendo.work.programmes.errors import RoundChangedError
from tiendo.work.programmes.errors_of_matters import CompetentMissingError
from tiendo.work.programmes.models import Asked, Correction, Obligation
from tiendo.work.programmes.queries import matters
from tiendo.work.programmes.queries.drafts import writers
from tiendo.work.programmes.queries.turns import correctable


@page(Permission.SUBMIT_REPORT)
def instruct(request: HttpRequest, pk: int) -> HttpResponse:
    """Bút phê: the head gives an obligation to one of the body's people."""
    owed = seen_owed(request, pk)
    _require(matters.heads(request.rights, owed))  # type: ignore[attr-defined]
    body = owed.organisation_id
    people = writers([body], but=[], on=request.today).get(body, [])  # type: ignore[attr-defined]
    form = forms.InstructForm(request.POST or None, writers=people, restricted=owed.task.restricted)

    def done() -> str:
        instructions.give(obligation=owed, **form.said(), **who(request))
        return gettext("Đã giao người thực hiện.")

    return asked(
        request, owed.task, form, done,
        title=gettext("Bút phê"), button=gettext("Giao việc"), facts=facts_of(owed),
        about=gettext("Chỉ người trong cơ quan của bạn đọc được."),
    )  # fmt: skip


@page(Permission.WRITE_REPORT)
def raise_obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    owed = seen_owed(request, pk)
    _require(matters.writes(request.rights, owed))  # type: ignore[attr-defined]
    if owed.task.restricted:
        raise Http404
    form = forms.ObstacleForm(request.POST or None, owed=owed, today=request.today)  # type: ignore[attr-defined]

    def done() -> str:
        obstacles.report(obligation=owed, **form.said(), **who(request))
        return gettext("Đã nêu vướng mắc; thời gian chờ quyết định được tính cho cấp có thẩm quyền.")

    return asked(
        request, owed.task, form, done, title=gettext("Nêu vướng mắc"), button=gettext("Nêu vướng mắc"),
        facts=facts_of(owed),
    )  # fmt: skip


@page(Permission.SEE_WORK)
def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """An obstacle, and for its level or the office the decision."""
    found = _found(matters.obstacles_visible_to(request.rights), pk)  # type: ignore[attr-defined]
    owed = found.obligation
    decides = matters.decides_obstacle(request.rights, found, request.today)  # type: ignore[attr-defined]
    able = found.decided_on is None and decides
    shown = able or request.method == "POST"
    form = forms.ObstacleDecisionForm(request.POST or None, restricted=owed.task.restricted) if shown else None

    def done() -> str:
        assert form is not None
        obstacles.decide(obstacle=found, **form.said(), **who(request))
        return gettext("Đã ghi quyết định về vướng mắc.")

    if request.method == "POST" and not able and found.decided_on is None:
        raise NotAllowedError
    return asked(
        request, owed.task, form, done,
        title=gettext("Vướng mắc"), button=gettext("Ghi quyết định"),
        facts=[
            *facts_of(owed),
            (gettext("Nêu ngày"), found.raised_on),
            (gettext("Vướng mắc"), found.text),
            (gettext("Đề xuất"), found.proposal),
            (gettext("Cấp cần quyết định"), found.level.name if found.level else found.level_text),
            (gettext("Quyết định"), found.decision),
            (gettext("Văn bản"), found.number),
            (gettext("Ngày quyết định"), found.decided_on),
        ],
    )  # fmt: skip


@page(Permission.SUBMIT_REPORT)
def ask_cause(request: HttpRequest, pk: int) -> HttpResponse:
    owed = seen_owed(request, pk)
    _require(matters.heads(request.rights, owed))  # type: ignore[attr-defined]
    form = forms.CauseForm(request.POST or None, owed=owed, today=request.today, restricted=owed.task.restricted)  # type: ignore[attr-defined]
    competent = matters.competent_for(owed)

    def done() -> str:
        causes.ask(obligation=owed, **form.said(), **who(request))
        return gettext("Đã đề nghị xác nhận nguyên nhân khách quan.")

    return asked(
        request, owed.task, form, done,
        title=gettext("Đề nghị xác nhận nguyên nhân khách quan"), button=gettext("Gửi đề nghị"),
        facts=[*facts_of(owed), (gettext("Cơ quan quyết định"), competent.name if competent else "")],
        about=gettext("Được xác nhận thì ghi bên cạnh tình trạng quá hạn, không thay cho tình trạng đó."),
    )  # fmt: skip


@page(Permission.SEE_WORK)
def cause(request: HttpRequest, pk: int) -> HttpResponse:
    """A cause that was asked for, and the competent body's word."""
    found = _found(matters.causes_visible_to(request.rights), pk)  # type: ignore[attr-defined]
    owed, open_ = found.obligation, found.state == Asked.ASKED
    able = open_ and matters.decides_cause(request.rights, found)  # type: ignore[attr-defined]
    gives = open_ and matters.gives_cause_on(request.rights, found)  # type: ignore[attr-defined]
    own = open_ and request.rights.may(Permission.SUBMIT_REPORT, found.organisation)  # type: ignore[attr-defined]

    def done() -> str:
        if request.POST.get("act") == "withdraw":
            causes.withdraw(cause=found, **who(request))
            return gettext("Đã rút đề nghị.")
        said = form.said() if form else {}
        if request.POST.get("act") == "give_on":
            if not said.get("competent"):
                raise CompetentMissingError
            causes.give_on(cause=found, competent=said["competent"], **who(request))
            return gettext("Đã chuyển đề nghị đến cơ quan có thẩm quyền.")
        causes.decide(cause=found, granted=_granted(request), word=said.get("word", ""), **who(request))
        return gettext("Đã ghi ý kiến của cơ quan có thẩm quyền.")

    form = None
    if request.POST.get("act") != "withdraw" and (gives or request.method == "POST"):
        form = forms.CauseWordForm(
            request.POST or None, owed=owed, today=request.today, decides=able or not gives,  # type: ignore[attr-defined]
            restricted=owed.task.restricted, initial={"competent": found.proposed_id},
        )  # fmt: skip
    give_on = [("give_on", gettext("Chuyển đến cơ quan có thẩm quyền"))] if gives else []
    return asked(
        request, owed.task, form, done,
        title=gettext("Nguyên nhân khách quan"), buttons=[*_buttons(able=able, own=own), *give_on],
        facts=[
            *facts_of(owed),
            (gettext("Nguyên nhân"), found.reason),
            (gettext("Văn bản chứng minh"), found.proof),
            (gettext("Cơ quan có thẩm quyền"), found.competent.name),
            (gettext("Cơ quan đề nghị đề xuất"), found.proposed.name if found.proposed else ""),
            (gettext("Tình trạng"), found.get_state_display()),
            (gettext("Ý kiến"), found.word),
        ],
    )  # fmt: skip


@page(Permission.SEE_WORK)
def propose_correction(request: HttpRequest, pk: int) -> HttpResponse:
    owed = seen_owed(request, pk)
    _require(matters.proposes_correction(request.rights, owed))  # type: ignore[attr-defined]
    today = request.today  # type: ignore[attr-defined]
    fields = [field for field in Correction.Field.values if correctable(owed, field, today=today)]
    if not fields:
        raise Http404
    form = forms.CorrectionForm(request.POST or None, fields=fields, restricted=owed.task.restricted)

    def done() -> str:
        corrections.propose(obligation=owed, **form.said(), **who(request))
        return gettext("Đã đề nghị điều chỉnh; số liệu được đánh dấu đến khi người thứ hai quyết định.")

    return asked(
        request, owed.task, form, done,
        title=gettext("Đề nghị điều chỉnh số liệu"), button=gettext("Gửi đề nghị"),
        facts=[
            *facts_of(owed),
            (gettext("Đang ghi ngày gửi"), owed.submitted_on),
            (gettext("Đang ghi ngày xác nhận"), owed.confirmed_on),
        ],
        about=gettext("Người khác, ở cơ quan mở chương trình hoặc cơ quan xác nhận, quyết định; ngày cũ vẫn xem được."),
    )  # fmt: skip


@page(Permission.SEE_WORK)
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed correction, and the second person's decision."""
    rights: Any = request.rights  # type: ignore[attr-defined]
    found = _found(matters.corrections_visible_to(rights), pk)
    owed, open_ = found.obligation, found.state == Asked.ASKED
    second = matters.is_second_person(rights, found, request.user)  # type: ignore[arg-type]
    able = open_ and matters.may_decide_corrections(rights, owed) and second
    own = open_ and found.asked_by_id == request.user.pk

    def done() -> str:
        if request.POST.get("act") == "withdraw":
            corrections.withdraw(correction=found, **who(request))
            return gettext("Đã rút đề nghị.")
        corrections.decide(correction=found, granted=_granted(request), **_word(form), **who(request))
        return gettext("Đã quyết định việc điều chỉnh số liệu.")

    form = _word_form(request, owed, able=able)
    return asked(
        request, owed.task, form, done,
        title=gettext("Điều chỉnh số liệu"), buttons=_buttons(able=able, own=own),
        facts=[
            *facts_of(owed),
            (gettext("Ngày cần điều chỉnh"), found.get_field_display()),
            (gettext("Đang ghi"), found.before),
            (gettext("Ngày đúng"), found.after),
            (gettext("Lý do"), found.reason),
            (gettext("Tình trạng"), found.get_state_display()),
            (gettext("Ý kiến"), found.word),
        ],
    )  # fmt: skip


@page(Permission.CONFIRM_REPORT)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirming body takes its confirmation back."""
    found = seen_report(request, pk)
    body = found.confirming
    _require(body is not None and request.rights.may(Permission.CONFIRM_REPORT, body))  # type: ignore[attr-defined]
    form = forms.RevokeForm(request.POST or None, initial={"round": found.round})
    if form.is_bound and form.data.get("round") != str(found.round):
        messages.error(request, RoundChangedError(round=found.round).message)
        return redirect("desk:report", pk)
    first = Obligation.objects.filter(answer__report=found).select_related("task", "organisation").order_by("pk")[0]

    def done() -> str:
        said = form.cleaned_data
        reports.revoke(report=found, reason=said["reason"], seen_round=said["round"], **who(request))
        return gettext("Đã hủy xác nhận; báo cáo trở về chờ ý kiến của cơ quan xác nhận.")

    return asked(
        request, first.task, form, done,
        title=gettext("Hủy xác nhận kết quả"), button=gettext("Hủy xác nhận"), facts=facts_of(first),
        about=gettext("Báo cáo trở về chờ ý kiến; lần xác nhận cũ vẫn xem được. Cơ quan báo cáo đọc đúng lý do này."),
        to=("desk:report", pk),
    )  # fmt: skip


def _require(able: bool) -> None:
    if not able:
        raise NotAllowedError


def _found(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _granted(request: HttpRequest) -> bool:
    return request.POST.get("act") == "grant"


def _word_form(request: HttpRequest, owed: Obligation, *, able: bool) -> forms.WordForm | None:
    withdrawn = request.POST.get("act") == "withdraw"
    if withdrawn or not (able or request.method == "POST"):
        return None
    return forms.WordForm(request.POST or None, restricted=owed.task.restricted)


def _word(form: forms.WordForm | None) -> dict[str, Any]:
    return {"word": ""} if form is None else form.said()


def _buttons(*, able: bool, own: bool) -> list[tuple[str, str]]:
    grant = [("grant", gettext("Chấp thuận")), ("refuse", gettext("Không chấp thuận"))] if able else []
    return [*grant, *([("withdraw", gettext("Rút đề nghị"))] if own else [])]
