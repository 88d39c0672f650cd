"""Old Word, RTF and ODT by way of LibreOffice, with antiword as the check and what is left without it."""

import io
import shutil
import zipfile

import pytest
from docx import Document

from vanban import read
from vanban.errors import Locked, Unreadable
from vanban.source import confined, office, open_sheet
from vanban.source.limits import Limits

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(office.libreoffice() is None, reason="no LibreOffice here: run ops/system-packages"),
]


def plan(*, end="Nơi nhận: các sở"):
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Phát triển y tế cơ sở tỉnh Lạc Vân năm 2026")
    table = document.add_table(rows=2, cols=4)
    cells = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "1", "Lập hồ sơ", "Sở Y tế", "Quý I/2026"]
    for cell, text in zip((cell for row in table.rows for cell in row.cells), cells, strict=True):
        cell.text = text
    if end:
        document.add_paragraph(end)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def make(form, document):
    """A document as LibreOffice saves it."""
    with confined.folder() as folder:
        (folder / "in.docx").write_bytes(document)
        profile, out = f"-env:UserInstallation=file://{folder}/p", str(folder / "o")
        program = office.libreoffice()
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", out, str(folder / "in.docx")]
        confined.run(command, within=folder, seconds=120, megabytes=6144)
        return (folder / "o" / f"in.{form}").read_bytes()


@pytest.fixture(scope="module")
def made():
    """The plan in each form."""
    return {form: make(form, plan()) for form in ("doc", "rtf", "odt")}


@pytest.mark.parametrize("form", ["doc", "rtf", "odt"])
def test_the_table_is_read_from_each(made, form):
    reading = read(made[form], name=f"a.{form}")
    assert reading.format == form
    assert [(one.number, one.content, one.lead_text) for one in reading.duties] == [("1", "Lập hồ sơ", "Sở Y tế")]
    assert "Phát triển y tế cơ sở tỉnh Lạc Vân" in reading.text
    assert not {one.code for one in reading.doubts} & {"extension", "doc_words_lost", "doc_by_antiword"}


def test_a_wrong_name_is_said(made):
    sheet = open_sheet(made["odt"], name="a.pdf")
    assert [one.code for one in sheet.doubts] == ["extension"]
    assert "OpenDocument" in sheet.doubts[0].message


@pytest.mark.skipif(shutil.which("antiword") is None, reason="no antiword here: run ops/system-packages")
def test_without_libreoffice_the_text_of_an_old_document_is_still_read(made, monkeypatch):
    monkeypatch.setattr(office, "libreoffice", lambda: None)
    sheet, _ = office.read_office(made["doc"], "doc", Limits())
    assert "Lập hồ sơ" in sheet.text
    assert [one.code for one in sheet.doubts] == ["doc_by_antiword"]


@pytest.mark.skipif(shutil.which("antiword") is None, reason="no antiword here: run ops/system-packages")
def test_a_table_that_libreoffice_drops_is_read_by_antiword():
    """It does so with a table at the very end of an old document."""
    reading = read(make("doc", plan(end="")))
    assert [(one.number, one.content, one.lead_text) for one in reading.duties] == [("1", "Lập hồ sơ", "Sở Y tế")]
    assert "doc_by_antiword" in {one.code for one in reading.doubts}


@pytest.mark.parametrize("form", ["rtf", "odt"])
def test_without_libreoffice_the_rest_says_what_to_install(made, monkeypatch, form):
    monkeypatch.setattr(office, "libreoffice", lambda: None)
    with pytest.raises(Unreadable) as caught:
        office.read_office(made[form], form, Limits())
    assert caught.value.reason == "office_missing"
    assert "libreoffice-writer-nogui" in caught.value.message


def test_words_that_got_lost_on_the_way_are_told(made, monkeypatch):
    monkeypatch.setattr(office, "_antiword", lambda _folder: "Bang 12 34 56 78 phu luc bi mat " * 5)
    sheet, _ = office.read_office(made["doc"], "doc", Limits())
    assert [one.code for one in sheet.doubts] == ["doc_words_lost"]
    assert "34" in sheet.doubts[0].message


def test_a_damaged_document_says_so(made):
    broken = made["doc"][:2000] + bytes(len(made["doc"]) - 2000)
    with pytest.raises(Unreadable) as caught:
        office.read_office(broken, "doc", Limits())
    assert caught.value.reason == "office_failed"


def odf(mimetype, manifest=""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", mimetype)
        package.writestr("content.xml", "<x/>")
        package.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def test_other_open_documents_are_named():
    with pytest.raises(Unreadable) as caught:
        open_sheet(odf("application/vnd.oasis.opendocument.spreadsheet"))
    assert caught.value.reason == "odf"


def test_an_encrypted_open_document_is_locked():
    with pytest.raises(Locked):
        open_sheet(odf("application/vnd.oasis.opendocument.text", "<manifest:encryption-data/>"))


def test_pages_as_printed(made):
    assert office.to_pdf(made["odt"], "odt").startswith(b"%PDF-")


def test_two_at_once_do_not_disturb_each_other(made):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        sheets = list(pool.map(lambda _: office.read_office(made["rtf"], "rtf", Limits())[0], range(2)))
    assert [sheet.format for sheet in sheets] == ["rtf", "rtf"]
    assert sheets[0].text == sheets[1].text
