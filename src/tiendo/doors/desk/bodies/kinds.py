"""Kinds of bodies as they are offered: by the system they belong to, each with examples."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.organisations.models import Kind

GROUPS: tuple[tuple[Any, dict[Kind, Any]], ...] = (
    (
        _("Đảng"),
        {
            Kind.PARTY_COMMITTEE: _("tỉnh ủy, đảng ủy trực thuộc, đảng ủy xã, phường"),
            Kind.PARTY_ADVISORY: _("các ban, ủy ban kiểm tra, văn phòng cấp ủy"),
            Kind.PARTY_GROUP: _("trước năm 2025"),
            Kind.PARTY_CIVIL_GROUP: _("trước năm 2025"),
        },
    ),
    (
        _("Nhà nước"),
        {
            Kind.PEOPLES_COUNCIL: _("tỉnh, xã"),
            Kind.PEOPLES_COMMITTEE: _("tỉnh, xã"),
            Kind.DEPARTMENT: _("cơ quan chuyên môn của UBND tỉnh, xã"),
            Kind.COMMUNE: _("đơn vị cấp xã ghi chung một dòng"),
        },
    ),
    (
        _("Mặt trận, đoàn thể"),
        {
            Kind.FRONT: _("ủy ban Mặt trận Tổ quốc các cấp"),
            Kind.POLITICAL_SOCIAL: _("công đoàn, nông dân, thanh niên, phụ nữ, cựu chiến binh"),
            Kind.ASSOCIATION: _("hội quần chúng khác"),
        },
    ),
    (
        _("Khác"),
        {
            Kind.ARMED_FORCES: _("quân sự, công an, biên phòng và đảng ủy của các lực lượng này"),
            Kind.SCHOOL: _("trường chính trị, đại học, cao đẳng, trường học"),
            Kind.STATE_ENTERPRISE: _("doanh nghiệp có vốn nhà nước"),
            Kind.OTHER: _("đơn vị sự nghiệp, ban quản lý và cơ quan khác"),
        },
    ),
)
"""System → kind → examples. The root is no kind to choose."""


def ordered() -> list[tuple[str, Any]]:
    """Every kind with its word."""
    return [(kind.value, kind.label) for _system, kinds in GROUPS for kind in kinds]


def offered(first: Any) -> list[tuple[Any, Any]]:
    """Choices of a drop-down list, by system. `first`: the word of the empty one."""
    told = [
        (system, [(kind.value, f"{kind.label} ({examples})") for kind, examples in kinds.items()])
        for system, kinds in GROUPS
    ]
    return [("", first), *told]
