"""Bodies are merged, split, renamed, dissolved: prepared, looked at, carried out, held against the decision, undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.bodies.forms import DecisionForm
from tiendo.doors.desk.bodies.kept import mine
from tiendo.doors.desk.bodies.picking import BOXES, SHOWN, said
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.doors.desk.telling import told
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import correcting
from tiendo.foundation.organisations.actions import succession as successions
from tiendo.foundation.organisations.ancestry import sides, why_stale
from tiendo.foundation.organisations.finding import find
from tiendo.foundation.organisations.models import Heir, Organisation, Succession
from tiendo.foundation.organisations.naming import order, person_order
from tiendo.foundation.organisations.queries import stranded
from tiendo.foundation.organisations.rules.succession import ENDING, backdated
from tiendo.work.directives.pages import print_docx
from tiendo.work.handovers.actions import handovers
from tiendo.work.handovers.queries import Preview, chosen, kept_from, preview, proposals
from tiendo.work.handovers.record_paper import record_docx
from tiendo.work.programmes.errors import BuiltOnPassageError
from tiendo.work.programmes.messages import said_in_the_way
from tiendo.work.programmes.models import Assignment, Passage
from tiendo.work.programmes.queries.passing import open_rows
from tiendo.work.programmes.queries.undoing import InTheWay
from tiendo.work.programmes.queries.work import tasks_visible_to

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _seen(request: HttpRequest, pk: int) -> Succession:
    bodies = mine(request).values("pk")
    touching = Heir.objects.filter(Q(before__in=bodies) | Q(after__in=bodies)).values("succession")
    found = Succession.objects.filter(pk=pk, pk__in=touching).select_related("recorded_by", "confirmed_by").first()
    if found is None:
        raise Http404
    return found


@page(Permission.MANAGE_BODIES)
def succession(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent by the button `find` it comes back as it was, with the bodies that were looked for."""
    return _page(request, _seen(request, pk))


def _page(
    request: HttpRequest,
    found: Succession,
    form: DecisionForm | None = None,
    status: int = 200,
    in_the_way: Sequence[dict[str, Any]] = (),
    wrong_codes: Mapping[int, str] | None = None,
) -> HttpResponse:
    befores, afters = sides(found)
    draft = found.state == Succession.State.DRAFT
    before = preview(found, befores, afters, request.rights) if draft else None  # type: ignore[attr-defined]
    passed = [] if draft else _passed(request, found)
    lines = 0 if draft else _passages(request, found).order_by().values("before").distinct().count()
    initial = {"decision": found.decision, "decided_on": found.decided_on}
    subject = f"organisations.succession:{found.pk}"
    context: dict[str, Any] = {
        "succession": found,
        "befores": befores,
        "heirs": found.heirs.select_related("before", "after"),
        "preview": before,
        "stale": why_stale(found, befores, afters) if draft else "",
        "table": _lines(request, found, befores, afters, before) if before and before.lines else None,
        "passed": passed,
        "shared": sum(row["count"] for row in passed) - lines,
        "places": _places(request, before.below, afters) if before and before.below else None,
        "ends": found.kind in ENDING,
        "due": found.on <= request.today,  # type: ignore[attr-defined]
        "decision_form": form or DecisionForm(initial=initial, on=found.on),
        "late": found.decided_on is not None and backdated(found.decided_on, found.on),
        "may_confirm": found.state == "in_force" and found.recorded_by_id != request.user.pk,
        "events": sentences(audit.about([subject]).order_by("-sequence")[:20]),
        "afters": afters,
        "in_the_way": in_the_way,
        **(_asked(request, before) if before else {}),
        "new_bodies": _new_bodies(request, found, afters, wrong_codes or {}) if draft else [],
        "stranded": 0 if draft else _left(request, befores),
        "gives_posts": request.rights.may(Permission.MANAGE_ACCOUNTS),  # type: ignore[attr-defined]
    }
    return render(request, "desk/bodies/succession.html", context, status=status)


def _left(request: HttpRequest, befores: Sequence[Organisation]) -> int:
    """How many people of these bodies have no post since."""
    rows = stranded([body.pk for body in befores], request.today)  # type: ignore[attr-defined]
    return rows.order_by().values("user").distinct().count()


