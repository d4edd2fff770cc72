"""Files as people send them, made on the spot: a PDF, a picture, a Word file, an OFD."""

from __future__ import annotations

import zipfile
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter

WORD_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="urn:types">'
    b'<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    b'.wordprocessingml.document.main+xml"/></Types>'
)


def a_pdf(pages: int = 1, *, mark: str = "") -> bytes:
    """A PDF of blank A4 pages; ``mark`` makes its content differ."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": mark})
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """What a writer holds, as bytes."""
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def a_picture(form: str = "PNG") -> bytes:
    """A small picture."""
    target = BytesIO()
    Image.new("RGB", (20, 30), "white").save(target, form)
    return target.getvalue()


def a_word_file(*, types: bytes = WORD_TYPES, **more: bytes) -> bytes:
    """A Word file as far as anybody looks."""
    return zipped({"[Content_Types].xml": types, "word/document.xml": b"<document/>", **more})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of named parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def an_ofd(pages: int = 2) -> bytes:
    """An OFD with so many pages."""
    space = b'xmlns:ofd="urn:ofd"'
    listed = b"".join(b'<ofd:Page ID="%d" BaseLoc="Pages/%d.xml"/>' % (n, n) for n in range(pages))
    return zipped({
        "OFD.xml": b"<ofd:OFD %s><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>" % space,
        "Doc_0/Document.xml": b"<ofd:Document %s><ofd:Pages>%s</ofd:Pages></ofd:Document>" % (space, listed),
    })  # fmt: skip
