"""A phrase of a task ("các huyện ủy, thành ủy"): which bodies the office means by it, shown before they are charged."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies.kinds import ordered
from tiendo.doors.desk.bodies.picking import PickField, pick, typed
from tiendo.doors.desk.documents.forms import text_input
from tiendo.doors.desk.fields import bodies_of
from tiendo.doors.desk.tasks.views import seen_task
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import groups
from tiendo.foundation.organisations.errors import GroupRuleError
from tiendo.foundation.organisations.grouping import group_of, members
from tiendo.foundation.organisations.models import Group, Organisation, Tree
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Assignment
from tiendo.work.programmes.queries.groups import compare, proposed


class GroupForm(forms.Form):
    """A rule over kinds, names and trees."""

    kinds = forms.MultipleChoiceField(
        label=_("Loại cơ quan"),
        choices=ordered(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    named = forms.CharField(
        label=_("Tên bắt đầu bằng"),
        required=False,
        max_length=300,
        widget=text_input(),
        help_text=_("Ví dụ: Huyện ủy; Thành ủy. Nhiều chữ đầu cách nhau bằng dấu chấm phẩy."),
    )
    below = PickField(_("Trực thuộc"), single=True, required=False, nobody=_("mọi cơ quan trong cây tổ chức của tỉnh"))
    tree = forms.ChoiceField(
        label=_("Theo cây"),
        choices=[("", _("danh bạ hiện nay")), *Tree.choices],
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, office: Organisation, today: date, sent: Any = None, **kwargs: Any) -> None:
        """`sent`: what stands in the form, though it is not judged yet."""
        kwargs["initial"] = typed(sent, self.base_fields) if sent else kwargs.get("initial")
        super().__init__(*args, **kwargs)
        pick(self, "below", bodies_of(office, today), self.data or sent)

    def clean_below(self) -> Organisation | None:
        return next(iter(self.cleaned_data["below"]), None)


@page(Permission.ASSIGN)
def group(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Set the rule, look at whom it means, charge them; later: what changed since."""
    found = seen_task(request, pk)
    office = found.programme.office
    if not request.rights.may(Permission.ASSIGN, office):  # type: ignore[attr-defined]
        raise NotAllowedError
    row = found.assignments.on(None).filter(pk=assignment, group=True).first()
    if row is None:
        raise Http404
    today = request.today  # type: ignore[attr-defined]
    known = group_of(office, row.party_text)
    guess = None if known else proposed(office, row.party_text)
    sought = request.POST if "find" in request.POST else None
    form = GroupForm(
        None if sought else request.POST or None,
        initial=_initial(known or guess),
        office=office,
        today=today,
        sent=sought,
    )
    if form.is_bound and form.is_valid():
        done = _save(request, office, row, form)
        if done is not None:
            return done
    thought = _thought(office, row, form, known or guess)
    seen = compare(row, thought, today)
    context = {
        "task": found,
        "row": row,
        "form": form,
        "guessed": guess is not None and not form.is_bound,
        "thought": thought,
        "seen": seen,
        "then": members(thought, found.programme.document.issued_on) if thought else [],
        "issued_on": found.programme.document.issued_on,
    }
    return render(request, "desk/tasks/group.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, office: Organisation, row: Assignment, form: GroupForm) -> HttpResponse | None:
    """`look`: nothing is kept. Else the rule is, and with `charge` the bodies are charged."""
    if request.POST.get("act") == "look":
        if not (form.cleaned_data["kinds"] or form.cleaned_data["named"]):
            form.add_error(None, GroupRuleError().message)
        return None
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    try:
        rule = groups.define(office=office, phrase=row.party_text, **form.cleaned_data, **who)
        count = tasks.name_group(assignment=row, organisations=members(rule, request.today), **who)  # type: ignore[attr-defined]
    except NotAllowedError:
        raise
    except TiendoError as error:
        form.add_error(None, error.message)
        return None
    messages.success(request, gettext("Đã gán thêm %(count)s cơ quan; cụm từ vẫn được giữ.") % {"count": count})
    return redirect("desk:task", row.task_id)


def _initial(known: Group | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {
        "kinds": known.kinds,
        "named": known.named,
        "below": [known.below_id] if known.below_id else [],
        "tree": known.tree,
    }


def _thought(office: Organisation, row: Assignment, form: GroupForm, known: Group | None) -> Group | None:
    """The rule on the page: as typed, else as kept or proposed; None where it would mean every body there is."""
    if form.is_bound:
        data = form.cleaned_data
        says = form.is_valid() and (data["kinds"] or data["named"])
        return Group(office=office, phrase=row.party_text, **data) if says else None
    return known
