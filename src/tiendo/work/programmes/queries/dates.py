"""Why a day is what it is, who decides when it is to move, and what a new rule would move."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.foundation.organisations.rules.party import of_the_party
from tiendo.work.programmes.models import Asked, DateChange, Obligation, Programme
from tiendo.work.programmes.queries.owing import calendar_of
from tiendo.work.programmes.rules.confirming import confirming_body
from tiendo.work.programmes.rules.periods import NEXT_WORKDAY, Calendar, calendars
from tiendo.work.programmes.rules.workdays import is_workday, special

Kind = DateChange.Kind


def deciding_body(one: Obligation) -> Organisation | None:
    """Who decides on the day of an obligation: the programme's office; where that owes the work itself, whoever
    confirms it. None: nobody.
    """
    candidates = [body for body in (one.programme.office, one.confirming) if body is not None]
    chosen = confirming_body(reporting=one.organisation_id, candidates=[body.pk for body in candidates])
    return next((body for body in candidates if body.pk == chosen), None)


def granted(one: Obligation) -> int:
    """How often it was extended."""
    return one.date_changes.filter(kind=Kind.EXTEND, state=Asked.GRANTED).count()


def suspension(one: Obligation) -> DateChange | None:
    """The last suspension, over or not."""
    return one.date_changes.filter(kind=Kind.SUSPEND).last()


def stopped(obligations: Collection[int]) -> set[int]:
    """Which of these were suspended and did not go on since, whatever became of them. One query."""
    rows = DateChange.objects.filter(obligation__in=obligations, kind__in=[Kind.SUSPEND, Kind.RESUME])
    last = dict(rows.order_by("pk").values_list("obligation", "kind"))
    return {pk for pk, kind in last.items() if kind == Kind.SUSPEND}


def moved(tasks: Iterable[int]) -> dict[int, date]:
    """Task → the last of the days by which its leads owe it now, where that is not the first date any more (extended,
    suspended for a while). Work with an end. One query.
    """
    rows = Obligation.objects.filter(task__in=list(tasks), role="lead", standing=False).exclude(due=F("first_due"))
    return dict(rows.order_by().values_list("task").annotate(Max("due")))


def earliest_suspension(one: Obligation) -> date:
    """From when on it can be suspended: no day is suspended twice, none before it was tracked."""
    last = one.date_changes.filter(kind=Kind.RESUME).last()
    return last.wanted if last is not None and last.wanted is not None else one.programme.tracked_from


def to_decide(rights: Rights) -> QuerySet[DateChange]:
    """Open requests on which this person may decide, the soonest due first; never those of their own bodies."""
    offices = rights.bodies(Permission.DECIDE_DATES)
    own = Q(obligation__organisation=F("obligation__programme__office"))
    mine = ~own & Q(obligation__programme__office__in=offices) | own & Q(obligation__confirming__in=offices)
    rows = DateChange.objects.filter(mine, state=Asked.ASKED)
    rows = rows.exclude(obligation__organisation__in=rights.organisations)
    return rows.select_related(*WITH).order_by("obligation__due", "pk")


def asked_by(rights: Rights) -> QuerySet[DateChange]:
    """What the bodies for which this person writes have asked for, and nobody decided yet."""
    bodies = rights.bodies(Permission.WRITE_REPORT)
    rows = DateChange.objects.filter(obligation__organisation__in=bodies, state=Asked.ASKED)
    return rows.select_related(*WITH).order_by("obligation__due", "pk")


WITH = ("obligation__task__programme", "obligation__organisation", "asked_by")


def following(programme: Programme, *, lock: bool = False) -> list[tuple[Obligation, date]]:
    """Open standing work of a programme whose day is not the one that its calendar names now, each with that day.

    Only what follows the calendar: a day that was decided stays. `lock`: for the act. Two queries. Raises
    CalendarGoneError.
    """
    decided = DateChange.objects.filter(
        obligation=OuterRef("pk"), state=Asked.GRANTED, kind__in=[Kind.EXTEND, Kind.RESUME]
    )
    rows = programme.obligations.filter(~Exists(decided), standing=True, state=Obligation.State.OPEN, submitted_on=None)
    rows = rows.select_related("task", "organisation").order_by("due", "organisation", "pk")
    if lock:
        rows = rows.select_for_update(of=("self",))
    calendar = calendar_of(programme)
    found = ((one, calendar.due_of(one.period_end)) for one in rows)
    return [(one, day) for one, day in found if day != one.due]


# -- "vì sao là ngày này?" ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One step to the day that holds now, in words. `day` None: nothing moved (asked, refused, withdrawn)."""

    label: str
    day: date | None = None
    words: str = ""
    phrase: str = ""
    rule: str = ""
    reason: str = ""
    basis: str = ""
    asked_by: str = ""
    decided_by: str = ""
    decided_on: date | None = None


