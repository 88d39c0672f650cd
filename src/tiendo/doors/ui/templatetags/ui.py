"""Tags and filters of the pages, loaded as a builtin (settings.TEMPLATES), so that templates need no {% load %}."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tiendo.doors.ui.links import query_string
from tiendo.doors.ui.lit import lit_lines
from tiendo.doors.ui.standings import look
from tiendo.work.programmes.rules.rates import percentage

register = template.Library()
register.filter("lit_lines", lit_lines)


@lru_cache(maxsize=256)
def _icon(sprite: str, name: str, label: str) -> SafeString:
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', meaning, sprite, name)


@lru_cache(maxsize=1)
def _sprite() -> str:
    """The file's name has its hash in it: one for as long as this process lives."""
    return static("ui/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of icons.svg. Without a label it is decoration and is not read out."""
    return _icon(_sprite(), name, str(label))


# A list shows few standings many times.
@lru_cache(maxsize=1024)
def _standing(sprite: str, tone: str, name: str, word: str, note: str) -> SafeString:
    tail = format_html(' <span class="standing-note">{}</span>', note) if note else ""
    return format_html(
        '<span class="standing standing-{} standing-{}">{}<span>{}{}</span></span>',
        tone,
        name,
        _icon(sprite, name, ""),
        word,
        tail,
    )


@register.simple_tag
def standing(code: object, note: object = "") -> SafeString:
    """A standing as icon and word, with an optional note after it: {% standing row.standing "12 ngày" %}."""
    shown = look(code)
    return _standing(_sprite(), shown.tone, shown.icon, str(shown.word), str(note or ""))


@register.filter
def standing_word(code: object) -> str:
    """The word of a standing, for titles, exports and labels."""
    return str(look(code).word)


@register.filter
def vn_number(value: object, places: int | None = None) -> str:
    """1234.5 as `1.234,5` (in English `1,234.5`), rounded half up to `places` where given; what is not a number comes
    back as it is.
    """
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)
    return f"{number:,f}" if _english() else f"{number:,f}".translate(str.maketrans(",.", ".,"))


@register.filter
def undotted(number: object) -> str:
    """A number as the document prints it, before a full stop of our own: `1.` as `1`."""
    return str(number).rstrip(".")


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.simple_tag
def fraction(part: int, whole: int, *, percent: bool = True) -> str:
    """`12/40 (30,0%)`: a rate never without its denominator, and none of few things (rules.rates)."""
    shown = f"{vn_number(part)}/{vn_number(whole)}"
    rate = percentage(part, whole) if percent else None
    return shown if rate is None else f"{shown} ({vn_number(rate)}%)"


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def vn_date(value: date | None) -> str:
    """31/01/2024, in Vietnam time; nothing for None."""
    return f"{_local(value):%d/%m/%Y}" if isinstance(value, date) else ""


@register.filter
def vn_date_long(value: date | None) -> str:
    """`ngày 31 tháng 01 năm 2024`: days below 10 and months 1 and 2 with a leading 0 (Nghị định 30/2020/NĐ-CP); in
    English the day as elsewhere.
    """
    if not isinstance(value, date) or _english():
        return vn_date(value)
    day = _local(value)
    month = f"{day.month:02}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - the decree's own rule
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


@register.filter
def vn_moment(value: datetime | None) -> str:
    """`10:32 31/01/2024`, in Vietnam time."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if isinstance(value, datetime) else ""


@register.filter
def vn_size(octets: float | None) -> str:
    """A file's size: `812 B`, `1,2 MB`."""
    if octets is None:
        return ""
    size = float(octets)
    for unit in ("B", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004 - SI steps
            return f"{vn_number(size, 0 if unit == 'B' else 1)} {unit}"
        size /= 1000
    return f"{vn_number(size, 1)} GB"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The page's query string with changes, for filter, sort and page links; None or "" takes a name out.

    A change of anything but the page goes back to the first page: {% query state="overdue" %}, {% query page=2 %}.
    """
    request = context.get("request")
    return query_string(request.GET if request is not None else QueryDict(), **changes)
