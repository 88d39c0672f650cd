"""Unicode in its forms, and what Vietnamese was written in before it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.errors import Unreadable
from vanban.source.encodings import convert, decode, everyday, from_font, legacy_of

SAMPLE = (
    "Ủy ban nhân dân tỉnh ban hành kế hoạch thực hiện nghị quyết của Hội đồng nhân dân về phát triển kinh tế, "
    "giao các sở, ban, ngành và ủy ban nhân dân các huyện tổ chức thực hiện nhiệm vụ."
)
TCVN3 = {letter: code for code, letter in zip(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
    strict=True,
)}  # fmt: skip
VNI_MARK = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_CIRCUMFLEX = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def to_tcvn3(text):
    return "".join(TCVN3.get(char, char) for char in text)


def to_vni(text):
    return "".join(_vni(char) for char in text)


def _vni(char):
    lower = unicodedata.normalize("NFD", char.lower())
    tone = next((mark for mark in lower if mark in VNI_MARK), "")
    base, rest = lower[0], set(lower) - {tone}
    if base == "đ":
        written = "ñ"
    elif base == "y" and tone == "\u0323":
        written = "î"
    elif base == "i" and tone:
        written = VNI_I[tone]
    elif "\u0302" in rest:
        written = base + VNI_CIRCUMFLEX[tone]
    elif "\u0306" in rest:
        written = base + VNI_BREVE[tone]
    elif "\u031b" in rest:
        written = {"o": "ô", "u": "ö"}[base] + VNI_MARK.get(tone, "")
    else:
        written = base + VNI_MARK.get(tone, "")
    return written.upper() if char.isupper() else written


def lowered(text):
    """TCVN3 has no codes for most capitals with marks: they were a font."""
    return "".join(char.lower() if char not in TCVN3 else char for char in text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_its_forms(encoding):
    decoded = decode(SAMPLE.encode(encoding))
    assert (decoded.text, decoded.doubt) == (SAMPLE, None)


def test_decomposed_letters_are_composed():
    decoded = decode(unicodedata.normalize("NFD", SAMPLE).encode())
    assert (decoded.text, decoded.encoding) == (SAMPLE, "utf-8")


@pytest.mark.parametrize("how", ["latin-1", "utf-8"])
def test_tcvn3_is_told_by_its_words(how):
    plain = lowered(SAMPLE)
    decoded = decode(to_tcvn3(plain).encode(how))
    assert (decoded.text, decoded.encoding, decoded.doubt) == (plain, "tcvn3", "encoding_legacy")


@pytest.mark.parametrize("how", ["latin-1", "utf-8"])
def test_vni_is_told_by_its_words(how):
    decoded = decode(to_vni(SAMPLE).encode(how))
    assert (decoded.text, decoded.encoding, decoded.doubt) == (SAMPLE, "vni", "encoding_legacy")


def test_windows_1258_is_told_by_its_words():
    written = unicodedata.normalize("NFD", SAMPLE)
    for letter in "âêôăơưÂÊÔĂƠƯ":
        written = written.replace(unicodedata.normalize("NFD", letter), letter)
    for letter, first in (("ậ", "â"), ("ệ", "ê"), ("ộ", "ô"), ("ặ", "ă")):
        written = written.replace(unicodedata.normalize("NFD", letter), first + "\u0323")
    decoded = decode(written.encode("cp1258"))
    assert (decoded.text, decoded.encoding, decoded.doubt) == (SAMPLE, "windows-1258", "encoding_guess")


def test_western_text_is_a_guess():
    decoded = decode("Le comité a approuvé le résumé du projet".encode("latin-1"))
    assert (decoded.text, decoded.doubt) == ("Le comité a approuvé le résumé du projet", "encoding_guess")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_text_cut_in_the_middle_of_a_letter_is_read_with_a_doubt(cut):
    decoded = decode((SAMPLE + "ệ").encode()[:-cut])
    assert decoded.text.startswith(SAMPLE)
    assert decoded.doubt == "encoding_damaged"


def test_damaged_utf16_is_read_with_a_doubt():
    assert decode(SAMPLE.encode("utf-16")[:-1]).doubt == "encoding_damaged"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 500,
        b"abc\x01\x02\x03\x04" * 100,
        b"\xe9\xb5\xd0\x81\xfe" * 300,
        SAMPLE.encode()[:300] + bytes(100),
    ],
)
def test_noise_is_no_text(data):
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.reason == "binary"


def test_a_form_feed_is_no_noise():
    assert decode(b"trang 1\x0ctrang 2").text == "trang 1\x0ctrang 2"


@pytest.mark.parametrize("text", [SAMPLE, "Ke hoach khong dau", "", "résumé café"])
def test_unicode_text_is_left_alone(text):
    assert legacy_of(text) is None


def test_a_line_of_unicode_among_old_lines_is_left_alone():
    mixed = f"{to_tcvn3(lowered(SAMPLE))}\n{SAMPLE}\nascii"
    assert convert(mixed, "tcvn3") == f"{lowered(SAMPLE)}\n{SAMPLE}\nascii"


def test_everyday_words_are_counted():
    assert everyday("Ủy ban nhân dân tỉnh") == 4
    assert everyday("uy ban nhan dan") == 0


def test_a_font_that_tells_nothing_changes_nothing():
    assert from_font("é", "Arial") == "é"


@given(st.binary(max_size=400))
def test_bytes_decode_or_are_refused(data):
    try:
        decoded = decode(data)
    except Unreadable:
        return
    assert unicodedata.is_normalized("NFC", decoded.text)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=200))
def test_what_was_written_in_utf8_comes_back(text):
    decoded = decode(text.encode())
    assert decoded.doubt == "encoding_legacy" or decoded.text == unicodedata.normalize(
        "NFC", text.removeprefix("\ufeff")
    )
