"""A package is measured before it is believed."""

import struct
import zipfile
from io import BytesIO

import pytest

from docx_files import RELATIONS, SPACES, R, W, docx, p, package
from vanban.errors import Locked, TooLarge, Unreadable
from vanban.source.docx import read_docx
from vanban.source.docx.package import open_package
from vanban.source.limits import Limits

BODY = f"<w:document {SPACES}><w:body>{p('Nội dung')}</w:body></w:document>"


def read(data, limits=None):
    return read_docx(data, limits or Limits())[0]


def reason(data, limits=None):
    with pytest.raises(Unreadable) as caught:
        read(data, limits)
    return caught.value.reason


def encrypted(data):
    """The same ZIP with the encryption bit of every member set."""
    raw = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def test_the_main_part_stands_where_the_package_says():
    relations = RELATIONS.replace("word/document.xml", "/word/document2.xml")
    data = package({"_rels/.rels": relations, "word/document2.xml": BODY})
    assert read(data).text == "Nội dung\n"
    assert open_package(data, Limits()).main == "word/document2.xml"


def test_without_relations_the_usual_place_is_tried():
    assert read(package({"_rels/.rels": "<x/>", "word/document.xml": BODY})).text == "Nội dung\n"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"ppt/presentation.xml": "<x/>"}, "pptx"),
        ({"other.xml": "<x/>"}, "truncated"),
        ({"word/document.xml": "<w:document"}, "truncated"),
        ({"word/document.xml": ""}, "truncated"),
        ({"word/document.xml": f"<w:document {SPACES}/>"}, "truncated"),
        ({"word/document.xml": "<x>" * 5000}, "truncated"),
    ],
)
def test_a_package_of_another_kind_or_damaged_is_named(members, expected):
    assert reason(package(members)) == expected


def test_a_plain_archive_is_named():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        out.writestr("a.txt", "x")
    assert reason(target.getvalue()) == "archive"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_package_is_unreadable(share):
    data = docx(p("Nội dung " * 200))
    assert reason(data[: int(len(data) * share)]) == "truncated"


def test_damage_inside_a_member_is_found():
    data = docx(p("Kế hoạch " * 500))
    at = data.index(b"word/document.xml") + 40
    assert reason(data[:at] + bytes(20) + data[at + 20 :]) == "truncated"


def test_encryption_of_the_archive_is_a_lock():
    with pytest.raises(Locked):
        read(encrypted(docx(p("x"))))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(entries=2),
        Limits(unpacked=100),
        Limits(part=100),
        Limits(ratio=2, ratio_from=1000),
    ],
)
def test_every_limit_holds(limits):
    data = docx(p("a" * 10_000))
    with pytest.raises(TooLarge) as caught:
        read(data, limits)
    assert caught.value.reason == "unpacked"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = docx(p("0" * 60_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge):
        read(bomb)


def test_a_lie_about_the_size_does_not_help():
    data = bytearray(docx(p("0" * 3_000_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(b"word/document.xml") if mark == b"PK\x03\x04" else data.rfind(b"word/document.xml")
        head = data.rfind(mark, 0, at)
        data[head + offset : head + offset + 4] = struct.pack("<I", 500)
    with pytest.raises((Unreadable, TooLarge)):
        read(bytes(data))


def test_a_nested_archive_is_never_opened():
    inner = package({"word/document.xml": "0" * 1_000_000})
    data = package({"word/document.xml": BODY, "word/embeddings/inner.docx": inner})
    assert read(data).text == "Nội dung\n"


def test_macros_are_noticed_and_left_alone():
    data = package({"word/document.xml": BODY, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro"})
    assert [doubt.code for doubt in read(data).doubts] == ["macro"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w:document [<!ENTITY a "boom">]>',
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_a_declaration_that_word_never_writes_is_refused(declaration):
    assert reason(package({"word/document.xml": declaration + BODY})) == "dtd"


def test_entities_do_not_multiply():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + BODY.replace("Nội dung", "&l11;")
    assert reason(package({"word/document.xml": document})) in {"dtd", "truncated"}


def test_external_links_are_not_followed():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f'Type="{R}/hyperlink" Target="http://127.0.0.1:9/" TargetMode="External"/></Relationships>'
    )
    link = '<w:p><w:hyperlink r:id="r9"><w:r><w:t>bấm vào đây</w:t></w:r></w:hyperlink></w:p>'
    document = f"<w:document {SPACES}><w:body>{link}</w:body></w:document>"
    data = package({"word/document.xml": document, "word/_rels/document.xml.rels": relations})
    assert read(data).text == "bấm vào đây\n"


def test_the_strict_form_of_the_format_is_read():
    strict = BODY.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(package({"word/document.xml": strict})).text == "Nội dung\n"
