"""What of a task stands beside its reports: who holds it and how long, coordinators, obstacles, causes, corrections,
instructions, and what this person may do about them (desk/matters/task.html).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Assignment, Obligation, Progress, Task
from tiendo.work.programmes.queries import matters
from tiendo.work.programmes.queries.clocks import Hand, hands_of
from tiendo.work.programmes.queries.coordination import asks_for
from tiendo.work.programmes.queries.owing import term_of
from tiendo.work.programmes.queries.progress import visible_to as progress_visible_to
from tiendo.work.programmes.rules.clocks import Part

PARTS = {
    Part.LEAD: _("chủ trì"),
    Part.COORDINATE: _("phối hợp"),
    Part.CONFIRM: _("xác nhận"),
    Part.DECIDE: _("quyết định vướng mắc"),
    Part.STAGE: _("trình, cho ý kiến, ban hành"),
}
State = Obligation.State


def beside(request: HttpRequest, task: Task, rows: Sequence[Any], charged: Sequence[Assignment]) -> dict[str, Any]:
    """Context of desk/matters/task.html; `rows`: what is owed on the task (queries.matters.noted), with its bodies;
    `charged`: who is charged with it, as the page shows it.
    """
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    for row in rows:
        row.programme, row.task = task.programme, task
    noted = {
        name: [row for row in rows if getattr(row, f"has_{name}")]
        for name in ("obstacles", "causes", "corrections", "progress")
    }
    said = _progress(rights, noted["progress"])
    obstacles = _of(matters.obstacles_visible_to, rights, noted["obstacles"])
    hands = hands_of(task, rows, today, obstacles=obstacles)
    return {
        "hands_now": [_hand(one) for one in hands if one.until is None],
        "hands_before": [_hand(one) for one in hands if one.until is not None],
        "coordinators": _coordinators(request, task, charged),
        "obstacles": obstacles,
        "causes": _of(matters.causes_visible_to, rights, noted["causes"]),
        "progress": said,
        "corrections": _of(matters.corrections_visible_to, rights, noted["corrections"]),
        "instructions": _instructions(request, rows),
        "doable": [one for row in rows if (one := _doable(request, row))["any"]],
        "reviews": term_of(task).waits and task.closed_at is None,
        "may_review": rights.may(Permission.OPEN_EVENT, task.programme.office),
    }


def _of(visible: Callable[[Rights], QuerySet[Any]], rights: Rights, rows: Sequence[Any]) -> list[Any]:
    return list(visible(rights).filter(obligation__in=rows)) if rows else []


def _progress(rights: Rights, rows: Sequence[Any]) -> list[Progress]:
    """What was reported on the way; of work that goes on each row gets what was confirmed last (`progress_now`)."""
    found: list[Progress] = _of(progress_visible_to, rights, rows)
    for row in rows:
        if row.state in {State.OPEN, State.SUSPENDED}:
            of_row = (one for one in found if one.obligation_id == row.pk and one.state == Progress.State.GRANTED)
            row.progress_now = max(of_row, key=lambda one: one.pk, default=None)
    return found


def _instructions(request: HttpRequest, rows: Sequence[Any]) -> list[Any]:
    """Of the bodies in which this person holds a post; nobody else's are asked for."""
    rights = request.rights  # type: ignore[attr-defined]
    own = [row for row in rows if matters.of_body(rights, row.organisation_id)]
    return list(matters.instructions_visible_to(rights, own)) if own else []


def _hand(one: Hand) -> dict[str, Any]:
    return {"hand": one, "part": PARTS[one.part], "name": one.body.label if one.body else one.words}


def _coordinators(request: HttpRequest, task: Task, charged: Sequence[Assignment]) -> list[dict[str, Any]]:
    """The coordinators and phrases, and what this person may do about each; nothing to say or do: none."""
    rights = request.rights  # type: ignore[attr-defined]
    leading = [row for row in charged if row.role == Assignment.Role.LEAD and row.ends is None]
    leads = [row.organisation for row in sorted(leading, key=lambda row: not row.focal) if row.organisation]
    asks = asks_for(rights, task, leads)[0] and task.closed_at is None
    names = {body.pk: body for body in leads}
    found, said = [], False
    for row in (one for one in charged if one.role == Assignment.Role.COORDINATE):
        own = row.organisation is not None and rights.may(Permission.WRITE_REPORT, row.organisation)
        now = row.ends is None
        may_ask = asks and now and (row.group or row.organisation_id is not None)
        may_say = own and now and row.due is None
        found.append(
            {
                "row": row,
                "answers_to": names.get(row.answers_to_id or 0),
                "may_ask": may_ask,
                "may_withdraw": asks and row.due is not None,
                "may_say": may_say,
            }
        )
        said = said or may_ask or may_say or row.due is not None or row.part_done_on is not None
    return found if said else []


def _doable(request: HttpRequest, row: Obligation) -> dict[str, Any]:
    """What this person may begin about an obligation."""
    rights = request.rights  # type: ignore[attr-defined]
    heads, open_ = matters.heads(rights, row), row.state in {State.OPEN, State.SUSPENDED}
    found = {
        "obstacle": matters.writes(rights, row) and open_ and not row.task.restricted,
        "cause": heads and row.state != State.NOT_OWED,
        "instruct": heads and open_,
        "correct": row.submitted_on is not None and matters.proposes_correction(rights, row),
    }
    return {**found, "any": any(found.values()), "row": row}
