"""What else waits on Việc của tôi, beside what one's bodies owe: drafts that came by link, work without a holder; and
what is said to whom holds no post, or only reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from tiendo.foundation.accounts.permissions import Permission, role_names, roles_with
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.queries import links
from tiendo.work.programmes.queries.passing import orphans_visible_to
from tiendo.work.programmes.queries.stages import in_turn
from tiendo.work.programmes.queries.work import whole_visible_to

SHOWN = 30
NAMED = 3
LISTS = "by_link", "orphans"
FOLLOWED = "followed"
TURN = "turn"


def lists(rights: Rights) -> dict[str, QuerySet[Any]]:
    """For whoever may assign in an office: they hand in on paper, and name who takes over. For the others: what their
    bodies follow or confirm. For all: the stages that lie with their bodies.
    """
    offices, turn = rights.bodies(Permission.ASSIGN), {TURN: in_turn(rights)}
    if not offices:
        follows = rights.may(Permission.SEE_WORK) and not rights.may(Permission.SEE_ALL_WORK)
        return {FOLLOWED: whole_visible_to(rights), **turn} if follows else turn
    found: tuple[QuerySet[Any], ...] = (
        links.drafted(rights),
        orphans_visible_to(rights).filter(task__programme__office__in=offices),
    )
    return dict(zip(LISTS, found, strict=True)) | turn


def waiting(found: Mapping[str, QuerySet[Any]]) -> dict[str, Any]:
    """`by_link`: one link for each draft; `orphans`: how many; `followed`: whether any programme is; `turn`: stages.

    A query for each of them that is not empty, but for `followed`.
    """
    drafts: dict[Any, Any] = {}
    for link in found["by_link"][: SHOWN * 2] if "by_link" in found else ():
        matter = link.obligation_id or (link.programme_id, link.period_start, link.period_end)
        drafts.setdefault((link.organisation_id, matter), link)
    orphans = found["orphans"].order_by().count() if "orphans" in found else 0
    turn = list(found[TURN][:SHOWN]) if TURN in found else []
    return {"by_link": list(drafts.values())[:SHOWN], "orphans": orphans, FOLLOWED: FOLLOWED in found, TURN: turn}


def no_post(request: HttpRequest) -> dict[str, Any] | None:
    """For whom holds no post today: the last one, or the next, and who gives posts. Two queries."""
    today = request.today  # type: ignore[attr-defined]
    if request.all_rights.posts:  # type: ignore[attr-defined]
        return None
    held = list(Post.objects.filter(user=request.user).select_related("organisation").order_by("starts", "pk"))  # type: ignore[misc]
    last = next((post for post in reversed(held) if post.starts <= today), None)
    coming = next((post for post in held if post.starts > today), None)
    keepers = Post.objects.filter(role__in=roles_with(Permission.MANAGE_ACCOUNTS), user__is_active=True)
    keepers = keepers.filter(starts__lte=today).exclude(ends__lt=today)
    known = last or coming
    reached = [
        post.user.full_name
        for post in keepers.select_related("user", "organisation", "scope")
        if known is None or known.organisation.path.startswith(post.looks_after.path)
    ]
    return {
        "last": last,
        "last_role": last and role_names().get(last.role, last.role),
        "coming": coming,
        "coming_role": coming and role_names().get(coming.role, coming.role),
        "who": list(dict.fromkeys(reached))[:NAMED],
    }


def reads_only(rights: Rights) -> bool:
    """Who sees all and what was done, and answers for nothing: their work begins on other pages."""
    may = rights.may
    return may(Permission.SEE_ALL_WORK) and may(Permission.SEE_AUDIT) and not may(Permission.WRITE_REPORT)
