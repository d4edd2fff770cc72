"""Hand the catalogue out as files: all in one ZIP, or one alone. Importing them again changes nothing."""

from __future__ import annotations

from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.catalogue_files.writing import write_files
from approvals.services.unpack_catalogue import pack
from concierge.kernel.errors import Missing


def export_archive(catalogue: Catalogue) -> bytes:
    """Every file of the catalogue in one ZIP: the same catalogue gives the same bytes."""
    return pack(write_files(catalogue))


def export_file(catalogue: Catalogue, file: str) -> bytes:
    """One file of the catalogue.

    Raises: Missing, when the catalogue has no file of that name.
    """
    if file not in FILES:
        raise Missing
    return write_files(catalogue)[file]