def chain(one: Obligation) -> list[Link]:
    """How its day came about: the printed phrase and the rule, then each change, the oldest first."""
    return chains([one])[one.pk]


def chains(owed: Iterable[Obligation], *, moved: bool = True) -> dict[int, list[Link]]:
    """By obligation (with task, programme and opening). One query; none where it is known that nothing `moved`."""
    rows = list(owed)
    changes: dict[int, list[DateChange]] = {}
    found = DateChange.objects.filter(obligation__in=[one.pk for one in rows])
    for change in found.select_related("asked_by", "decided_by").order_by("pk") if moved else ():
        changes.setdefault(change.obligation_id, []).append(change)
    return {one.pk: [_first(one), *_changed(changes.get(one.pk, [])), *_supplement(one)] for one in rows}


def _first(one: Obligation) -> Link:
    return Link(
        label=gettext("Hạn đầu tiên"), day=one.first_due, phrase=one.task.deadline_text, rule=_rule(one),
        basis=one.opening.basis if one.opening and not one.task.restricted else "",
    )  # fmt: skip


def _rule(one: Obligation) -> str:
    if one.standing:
        return _of_calendar(one)
    if one.opening:
        said = gettext("Mở theo sự kiện ngày %(day)s; hạn do cơ quan mở chương trình ghi khi mở.")
        return said % {"day": f"{one.opening.happened_on:%d/%m/%Y}"}
    if one.role == "coordinate":
        return gettext("Ngày mà cơ quan chủ trì đề nghị phối hợp.")
    return gettext("Ngày cuối của thời hạn ghi trong văn bản; gửi trong chính ngày đó không tính là muộn.")


def basis_of(calendar: Calendar, office: Organisation) -> str:
    """Where a programme's calendar comes from: a rule for administrative offices does not bind a party committee, which
    sets its own calendar and takes this one as long as it has none.
    """
    if calendar.binds == "state" and of_the_party(office.kind, office.name):
        return gettext(
            "Cấp ủy tự quy định lịch báo cáo; chưa có lịch riêng nên lấy lịch mặc định theo mốc của %(source)s "
            "(không bắt buộc đối với cơ quan Đảng)"
        ) % {"source": calendar.source.partition(",")[0]}
    return f"{calendar.name} ({calendar.source})"


def _of_calendar(one: Obligation) -> str:
    """The calendar as it is now, and whether it names that day still."""
    calendar = calendars().get(one.programme.calendar)
    if calendar is None:
        return gettext("Lịch báo cáo mà chương trình theo không còn trong hệ thống.")
    said = gettext(
        "%(basis)s: kỳ %(period)s chốt số liệu ngày %(cutoff)s, gửi báo cáo ngày %(day)s của tháng chốt."
    ) % {
        "basis": basis_of(calendar, one.programme.office),
        "period": one.period_name,
        "cutoff": f"{one.period_end:%d/%m/%Y}",
        "day": calendar.due_day,
    }
    return f"{said} {_off_day(one.first_due, moves=calendar.off_day == NEXT_WORKDAY)}".strip()


