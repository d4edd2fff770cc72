"""A photograph an enterprise sends keeps its picture and loses what the camera noted beside it."""

from __future__ import annotations

import io

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from concierge.kernel import storage
from concierge.kernel.pictures import PictureDamaged
from concierge.progress.press.bare_pictures import ORIENTATION, bare
from concierge.progress.services.collect_pages import readied
from tests.kernel.fixtures_office import Office

GPS, GPS_LATITUDE, MAKER = 0x8825, 2, 0x010F
LYING = 6  # turned by a quarter to the right
DEVICE = "王工的手机"


def a_picture() -> Image.Image:
    """Something whose pixels can be compared: red on the left, blue on the right."""
    picture = Image.new("RGB", (160, 96), "red")
    picture.paste("blue", (80, 0, 160, 96))
    return picture


def notes(held: int = LYING) -> Image.Exif:
    """What a telephone writes beside its picture."""
    told = Image.Exif()
    told[ORIENTATION], told[MAKER] = held, DEVICE
    told.get_ifd(GPS)[GPS_LATITUDE] = (29.0, 21.0, 0.5)
    return told


def a_jpeg(**options: object) -> bytes:
    content = io.BytesIO()
    a_picture().save(content, "JPEG", exif=notes(), comment=DEVICE.encode(), **options)
    return content.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_blocks": 1}])
def test_a_jpeg_keeps_every_pixel_and_how_it_was_held_and_nothing_else(options):
    before = a_jpeg(**options)
    assert opened(before).getexif().get_ifd(GPS)

    after = bare(before, "1.jpg")

    assert opened(after).tobytes() == opened(before).tobytes()
    assert dict(opened(after).getexif()) == {ORIENTATION: LYING}
    assert DEVICE.encode() not in after
    assert bare(after, "1.jpg") == after


def test_a_small_copy_behind_the_picture_goes_with_its_own_notes():
    whole = a_jpeg() + a_jpeg()  # as telephones append a second picture for the screen

    after = bare(whole, "1.jpg")

    assert after == bare(a_jpeg(), "1.jpg")


def test_the_colours_stay_what_they_were():
    profile = b"a profile of colours" * 10
    after = bare(a_jpeg(icc_profile=profile), "1.jpg")

    assert opened(after).info["icc_profile"] == profile


def test_an_upright_jpeg_has_no_notes_at_all():
    content = io.BytesIO()
    a_picture().save(content, "JPEG", exif=notes(held=1))

    assert b"Exif" not in bare(content.getvalue(), "1.jpg")


def test_a_png_loses_its_texts_and_its_place():
    told = PngImagePlugin.PngInfo()
    told.add_itxt("Author", DEVICE)
    content = io.BytesIO()
    a_picture().save(content, "PNG", pnginfo=told, exif=notes())

    after = bare(content.getvalue(), "1.png")

    assert opened(after).tobytes() == a_picture().tobytes()
    assert opened(after).info == {}
    assert DEVICE.encode() not in after


@pytest.mark.parametrize("cut", [20, 200])
def test_a_jpeg_whose_head_is_broken_is_said_to_be_damaged(cut):
    with pytest.raises(PictureDamaged):
        bare(a_jpeg()[:cut] + b"\x00" * 50, "1.jpg")


def test_what_is_no_picture_stays_byte_for_byte():
    assert bare(b"%PDF-1.7 ...", "1.pdf") == b"%PDF-1.7 ..."


def test_what_lies_on_the_shelf_has_no_place_in_it(county: Office):
    heic = io.BytesIO()
    pillow_heif.from_pillow(a_picture()).save(heic, exif=notes(held=1).tobytes())

    for content, name in ((a_jpeg(), "1.jpg"), (heic.getvalue(), "2.heic")):
        kept = readied(io.BytesIO(content), name)
        lies = b"".join(storage.fetch(kept.key))
        assert not opened(lies).getexif().get_ifd(GPS), name
        assert DEVICE.encode() not in lies, name
