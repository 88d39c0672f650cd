"""Two roles in one cell."""

import pytest

from vanban.duties.shares import shares


@pytest.mark.parametrize(
    ("text", "lead", "coordinator"),
    [
        ("Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính, UBND các xã", "Sở Nội vụ", "Sở Tài chính, UBND các xã"),
        ("Chủ trì: Sở Nội vụ. Phối hợp: Sở Tài chính", "Sở Nội vụ", "Sở Tài chính"),
        ("- Chủ trì: Sở Nội vụ\n- Phối hợp: Sở Y tế", "Sở Nội vụ", "Sở Y tế"),
        ("Đơn vị chủ trì: Phòng Kinh tế\nĐơn vị phối hợp: Công an xã", "Phòng Kinh tế", "Công an xã"),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, Sở Y tế", "Sở Nội vụ", "Sở Tài chính, Sở Y tế"),
        ("Sở Nội vụ chủ trì phối hợp các đơn vị liên quan", "Sở Nội vụ", "các đơn vị liên quan"),
        ("Sở Nội vụ chủ trì; các sở, ngành phối hợp", "Sở Nội vụ", "các sở, ngành"),
        ("Sở Nội vụ (chủ trì), Sở Tài chính", "Sở Nội vụ", "Sở Tài chính"),
        ("Sở Nội vụ phối hợp với Sở Y tế", "Sở Nội vụ", "Sở Y tế"),
    ],
)
def test_both_are_told_apart(text: str, lead: str, coordinator: str) -> None:
    assert shares(text) == (lead, coordinator)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("Chủ trì: Sở Nội vụ", "Sở Nội vụ"),
        ("Sở Nội vụ chủ trì", "Sở Nội vụ"),
        ("Sở Nội vụ thực hiện", "Sở Nội vụ"),
        ("Sở Nội vụ (chủ trì), Sở Y tế (chủ trì)", "Sở Nội vụ (chủ trì), Sở Y tế (chủ trì)"),
        ("Các sở, ngành; UBND các xã", "Các sở, ngành; UBND các xã"),
        ("Phối hợp: Sở Y tế", "Phối hợp: Sở Y tế"),
        ("", ""),
    ],
)
def test_one_role_alone(text: str, lead: str) -> None:
    assert shares(text) == (lead, "")
