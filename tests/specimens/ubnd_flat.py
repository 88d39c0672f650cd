"""A provincial plan from a portal: one row on one line, empty cells at the end missing, the page's own words around.

A cell missing in the middle was merged with the one above it.
"""

HEADING = {
    "kind": "Kế hoạch",
    "symbol": "212/KH-UBND",
    "date": "2026-02-11",
    "issuer": "Ủy ban nhân dân tỉnh Bình Lâm",
    "implements": "19/CT-TTG",
}
TEXT = """ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 212/KH-UBND | Bình Lâm, ngày 11 tháng 02 năm 2026
KẾ HOẠCH
THỰC HIỆN CHỈ THỊ SỐ 19/CT-TTG NGÀY 05/01/2026 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ BẢO VỆ NGUỒN NƯỚC NĂM 2026 TRÊN ĐỊA BÀN TỈNH
Thực hiện Chỉ thị số 19/CT-TTg ngày 05/01/2026 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
Giữ sạch nguồn nước sinh hoạt.
II. NHIỆM VỤ
Chi tiết tại Phụ lục kèm theo.
III. TỔ CHỨC THỰC HIỆN
1. Sở Nông nghiệp và Môi trường chủ trì, phối hợp các sở, ngành, địa phương triển khai Kế hoạch; tổng hợp báo cáo UBND tỉnh trước ngày 15/12/2026.
2. Kinh phí thực hiện: từ ngân sách nhà nước theo phân cấp.
Nơi nhận: - Thủ tướng Chính phủ; - Các sở, ban, ngành; - UBND các xã, phường; - Lưu: VT, NN. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Thị Mận
PHỤ LỤC PHÂN CÔNG NHIỆM VỤ
(Kèm theo Kế hoạch số 212/KH-UBND ngày 11 tháng 02 năm 2026 của UBND tỉnh)
STT | Nội dung công việc | Phân công thực hiện | Thời gian thực hiện | Kết quả
Chủ trì | Phối hợp
A | BẢO VỆ NGUỒN NƯỚC MẶT
1 | Quan trắc chất lượng nước các hồ chứa | Sở Nông nghiệp và Môi trường | UBND các xã, phường | Quý III | Báo cáo quan trắc
2 | Cắm mốc hành lang bảo vệ nguồn nước | Sở Xây dựng | Tháng 9 | Biên bản bàn giao mốc
3 | Xử lý nghiêm cơ sở xả thải trái phép | Công an tỉnh | Sở Nông nghiệp và Môi trường; Thanh tra tỉnh | Thường xuyên
B | CẤP NƯỚC SẠCH NÔNG THÔN
1 | Sửa chữa 12 công trình cấp nước tập trung | Trung tâm Nước sạch và Vệ sinh môi trường nông thôn | Sở Tài chính | Trước 31/10 | 12 công trình
2 | Tuyên truyền sử dụng nước tiết kiệm | Hội Liên hiệp Phụ nữ tỉnh; Tỉnh đoàn | | 6 tháng, năm | Văn bản bị thay thế Chú thích: Rà chuột vào nội dung văn bản để sử dụng. | Tải về
Địa chỉ: | Số 1, phố Giả Định, phường Xuân An | Điện thoại: | (028) 0000 0000 | E-mail: | lienhe@vidu.vn | Mã số thuế: | 0000000000
"""
DUTIES = """
1. | Sở Nông nghiệp và Môi trường chủ trì, phối hợp các sở | Sở Nông nghiệp và Môi trường | các sở, ngành, địa phương+ | date - 2026-12-15 - | -
1 | Quan trắc chất lượng | Sở Nông nghiệp và Môi trường | UBND các xã, phường+ | period 2026-07-01 2026-09-30 - | A BẢO VỆ NGUỒN NƯỚC MẶT
2 | Cắm mốc hành lang | Sở Xây dựng | UBND các xã, phường+ | period 2026-09-01 2026-09-30 - | A BẢO VỆ NGUỒN NƯỚC MẶT
3 | Xử lý nghiêm | Công an tỉnh | Sở Nông nghiệp và Môi trường; Thanh tra tỉnh | continuous - - - | A BẢO VỆ NGUỒN NƯỚC MẶT
1 | Sửa chữa 12 công trình | Trung tâm Nước sạch và Vệ sinh môi trường nông thôn | Sở Tài chính | date - 2026-10-31 - | B CẤP NƯỚC SẠCH NÔNG THÔN
2 | Tuyên truyền sử dụng | Hội Liên hiệp Phụ nữ tỉnh; Tỉnh đoàn | - | recurring - - half | B CẤP NƯỚC SẠCH NÔNG THÔN
"""
