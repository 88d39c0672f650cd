"""A commune's plan in Markdown: `|---|`, line breaks in cells, numbers 1.1, who leads and who helps in one cell."""

HEADING = {
    "kind": "Kế hoạch",
    "symbol": "45/KH-UBND",
    "date": "2026-01-20",
    "issuer": "Ủy ban nhân dân xã Tân Hòa",
    "title": "Chuyển đổi số năm 2026 trên địa bàn xã Tân Hòa",
}
TEXT = """| ỦY BAN NHÂN DÂN XÃ TÂN HÒA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |
|---|---|
| Số: 45/KH-UBND | Tân Hòa, ngày 20 tháng 01 năm 2026 |

# KẾ HOẠCH

**Chuyển đổi số năm 2026 trên địa bàn xã Tân Hòa**

Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh; UBND xã ban hành Kế hoạch như sau:

## I. MỤC ĐÍCH

Nâng cao chất lượng phục vụ người dân.

## II. NHIỆM VỤ

| TT | Nhiệm vụ | Đơn vị thực hiện | Thời gian | Sản phẩm |
|:--:|---|---|---|---|
| **1** | **Hạ tầng số** | | | |
| 1.1 | Lắp đặt wifi công cộng tại:<br>- Nhà văn hóa thôn;<br>- Chợ trung tâm | Chủ trì: Phòng Văn hóa - Xã hội; phối hợp: Công an xã, các thôn | T3/2026 | 9 điểm phát |
| 1.2 | Nâng cấp máy tính bộ phận một cửa | Trung tâm Phục vụ hành chính công xã | Q2/2026 | |
| **2** | **Dữ liệu số** | | | |
| 2.1 | Số hóa sổ hộ tịch | Văn phòng HĐND và UBND xã (chủ trì); Công an xã | Từ 01/4/2026 đến 30/11/2026 | Cơ sở dữ liệu |
| 2.2 | Làm sạch dữ liệu đất đai | Phòng Kinh tế chủ trì, phối hợp với các thôn | Hoàn thành trước 15/10 | |

## III. TỔ CHỨC THỰC HIỆN

Các đơn vị báo cáo UBND xã trước ngày 20 hằng tháng./.
"""
DUTIES = """
1.1 | Lắp đặt wifi công cộng tại: - Nhà văn hóa thôn; - Chợ trung tâm | Phòng Văn hóa - Xã hội | Công an xã; các thôn+ | period 2026-03-01 2026-03-31 - | 1 Hạ tầng số
1.2 | Nâng cấp máy tính | Trung tâm Phục vụ hành chính công xã | - | period 2026-04-01 2026-06-30 - | 1 Hạ tầng số
2.1 | Số hóa sổ hộ tịch | Văn phòng HĐND và UBND xã | Công an xã | period 2026-04-01 2026-11-30 - | 2 Dữ liệu số
2.2 | Làm sạch dữ liệu | Phòng Kinh tế | các thôn+ | date - 2026-10-15 - | 2 Dữ liệu số
- | Các đơn vị báo cáo | Các đơn vị+ | - | recurring - - month | -
"""
