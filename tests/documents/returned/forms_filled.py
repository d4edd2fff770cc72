"""A form as a department fills it in: by its controls, through LibreOffice, or without controls."""

import io
import re
import subprocess
import zipfile

from lxml import etree

from documents.press.ooxml import NAMESPACES

W, W14 = (f"{{{NAMESPACES[one]}}}" for one in ("w", "w14"))
BODY = "word/document.xml"


def filled_in(docx, said):
    """The form with these words typed into its controls, as Word leaves them."""
    return _changed(docx, lambda body: [_type(control, said) for control in list(body.iter(f"{W}sdt"))])


def without_controls(docx):
    """The form after somebody copied its table into a new file: words and cells, no control."""

    def unwrap(body):
        for control in list(body.iter(f"{W}sdt")):
            for one in list(control.find(f"{W}sdtContent")):
                control.addprevious(one)
            control.getparent().remove(control)

    return _changed(docx, unwrap, keeps_properties=False)


def saved_by_libreoffice(docx, folder):
    """The form opened and saved by LibreOffice."""
    (folder / "form.docx").write_bytes(docx)
    (folder / "out").mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")]
    subprocess.run(
        ["soffice", profile, *convert, str(folder / "form.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "out" / "form.docx").read_bytes()


def _changed(docx, change, *, keeps_properties=True):
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == BODY:
                body = etree.fromstring(content)
                change(body)
                content = etree.tostring(body, encoding="UTF-8", xml_declaration=True)
            if name == "docProps/core.xml" and not keeps_properties:
                content = re.sub(rb"<dc:identifier>[^<]*</dc:identifier>", b"", content)
            new.writestr(name, content)
    return kept.getvalue()


def _type(control, said):
    properties = control.find(f"{W}sdtPr")
    tag = properties.find(f"{W}tag").get(f"{W}val")
    if tag not in said:
        return
    for mark in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(mark)
    tick = properties.find(f"{W14}checkbox/{W14}checked")
    if tick is not None:
        tick.set(f"{W14}val", said[tag])
    words = {"1": "☑", "0": "☐"}.get(said[tag], said[tag]) if tick is not None else said[tag]
    date = properties.find(f"{W}date")
    if date is not None:
        date.set(f"{W}fullDate", f"{said[tag]}T00:00:00Z")
        year, month, day = said[tag].split("-")
        words = f"{year}年{int(month)}月{int(day)}日"
    texts = list(control.iter(f"{W}t"))
    run = texts[0].getparent()
    for one in texts[1:]:
        one.getparent().remove(one)
    first, *rest = words.split("\n")
    texts[0].text = first
    for line in rest:
        etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t").text = line
