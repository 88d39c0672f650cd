"""Negatives: a list of administrative procedures and the steps of one look like tasks and are none."""

HEADING = {"kind": "Quyết định", "symbol": "1201/QĐ-UBND", "date": "2026-07-07"}
TEXT = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 1201/QĐ-UBND | Bình Lâm, ngày 07 tháng 7 năm 2026
QUYẾT ĐỊNH
CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH LĨNH VỰC THỦY SẢN
Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục hành chính.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận: - Như Điều 2; - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lý Thị Mơ
PHỤ LỤC
(Kèm theo Quyết định số 1201/QĐ-UBND ngày 07 tháng 7 năm 2026 của Chủ tịch UBND tỉnh)
STT | Tên thủ tục hành chính | Thời hạn giải quyết | Cơ quan thực hiện | Phí, lệ phí
1 | Cấp giấy phép nuôi thủy sản lồng bè | 10 ngày làm việc | Sở Nông nghiệp và Môi trường | Không
2 | Đăng ký tàu cá | 03 ngày làm việc | Sở Nông nghiệp và Môi trường | Không
Quy trình giải quyết
STT | Nội dung công việc | Đơn vị thực hiện | Thời gian
1 | Tiếp nhận hồ sơ | Trung tâm Phục vụ hành chính công | 0,5 ngày
2 | Thẩm định hồ sơ | Chi cục Thủy sản | 07 ngày làm việc
3 | Ký giấy phép | Lãnh đạo Sở | 1 ngày
"""
DUTIES = ""
