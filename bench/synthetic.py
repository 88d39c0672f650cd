"""An invented directive of any length: numbered provisions with citations and targets, then a long task table as text
recognition leaves one (tabs, blank lead cells, heads repeated on each page, rows cut by page ends).

The same seed and size give the same text. No sentence of it stands in a real document.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

HEAD = "TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành"
ROWS_A_PAGE = 7

_BODIES = [
    "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Y tế", "Sở Khoa học và Công nghệ", "Sở Tài chính",
    "Công an tỉnh", "Ban Tổ chức Tỉnh ủy", "Văn phòng Tỉnh ủy", "Đảng ủy UBND tỉnh", "Trường Chính trị tỉnh",
    "Hội Nông dân tỉnh", "BTV Tỉnh đoàn", "Báo và Đài Phát thanh, Truyền hình tỉnh", "UBND các xã, phường",
]  # fmt: skip
_GROUPS = ["các cơ quan liên quan", "các sở, ban, ngành", "cấp ủy các cấp", "các đơn vị có liên quan"]
_DEADLINES = [
    "Thường xuyên", "Hằng năm", "Quý {quarter}/{year}", "Năm {year}", "Tháng {month}/{year}", "Trước ngày 30/6/{year}",
    "Giai đoạn {year}-2035", "Định kỳ 6 tháng", "Theo nhiệm kỳ", "Theo chương trình, đề án", "Trong năm {year}",
]  # fmt: skip
_KINDS = [
    ("Nghị quyết", "NQ/TW", "của Bộ Chính trị"), ("Chỉ thị", "CT/TU", "của Ban Thường vụ Tỉnh ủy"),
    ("Kế hoạch", "KH-UBND", "của Ủy ban nhân dân tỉnh"), ("Quyết định", "QĐ-TTg", "của Thủ tướng Chính phủ"),
    ("Kết luận", "KL/TW", "của Ban Bí thư"), ("Nghị định", "NĐ-CP", "của Chính phủ"),
    ("Chương trình hành động", "CTr/TU", "của Ban Chấp hành Đảng bộ tỉnh"),
]  # fmt: skip
_VERBS = ["Rà soát", "Xây dựng", "Hoàn thiện", "Tổ chức", "Kiểm tra", "Mở rộng", "Củng cố", "Thí điểm", "Tổng hợp"]
_THINGS = [
    "mạng lưới trạm quan trắc nước ngầm", "hồ sơ số của các hợp tác xã", "lịch tưới cho vùng trồng chè",
    "kho lưu trữ dùng chung của cơ quan cấp xã", "đội tuyên truyền lưu động vùng cao", "quy trình tiếp nhận phản ánh",
    "bản đồ các điểm sạt lở dọc quốc lộ", "lớp bồi dưỡng cán bộ thôn, tổ dân phố", "chợ phiên nông sản cuối tuần",
    "nguồn giống cây bản địa", "tuyến xe buýt nối các khu công nghiệp", "danh mục dịch vụ công trực tuyến",
]  # fmt: skip
_WAYS = [
    "gắn với trách nhiệm của người đứng đầu", "bảo đảm công khai trước người dân", "không làm phát sinh biên chế",
    "theo hướng gọn đầu mối, rõ việc", "phù hợp với điều kiện của từng xã", "ưu tiên địa bàn còn khó khăn",
    "có sơ kết, rút kinh nghiệm sau mỗi vụ", "lồng ghép với các chương trình đang thực hiện",
]  # fmt: skip
_TARGETS = [
    "Đến năm {year}, tỷ lệ hộ dùng nước sạch đạt {level} %.", "Phấn đấu giảm {low}-{high} %/năm số vụ cháy rừng.",
    "Mỗi xã có ít nhất 0{low} mô hình điểm.", "Đến năm {year} hoàn thành số hóa {level} % hồ sơ.",
]  # fmt: skip
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


def directive(size: int, seed: int = 1) -> bytes:
    """About `size` bytes of UTF-8, a little over half of it prose."""
    return Writer(random.Random(seed)).document(size).encode()


@dataclass(slots=True)
class Writer:
    """Makes up lines, always the same ones for the same `chance`."""

    chance: random.Random
    lines: list[str] = field(default_factory=list)
    written: int = 0

    def document(self, size: int, *, table: bool = True) -> str:
        """The whole directive, or (without the table) all before its annex at that size."""
        self._put(*_LETTERHEAD)
        for part in self._parts():
            self._put(*part)
            if self.written > size * (0.55 if table else 1):
                break
        self._put(*_CLOSE)
        for page in self._pages() if table else ():
            self._put(*page)
            if self.written > size:
                break
        return "\n".join(self.lines) + "\n"

    def _put(self, *lines: str) -> None:
        self.lines += lines
        self.written += sum(len(line.encode()) + 1 for line in lines)

    # -- the body ------------------------------------------------------------------------------------------

    def _parts(self) -> Iterator[list[str]]:
        """Parts I, II …, each with numbered points of a few paragraphs."""
        number = 0
        while True:
            roman = _ROMAN[number % 10] if number < 10 else f"{_ROMAN[number // 10 % 10]}{_ROMAN[number % 10]}"
            yield [f"{roman}- {self._title().upper()}", ""]
            for point in range(1, self.chance.randint(3, 7)):
                yield [f"{point}. {self._title()}", "", *self._point(point)]
            number += 1

    def _point(self, point: int) -> Iterator[str]:
        for sub in range(1, self.chance.randint(2, 5)):
            yield f"{point}.{sub}. {self.paragraph()}"
            yield ""
            for letter in "abcd"[: self.chance.randint(0, 4)]:
                yield f"{letter}) {self._sentence()}"
            for _ in range(self.chance.randint(0, 3)):
                yield f"- {self._sentence()}"
            yield self.paragraph()
            yield ""

    def _title(self) -> str:
        return f"{self.chance.choice(_VERBS)} {self.chance.choice(_THINGS)}"

    def paragraph(self) -> str:
        count = self.chance.randint(2, 5)
        return " ".join(self._sentence() for _ in range(count))

    def _sentence(self) -> str:
        kind = self.chance.random()
        if kind < 0.22:
            return f"Tiếp tục thực hiện {self._cited()}; {self._title().lower()}."
        if kind < 0.32:
            return self.chance.choice(_TARGETS).format(**self._figures())
        if kind < 0.42:
            return (
                f"{self.chance.choice(_BODIES)} chủ trì, phối hợp với {self.chance.choice(_BODIES)} {self._ordered()}."
            )
        return f"{self._title()}, {self.chance.choice(_WAYS)}; {self._ordered()}."

    def _ordered(self) -> str:
        return f"{self.chance.choice(_VERBS).lower()} {self.chance.choice(_THINGS)} {self.chance.choice(_WAYS)}"

    def _cited(self) -> str:
        kind, code, issuer = self.chance.choice(_KINDS)
        day = date(2012, 1, 1) + timedelta(days=self.chance.randrange(5000))
        dated = f" ngày {day.day}/{day.month}/{day.year}" if self.chance.random() < 0.8 else ""
        year = f"/{day.year}" if code == "NĐ-CP" else ""
        joint = "/" if year else "-"
        about = f" về {self._title().lower()}" if self.chance.random() < 0.6 else ""
        return f"{kind} số {self.chance.randint(1, 400)}{year}{joint}{code}{dated} {issuer}{about}"

    def _figures(self) -> dict[str, int | str]:
        low = self.chance.randint(1, 4)
        return {
            "year": self.chance.randint(2026, 2034),
            "month": self.chance.randint(1, 12),
            "quarter": self.chance.choice(_ROMAN[:4]),
            "level": self.chance.randint(50, 99),
            "low": low,
            "high": low + 2,
        }

    # -- the table ------------------------------------------------------------------------------------------

    def _pages(self) -> Iterator[list[str]]:
        number = 0
        while True:
            page = ["", HEAD]
            for _ in range(ROWS_A_PAGE):
                number += 1
                page.append(f"{number}\t{self.row()}")
            content, *others = page[-1].split("\t")[1:]
            cut = content.find(" ", len(content) // 2)
            if self.chance.random() < 0.5 and cut > 0:  # the page ends in the middle of its last row
                page[-1] = "\t".join([str(number), content[:cut], *others])
                page += ["", HEAD, f"\t{content[cut + 1 :]}\t\t\t"]
            yield page

    def row(self) -> str:
        content = f"{self._title()} {self.chance.choice(_WAYS)}; {self._ordered()}"
        if self.chance.random() < 0.3:
            content += f" theo {self._cited()}"
        lead = self.chance.choice(_BODIES) if self.chance.random() < 0.4 else ""
        others = "; ".join([*self.chance.sample(_BODIES, self.chance.randint(1, 3)), self.chance.choice(_GROUPS)])
        return f"{content}.\t{lead}\t{others}\t{self.chance.choice(_DEADLINES).format(**self._figures())}"


_LETTERHEAD = [
    "TỈNH ỦY SÔNG XUÂN\tĐẢNG CỘNG SẢN VIỆT NAM", "*", "Số 91-CTr/TU\tSông Xuân, ngày 14 tháng 3 năm 2026", "",
    "CHƯƠNG TRÌNH HÀNH ĐỘNG", "về phát triển các xã ven sông giai đoạn 2026-2035", "",
]  # fmt: skip
_CLOSE = [
    "Nơi nhận:", "- Các đảng ủy trực thuộc Tỉnh ủy,", "- Các sở, ban, ngành,", "- Lưu Văn phòng Tỉnh ủy.", "",
    "T/M TỈNH ỦY", "PHÓ BÍ THƯ", "", "Trần Văn Mẫu", "", "PHÂN CÔNG NHIỆM VỤ",
    "(Kèm theo Chương trình hành động số 91-CTr/TU ngày 14/3/2026 của Tỉnh ủy Sông Xuân)",
]  # fmt: skip
