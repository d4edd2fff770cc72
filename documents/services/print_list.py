"""Print the list of contents of a package or an archive; without a PDF its Word file stands alone."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from documents.press.pdf import PageNotReadable, SignsNotPrintable, TextLost
from documents.press.printer import PrinterHangs, PrinterMissing
from documents.services.print_sheets import Print, Sheet, print_sheet

NOT_TO_BE_HAD = (PrinterMissing, PrinterHangs, SignsNotPrintable, PageNotReadable, TextLost)
log = logging.getLogger(__name__)


def print_list(word: bytes, at: datetime) -> Print | None:
    """The list as PDF, printed once for each content; None where there is none: nobody waits for a printer.

    Raises: StorageAway, StorageFull.
    """
    try:
        return print_sheet(Sheet(word=word, sha256=hashlib.sha256(word).hexdigest(), at=at))
    except NOT_TO_BE_HAD as why:
        log.warning("list of contents not printed: why=%s", type(why).__name__)
        return None
