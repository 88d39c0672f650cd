"""A provincial Party programme as a scan prints it: tabs, heads on every page, a row cut in two cells at once."""

HEADING = {
    "kind": "Chương trình hành động",
    "symbol": "18-CTr/TU",
    "date": "2026-03-09",
    "issuer": "Ban Thường vụ Tỉnh ủy Lam Sơn",
    "title": "thực hiện Nghị quyết số 71-NQ/TW, ngày 20/01/2026 của Bộ Chính trị về phát triển vùng ven biển",
    "implements": "71-NQ/TW",
}
TEXT = """TỈNH ỦY LAM SƠN\tĐẢNG CỘNG SẢN VIỆT NAM
BAN THƯỜNG VỤ\tLam Sơn, ngày 09 tháng 3 năm 2026
*
Số 18-CTr/TU

CHƯƠNG TRÌNH HÀNH ĐỘNG
CỦA BAN THƯỜNG VỤ TỈNH ỦY
thực hiện Nghị quyết số 71-NQ/TW, ngày 20/01/2026 của Bộ Chính trị
về phát triển vùng ven biển

Thực hiện Nghị quyết số 71-NQ/TW, ngày 20/01/2026 của Bộ Chính trị, Ban Thường vụ Tỉnh ủy ban hành Chương trình
hành động như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Tạo chuyển biến rõ nét về kinh tế biển.
2. Các cấp ủy, tổ chức đảng xác định đây là nhiệm vụ trọng tâm.

II. TỔ CHỨC THỰC HIỆN
1. Ban Thường vụ Đảng ủy UBND tỉnh lãnh đạo xây dựng kế hoạch thực hiện trước ngày 30/6/2026.
2. Giao Văn phòng Tỉnh ủy chủ trì, phối hợp với Ban Tuyên giáo và Dân vận Tỉnh ủy theo dõi, đôn đốc việc thực hiện.

Nơi nhận:\tT/M BAN THƯỜNG VỤ
- Bộ Chính trị (b/c),\tBÍ THƯ
- Các ban đảng Tỉnh ủy,
- Lưu Văn phòng Tỉnh ủy.

\tHoàng Văn Thụ

PHỤ LỤC
NHIỆM VỤ CỤ THỂ
(Kèm theo Chương trình hành động số 18-CTr/TU, ngày 09/3/2026 của Ban Thường vụ Tỉnh ủy)

TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành
I. CÔNG TÁC TUYÊN TRUYỀN, QUÁN TRIỆT
1\tTổ chức hội nghị quán triệt Nghị quyết đến cán bộ chủ chốt các cấp.\tBan Tuyên giáo và Dân vận Tỉnh ủy\tVăn phòng Tỉnh ủy; các đảng ủy trực thuộc Tỉnh ủy\tTháng 4/2026
2\tMở chuyên trang về biển trên báo của tỉnh.\tBáo và Phát thanh, Truyền hình tỉnh\t\tThường xuyên
II. CÔNG TÁC XÂY DỰNG THỂ CHẾ
3\tXây dựng đề án phát triển cảng cá kết hợp khu neo đậu tránh trú bão cho tàu cá tại\tĐảng ủy UBND tỉnh (Sở Nông nghiệp và\tCác sở, ban, ngành liên quan\tQuý IV/2026

- 2 -

TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành
\tcác xã bãi ngang và hai cửa sông lớn.\tMôi trường)\t\t
4\tRà soát quy hoạch không gian biển.\t\tSở Tài chính, Sở Xây dựng\tTrước ngày 15/12 hằng năm
5\tBan hành nghị quyết hỗ trợ ngư dân chuyển đổi nghề.\tĐảng ủy HĐND tỉnh\tnt\tKỳ họp giữa năm 2026
"""
DUTIES = """
1. | Ban Thường vụ Đảng ủy UBND tỉnh lãnh đạo | Ban Thường vụ Đảng ủy UBND tỉnh | - | date - 2026-06-30 - | -
2. | Giao Văn phòng Tỉnh ủy chủ trì | Văn phòng Tỉnh ủy | Ban Tuyên giáo và Dân vận Tỉnh ủy | none - - - | -
1 | Tổ chức hội nghị | Ban Tuyên giáo và Dân vận Tỉnh ủy | Văn phòng Tỉnh ủy; các đảng ủy trực thuộc Tỉnh ủy+ | period 2026-04-01 2026-04-30 - | I. CÔNG TÁC TUYÊN TRUYỀN
2 | Mở chuyên trang | Báo và Phát thanh, Truyền hình tỉnh | - | continuous - - - | I. CÔNG TÁC TUYÊN TRUYỀN
3 | Xây dựng đề án phát triển cảng cá kết hợp khu neo đậu tránh trú bão cho tàu cá tại các xã bãi ngang và hai cửa sông lớn. | Đảng ủy UBND tỉnh (Sở Nông nghiệp và Môi trường) | Các sở, ban, ngành liên quan+ | period 2026-10-01 2026-12-31 - | II. CÔNG TÁC XÂY DỰNG THỂ CHẾ
4 | Rà soát quy hoạch | =Đảng ủy UBND tỉnh (Sở Nông nghiệp và Môi trường) | Sở Tài chính; Sở Xây dựng | recurring - - year | II. CÔNG TÁC XÂY DỰNG THỂ CHẾ
5 | Ban hành nghị quyết | Đảng ủy HĐND tỉnh | Sở Tài chính; Sở Xây dựng | on_instruction - - - | II. CÔNG TÁC XÂY DỰNG THỂ CHẾ
"""
