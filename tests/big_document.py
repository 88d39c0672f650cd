"""A made-up directive of any size, whose table of duties takes the reader its time."""

from __future__ import annotations

HEAD = """TỈNH ỦY AN BÌNH	ĐẢNG CỘNG SẢN VIỆT NAM
*	An Bình, ngày 20 tháng 02 năm 2026
Số 12-CTr/TU

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị

I. MỤC TIÊU
Đến năm 2030, kinh tế số đạt ít nhất 30% GRDP.

PHỤ LỤC
DANH MỤC NHIỆM VỤ
TT	Nội dung nhiệm vụ	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian hoàn thành
"""
ROW = (
    "{n}	Xây dựng kế hoạch số {n} về chuyển đổi số, thực hiện Chỉ thị số {n}-CT/TW, ngày 05/6/2024 của Ban Bí thư"
    "	Sở Khoa học và Công nghệ	Sở Y tế; Sở Tài chính	Quý {quarter}/2026\n"
)
QUARTERS = ("I", "II", "III", "IV")


def big_document(rows: int) -> bytes:
    """About 230 bytes a row."""
    return (HEAD + "".join(ROW.format(n=n, quarter=QUARTERS[n % 4]) for n in range(1, rows + 1))).encode()
