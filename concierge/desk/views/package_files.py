"""The files of a package, one by one or all as one ZIP, below a link."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from flask import Response, request

from concierge.desk.press.package_zip import PackedFile, write_package
from concierge.desk.queries.packages import Package, package_of
from concierge.desk.rules.links import LinkScope
from concierge.desk.views import visit
from concierge.desk.views.link_pages import pages
from concierge.kernel import storage
from concierge.kernel.db import db
from concierge.kernel.errors import Missing

IN_MEMORY_BYTES = 8 * 1024 * 1024
PIECE_BYTES = 256 * 1024


@pages.get("/at/<handle>/papers/<int:place>/<int:n>")
def paper_file(handle: str, place: int, n: int) -> Response:
    """One file of one paper, as it was handed in; offered to be saved, never shown in our own origin."""
    package = _package(handle)
    paper = next((one for one in package.papers if one.place == place), None)
    if paper is None or not 1 <= n <= len(paper.files):
        raise Missing
    file = paper.files[n - 1]
    answer = Response(storage.fetch(file.key), mimetype=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.content_length = file.size_bytes
    return answer


@pages.get("/at/<handle>/package.zip")
def package_zip(handle: str) -> Response:
    """The whole package: files, list and digests."""
    package = _package(handle)
    if not package.files:
        raise Missing
    whole = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  (closed when the answer is sent)
    write_package(_packed(package), storage.fetch, whole)  # type: ignore[arg-type]  # it is a binary file
    size_bytes = whole.tell()
    answer = Response(_pieces(whole), mimetype="application/zip")
    answer.call_on_close(whole.close)
    name = f"{package.project_code}-{package.number}.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.content_length = size_bytes
    return answer


def _pieces(whole: IO[bytes]) -> Iterator[bytes]:
    with whole:
        whole.seek(0)
        while piece := whole.read(PIECE_BYTES):
            yield piece


def _package(handle: str) -> Package:
    link = visit.visited(handle)
    code, number = request.args.get("code", ""), request.args.get("number", "")
    if link.kind is LinkScope.STEP:
        return package_of(db.session, link)
    if link.kind is LinkScope.DEPARTMENT and code and number:
        return package_of(db.session, link, case=(code, number))
    raise Missing


def _packed(package: Package) -> Iterator[PackedFile]:
    for paper in package.papers:
        for n, file in enumerate(paper.files, 1):
            yield PackedFile(
                place=paper.place,
                paper=paper.name_zh,
                version=paper.version,
                n=n,
                name=file.name,
                pages=file.pages,
                size_bytes=file.size_bytes,
                sha256=file.sha256,
                key=file.key,
            )
