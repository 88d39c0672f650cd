"""A notice of conclusions: what was done is told, what is to be done is ordered."""

HEADING = {"kind": "Thông báo", "symbol": "77/TB-VPUBND", "date": "2026-04-20"}
TEXT = """UBND TỈNH BÌNH LÂM VĂN PHÒNG ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 77/TB-VPUBND | Bình Lâm, ngày 20 tháng 4 năm 2026
THÔNG BÁO
KẾT LUẬN CỦA PHÓ CHỦ TỊCH UBND TỈNH TẠI CUỘC HỌP VỀ TIẾN ĐỘ DỰ ÁN CẦU SÔNG TRĂNG
Ngày 17/4/2026, Phó Chủ tịch UBND tỉnh chủ trì họp. Sau khi nghe báo cáo, Phó Chủ tịch UBND tỉnh kết luận:
I. ĐÁNH GIÁ CHUNG
1. Ban Quản lý dự án đã tập trung chỉ đạo nhà thầu, hoàn thành 40% khối lượng.
2. Sở Xây dựng chưa kịp thời thẩm định thiết kế điều chỉnh.
II. NHIỆM VỤ THỜI GIAN TỚI
1. Ban Quản lý dự án đầu tư xây dựng tỉnh khẩn trương hoàn thành mố M2 trước ngày 31/7/2026.
2. Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính; UBND phường Xuân An tham mưu phương án tái định cư, báo cáo trong tháng 5/2026.
3. Đối với mỏ đất, thống nhất chủ trương như đề xuất.
Nơi nhận: - Các sở; - Lưu: VT. | KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG Vũ Thị Na
"""
DUTIES = """
1. | Ban Quản lý dự án đầu tư | Ban Quản lý dự án đầu tư xây dựng tỉnh | - | date - 2026-07-31 - | -
2. | Giao Sở Xây dựng chủ trì | Sở Xây dựng | Sở Tài chính; UBND phường Xuân An | period 2026-05-01 2026-05-31 - | -
"""
