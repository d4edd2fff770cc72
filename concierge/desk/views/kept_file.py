"""A kept file as an answer: proved piece by piece, offered to be saved, never shown in our own origin."""

from __future__ import annotations

from flask import Response

from approvals.rules.papers import HeldFile
from concierge.kernel import storage
from concierge.kernel.downloads import named
from concierge.kernel.errors import Missing
from documents.models.package import PackageRow
from documents.rules.packages import Item

ZIP = "application/zip"


def kept_file(file: HeldFile | Item) -> Response:
    """One file of a package."""
    name = file.name if isinstance(file, HeldFile) else file.path
    return _answer(file.key or "", name, file.media_type, file.size_bytes)


def kept_package(row: PackageRow) -> Response:
    """The ZIP of a package. Raises: Missing, before it is built."""
    if row.key is None:
        raise Missing
    return _answer(row.key, f"{row.number}-{row.revision}.zip", ZIP, row.size_bytes)


def _answer(key: str, name: str, media_type: str, size_bytes: int) -> Response:
    answer = Response(storage.fetch(key), mimetype=media_type)
    answer.content_length = size_bytes
    return named(answer, name)
