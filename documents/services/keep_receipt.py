"""Have the receipt of a package written once it is both built and received."""

from __future__ import annotations

from concierge.kernel.work import Work
from documents.models.package import PackageRow
from documents.rules.packages import RECEIPT, PackageState
from documents.services.make_document import ask_for_document


def keep_receipt(w: Work, package_id: int) -> None:
    """Ask for the receipt; nothing before the package is both built and received, and twice makes one.

    Raises: Missing.
    """
    row = w.get(PackageRow, package_id)
    if row.state is PackageState.READY and row.received_on is not None:
        ask_for_document(w, RECEIPT, row.id)
