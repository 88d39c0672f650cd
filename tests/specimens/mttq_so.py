"""A plan of the Fatherland Front with cells on several lines between bars of their own, and merged leads."""

HEADING = {"kind": "Kế hoạch", "symbol": "33/KH-MTTQ-BTT", "date": "2026-01-15"}


def _bars(*rows: tuple[str, ...]) -> str:
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        for cell in row:
            lines += [*([cell] if cell else []), "|"]
    return "\n".join(lines)


TEXT = (
    """ỦY BAN MTTQ VIỆT NAM TỈNH LAM SƠN BAN THƯỜNG TRỰC ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 33/KH-MTTQ-BTT | Lam Sơn, ngày 15 tháng 01 năm 2026

KẾ HOẠCH

Giám sát, phản biện xã hội năm 2026

Căn cứ Luật Mặt trận Tổ quốc Việt Nam; Ban Thường trực ban hành Kế hoạch như sau:

I. NỘI DUNG

"""
    + _bars(
        ("STT", "Nội dung giám sát", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"),
        (
            "1",
            "Giám sát việc chi trả chế độ\ncho người có công",
            "Hội Cựu chiến binh tỉnh",
            "Sở Nội vụ;\nUBND các xã, phường",
            "Quý II/2026",
        ),
        (
            "2",
            "Giám sát việc sử dụng quỹ vì người nghèo",
            "Hội Liên hiệp Phụ nữ tỉnh",
            "Sở Tài chính",
            "Tháng 8-9/2026",
        ),
        (
            "3",
            "Giám sát an toàn thực phẩm trong trường học",
            "Tỉnh đoàn",
            "Sở Y tế, Sở Giáo dục và Đào tạo",
            "Quý III/2026",
        ),
        (
            "4",
            "Phản biện dự thảo nghị quyết về học phí",
            "Ban Dân chủ - Giám sát - Phản biện xã hội",
            "Các tổ chức chính trị - xã hội tỉnh",
            "Khi có dự thảo",
        ),
    )
    + """

II. TỔ CHỨC THỰC HIỆN

1. Ban Dân chủ - Giám sát - Phản biện xã hội tham mưu thành lập các đoàn giám sát; tổng hợp kết quả trước ngày 30/11/2026.

2. Đề nghị Thường trực HĐND tỉnh, UBND tỉnh quan tâm, tạo điều kiện để các đoàn giám sát làm việc.

Nơi nhận:
- UBTW MTTQ Việt Nam (b/c);
- Các tổ chức thành viên;
- Lưu VT.

TM. BAN THƯỜNG TRỰC
PHÓ CHỦ TỊCH

Phạm Thị Sim
"""
)
DUTIES = """
1 | Giám sát việc chi trả chế độ cho người có công | Hội Cựu chiến binh tỉnh | Sở Nội vụ; UBND các xã, phường+ | period 2026-04-01 2026-06-30 - | -
2 | Giám sát việc sử dụng quỹ | Hội Liên hiệp Phụ nữ tỉnh | Sở Tài chính | period 2026-08-01 2026-09-30 - | -
3 | Giám sát an toàn | Tỉnh đoàn | Sở Y tế; Sở Giáo dục và Đào tạo | period 2026-07-01 2026-09-30 - | -
4 | Phản biện dự thảo | Ban Dân chủ - Giám sát - Phản biện xã hội | Các tổ chức chính trị - xã hội tỉnh+ | on_instruction - - - | -
1. | Ban Dân chủ - Giám sát - Phản biện xã hội tham mưu | Ban Dân chủ - Giám sát - Phản biện xã hội | - | date - 2026-11-30 - | -
2. | Đề nghị Thường trực HĐND tỉnh, UBND tỉnh quan tâm | Thường trực HĐND tỉnh; UBND tỉnh | - | none - - - | -
"""
