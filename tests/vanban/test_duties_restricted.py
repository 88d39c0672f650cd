"""Restricted proposals: the phrases, and plain business that only looks like them."""

from __future__ import annotations

import unicodedata

import pytest

from vanban.duties import restricted
from vanban.lexicon import load


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Bảo đảm quốc phòng trên địa bàn biên giới.", "security"),
        ("Giữ vững an ninh nông thôn.", "security"),
        ("Bảo vệ bí mật nhà nước trong cơ quan.", "security"),
        ("Gặp mặt các chức sắc nhân dịp lễ.", "belief"),
        ("Quản lý hoạt động TÍN NGƯỠNG.", "belief"),
        ("Theo dõi tình hình dư luận trong thanh niên.", "opinion"),
        ("Kịp thời nắm bắt tâm tư của công nhân.", "opinion"),
        ("Kiểm tra tổ chức khi có dấu hiệu vi phạm.", "conduct"),
        ("Giải quyết đơn tố cáo cán bộ.", "conduct"),
        ("Ngăn chặn sự suy thoái về đạo đức.", "conduct"),
    ],
)
def test_content_that_a_person_must_decide_on(content: str, reason: str) -> None:
    assert restricted.reason(content) == reason
    assert restricted.reason(unicodedata.normalize("NFD", content)) == reason
    assert restricted.reason(content.upper()) == reason


@pytest.mark.parametrize(
    "content",
    [
        "Xây dựng 12 km đường liên xã và hai cầu dân sinh.",
        "Bảo đảm an ninh lương thực và an ninh nguồn nước.",
        "Thực hiện tốt công tác an sinh xã hội.",
        "Hỗ trợ ngư dân bị mất lưới do bão.",
        "Học tập tư tưởng Hồ Chí Minh về thi đua.",
        "Phục hồi kinh tế sau suy thoái kinh tế.",
        "Giảm tác động tiêu cực của biến đổi khí hậu.",
        "Diễn tập phòng thủ dân sự cấp xã.",
        "Bộ Quốc phòng bàn giao đất để mở đường.",
        "Xử phạt vi phạm hành chính về môi trường.",
        "Dựng tờ cáo bạch phát hành cổ phiếu.",
        "",
    ],
)
def test_plain_business_is_not_caught(content: str) -> None:
    assert restricted.reason(content) is None


def test_the_phrase_that_stands_first_decides() -> None:
    assert restricted.reason("Nắm dư luận về tôn giáo.") == "opinion"
    assert restricted.reason("Tôn giáo và dư luận.") == "belief"


def test_print_without_marks_is_still_seen() -> None:
    assert restricted.reason("bao dam quoc phong") == "security"


def test_old_and_new_tone_marks_are_one() -> None:
    assert (
        restricted.reason("Chống “diễn biến hoà bình”.")
        == restricted.reason("Chống “diễn biến hòa bình”.")
        == "security"
    )


def test_every_entry_has_a_reason_to_show() -> None:
    ids = {entry["id"] for entry in load("restricted.toml")["entry"]}
    assert ids == set(load("duty_doubts.toml")["reasons"])
