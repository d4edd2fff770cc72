"""What comes with a package besides its papers: the printed list, the signature, the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response

from concierge.kernel.contents import PDF, WORD, clean_name
from concierge.kernel.downloads import hand_out, named
from concierge.kernel.errors import Missing
from documents.models.document import DocumentRow
from documents.models.package import PackageRow
from documents.press.package import SIGNATURE

CONTENTS, SIGNED, RECEIPT = "contents.pdf", "signature.txt", "receipt"
CHECK = f"""\
sed -n '/BEGIN PUBLIC KEY/,/END PUBLIC KEY/p' {SIGNATURE} > key.pem
sed -n '/BEGIN SM2/,/END SM2/{{//!p}}' {SIGNATURE} | base64 -d > sm2.der
openssl pkeyutl -verify -rawin -digest sm3 -pkeyopt distid:1234567812345678 \\
  -pubin -inkey key.pem -sigfile sm2.der -in manifest-sha256.txt"""
"""How anybody with OpenSSL 3 checks a signature, in the folder the ZIP was unpacked to. Source: S88."""


@dataclass(frozen=True, kw_only=True)
class PackageParts:
    """Where the parts of a revision are fetched. Shape: an empty address where there is no such part."""

    whole: str = ""
    contents: str = ""
    signature: str = ""
    receipt: str = ""
    receipt_number: str = ""
    receipt_form: str = ""
    check: str = CHECK


def package_parts(
    row: PackageRow | None, receipt: DocumentRow | None, whole: str, address: Callable[[str], str]
) -> PackageParts:
    """The parts there are. Shape: ``whole`` is where the ZIP is, ``address`` where a part of that name is."""
    if row is None or row.key is None:
        return PackageParts()
    form = ("PDF" if receipt.pdf_key else "Word" if receipt.docx_key else "") if receipt is not None else ""
    return PackageParts(
        whole=whole,
        contents=address(CONTENTS) if row.list_key else "",
        signature=address(SIGNED) if row.signature else "",
        receipt=address(RECEIPT) if form else "",
        receipt_number=receipt.number if receipt is not None else "",
        receipt_form=form,
    )


def part_answer(row: PackageRow | None, receipt: DocumentRow | None, part: str) -> Response:
    """One part as an answer. Raises: Missing, where the revision has no such part."""
    if row is None:
        raise Missing
    if part == RECEIPT:
        return _receipt(receipt)
    if part == SIGNED and row.signature:
        return _signature(row)
    if part == CONTENTS and row.list_key:
        name = f"{row.number}-{row.revision} 目录.pdf"
        return hand_out(row.list_key, name, PDF.media_type, row.list_size_bytes, in_place=True)
    raise Missing


def _signature(row: PackageRow) -> Response:
    return named(Response(row.signature, mimetype="text/plain"), SIGNATURE)


def _receipt(receipt: DocumentRow | None) -> Response:
    if receipt is None or not receipt.docx_key:
        raise Missing
    name = clean_name(f"{receipt.number} {receipt.title}")
    if receipt.pdf_key:
        return hand_out(receipt.pdf_key, f"{name}.pdf", PDF.media_type, receipt.pdf_size_bytes, in_place=True)
    return hand_out(receipt.docx_key, f"{name}.docx", WORD.media_type, receipt.docx_size_bytes)
