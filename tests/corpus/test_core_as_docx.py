"""The real programme's table, laid out anew in Word: merged lead cells, a head that repeats, rows over two pages."""

import os
from pathlib import Path

import pytest

from docx_files import docx, p, tbl, tc, tr
from vanban import read

CORPUS = Path(os.environ.get("CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
CORE = CORPUS / "core" / "55-ctr-tu.txt"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORE.exists(), reason=f"no corpus at {CORPUS}")]
HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def orders(reading):
    return [
        (d.number, d.content, d.leads, d.lead_inherited, d.coordinators, d.deadline)
        for d in reading.duties
        if d.origin == "table"
    ]


def as_docx(duties):
    rows = [tr(*HEAD, properties="<w:tblHeader/>")]
    for place, duty in enumerate(duties):
        follows = place + 1 < len(duties) and duties[place + 1].lead_inherited
        merge = "<w:vMerge/>" if duty.lead_inherited else '<w:vMerge w:val="restart"/>' if follows else ""
        first, blank, rest = duty.content.partition(" ")
        over_two_pages = f"<w:p>{p(first + blank)[5:-6]}{BREAK}{p(rest)[5:-6]}</w:p>"
        lead = tc("" if duty.lead_inherited else duty.lead_text, properties=merge)
        rows.append(tr(duty.number, tc(over_two_pages), lead, duty.coordinator_text, duty.deadline_text))
    return docx(p("PHỤ LỤC") + tbl(*rows))


def test_the_real_table_reads_the_same_from_word():
    from_text = read(CORE.read_bytes())
    table = [duty for duty in from_text.duties if duty.origin == "table"]
    assert len(table) == 51
    assert orders(read(as_docx(table))) == orders(from_text)
