"""A seal on a PDF: what it covers, who says so, and what is found out about a changed one."""

import asyncio
import datetime
import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import HTTPTimeStamper

from documents.press import seal_keys
from documents.press.seal import DeviceKey, PlatformSeal, SealDoesNotAnswer, SealNotSetUp, SoftwareKey
from documents.press.seal_check import NotAPdf, SealDoesNotHold, is_all_sealed, refuse_unsealed, seals_on
from documents.press.seal_place import SIDE_POINTS, NoPlaceForSeal, place_of_seal
from documents.press.seal_stamp import StampNotTaken, plain_stamp, read_stamp, trial_stamp
from tests.documents.printing.words_made import MADE_AT
from tests.documents.sealing.servers import a_seal_platform, a_timestamp_server

STAMPED_AT = datetime.datetime(2026, 4, 15, 2, 30, tzinfo=datetime.UTC)
MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN, TOKEN, NO_TOKEN = "918273", "county", "none"


@pytest.fixture(scope="module")
def sealed(application, seal_key):
    return SoftwareKey(p12=seal_key.p12).seal(application)


def with_a_byte_changed(pdf):
    place = pdf.index(b"stream") + 40
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def with_a_page_behind(pdf):
    """What a cheat would send: the sealed file, whole, and another revision behind it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Rotate")] = generic.NumberObject(180)
    writer.update_container(page)
    changed = io.BytesIO()
    writer.write(changed)
    return changed.getvalue()


def test_pdfsig_says_that_the_whole_document_is_signed_and_by_whom(sealed, pdfsig_says):
    said = pdfsig_says(sealed)

    assert "Total document signed" in said
    assert "Signature is Valid." in said
    assert "Certificate is Trusted." in said
    assert "ETSI.CAdES.detached" in said
    assert "青禾县帮代办服务中心" in said


def test_our_own_look_says_the_same(sealed, authority, seal_key):
    (found,) = seals_on(sealed, [authority.pem])

    assert found.holds
    assert found.covers_all
    assert found.fingerprint == seal_key.certificate.fingerprint
    assert is_all_sealed([found])


def test_a_seal_is_put_and_looked_at_where_an_event_loop_runs_already(application, seal_key, authority):
    async def meanwhile():
        return seals_on(SoftwareKey(p12=seal_key.p12).seal(application), [authority.pem])

    with ThreadPoolExecutor(1) as elsewhere:  # a browser's loop may run in this thread
        assert len(elsewhere.submit(lambda: asyncio.run(meanwhile())).result()) == 1


def test_one_changed_byte_is_found_out_by_both(sealed, authority, pdfsig_says):
    changed = with_a_byte_changed(sealed)

    assert not is_all_sealed(seals_on(changed, [authority.pem]))
    assert "Digest Mismatch" in pdfsig_says(changed)


def test_what_was_put_behind_a_seal_is_found_out_though_the_signature_is_still_valid(
    sealed, authority, pdfsig_says
):
    changed = with_a_page_behind(sealed)

    said = pdfsig_says(changed)
    (found,) = seals_on(changed, [authority.pem])

    assert "Signature is Valid." in said
    assert "Not total document signed" in said
    assert found.is_intact
    assert not found.covers_all
    assert not is_all_sealed([found])
    with pytest.raises(SealDoesNotHold, match="changed afterwards"):
        refuse_unsealed(changed, [authority.pem], at=MADE_AT)


def test_a_seal_of_somebody_unknown_does_not_hold(sealed, application):
    stranger = seal_keys.trial_key("别处", "别的单位", datetime.date(2026, 4, 15))

    foreign = SoftwareKey(p12=stranger.p12).seal(application)

    assert not is_all_sealed(seals_on(sealed, [stranger.certificate.pem]))
    assert is_all_sealed(seals_on(foreign, [stranger.certificate.pem]))


def test_a_document_without_a_seal_is_not_sealed(letter, authority):
    assert seals_on(letter, [authority.pem]) == []
    with pytest.raises(SealDoesNotHold, match="no signature"):
        refuse_unsealed(letter, [authority.pem], at=MADE_AT)


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\nbroken"])
def test_what_is_no_pdf_is_said_to_be_none(content):
    with pytest.raises(NotAPdf):
        seals_on(content, [])


def test_a_second_office_may_put_its_seal_beside_the_first(sealed, application, authority, pdfsig_says):
    other = seal_keys.read_key_file(authority.issues_file("青禾县自然资源局"), "")
    place = replace(application.place, left=90, right=90 + SIDE_POINTS)

    both = SoftwareKey(p12=other.p12).seal(replace(application, pdf=sealed, place=place))

    first, second = seals_on(both, [authority.pem])
    assert is_all_sealed([first, second])
    assert (first.covers_all, second.covers_all) == (False, True)
    assert pdfsig_says(both).count("Signature is Valid.") == 2


def test_the_seal_stands_over_the_date_and_the_page_stays_pdf_a(sealed, application):
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        metadata = opened.open_metadata()
        (stamp,) = opened.pages[0].Annots
        left, bottom, right, top = (float(edge) for edge in stamp.Rect)

    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
    assert right - left == pytest.approx(119, abs=1)  # 42 mm = 42 / 25.4 * 72 points
    assert top - bottom == pytest.approx(119, abs=1)
    assert left == pytest.approx(application.place.left, abs=1)


def test_a_document_without_a_date_has_no_place_for_a_seal(machine):
    from tests.documents.printing.words_made import a_word_file

    page = machine.print_pages([a_word_file("材料清单", "自2026年4月15日起施行。")])[0]

    with pytest.raises(NoPlaceForSeal):
        place_of_seal(page)


def test_the_timestamp_is_that_of_the_server(application, seal_key, authority, pdfsig_says):
    with a_timestamp_server(authority, STAMPED_AT) as url:
        key = SoftwareKey(p12=seal_key.p12, timestamps=HTTPTimeStamper(url))

        sealed = key.seal(application)

    (found,) = seals_on(sealed, [authority.pem])
    assert (found.is_stamped, found.signed_at) == (True, STAMPED_AT)
    assert is_all_sealed([found])
    assert "Total document signed" in pdfsig_says(sealed)


def test_a_timestamp_server_that_is_away_leaves_nothing_half_sealed(application, seal_key):
    key = SoftwareKey(p12=seal_key.p12, timestamps=HTTPTimeStamper("http://127.0.0.1:9/", timeout=1))

    with pytest.raises(SealDoesNotAnswer, match="timestamp"):
        key.seal(application)


@pytest.fixture(scope="module")
def device(tmp_path_factory, authority):
    """A key device in software, with one key and its certificate on it."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        key, own = authority.issues("青禾县帮代办服务中心")
        (folder / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        for command in (
            ["--init-token", "--free", "--label", "county", "--so-pin", "0000", "--pin", PIN],
            [
                "--import",
                folder / "key.pem",
                "--token",
                "county",
                "--label",
                "seal",
                "--id",
                "01",
                "--pin",
                PIN,
            ],
        ):
            subprocess.run(["softhsm2-util", *command], check=True, capture_output=True)
        _put_certificate(own)
        yield DeviceKey(module=MODULE, token=TOKEN, pin=PIN, label="seal")


def _put_certificate(own):
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    token = pkcs11.lib(MODULE).get_token(token_label=TOKEN)
    with token.open(rw=True, user_pin=PIN) as session:
        told = decode_x509_certificate(own.public_bytes(serialization.Encoding.DER))
        told[pkcs11.Attribute.TOKEN] = True
        told[pkcs11.Attribute.LABEL] = "seal"
        told[pkcs11.Attribute.ID] = b"\x01"
        session.create_object(told)


def test_a_key_that_never_leaves_its_device_seals_as_well(device, application, authority, pdfsig_says):
    sealed = device.seal(application)

    assert is_all_sealed(seals_on(sealed, [authority.pem]))
    assert "Certificate is Trusted." in pdfsig_says(sealed)
    assert x509.load_der_x509_certificate(device.certificate()).issuer == authority.certificate.subject


def test_a_wrong_pin_or_label_is_said_and_nothing_is_sealed(device, application):
    for wrong in (
        replace(device, pin="0"),
        replace(device, label="another"),
        replace(device, token=NO_TOKEN),
    ):
        with pytest.raises(SealDoesNotAnswer):
            wrong.seal(application)


def test_without_settings_a_device_and_the_platform_say_what_is_to_be_set(application):
    for way in (DeviceKey(module="", token="", pin="", label="a"), PlatformSeal(url="", key="", number="1")):
        with pytest.raises(SealNotSetUp, match="CONCIERGE_"):
            way.seal(application)


def test_the_platform_is_told_where_and_why_and_its_pdf_is_taken(application, seal_key, authority):
    asked = []

    def seal(pdf, _told):
        return SoftwareKey(p12=seal_key.p12).seal(replace(application, pdf=pdf))

    with a_seal_platform(seal, asked) as url:
        sealed = PlatformSeal(url=url, key="secret", number="3711000012").seal(application)

    ((path, key, told),) = asked
    assert path == "/seals/3711000012/applications"
    assert key == "Bearer secret"
    assert (told["page"], told["reason"], len(told["box_points"])) == (1, "受理通知书", 4)
    assert is_all_sealed(seals_on(sealed, [authority.pem]))


def test_another_pdf_from_the_platform_is_not_taken(application):
    with (
        a_seal_platform(lambda _pdf, _told: b"%PDF-1.7 another", []) as url,
        pytest.raises(SealDoesNotAnswer, match="another PDF"),
    ):
        PlatformSeal(url=url, key="k", number="1").seal(application)


def test_a_platform_that_refuses_is_said_to(application):
    with (
        a_seal_platform(lambda _pdf, _told: b"", [], status=503) as url,
        pytest.raises(SealDoesNotAnswer, match="HTTP 503"),
    ):
        PlatformSeal(url=url, key="k", number="1").seal(application)


def test_a_key_file_opens_with_its_password_only(authority):
    content = authority.issues_file("青禾县帮代办服务中心", "对的")

    assert seal_keys.read_key_file(content, "对的").certificate.subject == "CN=青禾县帮代办服务中心"
    for wrong in ((content, "错的"), (content, ""), (b"no key file", "")):
        with pytest.raises(seal_keys.KeyFileUnreadable):
            seal_keys.read_key_file(*wrong)


def test_a_weak_key_is_refused():
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    key = rsa.generate_private_key(65537, 1024)  # noqa: S505  (weak is the point)
    own = seal_keys.trial_key("弱", "单位", datetime.date(2026, 4, 15))
    made = x509.load_pem_x509_certificate(own.certificate.pem.encode())
    builder = (
        x509.CertificateBuilder().subject_name(made.subject).issuer_name(made.subject).serial_number(1)
        .not_valid_before(made.not_valid_before_utc).not_valid_after(made.not_valid_after_utc)
        .public_key(key.public_key())
    )  # fmt: skip
    from cryptography.hazmat.primitives import hashes

    content = pkcs12.serialize_key_and_certificates(
        b"a", key, builder.sign(key, hashes.SHA256()), None, serialization.NoEncryption()
    )

    with pytest.raises(seal_keys.KeyTooWeak, match="RSA 1024"):
        seal_keys.read_key_file(content, "")


def test_the_stamp_of_a_trial_says_so_and_is_no_round_red_seal():
    assert trial_stamp("甲") != plain_stamp("甲", "公章")
    assert "测试样章" in seal_keys.trial_key("公章", "甲", datetime.date(2026, 4, 15)).certificate.subject


def test_a_picture_of_a_seal_is_taken_with_a_clear_ground_only():
    from PIL import Image

    def picture(mode, size, colour):
        content = io.BytesIO()
        Image.new(mode, size, colour).save(content, "PNG")
        return content.getvalue()

    assert read_stamp(picture("RGBA", (840, 840), (200, 0, 0, 0)))
    for bad in (
        picture("RGB", (840, 840), (255, 255, 255)),
        picture("RGBA", (840, 200), (0, 0, 0, 0)),
        picture("RGBA", (90, 90), (0, 0, 0, 0)),
        b"no picture",
    ):
        with pytest.raises(StampNotTaken):
            read_stamp(bad)
