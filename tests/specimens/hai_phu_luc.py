"""A plan with two annexes whose tables differ: columns swapped, no numbers, sections between blank lines."""

HEADING = {"kind": "Kế hoạch", "symbol": "07-KH/ĐU", "date": "2025-11-03", "issuer": "Đảng ủy xã Phú Mỹ"}
TEXT = """ĐẢNG BỘ TỈNH LAM SƠN\tĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ PHÚ MỸ\tPhú Mỹ, ngày 03 tháng 11 năm 2025
*
Số 07-KH/ĐU

KẾ HOẠCH
thực hiện Chương trình hành động số 04-CTr/TU, ngày 12/9/2025 của Tỉnh ủy

Căn cứ Chương trình hành động số 04-CTr/TU, ngày 12/9/2025 của Tỉnh ủy, Ban Thường vụ Đảng ủy xã ban hành Kế hoạch:

I. MỤC ĐÍCH
Cụ thể hóa Chương trình của Tỉnh ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Lê Thị Bông

PHỤ LỤC I
CÁC NHIỆM VỤ TRỌNG TÂM

Thời gian\tNhiệm vụ\tCơ quan tham mưu, thực hiện\tĐơn vị phối hợp

A. XÂY DỰNG ĐẢNG

Quý I/2026\tSơ kết quy chế làm việc của cấp ủy.\tVăn phòng Đảng ủy\tBan Xây dựng Đảng
Cả nhiệm kỳ\tKết nạp đảng viên mới ở thôn, bản.\tBan Xây dựng Đảng\tCác chi bộ trực thuộc

B. PHÁT TRIỂN KINH TẾ

Năm 2026 và các năm tiếp theo\tHình thành vùng trồng chè hữu cơ.\tĐảng ủy UBND xã\tHội Nông dân xã

PHỤ LỤC II
CÁC ĐỀ ÁN, CHUYÊN ĐỀ

STT\tTên đề án\tĐơn vị chủ trì xây dựng\tCấp ban hành\tHoàn thành
1\tĐề án phát triển du lịch cộng đồng\tĐảng ủy UBND xã\tBan Chấp hành Đảng bộ xã\tTháng 6/2026
2\tChuyên đề học tập và làm theo Bác\tBan Xây dựng Đảng\tBan Thường vụ Đảng ủy\tHằng năm
"""
DUTIES = """
- | Sơ kết quy chế | Văn phòng Đảng ủy | Ban Xây dựng Đảng | period 2026-01-01 2026-03-31 - | A. XÂY DỰNG ĐẢNG
- | Kết nạp đảng viên | Ban Xây dựng Đảng | Các chi bộ trực thuộc+ | by_term - - - | A. XÂY DỰNG ĐẢNG
- | Hình thành vùng | Đảng ủy UBND xã | Hội Nông dân xã | period 2026-01-01 - - | B. PHÁT TRIỂN KINH TẾ
1 | Đề án phát triển du lịch | Đảng ủy UBND xã | - | period 2026-06-01 2026-06-30 - | -
2 | Chuyên đề học tập | Ban Xây dựng Đảng | - | recurring - - year | -
"""
