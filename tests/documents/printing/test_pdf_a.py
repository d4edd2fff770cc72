"""What PDF/A-2b asks of a file (ISO 19005-2), looked for in the bytes: the printer's own word is not enough.

A validator would ask more than this; these are the rules a page of ours could break.
"""

import io

import pikepdf
import pytest

from documents.press.compose import write
from documents.press.fill import fill
from documents.press.pdf import settled
from tests.documents.press.pages_made import LETTER, RED_HEAD, SHEET, VALUES
from tests.documents.printing.words_made import MADE_AT

FORBIDDEN_ACTIONS = {
    "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition",
    "/Trans", "/GoTo3DView", "/JavaScript",
}  # fmt: skip
FORBIDDEN_ANNOTATIONS = {"/3D", "/Sound", "/Screen", "/Movie"}


@pytest.fixture(scope="module")
def pages(machine):
    """A letter, a red head with a foot box, a sheet with controls and a picture: as they are kept."""
    printed = machine.print_pages([fill(write(kind), VALUES) for kind in (LETTER, RED_HEAD, SHEET)])
    return [pikepdf.open(io.BytesIO(settled(pdf, MADE_AT))) for pdf in printed]


def everything(pdf):
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]


def of_type(pdf, name):
    return [one for one in everything(pdf) if one.get("/Type") == name]


def test_the_file_names_itself_and_its_colours_6_2_3_and_6_6_4(pages):
    for pdf in pages:
        metadata = pdf.open_metadata()
        intents = [one for one in pdf.Root.OutputIntents if one.S == "/GTS_PDFA1"]

        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert "/Filter" not in pdf.Root.Metadata
        assert len(intents) == 1
        profile = intents[0].DestOutputProfile.read_bytes()
        assert profile[36:40] == b"acsp"  # an ICC profile,
        assert profile[16:20] == b"RGB "  # and one for the colours the pages use
        assert len(pdf.trailer.ID) == 2


def test_the_title_of_the_file_is_said_twice_alike_6_6_2(pages):
    for pdf in pages:
        metadata, info = pdf.open_metadata(), pdf.docinfo

        assert str(info["/Title"]) == VALUES["title"] == metadata["dc:title"]


def test_every_font_is_inside_and_tells_its_signs_6_2_11(pages):
    for pdf in pages:
        descriptors = of_type(pdf, "/FontDescriptor")
        composite = [one for one in of_type(pdf, "/Font") if one.get("/Subtype") == "/Type0"]
        descendants = [one.DescendantFonts[0] for one in composite]

        assert descriptors
        assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in descriptors)
        assert all("/ToUnicode" in one for one in composite)
        assert all(one.Encoding in ("/Identity-H", "/Identity-V") for one in composite)
        assert all("/CIDToGIDMap" in one for one in descendants if one.get("/Subtype") == "/CIDFontType2")


def test_nothing_in_it_acts_is_locked_or_stands_outside_6_1_and_6_5(pages):
    for pdf in pages:
        found = everything(pdf)

        assert not pdf.is_encrypted
        assert not {one.get("/S") for one in found if one.get("/S") is not None} & FORBIDDEN_ACTIONS
        assert not {one.get("/Subtype") for one in of_type(pdf, "/Annot")} & FORBIDDEN_ANNOTATIONS
        assert "/AA" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/XFA" not in pdf.Root.get("/AcroForm", {})
        assert not [one for one in found if isinstance(one, pikepdf.Stream) and "/F" in one]
        assert not [
            one for one in found if isinstance(one, pikepdf.Stream) and "LZW" in str(one.get("/Filter"))
        ]
        assert not [one for one in found if one.get("/Subtype") == "/PS"]


def test_pictures_do_not_ask_for_smoothing_and_what_shines_through_has_a_colour_space_6_2_8_and_6_2_10(pages):
    for pdf in pages:
        pictures = [one for one in everything(pdf) if one.get("/Subtype") == "/Image"]
        see_through = [one for one in everything(pdf) if one.get("/S") == "/Transparency"]

        assert not [one for one in pictures if one.get("/Interpolate")]
        assert not [one for one in pictures if "/Alternates" in one or "/OPI" in one]
        assert all("/CS" in one for one in see_through)


def test_notes_and_controls_are_printed_as_they_look_6_3(pages):
    for pdf in pages:
        for note in (one for one in of_type(pdf, "/Annot") if one.get("/Subtype") != "/Link"):
            assert int(note.get("/F", 0)) & 4  # printed
            assert not int(note.get("/F", 0)) & (2 | 1 | 32)  # neither hidden nor unseen
            assert "/AP" in note
        assert not pdf.Root.get("/AcroForm", {}).get("/NeedAppearances", False)
