"""A letter that gives out work, its items only bodies and what they do; and one that only tells."""

HEADING = {
    "kind": "Công văn",
    "symbol": "1402/UBND-KT",
    "date": "2026-05-12",
    "issuer": "Ủy ban nhân dân tỉnh Bình Lâm",
}
TEXT = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 1402/UBND-KT V/v đẩy nhanh tiến độ giải ngân vốn đầu tư công | Bình Lâm, ngày 12 tháng 5 năm 2026
Kính gửi: - Các sở, ban, ngành; - UBND các xã, phường.
Đến ngày 30/4/2026, kết quả giải ngân của tỉnh còn thấp. Sở Tài chính đã có báo cáo đề nghị điều chỉnh kế hoạch vốn. Chủ tịch UBND tỉnh yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:
1. Các chủ đầu tư hoàn thành hồ sơ thanh toán trước ngày 31/5/2026.
2. Sở Tài chính: tổng hợp, tham mưu điều chuyển vốn của các dự án chậm trong tháng 6/2026.
3. Sở Xây dựng đã được giao hướng dẫn tại Công văn số 900/UBND-KT ngày 02/4/2026.
4. Kho bạc Nhà nước khu vực X tạo điều kiện thanh toán cho các chủ đầu tư; định kỳ hằng tuần báo cáo kết quả.
Nhận được Công văn này, yêu cầu các đơn vị nghiêm túc triển khai./.
Nơi nhận: - Như trên; - Lưu: VT, KT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lý Thị Mơ
"""
DUTIES = """
1. | Các chủ đầu tư hoàn thành | Các chủ đầu tư+ | - | date - 2026-05-31 - | -
2. | Sở Tài chính: tổng hợp | Sở Tài chính | - | period 2026-06-01 2026-06-30 - | -
4. | Kho bạc Nhà nước | Kho bạc Nhà nước khu vực X | - | recurring - - week | -
"""
