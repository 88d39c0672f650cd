"""A plain decision with a regulation annexed: its articles bind for ever and are no tasks; its list of tasks is one."""

HEADING = {
    "kind": "Quyết định",
    "symbol": "615/QĐ-UBND",
    "date": "2026-03-19",
    "title": "VỀ VIỆC KIỆN TOÀN BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH",
}
TEXT = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 615/QĐ-UBND | Bình Lâm, ngày 19 tháng 3 năm 2026
QUYẾT ĐỊNH
VỀ VIỆC KIỆN TOÀN BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Xét đề nghị của Giám đốc Sở Khoa học và Công nghệ.
QUYẾT ĐỊNH:
Điều 1. Kiện toàn Ban Chỉ đạo chuyển đổi số tỉnh gồm các ông, bà có tên trong danh sách.
Điều 2. Giao Sở Khoa học và Công nghệ tham mưu chương trình công tác năm của Ban Chỉ đạo trước ngày 15/4/2026.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận: - Như Điều 3; - Lưu: VT. | CHỦ TỊCH Nguyễn Văn Mít
QUY CHẾ
HOẠT ĐỘNG CỦA BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ TỈNH
(Kèm theo Quyết định số 615/QĐ-UBND ngày 19 tháng 3 năm 2026 của Chủ tịch UBND tỉnh)
Điều 1. Trách nhiệm của thành viên
1. Sở Khoa học và Công nghệ có trách nhiệm chuẩn bị nội dung họp.
2. Văn phòng UBND tỉnh tổng hợp, báo cáo định kỳ hằng quý.
"""
DUTIES = """
Điều 2. | Giao Sở Khoa học và Công nghệ | Sở Khoa học và Công nghệ | - | date - 2026-04-15 - | -
"""
