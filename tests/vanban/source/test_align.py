"""Where the cells of a short row belong."""

import pytest

from vanban.source.align import align, is_label

HEAD = ["TT", "Việc", "Chủ trì", "Phối hợp", "Hạn", "Kết quả"]
FULL = [
    ["1", "Xây dựng kho dữ liệu", "Sở A", "Các xã", "Quý I/2026", "Báo cáo"],
    ["2", "Xây dựng cổng", "Sở B", "Các xã", "Quý II/2026", "Báo cáo"],
]


def placed(row: list[str]) -> list[str]:
    cells = align([HEAD, *FULL, row], 6)[-1]
    return ["^" if cell.above else "<" if cell.left else cell.text for cell in cells]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["II", "NÔNG NGHIỆP"], ["II", "NÔNG NGHIỆP", "<", "<", "<", "<"]),
        (["NÔNG NGHIỆP"], ["NÔNG NGHIỆP", "<", "<", "<", "<", "<"]),
        (["B.", "LÂM NGHIỆP", ""], ["B.", "LÂM NGHIỆP", "", "<", "<", "<"]),
        (
            ["3", "Xây dựng đê", "Sở C", "Các xã", "Quý I/2027"],
            ["3", "Xây dựng đê", "Sở C", "Các xã", "Quý I/2027", "^"],
        ),
        (
            ["3", "Xây dựng đê", "Các xã", "Quý I/2026", "Báo cáo"],
            ["3", "Xây dựng đê", "^", "Các xã", "Quý I/2026", "Báo cáo"],
        ),
        (["Xây dựng bến", "Sở B"], ["^", "Xây dựng bến", "Sở B", "^", "^", "^"]),
        (["Quý IV/2026", "Báo cáo"], ["^", "^", "^", "^", "Quý IV/2026", "Báo cáo"]),
        (["Không giống", "cột nào"], ["^", "^", "^", "^", "Không giống", "cột nào"]),
        (["1", "2", "3", "4", "5", "6"], ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_placing(row: list[str], expected: list[str]) -> None:
    assert placed(row) == expected


def test_a_row_wider_than_the_table_is_left_as_it_is() -> None:
    assert [cell.text for cell in align([["a", "b", "c"]], 2)[0]] == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["1", "2.1", "12.", "IV", "A.", "a)", "(3)"])
def test_labels(text: str) -> None:
    assert is_label(text)


@pytest.mark.parametrize("text", ["", "Sở A", "Bước 1", "2026", "1.000987"])
def test_no_labels(text: str) -> None:
    assert not is_label(text)
