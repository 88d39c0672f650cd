"""What base.html shows around every page."""

from __future__ import annotations

from django.http import HttpRequest


def desk(request: HttpRequest) -> dict[str, object]:
    return {"desk": {}}
