"""Everything the house keeps at a moment, so that "nothing changed" can be asserted."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

ROOMS = ("audit", "accounts", "notifications", "organisations", "directives", "programmes", "handovers")


def models() -> list[type[Model]]:
    """The house's own models, through tables included, in the corridor's order."""
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models(include_auto_created=True)]


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of every table, and the jobs that wait."""
    tables = [*models(), apps.get_model("django_ox", "OxTask")]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in tables}


def files() -> dict[str, bytes]:
    """Every file in the house's folder."""
    data = Path(settings.DATA)
    return {str(path.relative_to(data)): path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
