"""What the tests of the shell share: running a command, files to give it."""

import io

import pytest
from django.core.management import call_command

TABLE = """TỈNH ỦY LẠC VÂN
*
Số 5-KH/TU
Lạc Vân, ngày 02 tháng 02 năm 2026
KẾ HOẠCH
tổ chức Tuần lễ đọc sách
-----
PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành
{rows}
"""


@pytest.fixture
def shell(monkeypatch):
    """Run a command; gives what it printed. `stdin` stands for what is piped in."""

    def run(name, *arguments, stdin=""):
        out = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        call_command(name, *(str(argument) for argument in arguments), stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def plan(tmp_path):
    """A file of a plan with these rows (cells between tabs)."""

    def write(*rows, name="5-KH-TU.txt"):
        path = tmp_path / name
        path.write_text(TABLE.format(rows="\n".join(rows)), encoding="utf-8")
        return path

    return write


ROWS = (
    "1\tXây dựng tủ sách lưu động cho trường vùng cao\tSở Khoa học và Công nghệ\tSở Y tế\tTrước ngày 30/6/2026",
    "2\tThi kể chuyện sách thiếu nhi\tSở Y tế\tSở Khoa học và Công nghệ\tThường xuyên",
)
