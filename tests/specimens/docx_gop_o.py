"""A provincial programme in Word: merged leads, a head of two rows, sections over the width, a second table without a head."""

from docx_files import docx, p, r, tbl, tc, tr


def _cell(text: str = "", *, down: str = "", wide: int = 0) -> str:
    merge = {"from": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}.get(down, "")
    span = f'<w:gridSpan w:val="{wide}"/>' if wide else ""
    paragraphs = [p(r(line)) for line in text.split("\n")]
    return tc(*paragraphs, properties=span + merge)


def _lines(*texts: str) -> str:
    return "".join(p(r(text)) for text in texts)


HEADING = {"kind": "Chương trình", "symbol": "25-CTr/TU", "date": "2026-04-02", "issuer": "Tỉnh ủy Lam Sơn"}
TEXT = docx(
    tbl(
        tr(
            _cell("TỈNH ỦY LAM SƠN\n*\nSố 25-CTr/TU"),
            _cell("ĐẢNG CỘNG SẢN VIỆT NAM\nLam Sơn, ngày 02 tháng 4 năm 2026"),
        ),
    )
    + _lines(
        "CHƯƠNG TRÌNH",
        "phát triển kinh tế rừng bền vững đến năm 2030",
        "I. MỤC TIÊU",
        "1. Giữ ổn định tỷ lệ che phủ rừng.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Các cấp ủy, tổ chức đảng quán triệt, tổ chức thực hiện Chương trình.",
        "2. Giao Đảng ủy UBND tỉnh lãnh đạo cụ thể hóa bằng kế hoạch trong quý II/2026.",
        "PHỤ LỤC",
        "DANH MỤC NHIỆM VỤ",
    )
    + tbl(
        tr(
            _cell("TT", down="from"),
            _cell("Nhiệm vụ", down="from"),
            _cell("Phân công", wide=2),
            _cell("Thời gian", down="from"),
        ),
        tr(_cell(down="on"), _cell(down="on"), _cell("Chủ trì"), _cell("Phối hợp"), _cell(down="on")),
        tr(_cell("I. BẢO VỆ RỪNG", wide=5)),
        tr(
            _cell("1"),
            _cell("Đóng mốc ba loại rừng"),
            _cell("Sở Nông nghiệp và Môi trường", down="from"),
            _cell("UBND các xã"),
            _cell("Năm 2026"),
        ),
        tr(
            _cell("2"),
            _cell("Giao rừng cho cộng đồng"),
            _cell(down="on"),
            _cell("Các ban quản lý rừng"),
            _cell("2026 - 2028"),
        ),
    )
    + _lines("- 7 -")
    + tbl(
        tr(
            _cell("3"),
            _cell("Trang bị phương tiện chữa cháy rừng"),
            _cell("Công an tỉnh; Chi cục Kiểm lâm"),
            _cell(),
            _cell("Theo lộ trình"),
        ),
        tr(_cell("II. KINH TẾ DƯỚI TÁN RỪNG", wide=5)),
        tr(
            _cell("4"),
            _cell("Trồng dược liệu"),
            _cell("Liên minh Hợp tác xã tỉnh"),
            _cell("Sở Y tế, Hội Nông dân tỉnh"),
            _cell("Từ năm 2027"),
        ),
    )
)
DUTIES = """
1. | Các cấp ủy, tổ chức đảng quán triệt | Các cấp ủy, tổ chức đảng+ | - | none - - - | -
2. | Giao Đảng ủy UBND tỉnh lãnh đạo | Đảng ủy UBND tỉnh | - | period 2026-04-01 2026-06-30 - | -
1 | Đóng mốc ba loại rừng | Sở Nông nghiệp và Môi trường | UBND các xã+ | period 2026-01-01 2026-12-31 - | I. BẢO VỆ RỪNG
2 | Giao rừng cho cộng đồng | =Sở Nông nghiệp và Môi trường | Các ban quản lý rừng+ | period 2026-01-01 2028-12-31 - | I. BẢO VỆ RỪNG
3 | Trang bị phương tiện | Công an tỉnh; Chi cục Kiểm lâm | - | by_programme - - - | I. BẢO VỆ RỪNG
4 | Trồng dược liệu | Liên minh Hợp tác xã tỉnh | Sở Y tế; Hội Nông dân tỉnh | period 2027-01-01 - - | II. KINH TẾ DƯỚI TÁN RỪNG
"""
