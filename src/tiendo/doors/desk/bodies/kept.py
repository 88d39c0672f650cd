"""Whose register a person keeps."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import within


def mine(request: HttpRequest) -> QuerySet[Organisation]:
    """The bodies whose register this person keeps."""
    return Organisation.objects.filter(within(request.rights.paths(Permission.MANAGE_BODIES)))  # type: ignore[attr-defined]
