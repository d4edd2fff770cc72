"""Take files over into the draft: first a dry run that says row by row what would change, then the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from approvals.events.catalogue import CatalogueImported, ShippedFilesDeclined
from approvals.models.fit import fitted, misfits
from approvals.queries import catalogue as queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.difference import ADDED, CHANGED, REMOVED, RowChange, difference
from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.catalogue_files.sheets import Fault
from approvals.rules.lint import LintFinding, Severity, lint
from approvals.services.ship_catalogue import shipped_catalogue
from approvals.services.tell_calendar import tell_changed_years
from approvals.services.write_draft import open_draft, write_draft
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal, Stale
from concierge.kernel.work import work

_MOST_CHANGES_TOLD = 200


class FilesNotSound(Refusal):
    """Files with faults are not taken over, not even their sound rows."""

    message = N_(
        "The files still have %(count)s errors. Nothing was changed; correct them and send them again."
    )


class NothingToImport(Refusal):
    """The files say what the draft says."""

    message = N_("The files are the same as the draft. There is nothing to import.")


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What an import would do, or everything that is wrong with its files.

    Shape: ``catalogue`` and ``changes`` are there only when ``faults`` is empty; ``findings`` are the errors
    the linter would then have, and has not now.
    """

    files: tuple[str, ...]
    faults: tuple[Fault, ...]
    changes: tuple[RowChange, ...] = ()
    findings: tuple[LintFinding, ...] = ()
    catalogue: Catalogue | None = None
    draft_digest: str = ""

    def count(self, kind: str) -> int:
        """How many rows would be added, changed or removed."""
        return sum(change.kind == kind for change in self.changes)


def dry_run(session: Session, files: Mapping[str, bytes], wrong: tuple[Fault, ...] = ()) -> DryRun:
    """What importing these files into the draft would do. Nothing is changed.

    Shape: ``wrong`` is what was wrong with the upload before any file was read.
    """
    draft = queries.draft_catalogue(session)
    names = tuple(files)
    reading = read_files(files, draft)
    faults = (*wrong, *reading.faults)
    if reading.catalogue is not None:
        faults += misfits(reading.catalogue)
    if faults or reading.catalogue is None:
        return DryRun(files=names, faults=faults, draft_digest=draft.digest)
    catalogue = fitted(reading.catalogue)
    return DryRun(
        files=names,
        faults=(),
        changes=difference(draft, catalogue),
        findings=_new_errors(draft, catalogue, clock.today()),
        catalogue=catalogue,
        draft_digest=draft.digest,
    )


def _new_errors(old: Catalogue, new: Catalogue, on: date) -> tuple[LintFinding, ...]:
    before = {str(finding) for finding in lint(old, on)}
    return tuple(f for f in lint(new, on) if f.severity is Severity.ERROR and str(f) not in before)


def import_catalogue(files: Mapping[str, bytes], *, draft_digest: str, by: Actor) -> DryRun:
    """Make the draft what the files say, all of it or nothing.

    Shape: ``draft_digest`` is that of the draft the dry run was made against.
    Raises: FilesNotSound; NothingToImport; Stale, when the draft changed since the dry run.
    """
    with work(by) as w:
        state = open_draft(w)
        run = dry_run(w.session, files)
        if run.catalogue is None:
            raise FilesNotSound(count=len(run.faults))
        if run.draft_digest != draft_digest:
            raise Stale
        if not run.changes:
            raise NothingToImport
        before = queries.draft_catalogue(w.session)
        write_draft(w, run.catalogue)
        if run.catalogue.digest == shipped_catalogue().digest:
            state.shipped_digest = run.catalogue.digest
        w.record(
            CatalogueImported(
                files=run.files,
                added=run.count(ADDED),
                changed=run.count(CHANGED),
                removed=run.count(REMOVED),
                changes=tuple(_told(change) for change in run.changes[:_MOST_CHANGES_TOLD]),
            )
        )
        tell_changed_years(w, before.holidays, run.catalogue.holidays)
    return run


def decline_shipped(*, by: Actor) -> None:
    """Keep the office's own catalogue, and be asked no more about the files of this release."""
    with work(by) as w:
        state = open_draft(w)
        state.shipped_digest = shipped_catalogue().digest
        w.record(ShippedFilesDeclined(digest=state.shipped_digest))


def _told(change: RowChange) -> str:
    told = f"{change.file} {change.kind} {change.key}"
    if change.kind == ADDED:
        return told
    cells = "; ".join(f"{cell.column}: {cell.old} → {cell.new}" for cell in change.cells)
    return f"{told} ({cells})"
