"""Build the ZIP of a package and keep it: the file is on the shelf before its row says so."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from concierge.kernel import clock, storage
from concierge.kernel.errors import Missing
from concierge.kernel.shelves import NotOnShelf
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work
from documents.events import PackageFailed, PackageReady
from documents.models.package import PackageRow
from documents.press import sm2
from documents.press.package import (
    FACTS_JSON,
    LIST_XLSX,
    Bag,
    DigestDiffers,
    Part,
    contents_csv,
    manifest_of,
    part_of,
    pieces_of,
    write_package,
)
from documents.press.package_lists import facts_json, list_xlsx
from documents.press.package_page import PAGE_NAME, PRINTED_NAME, contents_page
from documents.queries.seals import signing_seal
from documents.rules.package_facts import said_changes, words_of
from documents.rules.packages import Change, Changed, Item, PackageState
from documents.services.print_list import print_list
from documents.services.print_sheets import Print, remember

IN_MEMORY_BYTES = 8 * 1024 * 1024
ZIP = "application/zip"
BROKEN = (DigestDiffers, NotOnShelf)


@dataclass(frozen=True, kw_only=True)
class PackagePlan:
    """Everything the ZIP of one revision is made from. Shape: ``made_at`` is when it was asked for."""

    package_id: int
    name: str
    made_at: datetime
    items: tuple[Item, ...]
    facts: dict[str, Any]
    signature: str
    signing: Signing | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Signing:
    """The office's key for lists of files. Shape: ``at`` is when the package was asked for, so that building
    twice gives the same bytes.
    """

    private: str
    signer: str
    at: datetime


@dataclass(frozen=True)
class Built:
    """A ZIP that is kept.

    Shape: ``fault`` says why there is none; then ``stored`` is None. ``printed`` is its list of contents as
        PDF, None where none could be printed.
    """

    stored: Stored | None
    sm3: str = ""
    printed: Print | None = None
    fault: str = ""
    signature: str = ""
    signing: Signing | None = None


def plan_of(session: Session, package_id: int) -> PackagePlan | None:
    """What is to be built; None when it was built already.

    Raises: Missing.
    """
    row = session.scalars(
        select(PackageRow).where(PackageRow.id == package_id).options(selectinload(PackageRow.items))
    ).first()
    if row is None:
        raise Missing
    if row.state is PackageState.READY:
        return None
    return PackagePlan(
        package_id=row.id,
        name=f"{row.number}-{row.revision}.zip",
        made_at=row.made_at,
        items=row.facts_of_revision().items,
        facts=json.loads(row.facts),
        signature=row.signature,
        signing=_signing(session, row),
    )


def build(plan: PackagePlan) -> Built:
    """Write the ZIP and keep it.

    Raises: StorageAway, StorageFull, for the task to try again.
    Effects: the file is on the shelf when this returns; the same plan gives the same bytes.
    """
    page = contents_page(plan.facts, plan.items, changes=said_changes(_changed(plan)))
    printed = print_list(page, plan.made_at)
    with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as whole:
        try:
            parts = [*_handed_in(plan), *_lists(plan, page, printed)]
            bag = _signed(bag_of(plan), parts, plan.signing)
            write_package(parts, bag, whole)
        except BROKEN as error:
            return Built(None, fault=str(error))
        sm3 = hashlib.new("sm3")
        for piece in pieces_of(whole):
            sm3.update(piece)
        stored = storage.keep(whole, name=plan.name, media_type=ZIP)
    return Built(stored, sm3.hexdigest(), printed, signature=bag.signature, signing=plan.signing)


def _signing(session: Session, row: PackageRow) -> Signing | None:
    """The key of the office's seal, where it has one that needs no second person."""
    seal = signing_seal(session, row.data_on)
    if seal is None:
        return None
    private = b"".join(storage.fetch(seal.manifest_key_file)).decode()
    return Signing(private=private, signer=f"{seal.office} {seal.name}", at=row.made_at)


def _signed(bag: Bag, parts: list[Part], signing: Signing | None) -> Bag:
    """The bag with the signature over its manifest. Source: S88."""
    if signing is None or bag.signature:
        return bag
    at = f"{signing.at:%Y-%m-%dT%H:%M:%SZ}"
    made = sm2.sign_manifest(
        manifest_of(parts).encode(), signing.private, signer=signing.signer, signed_at=at
    )
    return replace(bag, signature=made.as_text())


def _handed_in(plan: PackagePlan) -> Iterator[Part]:
    """What was handed in and made, as it is kept."""
    for item in plan.items:
        if item.key is not None:
            yield _kept(item.path, item.sha256, item.key)


def _lists(plan: PackagePlan, page: bytes, printed: Print | None) -> Iterator[Part]:
    """The package's own lists: for people with and without Word, for table programs, for programs."""
    yield part_of(PAGE_NAME, page)
    if printed is not None:
        yield _kept(PRINTED_NAME, printed.sha256, printed.key)
    yield part_of(LIST_XLSX, list_xlsx(plan.items))
    yield part_of(FACTS_JSON, facts_json(plan.facts))


def _kept(path: str, sha256: str, key: str) -> Part:
    return Part(path=path, sha256=sha256, pieces=lambda: storage.fetch(key))


def _changed(plan: PackagePlan) -> tuple[Changed, ...]:
    """What the revision changed, as its facts say it."""
    told = plan.facts["changes"]
    return tuple(Changed(Change(one["change"]), one["code"], one["name"], one["name"]) for one in told)


def bag_of(plan: PackagePlan) -> Bag:
    """What the package says of itself."""
    facts = plan.facts
    size = sum(item.size_bytes for item in plan.items)
    changed = _changed(plan)
    info = (
        ("Source-Organization", facts["sender"]["name"]),
        ("Contact-Phone", facts["sender"]["phone"]),
        ("External-Identifier", f"{facts['number']}-{facts['revision']}"),
        ("External-Description", f"{facts['project']['name']} {facts['subject']['name']}"),
        ("Bagging-Date", facts["data_on"]),
        ("Bag-Size", f"{size} bytes"),
        ("Internal-Sender-Description", said_changes(changed) or "第1版"),
    )
    kept = tuple((name, " ".join(str(value).split())) for name, value in info if value)
    return Bag(info=kept, contents=contents_csv(plan.items, words_of), signature=plan.signature)


def settle(w: Work, package_id: int, built: Built) -> None:
    """Write down what came of the building; twice does nothing twice.

    Effects: tells ``PackageReady`` or ``PackageFailed``.
    """
    row = w.get(PackageRow, package_id)
    if row.state is PackageState.READY:
        return
    if built.stored is None:
        row.state, row.fault = PackageState.FAILED, built.fault
        w.record(PackageFailed(package_id=row.id, project_id=row.project_id, fault=built.fault))
        return
    row.state, row.ready_at, row.fault = PackageState.READY, clock.now(), ""
    row.key, row.sha256, row.sm3 = built.stored.key, built.stored.sha256, built.sm3
    row.size_bytes = built.stored.size_bytes
    if built.printed is not None:
        remember(w, built.printed)
        row.list_key, row.list_size_bytes = built.printed.key, built.printed.size_bytes
    if built.signing is not None and built.signature and not row.signature:
        row.signature = built.signature
        row.signed_at, row.signed_by = built.signing.at, built.signing.signer
    w.record(
        PackageReady(
            package_id=row.id,
            project_id=row.project_id,
            department=row.department,
            number=row.number,
            revision=row.revision,
            step_id=row.step_id,
            review_id=row.review_id,
        )
    )
