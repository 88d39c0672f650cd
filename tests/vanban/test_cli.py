"""The shell commands: what they print and how they end."""

import json
import os
import re
import subprocess
import sys

import msgspec
import pytest

from docx_files import docx, p
from vanban.cli import main
from vanban.model import SCHEMA, Reading

TEXT = "UBND TỈNH HÀ SƠN\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nThực hiện nhiệm vụ năm 2031\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_read_prints_a_summary(file, capsys):
    assert main(["read", str(file)]) == 0
    assert "nhiệm vụ" in capsys.readouterr().out


def test_read_json_is_a_reading(file, capsys):
    assert main(["read", str(file), "--json"]) == 0
    printed = capsys.readouterr().out
    reading = msgspec.json.decode(printed, type=Reading)
    assert reading.schema == SCHEMA
    assert "KẾ HOẠCH" in reading.text
    assert main(["read", str(file), "--json"]) == 0
    assert capsys.readouterr().out == printed


def test_read_takes_a_docx(tmp_path, capsys):
    path = tmp_path / "a.docx"
    path.write_bytes(docx(p("KẾ HOẠCH")))
    assert main(["read", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "docx"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "unreadable: Tệp rỗng"),
        (b"%PDF-1.7", "unreadable: Tệp PDF này bị hỏng"),
        ("MẬT\n".encode(), "classified: "),
    ],
)
def test_a_refusal_goes_to_stderr(tmp_path, capsys, content, said):
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert main(["read", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(said)
    assert printed.out == ""


def test_a_huge_file_is_refused_before_it_is_loaded(tmp_path, capsys):
    path = tmp_path / "huge.docx"
    path.touch()
    os.truncate(path, 200 * 1024**2)
    assert main(["read", str(path)]) == 2
    assert capsys.readouterr().err.startswith("too_large: ")


def test_a_missing_file_is_a_wrong_call(tmp_path, capsys):
    assert main(["read", str(tmp_path / "none")]) == 2
    assert (
        capsys.readouterr().err == f"Không mở hoặc không ghi được {tmp_path / 'none'}: không có tệp hoặc thư mục này.\n"
    )
    assert main(["read", str(tmp_path)]) == 2
    assert "đây là thư mục, không phải tệp" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["read"], ["dance"], ["score"]])
def test_a_wrong_call_says_how(argv, capsys):
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("Cách dùng: vanban")
    assert not re.search("error|required|invalid|choose", said)


def test_schema_describes_a_reading_and_says_its_version(capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert (schema["$id"], schema["version"]) == (SCHEMA, SCHEMA.rsplit("/", 1)[1])
    assert {"heading", "outline", "citations", "works", "duties", "targets", "doubts"} <= set(
        schema["$defs"]["Reading"]["properties"]
    )


@pytest.fixture
def golds(file):
    file.with_suffix(".gold.json").write_text(json.dumps({"heading": {"symbol": "99/KH-UBND"}}), "utf-8")
    return file.parent


def test_score_prints_sums_documents_and_misses(golds, capsys):
    assert main(["score", str(golds), "--per-document", "--misses"]) == 0
    printed = capsys.readouterr().out
    assert "heading.symbol" in printed
    assert "99/KH-UBND" in printed


def test_score_against_the_last_run(golds, tmp_path, capsys):
    kept = tmp_path / "last.json"
    assert main(["score", str(golds), "--keep", str(kept)]) == 0
    capsys.readouterr()
    assert main(["score", str(golds), "--json", "--last", str(kept)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["lost"], found["gained"]) == ({}, {})
    assert json.loads(kept.read_text("utf-8"))["right"] == found["right"]


@pytest.mark.parametrize("content", ["no json", "{}", "[]", '"x"', '{"right": 5}', '{"right": {"a": 5}}', "\xff"])
def test_a_last_run_that_is_none_is_a_wrong_call(golds, tmp_path, capsys, content):
    kept = tmp_path / "last.json"
    kept.write_bytes(content.encode("latin-1"))
    assert main(["score", str(golds), "--last", str(kept)]) == 2
    assert "không phải là kết quả" in capsys.readouterr().err


def test_score_wants_a_folder(file, capsys):
    assert main(["score", str(file)]) == 2
    assert "thư mục" in capsys.readouterr().err


def test_a_reader_of_the_answer_may_stop_early(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text("KẾ HOẠCH\n" + "Một đoạn văn bản đủ dài để đọc.\n" * 5000, encoding="utf-8")
    shell = "import sys; from vanban.cli import main; sys.exit(main())"
    command = f"{sys.executable} -c '{shell}' read {path} --json | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def two_plans(tmp_path):
    """A plan, and the same with one row dropped and one lead changed."""
    head = "KẾ HOẠCH\nTT\tNội dung nhiệm vụ\tCơ quan chủ trì\tThời gian hoàn thành\n"
    rows = [
        "1\tXây dựng đề án y tế cơ sở\tSở Y tế\tNăm 2026",
        "2\tRà soát trường lớp\tSở Nội vụ\tNăm 2026",
        "3\tLập hồ sơ đất\tSở X\t2027",
    ]
    before, after = tmp_path / "truoc.txt", tmp_path / "sau.txt"
    before.write_text(head + "\n".join(rows) + "\n", "utf-8")
    after.write_text(head + "\n".join([rows[0].replace("Sở Y tế", "Sở Nội vụ"), rows[2]]) + "\n", "utf-8")
    return before, after


def test_compare_says_what_changed_row_by_row(two_plans, capsys):
    assert main(["compare", *map(str, two_plans)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sửa chủ trì: 1 | Xây dựng đề án y tế cơ sở",
        "bỏ: 2 | Rà soát trường lớp",
        "bỏ: 1; sửa: 1",
    ]
    assert main(["compare", str(two_plans[0]), str(two_plans[0])]) == 0
    assert capsys.readouterr().out == "Không có gì thay đổi.\n"


def test_compare_takes_a_reading_that_was_kept(two_plans, tmp_path, capsys):
    assert main(["read", str(two_plans[0]), "--json"]) == 0
    kept = tmp_path / "truoc.json"
    kept.write_text(capsys.readouterr().out, "utf-8")
    assert main(["compare", str(kept), str(two_plans[1]), "--json"]) == 0
    assert [change["what"] for change in json.loads(capsys.readouterr().out)] == ["changed", "dropped"]
    kept.write_text("{}", "utf-8")
    assert main(["compare", str(kept), str(two_plans[1])]) == 2
    assert "không phải là JSON" in capsys.readouterr().err
