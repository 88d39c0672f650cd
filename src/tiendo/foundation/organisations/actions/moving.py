"""A body is put below another one in a tree, with all that stands below it, by a decision and from a day on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions import trees
from tiendo.foundation.organisations.ancestry import below
from tiendo.foundation.organisations.errors import NotMovedError
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.queries import require_over
from tiendo.foundation.organisations.rules.bodies import tidy


@transaction.atomic
def move(
    *,
    organisation: Organisation,
    tree: str,
    above: Organisation,
    on: date,
    by: User,
    at: datetime,
    decision: str = "",
    register_too: bool = False,
) -> int:
    """Seat a body below another one from a day on. `register_too`: in the register, by which rights go, as well.

    Returns how many bodies moved, itself among them. Raises NotAllowedError, NotMovedError, CycleError, MoveDateError.
    """
    require_over(by, Permission.MANAGE_BODIES, [organisation, above], timezone.localdate(at))
    for one in (organisation, above):
        if one.ends is not None or one.planned or (one == organisation and one.kind == Kind.ROOT):
            raise NotMovedError(what=_("“{name}” là gốc, đã kết thúc hoặc mới chuẩn bị.").format(name=one.name))
    if on > timezone.localdate(at):
        raise NotMovedError(what=_("ngày chuyển {day} chưa đến.").format(day=f"{on:%d/%m/%Y}"))
    if organisation.starts and on < organisation.starts:
        day = f"{organisation.starts:%d/%m/%Y}"
        raise NotMovedError(what=_("cơ quan bắt đầu hoạt động ngày {day}, sau ngày chuyển.").format(day=day))
    if not above.seats.on(None).filter(tree=tree).exists():
        raise NotMovedError(what=_("“{name}” không đứng trong cây này.").format(name=above.name))
    if organisation.seats.on(None).filter(tree=tree, above=above).exists() and not register_too:
        raise NotMovedError(what=_("cơ quan đang đứng ngay dưới “{name}”.").format(name=above.name))
    trees.seat(organisation=organisation, tree=tree, above=above, on=on, by=by.actor, at=at)
    if register_too:
        trees.place(organisation=organisation, parent=above, by=by.actor, at=at)
        organisation = Organisation.objects.get(pk=organisation.pk)
    count = below(organisation, tree).count()
    told = {"tree": tree, "above": above.pk, "from_day": on.isoformat(), "decision": tidy(decision), "count": count}
    events.record(
        actor=by.actor,
        verb="organisations.organisation.moved",
        subject=f"organisations.organisation:{organisation.pk}",
        at=at,
        office=organisation.path,
        data={**told, "register": register_too},
    )
    return count
