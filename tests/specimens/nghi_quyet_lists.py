"""A resolution of a commune's Party committee: tasks as items with labelled fields, numbers that start again."""

HEADING = {"kind": "Nghị quyết", "symbol": "09-NQ/ĐU", "date": "2026-02-24", "issuer": "Đảng ủy phường Xuân An"}
TEXT = """ĐẢNG BỘ TỈNH BÌNH LÂM | ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY PHƯỜNG XUÂN AN | Xuân An, ngày 24 tháng 02 năm 2026
*
Số 09-NQ/ĐU

NGHỊ QUYẾT
về xây dựng tuyến phố văn minh giai đoạn 2026 - 2030

I. MỤC TIÊU
Đến năm 2030 có 90% tuyến phố đạt chuẩn.

II. NHIỆM VỤ, GIẢI PHÁP
1. Chỉnh trang vỉa hè
1.1. Lát đá, bó vỉa các tuyến trung tâm
- Cơ quan chủ trì: Ủy ban nhân dân phường.
- Cơ quan phối hợp: Công ty Môi trường đô thị; các tổ dân phố.
- Thời gian hoàn thành: Trước ngày 30/9/2027.
1.2. Trồng cây xanh, thay thế cây sâu mục
- Cơ quan chủ trì: Đoàn Thanh niên phường.
- Thời gian: hằng năm, cao điểm dịp Tết.
2. Giữ gìn trật tự đô thị
a) Tổ chức ra quân xử lý lấn chiếm lòng đường
+ Đơn vị thực hiện: Công an phường
+ Phối hợp: Ban Chỉ huy Quân sự phường, Tổ Bảo vệ an ninh trật tự
+ Thời hạn: Thường xuyên

III. TỔ CHỨC THỰC HIỆN
1. Ủy ban Kiểm tra Đảng ủy tham mưu kiểm tra, giám sát việc thực hiện Nghị quyết.
2. Nghị quyết này được phổ biến đến chi bộ.

Nơi nhận:
- Thường trực Tỉnh ủy (b/c),
- Lưu VPĐU.

T/M ĐẢNG ỦY
BÍ THƯ

Ngô Văn Sấu
"""
DUTIES = """
1.1. | Lát đá, bó vỉa | Ủy ban nhân dân phường | Công ty Môi trường đô thị; các tổ dân phố+ | date - 2027-09-30 - | 1. Chỉnh trang vỉa hè
1.2. | Trồng cây xanh | Đoàn Thanh niên phường | - | recurring - - year | 1. Chỉnh trang vỉa hè
a) | Tổ chức ra quân | Công an phường | Ban Chỉ huy Quân sự phường; Tổ Bảo vệ an ninh trật tự | continuous - - - | 2. Giữ gìn trật tự đô thị
1. | Ủy ban Kiểm tra Đảng ủy tham mưu | Ủy ban Kiểm tra Đảng ủy | - | none - - - | -
"""
