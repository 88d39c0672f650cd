"""Writing a draft through a link, without signing in: what is asked and what came through links is shown, no more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.links.forms import LinkAnswerForm
from tiendo.doors.desk.reports import whole
from tiendo.doors.desk.session.addresses import address_of
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.rules import network
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.actions import links as acts
from tiendo.work.programmes.actions.links import Cited
from tiendo.work.programmes.errors import LinkBusyError, LinkClosedError
from tiendo.work.programmes.models import Answer, DraftLink, Obligation, Report
from tiendo.work.programmes.queries import links
from tiendo.work.programmes.rules.links import State

GONE, UNKNOWN = 410, 404


@page("public")
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """Kept only as a draft, whatever is posted. What is shown is nobody else's to keep: no cache, no index."""
    answer = _answer(request, token)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    link = links.find(token)
    if link is None:
        return _unknown(request)
    opened = links.opened(link, at=request.now)  # type: ignore[attr-defined]
    if opened.state is not State.LIVE:
        return _closed(request, link, opened.state)
    if request.method == "POST":
        return _keep(request, link, opened)
    return _write(request, link, opened, [_form(None, row, found) for row, found in _with_answers(opened)])


def _unknown(request: HttpRequest) -> HttpResponse:
    """Guesses are counted by where they come from."""
    who, most = network(address_of(request)), settings.SIGN_IN_TRIES_ADDRESS
    if not throttle.knock(kind="link", who=who, most=most, at=request.now):  # type: ignore[attr-defined]
        raise LinkBusyError
    return render(request, "desk/links/closed.html", {"state": "unknown"}, status=UNKNOWN)


def _closed(request: HttpRequest, link: DraftLink, state: State) -> HttpResponse:
    return render(request, "desk/links/closed.html", {"link": link, "state": state}, status=GONE)


def _keep(request: HttpRequest, link: DraftLink, opened: links.Opened) -> HttpResponse:
    """`act=auto`: the words alone, while they are typed; a document counts once it is saved on purpose."""
    auto = request.POST.get("act") == "auto"
    forms = [_form(request.POST, row, found) for row, found in _with_answers(opened)]
    together = whole.form_for(opened.rows, request.POST)
    problem = ""
    if all([form.is_valid() for form in [*forms, *([together] if together else [])]]):  # noqa: C419 - each shows its own
        try:
            report = acts.keep(
                link=link,
                answers={form.obligation.pk: form.said() for form in forms},
                cited={} if auto else _cited(forms),
                withdrawn=[] if auto else _withdrawn(request, opened.report),
                whole=None if auto or together is None else together.cited(),
                version=_version(request),
                on_purpose=not auto,
                at=request.now,  # type: ignore[attr-defined]
            )
        except LinkClosedError:
            return _closed(request, link, links.opened(link, at=request.now).state)  # type: ignore[attr-defined]
        except TiendoError as error:
            problem = error.message
            opened = links.opened(link, at=request.now)  # type: ignore[attr-defined]
        else:
            return _kept(request, report, auto=auto)
    if auto:
        return _saved(request, opened.report, problem or gettext("Chưa tự lưu được: có ô ghi chưa đúng."), 422)
    return _write(request, link, opened, forms, problem, 422, together)


def _kept(request: HttpRequest, report: Report, *, auto: bool) -> HttpResponse:
    if auto:
        return _saved(request, report)
    messages.success(request, gettext("Đã lưu bản đang soạn. Cơ quan có trách nhiệm sẽ xem và gửi."))
    return redirect(request.path)


def _saved(request: HttpRequest, report: Report | None, problem: str = "", status: int = 200) -> HttpResponse:
    """The line that says what is kept, with the version that the next saving builds on."""
    version = report.version if report and not problem else _version(request)
    context = {"report": report, "problem": problem, "version": version}
    return render(request, "desk/reports/saved.html", context, status=status)


def _write(
    request: HttpRequest,
    link: DraftLink,
    opened: links.Opened,
    forms: list[LinkAnswerForm],
    problem: str = "",
    status: int = 200,
    together: whole.WholeForm | None = None,
) -> HttpResponse:
    report = opened.report
    answers = _answers(report)
    returned = report.decisions.last() if report and report.state == Report.State.RETURNED else None
    rows: list[dict[str, Any]] = [
        {"obligation": form.obligation, "form": form, **_pieces(answers.get(form.obligation.pk))} for form in forms
    ]
    context = {
        "link": link,
        "rows": rows,
        "whole": together or whole.form_for(opened.rows, None),
        "shared": whole.shared(piece for row in rows for piece in row["evidence"]),
        "first": opened.rows[0],
        "report": report,
        "version": report.version if report else 1,
        "returned": returned,
        "problem": problem,
    }
    return render(request, "desk/links/draft.html", context, status=status)


def _with_answers(opened: links.Opened) -> list[tuple[Obligation, Answer | None]]:
    answers = _answers(opened.report)
    return [(row, answers.get(row.pk)) for row in opened.rows]


def _answers(report: Report | None) -> dict[int, Answer]:
    if report is None:
        return {}
    return {row.obligation_id: row for row in report.answers.prefetch_related("evidence")}


def _form(data: Any, row: Obligation, found: Answer | None) -> LinkAnswerForm:
    initial = {"text": found.text, "nothing_arose": found.nothing_arose, "percent": found.percent} if found else {}
    return LinkAnswerForm(data, obligation=row, initial=initial)


def _cited(forms: list[LinkAnswerForm]) -> dict[int, Cited]:
    found = {}
    for form in forms:
        data = form.cleaned_data
        if data.get("number") and data.get("issued_on"):
            found[form.obligation.pk] = Cited(data["number"], data["issued_on"], data.get("level", ""))
    return found


def _pieces(found: Answer | None) -> dict[str, Any]:
    """Documents that came through a link; of what people with accounts added, files among it, only how many."""
    pieces = [piece for piece in found.evidence.all() if piece.withdrawn_at is None] if found else []
    mine = [piece for piece in pieces if piece.added_by_id is None]
    return {"evidence": mine, "others": len(pieces) - len(mine)}


def _withdrawn(request: HttpRequest, report: Report | None) -> list[int]:
    """Single pieces, and a document that several rows cite, of all of them."""
    pieces = [piece for found in _answers(report).values() for piece in _pieces(found)["evidence"]]
    together = whole.same_as(request.POST.getlist("withdraw_whole"), pieces)
    return [*(int(pk) for pk in request.POST.getlist("withdraw") if _small(pk)), *(piece.pk for piece in together)]


def _version(request: HttpRequest) -> int:
    opened = request.POST.get("version", "")
    return int(opened) if _small(opened) else 0


def _small(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 18  # noqa: PLR2004 - what a database holds
