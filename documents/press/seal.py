"""Sealing a PDF: a signature over all of it (PAdES), with a stamp one sees and the time it was made.

Three ways to a key stand behind one interface. The key of this system serves trials and small offices; a
device speaks PKCS#11; the government's platform is asked over HTTP and sends back the sealed PDF. Whatever
came back is looked at by ``seal_check`` before it is kept.
"""

from __future__ import annotations

import base64
import io
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from PIL import Image
from pkcs11 import Session
from pkcs11.exceptions import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
from pyhanko.sign import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko.stamp import TextStampStyle

from concierge.kernel.errors import N_, Unavailable
from documents.press.own_loop import on_own_loop
from documents.press.seal_place import Place

ANSWER_SECONDS = 20
LARGEST_ANSWER_BYTES = 100 * 1024 * 1024
PDF_TYPE = "application/pdf"


class SealNotSetUp(Unavailable):
    """The way to a seal's key is not set up on this system."""

    message = N_(
        "%(way)s is not set up here, so nothing can be sealed with it. The administrator sets"
        " %(settings)s; or choose another seal."
    )


class SealDoesNotAnswer(Unavailable):
    """The device, the platform or the timestamp server does not answer as it should."""

    message = N_("%(way)s did not answer (%(cause)s). Nothing was sealed; it is tried again by itself.")


@dataclass(frozen=True, kw_only=True)
class Application:
    """What is to be sealed, and how it shall look.

    Shape: ``stamp`` is a PNG with a transparent ground; ``reason`` stands in the signature.
    """

    pdf: bytes
    place: Place
    stamp: bytes
    office: str
    reason: str


class SealProvider(Protocol):
    """A way to a seal's key."""

    def seal(self, application: Application) -> bytes:
        """The sealed PDF: the one given, whole, and the signature behind it.

        Raises: SealNotSetUp, SealDoesNotAnswer.
        """


@dataclass(frozen=True, kw_only=True, repr=False)
class SoftwareKey:
    """A key kept by this system."""

    p12: bytes
    timestamps: TimeStamper | None = None

    def seal(self, application: Application) -> bytes:
        """Sign here."""
        return _signed(application, SimpleSigner.load_pkcs12_data(self.p12, [], None), self.timestamps)


@dataclass(frozen=True, kw_only=True, repr=False)
class DeviceKey:
    """A key that never leaves its device. Shape: ``label`` names key and certificate on it."""

    module: str
    token: str
    pin: str
    label: str
    timestamps: TimeStamper | None = None

    def seal(self, application: Application) -> bytes:
        """Have the device sign."""
        with self._session() as session:
            signer = PKCS11Signer(
                session, cert_label=self.label, key_label=self.label, use_raw_mechanism=True
            )
            return _signed(application, signer, self.timestamps)

    def certificate(self) -> bytes:
        """The certificate on the device. Shape: DER. Raises: SealNotSetUp, SealDoesNotAnswer."""
        with self._session() as session:
            return bytes(PKCS11Signer(session, cert_label=self.label).signing_cert.dump())

    @contextmanager
    def _session(self) -> Iterator[Session]:
        if not (self.module and self.token and self.pin):
            raise SealNotSetUp(
                way="PKCS#11",
                settings="CONCIERGE_PKCS11_MODULE, CONCIERGE_PKCS11_TOKEN, CONCIERGE_PKCS11_PIN",
            )
        try:
            with open_pkcs11_session(
                self.module, token_criteria=TokenCriteria(label=self.token), user_pin=self.pin
            ) as session:
                yield session
        except (PKCS11Error, OSError) as error:
            raise SealDoesNotAnswer(way="PKCS#11", cause=type(error).__name__) from error


@dataclass(frozen=True, kw_only=True, repr=False)
class PlatformSeal:
    """A seal of the government's platform, asked for over HTTP (docs/seals.md says what is sent).

    Shape: ``number`` is the platform's own number of the seal.
    """

    url: str
    key: str
    number: str

    def seal(self, application: Application) -> bytes:
        """Ask the platform; what it answers is the sealed PDF."""
        if not self.url:
            raise SealNotSetUp(
                way="The seal platform", settings="CONCIERGE_SEAL_PLATFORM_URL, CONCIERGE_SEAL_PLATFORM_KEY"
            )
        place = application.place
        told = {
            "seal": self.number,
            "reason": application.reason,
            "page": place.page + 1,
            "box_points": [place.left, place.bottom, place.right, place.top],
            "pdf_base64": base64.b64encode(application.pdf).decode(),
        }
        asked = urllib.request.Request(  # noqa: S310  (https, or this machine: the settings check it)
            f"{self.url.rstrip('/')}/seals/{urllib.parse.quote(self.number, safe='')}/applications",
            data=json.dumps(told).encode(),
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
                "Accept": PDF_TYPE,
            },
        )
        try:
            with urllib.request.urlopen(asked, timeout=ANSWER_SECONDS) as answer:  # noqa: S310  (the same)
                sealed: bytes = answer.read(LARGEST_ANSWER_BYTES)
        except (urllib.error.URLError, TimeoutError, OSError) as error:
            raise SealDoesNotAnswer(way="The seal platform", cause=_cause(error)) from error
        if not sealed.startswith(application.pdf):
            raise SealDoesNotAnswer(way="The seal platform", cause="another PDF came back")
        return sealed


def timestamps_of(url: str) -> TimeStamper | None:
    """The timestamp server of these settings, None where there is none."""
    return HTTPTimeStamper(url, timeout=ANSWER_SECONDS) if url else None


def _signed(application: Application, signer: Signer, timestamps: TimeStamper | None) -> bytes:
    """Sign all of a PDF and put the stamp over its place.

    It is no certification, which would forbid a second office to put its seal beside; that every byte is
    covered is what the check demands.

    Source: S86 (PAdES baseline B-B, with a timestamp B-T).
    """
    place = application.place
    writer = IncrementalPdfFileWriter(io.BytesIO(application.pdf))
    name = f"Seal{len(list(writer.prev.embedded_signatures)) + 1}"
    box = (int(place.left), int(place.bottom), int(place.right), int(place.top))
    append_signature_field(writer, SigFieldSpec(name, on_page=place.page, box=box))
    about = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=application.office,
        reason=application.reason,
    )
    sealing = PdfSigner(about, signer, stamp_style=_style(application.stamp), timestamper=timestamps)
    try:
        signed = on_own_loop(lambda: sealing.sign_pdf(writer))
        return signed.getvalue()  # type: ignore[no-any-return]  # a stream of bytes
    except (TimestampRequestError, OSError, TimeoutError) as error:
        raise SealDoesNotAnswer(way="The timestamp server", cause=type(error).__name__) from error


def _style(stamp: bytes) -> TextStampStyle:
    fills = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID,
        y_align=AxisAlignment.ALIGN_MID,
        inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
    )
    return TextStampStyle(
        stamp_text=" ",
        border_width=0,
        background=PdfImage(Image.open(io.BytesIO(stamp)).convert("RGBA")),
        background_opacity=1,
        background_layout=fills,
    )


def _cause(error: Exception) -> str:
    return f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else type(error).__name__
