"""A short run over kept seeds and fixed damage, the same each time; `make fuzz` runs for as long as it is told to."""

import io
import mmap
import random
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pdf_files
from fuzz import mutations, originals, watched
from vanban.source import office
from vanban.source.paper import recognise

ORIGINALS = list(originals.made())
QUICK = [data for data in ORIGINALS if mutations.family(data) not in {"picture", "office"}]
SLOW = [data for data in ORIGINALS if mutations.family(data) in {"picture", "office"}]
MAGIC = [
    b"",
    b"PK\3\4",
    b"%PDF-1.7\n",
    b"<html>",
    b"MIME-Version: 1.0\r\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"| a |\n|---|\n",
]


@pytest.fixture(scope="module", autouse=True)
def warm():
    """No child has to load libraries and word lists again."""
    for data in QUICK:
        watched.warmed(data)


def sound(data):
    outcome = watched.watched(data)
    assert not outcome.finding, f"{outcome.finding}\n{outcome.trace}"
    return outcome


@pytest.mark.parametrize("number", range(len(QUICK)))
def test_whole_files_are_sound(number):
    sound(QUICK[number])


@pytest.mark.scan
@pytest.mark.office
@pytest.mark.skipif(recognise.missing() is not None or office.libreoffice() is None, reason="make setup-scan")
@pytest.mark.parametrize("number", range(len(SLOW)))
def test_whole_files_that_others_open_are_sound(number):
    sound(SLOW[number])


@pytest.mark.scan
@pytest.mark.skipif(recognise.missing() is not None, reason="make setup-scan")
def test_what_the_parent_has_mapped_is_not_counted():
    """The child that asks the recogniser has to start threads."""
    scan = next(data for data in SLOW if mutations.family(data) == "picture")
    with mmap.mmap(-1, (watched.MEGABYTES + 256) << 20):
        sound(scan)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_sound(seed):
    chance = random.Random(seed)
    sound(mutations.mutated(chance.choice(QUICK), chance.choice(QUICK), chance))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.sampled_from(MAGIC), st.binary(max_size=400) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_sound(magic, data):
    sound(magic + data)


# -- what is known to hurt readers -------------------------------------------------------------------------------------


def png(columns, rows):
    """A black and white picture of any size, a few bytes long."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    line = bytes(1 + (columns + 7) // 8)
    packed = b"".join(packer.compress(line) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", columns, rows, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.scan
@pytest.mark.skipif(recognise.missing() is not None, reason="nothing recognises letters here: make setup-scan")
@pytest.mark.parametrize("size", [(1, 1), (20_000, 20_000), (20_000, 1), (1, 20_000), (3000, 3000)])
def test_pictures_of_any_size(size):
    sound(png(*size))


@pytest.mark.scan
@pytest.mark.skipif(recognise.missing() is not None, reason="nothing recognises letters here: make setup-scan")
def test_a_piece_of_a_picture_that_says_it_is_very_long():
    """Found by `make fuzz`: OpenCV made room for 1.2 GB because a file of 2 kB said so."""
    data = png(500, 420)
    at = data.index(b"IDAT") - 4
    outcome = sound(data[:at] + (1_260_000_000).to_bytes(4) + data[at + 4 :])
    assert outcome.came == "unreadable:image_broken"
    assert outcome.megabytes < 500


def test_a_page_with_a_picture_that_unpacks_to_very_much():
    body = zlib.compress(bytes(50_000_000), 9)
    size = "/Width 20000/Height 20000/ColorSpace/DeviceGray/BitsPerComponent 8"
    head = f"/Type/XObject/Subtype/Image{size}/Filter/FlateDecode"
    data = pdf_files.pdf(pdf_files.said("Chu") + "q 595 0 0 842 0 0 cm /X1 Do Q", xobjects=[(head, body)])
    sound(data)


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name.replace("__", "/") + ".xml", content)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pdf_files.pdf(pdf_files.said("Chu")) + originals.packed(),
        originals.packed() + pdf_files.pdf(pdf_files.said("Chu")),
        b"\xff\xd8\xff\xe0" + originals.packed(),
        b"{\\rtf1 " + pdf_files.pdf(pdf_files.said("Chu")),
        b"GIF89a" + b"<html><body>x</body></html>",
        b"<html><body>" + pdf_files.pdf(pdf_files.said("Chu")),
        zipped(word__document="<a/>", xl__workbook="<a/>", content="<a/>"),
    ],
    ids=["pdf+zip", "zip+pdf", "jpeg+zip", "rtf+pdf", "gif+html", "html+pdf", "three packages"],
)
def test_files_of_two_kinds(data):
    sound(data)


@pytest.mark.parametrize("deep", [2_000, 100_000])
def test_deep_nesting(deep):
    sound(b"<html><body>" + b"<div>" * deep + "Kế hoạch".encode())
    sound(b"<html><body>" + b"<table><tr><td>" * min(deep, 20_000) + "Kế hoạch".encode())
    sound(b"%PDF-1.7\n1 0 obj" + b"[" * deep)
