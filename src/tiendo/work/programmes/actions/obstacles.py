"""Obstacles: what blocks the work, raised by the body that owes it; decided by the level that must."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.actions.parts import matters, reasons
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors import (
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_matters import (
    DecidedAlreadyError,
    DecisionEmptyError,
    ObstacleEmptyError,
    ObstacleLevelError,
)
from tiendo.work.programmes.models import Obligation, Obstacle
from tiendo.work.programmes.queries.matters import decides_obstacle

LEVEL_LIMIT = 200


@transaction.atomic
def report(
    *,
    obligation: Obligation,
    text: str,
    proposal: str = "",
    level: Organisation | None = None,
    level_text: str = "",
    by: User,
    at: datetime,
) -> Obstacle:
    """Say what blocks the work and which level must decide: a body of the register, or in words. The level's clock
    begins today, beside the lead's own.

    Raises NotAllowedError, RestrictedTaskError (a restricted task keeps numbers and dates alone), ObstacleEmptyError,
    ObstacleLevelError (the body itself), OutsideError, TextTooLongError.
    """
    obligation = matters.hold(obligation)
    today = timezone.localdate(at)
    require(by, Permission.WRITE_REPORT, obligation.organisation, today)
    if obligation.task.restricted:
        raise RestrictedTaskError
    if not text.strip() or (level is None and not level_text.strip()):
        raise ObstacleEmptyError
    if level is not None and level.pk == obligation.organisation_id:
        raise ObstacleLevelError
    require_inside(obligation.programme, [level])
    raised = Obstacle.objects.create(
        obligation=obligation,
        text=matters.words(obligation, text),
        proposal=matters.words(obligation, proposal),
        level=level,
        level_text="" if level else matters.words(obligation, level_text, limit=LEVEL_LIMIT),
        raised_on=today,
        raised_by=by,
    )
    matters.tell(obligation, by, at, verb="programmes.obstacle.raised")
    return raised


@transaction.atomic
def decide(
    *, obstacle: Obstacle, decision: str = "", number: str = "", decided_on: date, by: User, at: datetime
) -> Obstacle:
    """What the level decided, with the number and day of its document where there is one: the clock stops that day.

    By whoever confirms in that level, or the programme's office, which records it. Raises NotAllowedError,
    DecidedAlreadyError, DecisionEmptyError, DecidedOnError (before it was raised, or to come), RestrictedTaskError,
    TextTooLongError, RestrictedReasonError.
    """
    rows = Obstacle.objects.select_for_update(of=("self",))
    obstacle = rows.select_related("level", "obligation__task", "obligation__programme__office").get(pk=obstacle.pk)
    today = timezone.localdate(at)
    if not decides_obstacle(rights(by, today), obstacle, today):
        raise NotAllowedError
    if obstacle.decided_on is not None:
        raise DecidedAlreadyError
    if not decision.strip() and not number.strip():
        raise DecisionEmptyError
    obstacle.decision = matters.words(obstacle.obligation, decision)
    obstacle.number = reasons.number(obstacle.obligation.task, number.strip()[:80])
    obstacle.decided_on = matters.day(decided_on, today, first=obstacle.raised_on)
    obstacle.decided_by, obstacle.decided_at = by, at
    obstacle.save(update_fields=["decision", "number", "decided_on", "decided_by", "decided_at"])
    matters.tell(obstacle.obligation, by, at, verb="programmes.obstacle.decided")
    return obstacle
