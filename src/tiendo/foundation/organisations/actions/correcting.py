"""A single body by whoever keeps the register: added, corrected, and removed while nothing refers to it.

The same rules as for lists (rules/importing) say what may be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.actions.parts import correcting
from tiendo.foundation.organisations.actions.parts.beginning import free_code
from tiendo.foundation.organisations.errors import BodyInUseError, BodyInvalidError, BodyNotCorrectedError
from tiendo.foundation.organisations.models import Heir, Name, Organisation, Seat
from tiendo.foundation.organisations.queries import require_over
from tiendo.foundation.organisations.rules.importing.lines import Line
from tiendo.foundation.organisations.rules.importing.plan import make
from tiendo.foundation.organisations.rules.importing.table import one_line
from tiendo.foundation.organisations.rules.sheets import BODIES, split_names
from tiendo.foundation.organisations.snapshot import bodies_only, choices
from tiendo.foundation.organisations.uses import refuse_what_is_used


@transaction.atomic
def add(*, parent: Organisation, cells: Mapping[str, str], by: User, at: datetime) -> Organisation:
    """Add a body below `parent`. `cells`: as a line of the sheet of bodies says it (rules.sheets.BODIES).

    Without a code it gets the next free one below its parent's. Raises NotAllowedError, BodyInvalidError.
    """
    require_over(by, Permission.MANAGE_BODIES, [parent], timezone.localdate(at))
    line = _line({**cells, "code": cells["code"] or free_code(parent), "parent": parent.code}, at)
    if line.old is not None:
        line.refuse(_("mã “{code_}” đã được dùng.").format(code_=line.old.code))
    if line.answers:
        raise BodyInvalidError(what=" ".join(line.answers))
    row = line.new
    return organisations.add(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent=parent,
        short_name=row.short,
        abbreviations=split_names(row.abbreviations),
        starts=correcting.day(row.starts),
        national_code=row.national_code,
        national_code_old=row.national_code_old,
        by=by.actor,
        at=at,
    )


@transaction.atomic
def correct(
    *,
    organisation: Organisation,
    cells: Mapping[str, str],
    by: User,
    at: datetime,
    parent: Organisation | None = None,
    renamed_on: date | None = None,
) -> Organisation:
    """Correct a body: what `cells` says of its line is written over what stands, as if it had always been right.

    `parent`: put it below this one. `renamed_on`: its name is no slip but changes from that day; the old one stays
    true before. Raises NotAllowedError, BodyNotCorrectedError.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    bodies = [organisation, *([parent] if parent else [])]
    require_over(by, Permission.MANAGE_BODIES, bodies, timezone.localdate(at))
    told = {**cells, "code": organisation.code, "new_code": cells.get("code", "")}
    if parent is not None:
        told["parent"] = parent.code
    line = _line({**told, "renamed_on": renamed_on.isoformat() if renamed_on else ""}, at)
    if line.answers:
        raise BodyNotCorrectedError(what=" ".join(line.answers))
    if line.old == line.new and not line.new_code:
        return organisation
    correcting.correct(
        organisation,
        line.old,
        line.new,
        parent=parent,
        renamed_on=line.renamed_on,
        new_code=line.new_code,
        naming=True,
        registrar=by,
        by=by.actor,
        at=at,
    )
    return Organisation.objects.get(pk=organisation.pk)


@transaction.atomic
def remove(*, organisation: Organisation, by: User, at: datetime) -> None:
    """Take a body out that was added by mistake: nobody's work, post or past may refer to it.

    Raises NotAllowedError, BodyInUseError.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    require_over(by, Permission.MANAGE_BODIES, [organisation], timezone.localdate(at))
    if what := _used_by(organisation):
        raise BodyInUseError(name=organisation.name, what=what)
    events.record(
        actor=by.actor,
        verb="organisations.organisation.removed",
        subject=f"organisations.organisation:{organisation.pk}",
        at=at,
        office=organisation.path,
        data={"code": organisation.code, "name": organisation.name},
    )
    organisation.delete()


OWN = {(Name, "organisation"), (Seat, "organisation")}
"""Rows that are the body's own and go with it."""


def _used_by(organisation: Organisation) -> str:
    """The first sort of rows that refer to a body, in words; "": none. Asks every table that has a key to bodies."""
    words = {Organisation: _("cơ quan trực thuộc"), Heir: _("việc sắp xếp"), Seat: _("chỗ đứng của cơ quan khác")}
    for tie in Organisation._meta.get_fields(include_hidden=True):  # noqa: SLF001 (Django's own documented way)
        if not (tie.one_to_many or tie.one_to_one) or not tie.auto_created:
            continue
        model: Any = tie.related_model
        name = tie.field.name  # type: ignore[union-attr]
        if (model, name) not in OWN and model._base_manager.filter(**{name: organisation}).exists():  # noqa: SLF001
            return words.get(model, _("công việc, chức vụ hoặc tên riêng đã ghi"))
    return ""


def _line(cells: Mapping[str, str], at: datetime) -> Line:
    """What becomes of one line, against every body of the register."""
    before = bodies_only()
    plan = make(
        [one_line(BODIES, cells)],
        before,
        known=before.bodies.keys(),
        choices=choices(),
        today=timezone.localdate(at),
    )
    refuse_what_is_used(plan)
    return plan.lines[0]
