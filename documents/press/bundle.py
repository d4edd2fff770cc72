"""Several documents as one ZIP with their list, for whoever takes them along."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from concierge.kernel.contents import clean_name
from concierge.kernel.tables import Table
from documents.press.package import FIXED_TIME, PLAIN_FILE, UNIX

LIST = "文书目录.xlsx"
HEADS = ("序号", "文号", "标题", "版次", "成文日期", "主送", "文件", "SHA-256")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One document to take along, and how its file is read."""

    number: str
    title: str
    version: int
    made_on: date
    addressee: str
    name: str
    sha256: str
    pieces: Callable[[], Iterable[bytes]]


def write_bundle(documents: Sequence[Taken], target: IO[bytes]) -> None:
    """Write the ZIP: the files in the order given, then their list.

    Raises: what reading a file raises.
    Effects: writes to ``target``.
    """
    rows = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for no, one in enumerate(documents, 1):
            name = f"{no:03d} {clean_name(one.name)}"
            with archive.open(_entry(name), "w", force_zip64=True) as place:
                for piece in one.pieces():
                    place.write(piece)
            told = (one.number, one.title.replace("\n", ""), one.version, one.made_on, one.addressee)
            rows.append((no, *told, name, one.sha256))
        archive.writestr(_entry(LIST), Table(name="documents", heads=HEADS, rows=rows).as_xlsx())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_TIME)
    entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
    return entry
