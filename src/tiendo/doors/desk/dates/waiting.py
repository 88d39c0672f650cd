"""What waits for a decision of this person, for “Việc của tôi”: later days that bodies ask for, charges they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.queries import dates, refusals

SHOWN = 50


def lists(rights: Rights) -> dict[str, QuerySet[Any]]:
    """Later days that bodies ask for, charges that they refuse."""
    return {"requests": dates.to_decide(rights), "refusals": refusals.to_decide(rights)}


def waiting(found: Mapping[str, QuerySet[Any]]) -> dict[str, Any]:
    """`{requests: [{url, task, body, day, wanted, since}], refusals: [{url, task, body, since}], count}`, of the lists
    that are not empty. A query for each.
    """
    requests = [
        {
            "url": reverse("desk:dates", args=[one.obligation_id]),
            "task": one.obligation.task,
            "body": one.obligation.organisation,
            "day": one.obligation.owed_by,
            "wanted": one.wanted,
            "since": one.asked_at,
        }
        for one in (found["requests"][:SHOWN] if "requests" in found else ())
    ]
    refused = [
        {
            "url": reverse("desk:refusal", args=[one.pk]),
            "task": one.assignment.task,
            "body": one.organisation,
            "since": one.asked_at,
        }
        for one in (found["refusals"][:SHOWN] if "refusals" in found else ())
    ]
    return {"requests": requests, "refusals": refused, "count": len(requests) + len(refused)}
