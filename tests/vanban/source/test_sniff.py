"""What the bytes are decides, whatever the file is called."""

import pytest

from vanban.errors import Locked, Unreadable
from vanban.source.refusals import LEXICON, too_large
from vanban.source.sniff import OLE, markup, sniff


def stream(name):
    return OLE + bytes(600) + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"\x00\x00\x00\x18ftypheic", "image"),
        (b"Rar!\x1a\x07\x01", "archive"),
        (b"7z\xbc\xaf'\x1c", "archive"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (stream("Workbook"), "xls"),
        (stream("Contents"), "ole"),
    ],
)
def test_a_foreign_file_is_named(data, reason):
    with pytest.raises(Unreadable) as caught:
        sniff(data)
    assert caught.value.reason == reason
    assert "gửi" in caught.value.message
    assert "{" not in caught.value.message


def test_an_encrypted_package_is_a_lock():
    with pytest.raises(Locked) as caught:
        sniff(stream("EncryptedPackage"))
    assert "mật khẩu" in caught.value.message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04...", "package"),
        (rb"{\rtf1\ansi", "rtf"),
        (stream("WordDocument"), "doc"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"II*\x00", "picture"),
        (b"MM\x00*", "picture"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"Ke hoach", "text"),
        ("Nói về %PDF".encode() + b"x" * 2000, "text"),
    ],
)
def test_what_may_be_read_goes_on(data, kind):
    assert sniff(data) == kind


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html>",
        "\ufeff \n<HTML lang=vi>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html>',
        "MIME-Version: 1.0\nContent-Type: multipart",
        "From: <Saved by Blink>\nMIME-Version: 1.0",
        "<div class='x'><p>Kế hoạch</p></div>",
        "<p>Kế hoạch</p>",
    ],
)
def test_web_pages_and_pieces_of_them(text):
    assert markup(text)


def test_other_xml_is_refused_by_name():
    with pytest.raises(Unreadable) as caught:
        markup('<?xml version="1.0"?><x/>')
    assert caught.value.reason == "xml"


@pytest.mark.parametrize("text", ["Kế hoạch", "<i>Kế hoạch</i>", "", "Trang <html> là gì", "<div", "<p là dấu nhỏ hơn"])
def test_text_with_some_marks_is_no_markup(text):
    assert not markup(text)


def test_every_reason_has_its_words():
    used = {entry["reason"] for part in ("signature", "stream", "member") for entry in LEXICON[part]}
    assert used - {"locked"} <= set(LEXICON["unreadable"])


def test_a_limit_is_said_in_megabytes():
    assert "100 MB" in too_large("data", limit=100 * 1024**2).message
