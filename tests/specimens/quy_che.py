"""Negatives: a normative decision, and a regulation annexed to a plain one. What bodies may and must do there is law."""

HEADING = {"kind": "Quyết định", "symbol": "31/2026/QĐ-UBND", "issuer": "Ủy ban nhân dân tỉnh Bình Lâm"}
TEXT = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 31/2026/QĐ-UBND | Bình Lâm, ngày 02 tháng 4 năm 2026
QUYẾT ĐỊNH
QUY ĐỊNH QUẢN LÝ VỈA HÈ TRÊN ĐỊA BÀN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Theo đề nghị của Giám đốc Sở Xây dựng;
Ủy ban nhân dân tỉnh ban hành Quyết định quy định quản lý vỉa hè.
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc quản lý vỉa hè.
Điều 2. Tổ chức thực hiện
1. Sở Xây dựng có trách nhiệm hướng dẫn, kiểm tra việc thực hiện Quyết định này.
2. Ủy ban nhân dân các xã, phường tổ chức thực hiện và báo cáo trước ngày 15/12 hằng năm.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận: - Như Điều 3; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn Mít
"""
DUTIES = ""
