"""Who receives a report on a restricted task: a body, an organ or a level, and no words beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from tiendo.foundation.organisations.models import Name
from tiendo.foundation.organisations.naming import key


@cache
def _known() -> tuple[tuple[str, ...], frozenset[str]]:
    raw = tomllib.loads((Path(__file__).parents[1] / "receivers.toml").read_text(encoding="utf-8"))
    return tuple(key(one) for one in raw["organs"]), frozenset(key(one) for one in raw["levels"])


def is_receiver(text: str) -> bool:
    """Whether a text is the name of a body of the register, a level, an organ, or an organ of one of these. At most one
    query.
    """
    organs, levels = _known()
    whole = key(text)
    of = [whole.removeprefix(organ).strip() for organ in organs if f"{whole} ".startswith(f"{organ} ")]
    if "" in of or levels & {whole, *of}:
        return True
    return Name.objects.filter(key__in=[whole, *of], office=None).exists()
