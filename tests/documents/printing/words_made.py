"""Word files for tests of printing, made without the house's own templates."""

import io
from datetime import UTC, datetime

import docx
from docx.oxml.ns import qn

MADE_AT = datetime(2026, 4, 15, 1, 0, tzinfo=UTC)


def a_word_file(*lines, face="仿宋_GB2312", made_at=MADE_AT):
    """A Word file with these paragraphs; the same bytes for the same words."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = made_at.replace(tzinfo=None)
    for line in lines:
        run = document.add_paragraph().add_run(line)
        if face:
            run.font.name = face
            run._r.rPr.rFonts.set(qn("w:eastAsia"), face)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def a_word_file_with_a_linked_picture(address):
    """A Word file whose picture lies at an address of the network."""
    import zipfile

    plain = a_word_file("图片在网上。")
    link = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape style="width:50pt;height:50pt">'
        '<v:imagedata r:link="rIdX"/></v:shape></w:pict></w:r></w:p>'
    )
    relation = (
        '<Relationship Id="rIdX" TargetMode="External" Target="%s" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                content = content.replace("<w:sectPr", link + "<w:sectPr", 1)
            if name == "word/_rels/document.xml.rels":
                content = content.replace("</Relationships>", relation % address)
            target.writestr(name, content.encode("utf-8", "surrogateescape"))
    return changed.getvalue()
