"""Links for drafting, seen from inside: issued for a body, looked after, and what came through them handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.links.forms import MOST_CHOICES, IssueForm, PaperForm
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import links as acts
from tiendo.work.programmes.models import DraftLink, Obligation, Report
from tiendo.work.programmes.queries import links
from tiendo.work.programmes.queries.drafts import writers
from tiendo.work.programmes.queries.progress import is_progress
from tiendo.work.programmes.queries.rounds import as_handed_in
from tiendo.work.programmes.rules.links import State

RECENT = 50
"""Links of a body that its page lists, the newest first."""


def may_issue(request: HttpRequest, body: Organisation | None = None) -> bool:
    """Whether this person may issue links: for their own body, or for one that owes something in their office's
    programmes; without a body: at all.
    """
    rights = request.rights  # type: ignore[attr-defined]
    if body is None:
        return bool(rights.may(Permission.ASSIGN) or rights.may(Permission.SUBMIT_REPORT))
    if rights.may(Permission.SUBMIT_REPORT, body):
        return True
    return Obligation.objects.filter(organisation=body, programme__office__in=rights.bodies(Permission.ASSIGN)).exists()


@page(Permission.SEE_WORK)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """What this body owes, of which a draft may be written from outside; a new link is shown once, in the answer."""
    if not may_issue(request):
        raise NotAllowedError
    body = get_object_or_404(Organisation, pk=pk)
    rights, now = request.rights, request.now  # type: ignore[attr-defined]
    owed = _matters(request, body)
    asked = request.GET.get("viec", "")
    form = IssueForm(request.POST or None, owed=owed, initial={"obligation": asked} if asked.isdecimal() else {})
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in owed if str(one.pk) == form.cleaned_data["obligation"])
        try:
            link, token = acts.issue(obligation=chosen, days=form.cleaned_data["days"], by=request.user, at=now)  # type: ignore[arg-type]
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            return _issued(request, link, token)
    rows = list(links.links_of(rights).filter(organisation=body)[:RECENT])
    if not owed and not rows and not may_issue(request, body):
        raise Http404
    context = {
        "body": body,
        "form": form,
        "owed": owed,
        "writers": _writers(request, body),
        "links": _listed(rows, now),
    }
    return render(request, "desk/links/issue.html", context, status=422 if form.errors else 200)


@page(Permission.SEE_WORK)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@page(Permission.SEE_WORK)
@posted("desk:draft-link")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    acts.revoke(link=_find(request, pk), by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    messages.success(request, gettext("Đã thu hồi liên kết; phần đã soạn vẫn còn."))
    return redirect("desk:draft-link", pk)


@page(Permission.ASSIGN)
@posted("desk:draft-link")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """The office hands in what was drafted, on the body's signed paper."""
    found = _find(request, pk)
    form = PaperForm(request.POST)
    if form.is_valid():
        who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
        try:
            if request.POST.get("act") == "progress":
                paper = {name: form.cleaned_data[name] for name in ("number", "signed_on")}  # no day of it is counted
                sent = acts.progress_on_paper(link=found, **paper, **who)
                messages.success(request, gettext("Đã gửi báo cáo tiến độ theo văn bản giấy; việc vẫn để mở."))
                return redirect("desk:progress", sent.pk)
            report = acts.submit_on_paper(link=found, **form.cleaned_data, **who)
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã gửi báo cáo theo văn bản giấy của cơ quan."))
            return redirect("desk:report", report.pk)
    return _page(request, found, form, status=422)


def _writers(request: HttpRequest, body: Organisation) -> list[str]:
    """Who could draft there with an account of their own; nobody for the body itself, which knows."""
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    if rights.may(Permission.SUBMIT_REPORT, body):
        return []
    found = writers([body.pk], but=[], on=today).get(body.pk, [])
    return [user.full_name for user in found]


def _matters(request: HttpRequest, body: Organisation) -> list[Obligation]:
    """One line for each piece of work with an end, one for each period."""
    rows = links.issuable(request.rights).filter(organisation=body)  # type: ignore[attr-defined]
    found: dict[Any, Obligation] = {}
    for one in rows.select_related("task", "programme").order_by("due", "pk"):
        key = (one.programme_id, one.period_start, one.period_end) if one.standing else one.pk
        found.setdefault(key, one)
    return list(found.values())[:MOST_CHOICES]


def _find(request: HttpRequest, pk: int) -> DraftLink:
    found = links.links_of(request.rights).filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _listed(rows: list[DraftLink], now: Any) -> list[dict[str, Any]]:
    """For a list: what the links tell, and whether what was written through them is handed in. One query."""
    sent = links.handed_in(rows)
    return [{"link": one, "state": _ended(one, now, sent=one.pk in sent)} for one in rows]


def _ended(one: DraftLink, now: Any, *, sent: bool) -> str:
    if one.revoked_at:
        return State.REVOKED
    if sent:
        return State.HANDED_IN
    return State.EXPIRED if now >= one.expires_at else State.LIVE


def _issued(request: HttpRequest, made: DraftLink, token: str) -> HttpResponse:
    """The only page that ever shows the link, made to be printed and handed over."""
    context = {
        "link": made,
        "address": request.build_absolute_uri(reverse("desk:draft", args=[token])),
        "rows": links.owed_through(made),
    }
    answer = render(request, "desk/links/issued.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(request: HttpRequest, found: DraftLink, form: PaperForm | None = None, status: int = 200) -> HttpResponse:
    opened = links.opened(found, at=request.now)  # type: ignore[attr-defined]
    draft = links.drafted_through(found)
    office = request.rights.may(Permission.ASSIGN, found.programme.office)  # type: ignore[attr-defined]
    context = {
        "link": found,
        "state": opened.state,
        "rows": _drafted(draft),
        "unfinished": draft is not None and is_progress(draft),
        "draft": draft,
        "form": form or PaperForm(initial={"received_on": request.today}),  # type: ignore[attr-defined]
        "office": office,
        "closed": opened.state in {State.REVOKED, State.EXPIRED},
    }
    return render(request, "desk/links/link.html", context, status=status)


def _drafted(draft: Report | None) -> list[dict[str, Any]]:
    """The draft as it would be handed in: what came through the link, and what stood there before."""
    if draft is None:
        return []
    return [
        {
            "task": row.answer.obligation.task,
            "nothing_arose": row.nothing_arose,
            "text": row.text,
            "percent": None if row.answer.obligation.task.restricted else row.percent,
            "evidence": row.evidence,
        }
        for row in as_handed_in(draft, own=True)
    ]
