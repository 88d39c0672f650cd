"""Leads against the bodies that somebody knows."""

from __future__ import annotations

import factories as make
from vanban import resolve
from vanban.cli import main
from vanban.resolve import among, unknown_leads

BODIES = ["Sở Y tế", "Sở Xây dựng", "Sở Văn hóa, Thể thao và Du lịch"]


def codes(reading):
    return [(one.code, one.duty) for one in reading.doubts]


def test_only_leads_that_nobody_knows_are_doubted():
    seen = make.machine(
        make.row("Việc", "Sở Y tế"),
        make.row("Việc", "Sở Xây dựnq", "SỞ Y TẾ"),
        make.row("Việc", "Liên minh Hợp tác xã", groups=["các cơ quan liên quan"]),
    )
    resolved = resolve(seen, bodies=among(BODIES))
    assert codes(resolved) == [("lead_unknown", 2), ("lead_unknown_near", 1)]
    near = resolved.doubts[1]
    assert "“Sở Xây dựnq”" in near.message
    assert "Gần nhất: Sở Xây dựng." in near.message
    assert near.span == seen.duties[1].spans[0]


def test_marks_tone_and_commas_make_no_other_body():
    seen = make.machine(make.row("Việc", "Sở Văn hoá, Thể thao và Du lịch", "So Y te"))
    assert resolve(seen, bodies=among(BODIES)) is seen


def test_without_a_register_every_body_is_unknown():
    (one,) = unknown_leads(make.row("Việc", "Sở Y tế"), among([]))
    assert (one.code, one.duty) == ("lead_unknown", None)


def test_the_shell_takes_a_list(tmp_path, capsys):
    text, names = tmp_path / "a.txt", tmp_path / "bodies.txt"
    text.write_text("TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tLập đề án\tSở Lạ\tQuý I/2026\n", "utf-8")
    names.write_text("\ufeffSở Y tế\n", "utf-8")
    assert main(["read", str(text), "--bodies", str(names)]) == 0
    assert "“Sở Lạ”" in capsys.readouterr().out
