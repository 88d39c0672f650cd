"""A directive of a provincial chairman: bodies as items, orders below them, no heading "Tổ chức thực hiện"."""

HEADING = {"kind": "Chỉ thị", "symbol": "08/CT-UBND", "date": "2026-06-01", "issuer": "Ủy ban nhân dân tỉnh Bình Lâm"}
TEXT = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 08/CT-UBND | Bình Lâm, ngày 01 tháng 6 năm 2026
CHỈ THỊ
VỀ VIỆC TĂNG CƯỜNG PHÒNG CHÁY RỪNG MÙA KHÔ NĂM 2026
Thời gian qua, tình hình thời tiết diễn biến phức tạp. Để chủ động phòng cháy rừng, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:
1. Ủy ban nhân dân các xã có rừng
a) Rà soát, bổ sung phương án phòng cháy rừng trước ngày 15/6/2026.
b) Bố trí lực lượng trực 24/24 giờ trong cao điểm nắng nóng.
2. Sở Nông nghiệp và Môi trường
- Chỉ đạo Chi cục Kiểm lâm phối hợp với Công an tỉnh tuần tra các khu vực trọng điểm.
- Định kỳ hằng tuần báo cáo UBND tỉnh.
3. Công an tỉnh điều tra, xử lý nghiêm các vụ gây cháy rừng.
4. Đài Phát thanh và Truyền hình tỉnh tăng thời lượng tuyên truyền.
5. Chỉ thị này có hiệu lực kể từ ngày ký.
6. Giao Sở Nông nghiệp và Môi trường theo dõi, đôn đốc việc thực hiện Chỉ thị này./.
Nơi nhận: - Như trên; - Lưu: VT. | CHỦ TỊCH Nguyễn Văn Mít
"""
DUTIES = """
a) | Rà soát, bổ sung | =Ủy ban nhân dân các xã có rừng+ | - | date - 2026-06-15 - | -
b) | Bố trí lực lượng | =Ủy ban nhân dân các xã có rừng+ | - | none - - - | -
- | Chỉ đạo Chi cục Kiểm lâm | =Sở Nông nghiệp và Môi trường | Công an tỉnh | none - - - | -
- | Định kỳ hằng tuần | =Sở Nông nghiệp và Môi trường | - | recurring - - week | -
3. | Công an tỉnh điều tra | Công an tỉnh | - | none - - - | -
4. | Đài Phát thanh | Đài Phát thanh và Truyền hình tỉnh | - | none - - - | -
6. | Giao Sở Nông nghiệp | Sở Nông nghiệp và Môi trường | - | none - - - | -
"""
