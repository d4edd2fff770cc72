"""What a project's file holds, and the files that were laid down."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.opinion import OpinionRow
from approvals.models.paper import PaperFileRow, PaperVersionRow
from concierge.kernel.actor import Actor
from concierge.kernel.db import Base
from concierge.kernel.errors import Missing
from concierge.kernel.scope import require, within
from documents.models.archive import ArchiveRow
from documents.models.document import DocumentRow
from documents.models.package import PackageRow
from documents.queries.kinds import installed_kinds
from documents.rules.keeping import ArchiveState
from projects.models.project import Project

AREAS = ("projects_", "approvals_", "documents_")
NEVER = frozenset({"documents_archive", "documents_seal", "documents_seal_keeper"})
SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One file of a project's file.

    Units: bytes.
    Shape: ``sort`` is the folder it lies in; ``sha256`` is empty where no row keeps it: the storage proves
        every content by its key all the same.
    """

    sort: str
    name: str
    title: str
    on: date
    key: str
    sha256: str
    size_bytes: int


def archives_in_sight(session: Session, reader: Actor) -> list[tuple[ArchiveRow, str]]:
    """What was laid down, newest first, with the projects' names, as far as the reader sees."""
    asked = (
        select(ArchiveRow, Project.name)
        .join(Project, Project.id == ArchiveRow.project_id)
        .where(within(reader, ArchiveRow.project_id))
        .order_by(ArchiveRow.id.desc())
        .limit(SHOWN)
    )
    return [(row, name) for row, name in session.execute(asked)]


def archive_of(session: Session, archive_id: int, reader: Actor) -> ArchiveRow:
    """One edition. Raises: Missing, out of scope as well."""
    row = session.get(ArchiveRow, archive_id)
    if row is None:
        raise Missing
    require(session, reader, row.project_id)
    return row


def editions_of(session: Session, project_id: int) -> list[ArchiveRow]:
    """The editions of one project's file, newest first."""
    asked = select(ArchiveRow).where(ArchiveRow.project_id == project_id)
    return list(session.scalars(asked.order_by(ArchiveRow.edition.desc())))


def is_being_made(editions: Sequence[ArchiveRow]) -> bool:
    """Whether an edition is under way."""
    return any(one.state is ArchiveState.ASKED for one in editions)


def files_of_project(session: Session, project_id: int) -> list[Filed]:
    """Every file of a project: papers with all versions, documents with theirs, packages, opinions."""
    found = [
        *_papers(session, project_id),
        *_documents(session, project_id),
        *_packages(session, project_id),
        *_opinions(session, project_id),
    ]
    return sorted(found, key=lambda one: (one.sort, one.on, one.name))


def retentions_of(session: Session, project_id: int) -> list[str]:
    """The classes of the documents made for a project."""
    by_code = {kind.code: kind.retention.value for kind in installed_kinds()}
    made = session.scalars(select(DocumentRow.kind).where(DocumentRow.project_id == project_id).distinct())
    return [by_code[code] for code in made if code in by_code]


def rows_of_project(session: Session, project_id: int) -> Iterator[tuple[str, bytes]]:
    """What the records say of a project, table by table, as JSON anybody can read.

    Shape: name of the table, and its rows with the columns by name; keys of the storage are left out.
    """
    for name, table in sorted(Base.metadata.tables.items()):
        is_ours = name.startswith(AREAS) and name not in NEVER
        column = table.c.get("id" if name == "projects_project" else "project_id")
        if not is_ours or column is None:
            continue
        asked = select(table).where(column == project_id).order_by(*table.primary_key)
        rows = [
            {
                one.name: _plain(value)
                for one, value in zip(table.columns, row, strict=True)
                if not one.info.get("storage_key")
            }
            for row in session.execute(asked)
        ]
        if rows:
            yield name, json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _papers(session: Session, project_id: int) -> Iterator[Filed]:
    asked = (
        select(PaperFileRow, PaperVersionRow)
        .join(PaperVersionRow, PaperVersionRow.id == PaperFileRow.version_id)
        .where(PaperFileRow.project_id == project_id)
    )
    for file, version in session.execute(asked):
        yield Filed(
            sort=f"1材料/{version.material}",
            name=f"第{version.number}版-{file.position}-{file.name}",
            title=version.material,
            on=version.came_on,
            key=file.key,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
        )


def _documents(session: Session, project_id: int) -> Iterator[Filed]:
    for row in session.scalars(select(DocumentRow).where(DocumentRow.project_id == project_id)):
        files = (
            ("docx", row.docx_key, row.docx_sha256, row.docx_size_bytes),
            ("pdf", row.pdf_key, row.pdf_sha256, row.pdf_size_bytes),
            ("签章.pdf", row.sealed_key, row.sealed_sha256, row.sealed_size_bytes),
        )
        title = row.title.replace("\n", "")
        for ending, key, sha256, size_bytes in files:
            if key:
                yield Filed(
                    sort="2文书",
                    name=f"{row.number} {title}-第{row.version}版.{ending}",
                    title=f"{row.number} {title}",
                    on=row.made_on,
                    key=key,
                    sha256=sha256,
                    size_bytes=size_bytes,
                )


def _packages(session: Session, project_id: int) -> Iterator[Filed]:
    for row in session.scalars(select(PackageRow).where(PackageRow.project_id == project_id)):
        if row.key:
            yield Filed(
                sort="3材料包",
                name=f"{row.number}-{row.revision}.zip",
                title=f"{row.number} {row.department}",
                on=row.data_on,
                key=row.key,
                sha256=row.sha256,
                size_bytes=row.size_bytes,
            )


def _opinions(session: Session, project_id: int) -> Iterator[Filed]:
    for row in session.scalars(select(OpinionRow).where(OpinionRow.project_id == project_id)):
        if row.file_key:
            yield Filed(
                sort="4审查意见",
                name=f"{row.id}-{row.file_name}",
                title=f"{row.number} {row.given_by}".strip(),
                on=row.given_on,
                key=row.file_key,
                sha256="",
                size_bytes=0,
            )


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, int | str | float | bool | None) else str(value)
