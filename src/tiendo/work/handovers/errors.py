"""What can go wrong with a hand-over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class NotItsHeirError(TiendoError):
    code = "not_its_heir"
    wording = _("“{name}” không phải là cơ quan nhận trong lần sắp xếp này.")


class NotItsLineError(TiendoError):
    code = "not_its_line"
    wording = _("Có dòng không thuộc lần sắp xếp này hoặc đã đóng. Hãy tải lại trang.")
