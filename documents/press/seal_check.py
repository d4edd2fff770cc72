"""Looking at a sealed PDF: is every byte of it signed, by whom, when, and is nothing changed since."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from concierge.kernel.errors import N_, ConciergeError, Invalid
from documents.press.own_loop import on_own_loop

MAY_FOLLOW = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
END, END_WITHIN_BYTES = re.compile(rb"[\r\n]startxref\s+(\d{1,10})\s+%%EOF"), 1024
TABLE_BEGINS_BYTES = 64
UNREADABLE = (PdfError, SigningError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError)


class NotAPdf(Invalid):
    """Something that cannot be looked at for seals."""

    message = N_(
        "“%(name)s” cannot be read as a PDF. Choose the sealed PDF itself, not a scan or a Word file."
    )


class SealDoesNotHold(ConciergeError):
    """What came out of sealing is not sealed."""

    message = N_("The seal was put on, but the PDF does not pass the check (%(why)s). It was not kept.")


@dataclass(frozen=True, kw_only=True)
class SealFound:
    """One seal on a PDF.

    Shape: ``covers_all`` when no byte but the signature itself is outside it; ``is_intact`` when nothing it
        covers was changed; ``is_known`` when its certificate is one of those trusted; ``may_follow`` when all
        that was added later is another seal. ``fingerprint`` is the certificate's SHA-256.
    """

    signer: str
    fingerprint: str
    signed_at: datetime | None
    is_stamped: bool
    covers_all: bool
    is_intact: bool
    is_known: bool
    may_follow: bool

    @property
    def holds(self) -> bool:
        """Whether this seal by itself is good."""
        return self.is_intact and self.is_known and self.may_follow


def seals_on(
    pdf: bytes, trusted: Sequence[str], *, at: datetime | None = None, name: str = "document.pdf"
) -> list[SealFound]:
    """Every seal of a PDF in the order they were put on.

    Shape: ``trusted`` are certificates as PEM text: those seals are issued by, or the seals' own. ``at`` is
        the moment to judge by, the present one unless given.
    Raises: NotAPdf; at once for a file that does not end as a PDF.
    """
    if not _ends_as_a_pdf(pdf):
        raise NotAPdf(name=name)
    roots = [x509.Certificate.load(der) for text in trusted for _, _, der in _unarmoured(text)]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        return [_found(one, roots, at) for one in reader.embedded_regular_signatures]
    except UNREADABLE as error:
        raise NotAPdf(name=name) from error


def _ends_as_a_pdf(pdf: bytes) -> bool:
    """Whether the last kilobyte says where the table of contents is, and something stands there.

    The library looks for both byte by byte: seconds, where a large file is blank.
    """
    end = END.search(pdf[-END_WITHIN_BYTES:])
    if end is None:
        return False
    at = int(end[1])
    return len(pdf[at : at + TABLE_BEGINS_BYTES].replace(b"\0", b" ").split()) > 1


def is_all_sealed(seals: Sequence[SealFound]) -> bool:
    """Whether the whole document is sealed: every seal holds, and the last one covers every byte.

    A signature stays valid when somebody appends pages behind it; only its cover tells.
    Source: S86 (the byte range of a signature); SL-2.
    """
    return bool(seals) and all(one.holds for one in seals) and seals[-1].covers_all


def refuse_unsealed(pdf: bytes, trusted: Sequence[str], *, at: datetime) -> SealFound:
    """The last seal of a PDF that is sealed as a whole.

    Raises: SealDoesNotHold, NotAPdf.
    """
    seals = seals_on(pdf, trusted, at=at)
    if not is_all_sealed(seals):
        raise SealDoesNotHold(why=_why(seals))
    return seals[-1]


def _why(seals: Sequence[SealFound]) -> str:
    if not seals:
        return "no signature"
    last = seals[-1]
    told = {
        "not intact": all(one.is_intact for one in seals),
        "unknown certificate": all(one.is_known for one in seals),
        "changed afterwards": all(one.may_follow for one in seals) and last.covers_all,
    }
    return ", ".join(name for name, is_well in told.items() if not is_well)


def _found(signature: EmbeddedPdfSignature, roots: list[x509.Certificate], at: datetime | None) -> SealFound:
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
    status = on_own_loop(lambda: validate_pdf_signature(signature, context, ts_validation_context=context))
    certificate, stamp = status.signing_cert, status.timestamp_validity
    level = status.modification_level
    return SealFound(
        signer=certificate.subject.human_friendly,
        fingerprint=certificate.sha256.hex(),
        signed_at=stamp.timestamp if stamp else status.signer_reported_dt,
        is_stamped=stamp is not None,
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_intact=status.intact and status.valid,
        is_known=status.trusted,
        may_follow=level in MAY_FOLLOW or status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
    )


def _unarmoured(text: str) -> list[tuple[str, dict[str, str], bytes]]:
    return list(pem.unarmor(text.encode(), multiple=True)) if text.strip() else []