def _off_day(day: date, *, moves: bool) -> str:
    if moves:
        return gettext("Ngày đó là ngày nghỉ thì hạn là ngày làm việc kế tiếp.")
    if is_workday(day):
        return ""
    found = special(day)
    why = found.name if found else gettext("cuối tuần")
    return gettext("Ngày này là ngày nghỉ (%(why)s) nhưng quy định ghi theo ngày dương lịch nên giữ nguyên.") % {
        "why": why
    }


def _changed(changes: list[DateChange]) -> Iterable[Link]:
    began: DateChange | None = None
    for change in changes:
        moved = change.state == Asked.GRANTED and change.kind != Kind.SUSPEND
        by_itself = change.asked_by_id == change.decided_by_id or change.state == Asked.WITHDRAWN
        yield Link(
            label=_label(change),
            day=change.after if moved else None,
            words=_words(change),
            reason="" if change.kind == Kind.RULE else change.reason,
            rule=change.reason if change.kind == Kind.RULE else _days_added(change, began),
            basis=change.basis,
            asked_by="" if (by_itself and moved) or not change.asked_by else _name(change.asked_by, change.asked_at),
            decided_by=_decided(change),
            decided_on=change.issued_on,
        )
        if change.kind == Kind.SUSPEND:
            began = change


def _label(change: DateChange) -> str:
    if change.kind == Kind.EXTEND:
        return {
            Asked.ASKED: gettext("Đề nghị gia hạn, chờ quyết định"),
            Asked.GRANTED: gettext("Gia hạn"),
            Asked.REFUSED: gettext("Không chấp thuận gia hạn"),
            Asked.WITHDRAWN: gettext("Đề nghị gia hạn đã rút"),
        }[Asked(change.state)]
    return {
        Kind.SUSPEND: gettext("Tạm dừng"),
        Kind.RESUME: gettext("Tiếp tục sau tạm dừng"),
        Kind.RULE: gettext("Tính lại theo lịch báo cáo"),
    }[Kind(change.kind)]


def _words(change: DateChange) -> str:
    if change.kind == Kind.SUSPEND and change.wanted:
        return gettext("từ ngày %(day)s") % {"day": f"{change.wanted:%d/%m/%Y}"}
    if change.kind == Kind.EXTEND and change.wanted and change.state != Asked.GRANTED:
        return gettext("đến ngày %(day)s") % {"day": f"{change.wanted:%d/%m/%Y}"}
    return ""


def _days_added(change: DateChange, began: DateChange | None) -> str:
    """Of the end of a suspension."""
    if change.kind != Kind.RESUME or began is None or began.wanted is None or change.wanted is None:
        return ""
    if change.after == change.before:
        return gettext("Báo cáo đã gửi từ trước khi tạm dừng nên không có ngày nào phải cộng.")
    return gettext("Tạm dừng từ %(first)s, tiếp tục từ %(last)s: cộng %(days)s ngày vào hạn %(before)s.") % {
        "first": f"{began.wanted:%d/%m/%Y}",
        "last": f"{change.wanted:%d/%m/%Y}",
        "days": (change.wanted - began.wanted).days,
        "before": f"{change.before:%d/%m/%Y}",
    }


def _decided(change: DateChange) -> str:
    """Who decided, on which paper, and with what word."""
    if change.decided_by is None or change.decided_at is None or change.state == Asked.WITHDRAWN:
        return ""
    said = [_name(change.decided_by, change.decided_at), change.number, f"“{change.word}”" if change.word else ""]
    return ", ".join(part for part in said if part)


def _name(user: User, at: datetime) -> str:
    return f"{user.full_name} ({timezone.localdate(at):%d/%m/%Y})"


def _supplement(one: Obligation) -> list[Link]:
    """What was sent back for more has a day of its own."""
    if one.supplement_due is None or one.state != Obligation.State.OPEN:
        return []
    rule = gettext("Số ngày báo cáo nằm ở cơ quan xác nhận không tính cho cơ quan báo cáo.")
    return [Link(label=gettext("Hạn bổ sung"), day=one.supplement_due, rule=rule)]