def _asked(request: HttpRequest, before: Preview) -> dict[str, Any]:
    """Where posts are to go: as it was sent, where that was refused."""
    sent = request.POST
    return {
        "posts": [
            {
                "post": post,
                "role": role_names().get(post.role, post.role),
                "chosen": _number(sent.get(f"post-{post.pk}", "")),
            }
            for post in sorted(before.posts, key=lambda post: person_order(post.user.full_name))
        ],
        "people": len({post.user_id for post in before.posts}),
        "keeps_posts": "carrying" not in sent or "move_posts" in sent,
    }


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() else 0


def _new_bodies(
    request: HttpRequest, found: Succession, afters: Sequence[Organisation], wrong: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Bodies that begin with it, with their codes; as they were typed, where one was refused."""
    new = [body for body in afters if body.pk in found.undoing.get("new", [])]
    return [
        {"body": body, "code": request.POST.get(f"code-{body.pk}", body.code), "wrong": wrong.get(body.pk, "")}
        for body in new
    ]


def _places(request: HttpRequest, below: Sequence[Organisation], afters: Sequence[Organisation]) -> dict[str, Any]:
    """Where each body below may go: to heirs, to what was chosen, and of many bodies to those that a search found."""
    sent = request.POST
    asked = sent.get("find-below", "").strip()
    bodies = mine(request).filter(ends=None, planned=False).exclude(pk__in={child.parent_id for child in below})
    many = bodies.order_by()[BOXES : BOXES + 1].exists()
    found = find(bodies, asked, SHOWN) if many else None
    said_so = {child.pk: sent.get(f"below-{child.pk}", "") for child in below}
    chosen = {pk: int(to) for pk, to in said_so.items() if to.isdecimal()}
    offered = bodies.filter(pk__in={*chosen.values(), *found.ids}) if found else bodies
    known = {body.pk: body for body in (*afters, *offered.select_related("parent"))}
    return {
        "rows": [{"body": child, "chosen": chosen.get(child.pk)} for child in below],
        "choices": said(sorted(known.values(), key=lambda body: order(body.name))),
        "many": many,
        "asked": asked,
        "found": found,
    }


def _lines(
    request: HttpRequest,
    found: Succession,
    befores: Sequence[Organisation],
    afters: Sequence[Organisation],
    before: Preview,
) -> dict[str, Any]:
    """The open charges, each with the heirs it may go to: those decided, else the one proposed."""
    rows = open_rows([body.pk for body in befores], kept_from(request.rights))  # type: ignore[attr-defined]
    decided = chosen(found)
    if request.GET.get("show") == "undecided":
        rows = rows.exclude(pk__in=decided)
    shows = [("", gettext("Tất cả"), before.lines), ("undecided", gettext("Chưa chọn"), before.undecided)]
    listed = table(
        request,
        rows,
        [Column(gettext("Nhiệm vụ")), Column(gettext("Vai trò")), Column(gettext("Nơi nhận"))],
        caption=gettext("Phân công đang giữ"),
        filters=[chips(request, "show", gettext("Dòng"), shows)] if len(afters) > 1 else [],
        empty={"title": gettext("Mọi dòng đã chọn nơi nhận.")},
    )
    shares = {line.after_id: line.share for line in found.heirs.all() if line.after_id}
    proposed = proposals(listed["rows"], afters, shares) if len(afters) > 1 else {}
    open_to = set(
        tasks_visible_to(request.rights)  # type: ignore[attr-defined]
        .filter(pk__in=[row.task_id for row in listed["rows"]])
        .values_list("pk", flat=True)
    )
    for row in listed["rows"]:
        row.shown = row.task_id in open_to
        row.takes = decided.get(row.pk) or ((proposed[row.pk],) if row.pk in proposed else ())
        row.proposed = row.pk in proposed and row.pk not in decided
        row.several = len(afters) > 1
        row.single = afters[0] if len(afters) == 1 else None
        row.choices = afters
    return listed


def _passages(request: HttpRequest, found: Succession) -> QuerySet[Passage]:
    kept = kept_from(request.rights)  # type: ignore[attr-defined]
    return Passage.objects.filter(succession=found).exclude(before__task__programme__in=kept)


def _passed(request: HttpRequest, found: Succession) -> list[dict[str, Any]]:
    """What went from whom to whom, in counts."""
    counted: dict[tuple[str, str], int] = {}
    for line in _passages(request, found).select_related("before__organisation", "after__organisation"):
        pair = (_called(line.before), _called(line.after))
        if line.before.role != line.after.role:
            pair = (pair[0], gettext("%(body)s đang chủ trì: phần phối hợp kết thúc") % {"body": pair[1]})
        counted[pair] = counted.get(pair, 0) + 1
    return [{"before": before, "after": after, "count": count} for (before, after), count in counted.items()]


def _called(row: Assignment) -> str:
    return row.organisation.name if row.organisation else gettext("chưa có nơi nhận")


@page(Permission.MANAGE_BODIES)
@posted("desk:succession")
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Save which heirs take the lines shown; `give`: all others that are undecided go to the one heir `all`."""
    found = _seen(request, pk)
    befores, afters = sides(found)
    bodies = {str(body.pk): body for body in afters}

    def done() -> str:
        count = _choose_each(request, found, bodies)
        if "give" in request.POST and request.POST.get("all") in bodies:
            rows = open_rows([body.pk for body in befores], kept_from(request.rights))  # type: ignore[attr-defined]
            rows = rows.exclude(pk__in=chosen(found))
            left = list(rows.values_list("pk", flat=True))
            if left:
                heirs = [bodies[request.POST["all"]]]
                count = handovers.choose(succession=found, assignments=left, heirs=heirs, **_by(request))
        return gettext("Đã lưu: %(count)s dòng đã chọn nơi nhận.") % {"count": count}

    return told(request, "desk:succession", pk, done)


def _choose_each(request: HttpRequest, found: Succession, bodies: dict[str, Organisation]) -> int:
    """One act for all lines of the page."""
    heirs = {
        int(name): [bodies[pk] for pk in request.POST.getlist(f"heir-{name}") if pk in bodies]
        for name in request.POST.getlist("line")
        if name.isdecimal()
    }
    return handovers.choose_each(succession=found, heirs=heirs, **_by(request))


@page(Permission.MANAGE_BODIES)
@posted("desk:succession")
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in force: register, work, reports, posts, all or nothing. What was chosen stays where it is refused."""
    found = _seen(request, pk)
    befores, afters = sides(found)
    try:
        handovers.carry_out(
            succession=found,
            children=_chosen_bodies(request, "below-", mine(request)),
            move_posts="move_posts" in request.POST,
            post_heirs=_chosen_bodies(request, "post-", Organisation.objects.filter(pk__in=[one.pk for one in afters])),
            **_by(request),
        )
    except NotAllowedError:
        raise
    except TiendoError as error:
        messages.error(request, error.message)
        return _page(request, _seen(request, pk), status=409)
    messages.success(request, _done_in_words(request, found, befores))
    return redirect("desk:succession", pk)


def _done_in_words(request: HttpRequest, found: Succession, befores: Sequence[Organisation]) -> str:
    """How many charges of the bodies before went on, and how many nobody took; each once, however many took it."""
    if found.kind not in ENDING:
        return gettext("Đã thực hiện. Việc, báo cáo và chức vụ giữ nguyên.")
    passed = _passages(request, found).filter(before__organisation__in=befores).order_by()
    orphaned = passed.filter(after__organisation=None).values("before").distinct().count()
    count = passed.exclude(after__organisation=None).values("before").distinct().count()
    said = gettext("Đã thực hiện. %(count)s lượt phân công được chuyển sang cơ quan nhận.") % {"count": count}
    if not orphaned:
        return said
    lost = gettext("%(orphaned)s lượt phân công chưa có nơi nhận: xem danh sách Việc chưa có nơi nhận.")
    lost %= {"orphaned": orphaned}
    return f"{said} {lost}" if count else gettext("Đã thực hiện. %(lost)s") % {"lost": lost}


def _chosen_bodies(request: HttpRequest, prefix: str, among: QuerySet[Organisation]) -> dict[int, Organisation]:
    """What the form says of bodies below, or of posts, by the number after the prefix of its name."""
    asked = {
        int(name.removeprefix(prefix)): _number(str(value))
        for name, value in request.POST.items()
        if name.startswith(prefix) and name.removeprefix(prefix).isdecimal()
    }
    bodies = among.in_bulk(list(asked.values()))
    return {one: bodies[body] for one, body in asked.items() if body in bodies}


@page(Permission.MANAGE_BODIES)
@posted("desk:succession")
def set_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """The codes of bodies that begin with a draft, before it is carried out: all or none."""
    found = _seen(request, pk)
    _befores, afters = sides(found)
    if found.state != Succession.State.DRAFT:
        return redirect("desk:succession", pk)
    wrong: dict[int, str] = {}
    with transaction.atomic():
        for row in _new_bodies(request, found, afters, {}):
            try:
                correcting.correct(organisation=row["body"], cells={"code": row["code"]}, **_by(request))
            except NotAllowedError:
                raise
            except TiendoError as error:
                wrong[row["body"].pk] = error.message
        transaction.set_rollback(bool(wrong))
    if wrong:
        return _page(request, found, status=422, wrong_codes=wrong)
    messages.success(request, gettext("Đã lưu mã của cơ quan mới."))
    return redirect("desk:succession", pk)


@page(Permission.MANAGE_BODIES)
@posted("desk:succession")
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person holds the record against the decision."""
    found = _seen(request, pk)
    form = DecisionForm(request.POST, on=found.on)
    if not form.is_valid():
        return _page(request, found, form, status=422)

    def done() -> str:
        successions.confirm(succession=found, **form.cleaned_data, **_by(request))
        return gettext("Đã xác minh theo quyết định.")

    return told(request, "desk:succession", pk, done)


@page(Permission.MANAGE_BODIES)
@posted("desk:succession")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away, or take a wrong record back."""
    found = _seen(request, pk)
    if found.state == Succession.State.DRAFT:
        successions.discard(succession=found, **_by(request))
        messages.success(request, gettext("Đã bỏ bản chuẩn bị."))
        return redirect("desk:successions")

    def done() -> str:
        handovers.undo(succession=found, **_by(request))
        return gettext("Đã hủy việc ghi nhầm: danh bạ và công việc trở lại như trước.")

    try:
        return told(request, "desk:succession", pk, done, but=BuiltOnPassageError)
    except BuiltOnPassageError as error:
        return _page(
            request, found, in_the_way=_linked(request, cast("list[InTheWay]", error.data["found"])), status=409
        )


def _linked(request: HttpRequest, found: Sequence[InTheWay]) -> list[dict[str, Any]]:
    """What was built on a hand-over, each with where it can be looked at by whoever keeps the register."""
    rights = request.rights  # type: ignore[attr-defined]
    tasks = set(tasks_visible_to(rights).filter(pk__in=[one.task.pk for one in found if one.task]).values_list("pk"))
    rows = []
    for one in found:
        links = []
        if one.task and (one.task.pk,) in tasks:
            links.append((reverse("desk:task", args=[one.task.pk]), gettext("Xem nhiệm vụ")))
        if one.succession:
            links.append((reverse("desk:succession", args=[one.succession.pk]), gettext("Xem lần sắp xếp")))
        if one.body:
            links.append((reverse("desk:body", args=[one.body.pk]), one.body.label))
        rows.append({"said": said_in_the_way(one), "links": links})
    return rows


@page(Permission.MANAGE_BODIES)
def record(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """The hand-over record of one body, to be printed and signed."""
    found = _seen(request, pk)
    befores, afters = sides(found)
    giving = next((one for one in befores if one.pk == body), None)
    if giving is None:
        raise Http404
    kept = kept_from(request.rights)  # type: ignore[attr-defined]
    content = record_docx(found, giving, afters, kept=kept, on=request.today)  # type: ignore[attr-defined]
    name, kind = f"bien-ban-ban-giao-{giving.code}", DOCX
    if request.GET.get("dang") == "pdf":
        printed = print_docx(content)
        if printed is None:
            messages.error(request, gettext("Máy chủ chưa in được PDF (cần LibreOffice). Hãy tải bản DOCX."))
            return redirect("desk:succession", pk)
        content, kind = printed, "application/pdf"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{"docx" if kind == DOCX else "pdf"}"'
    return response


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
