"""A youth union's programme: no number column, page numbers and running heads between, rows cut in the lead's cell, NFD."""

import unicodedata

HEADING = {"kind": "Chương trình", "symbol": "12-CTr/TĐTN-BTG", "date": "2026-01-08"}
TEXT = unicodedata.normalize(
    "NFD",
    """TỈNH ĐOÀN LAM SƠN\tĐOÀN TNCS HỒ CHÍ MINH
***\tLam Sơn, ngày 08 tháng 01 năm 2026
Số: 12-CTr/TĐTN-BTG

CHƯƠNG TRÌNH
Công tác Đoàn và phong trào thanh thiếu nhi năm 2026

PHỤ LỤC
KHUNG CÁC HOẠT ĐỘNG

Nội dung hoạt động\tĐơn vị thực hiện\tPhối hợp\tThời gian
Ra quân Năm Thanh niên tình nguyện.\tBan Phong trào\tCác huyện đoàn, đoàn xã\tTháng 3
Hội thi tin học trẻ cấp tỉnh lần thứ mười.\tTrung tâm Hoạt động thanh thiếu\tSở Khoa học và Công nghệ; Sở Giáo dục\tTháng 5 - 6

2

Nội dung hoạt động\tĐơn vị thực hiện\tPhối hợp\tThời gian
\tnhi tỉnh\tvà Đào tạo\t
Chiến dịch Thanh niên tình nguyện hè.\tBan Phong trào\tHội Sinh viên tỉnh\tTừ 01/6 đến 31/8
Kiểm tra công tác Đoàn cuối năm.\tỦy ban Kiểm tra Tỉnh đoàn\t\tQuý IV
""",
)
DUTIES = """
- | Ra quân Năm Thanh niên | Ban Phong trào | Các huyện đoàn, đoàn xã+ | period 2026-03-01 2026-03-31 - | -
- | Hội thi tin học trẻ cấp tỉnh lần thứ mười. | Trung tâm Hoạt động thanh thiếu nhi tỉnh | Sở Khoa học và Công nghệ; Sở Giáo dục và Đào tạo | period 2026-05-01 2026-06-30 - | -
- | Chiến dịch | Ban Phong trào | Hội Sinh viên tỉnh | period 2026-06-01 2026-08-31 - | -
- | Kiểm tra công tác | Ủy ban Kiểm tra Tỉnh đoàn | - | period 2026-10-01 2026-12-31 - | -
"""
