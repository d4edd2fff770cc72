"""How many documents leave the house in one file."""

from __future__ import annotations

from collections.abc import Sequence

from concierge.kernel.errors import N_, Invalid, Refusal

MOST_DOCUMENTS = 200
MOST_BYTES = 300 * 1024 * 1024
MEGABYTE = 1024 * 1024


class NoDocumentChosen(Invalid):
    """A ZIP of nothing was asked for, or of documents whose files are not written yet."""

    message = N_("Choose at least one document whose file is ready.")


class BundleTooLarge(Refusal):
    """More than one ZIP takes."""

    message = N_(
        "%(count)s documents with %(size)s MB were asked for; one ZIP takes %(most)s with %(most_size)s MB at"
        " most. Choose fewer, or narrow the filter."
    )


def check_bundle(sizes: Sequence[int]) -> None:
    """Refuse what is too much for one ZIP, or nothing at all.

    Units: bytes, one entry for each document.
    Raises: NoDocumentChosen, BundleTooLarge.
    """
    if not sizes:
        raise NoDocumentChosen
    if len(sizes) > MOST_DOCUMENTS or sum(sizes) > MOST_BYTES:
        raise BundleTooLarge(
            count=len(sizes),
            size=-(-sum(sizes) // MEGABYTE),
            most=MOST_DOCUMENTS,
            most_size=MOST_BYTES // MEGABYTE,
        )
