"""A department's plan, tabs, cells broken over printed lines, numbers I.1, dashed lists of bodies, `//` for the same."""

HEADING = {"kind": "Kế hoạch", "symbol": "88/KH-SYT", "date": "2026-03-02", "issuer": "Sở Y tế"}
TEXT = """UBND TỈNH BÌNH LÂM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ\tĐộc lập - Tự do - Hạnh phúc
Số: 88/KH-SYT\tBình Lâm, ngày 02 tháng 3 năm 2026

KẾ HOẠCH
Phòng, chống dịch bệnh mùa hè năm 2026

I. MỤC TIÊU
Không để dịch chồng dịch.

II. PHÂN CÔNG NHIỆM VỤ

Mục\tHoạt động\tĐơn vị đầu mối\tĐơn vị phối hợp\tThời gian thực hiện\tGhi chú
I\tDỰ PHÒNG\t\t\t\t
I.1\tPhun hóa chất diệt muỗi tại các ổ dịch cũ\tTrung tâm Kiểm soát bệnh tật tỉnh\t- Trạm Y tế các xã - UBND các xã\tTháng 5, tháng 6/2026\t
I.2\tTiêm bổ sung vắc xin sởi\t//\tSở Giáo dục và Đào tạo\t//\t
II\tĐIỀU TRỊ\t\t\t\t
II.1\tTập huấn phác đồ
điều trị sốt xuất huyết\tBệnh viện Đa khoa tỉnh\tTrường Cao đẳng Y tế\tĐầu quý II/2026\t
II.2\tDự trữ thuốc, vật tư\tCác bệnh viện; Trung tâm y tế khu vực\t\tXong trước 30/4\tTheo dự toán

III. TỔ CHỨC THỰC HIỆN
Phòng Nghiệp vụ Y theo dõi, tổng hợp, báo cáo Giám đốc Sở trước ngày 25 hằng tháng./.

Nơi nhận:\tGIÁM ĐỐC
- Như mục II;\t
- Lưu: VT, NVY.\tĐỗ Văn Khế
"""
DUTIES = """
I.1 | Phun hóa chất | Trung tâm Kiểm soát bệnh tật tỉnh | Trạm Y tế các xã+; UBND các xã+ | period 2026-05-01 2026-06-30 - | I DỰ PHÒNG
I.2 | Tiêm bổ sung | =Trung tâm Kiểm soát bệnh tật tỉnh | Sở Giáo dục và Đào tạo | period 2026-05-01 2026-06-30 - | I DỰ PHÒNG
II.1 | Tập huấn phác đồ điều trị sốt xuất huyết | Bệnh viện Đa khoa tỉnh | Trường Cao đẳng Y tế | period 2026-04-01 2026-06-30 - | II ĐIỀU TRỊ
II.2 | Dự trữ thuốc | Các bệnh viện+; Trung tâm y tế khu vực | - | date - 2026-04-30 - | II ĐIỀU TRỊ
- | Phòng Nghiệp vụ Y theo dõi | Phòng Nghiệp vụ Y | - | recurring - - month | -
"""
