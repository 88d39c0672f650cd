"""Pure decisions about documents and rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vanban import model
from vanban.fold import key, nfc, squeeze
from vanban.parties import split

EVERY = frozenset(get_args(model.Every))
DEADLINE_KINDS = {
    "date": _("đến ngày"),
    "period": _("trong khoảng thời gian"),
    "recurring": _("định kỳ"),
    "continuous": _("thường xuyên"),
    "by_programme": _("theo chương trình, đề án"),
    "by_stage": _("theo giai đoạn"),
    "by_term": _("theo nhiệm kỳ"),
    "on_instruction": _("theo chỉ đạo"),
    "none": _("không ghi thời hạn"),
}


def identity(
    *,
    kind: str | None,
    symbol: str | None,
    issuer: str | None,
    issued_on: date | None,
    term: str | None,
    title: str | None,
) -> str:
    """The key of a Work: kind, symbol (without one, title), issuer, and date or else term (DESIGN, idea 2).

    A dated work is identified by kind, symbol and date: its issuer is printed in too many ways to be part of the key.
    """
    name = key(symbol) if symbol else key(title or "")
    when = issued_on.isoformat() if issued_on else f"k{key(term)}" if term else ""
    who = "" if issued_on and symbol else key(issuer or "")
    return "|".join([key(kind or ""), name, who, when])[:500]


@dataclass(frozen=True, slots=True)
class DeadlineFields:
    """A deadline as the confirm form gives it."""

    kind: str
    start: date | None = None
    end: date | None = None
    every: str = ""


def deadline_problem(deadline: DeadlineFields) -> str | None:
    """Why these fields are no deadline (Vietnamese), or None."""
    if deadline.kind not in DEADLINE_KINDS:
        return gettext("chưa chọn loại thời hạn.")
    if deadline.every and deadline.every not in EVERY:
        return gettext("chu kỳ báo cáo không có trong danh mục.")
    if deadline.kind == "date" and deadline.end is None:
        return gettext("hãy ghi ngày phải hoàn thành.")
    if deadline.kind == "period" and (deadline.start is None or deadline.end is None):
        return gettext("hãy ghi ngày bắt đầu và ngày kết thúc.")
    if deadline.start and deadline.end and deadline.start > deadline.end:
        return gettext("ngày bắt đầu sau ngày kết thúc.")
    return None


def missing(*, content: str, leads: Sequence[Mapping[str, object]]) -> str | None:
    """What a row lacks before it can be signed (Vietnamese), or None."""
    if not content.strip():
        return gettext("nội dung nhiệm vụ")
    if not leads:
        return gettext("cơ quan chủ trì")
    return None


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Where a sentence stands in a text: blanks, line ends and the tabs between cells are all one."""
    words = nfc(quote).split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return (found.start(), found.end()) if found else None


def parties_from_lines(lines: str, *, known: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Parties as a person writes them, one to a line; a name that stood there before stays a body or a group."""
    groups = {str(party["name"]): bool(party["group"]) for party in known}
    names = [squeeze(line) for line in lines.splitlines() if line.strip()]
    return [{"name": name, "group": groups.get(name, _is_group(name))} for name in dict.fromkeys(names)]


def clean_name(filename: str) -> str:
    """The last part of a path in any system's spelling, printable, at most 255 characters: shown, never opened."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1].encode("utf-8", "replace").decode()
    return nfc("".join(letter for letter in last if letter.isprintable())).strip()[:255] or "khong-ten"


def _is_group(name: str) -> bool:
    found = split(name)
    return len(found) == 1 and found[0].group
