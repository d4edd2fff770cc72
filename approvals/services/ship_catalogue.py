"""Put the catalogue this release brings into a database that has none yet.

An office that has a catalogue keeps it: a later release only offers its files, as an import with a dry run.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from approvals.models.fit import fitted
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.catalogue_files.reading import read_files
from approvals.services.publish_edition import freeze_edition
from approvals.services.write_draft import open_draft, write_draft
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import N_, Misconfigured
from concierge.kernel.work import work

SHIPPED = Path(__file__).parents[1] / "data"
FIRST_NOTE = N_("Catalogue shipped with the system")


def shipped_files() -> dict[str, bytes]:
    """The files of the catalogue this release brings, by name."""
    return {file: (SHIPPED / file).read_bytes() for file in FILES if (SHIPPED / file).exists()}


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue this release brings.

    Raises: Misconfigured, when a shipped file is broken: the release is at fault, not the office.
    """
    reading = read_files(shipped_files())
    if reading.catalogue is None:
        raise Misconfigured(what=f"shipped catalogue: {reading.faults[0]}")
    return fitted(reading.catalogue)


def ship() -> None:
    """Take over the shipped catalogue as draft and first edition, if there is no catalogue yet.

    Effects: rows of the draft, edition 1. It is not linted here: whether a law is in force depends on the
    day, and a system must set up on any day.
    """
    catalogue = shipped_catalogue()
    with work(SYSTEM) as w:
        state = open_draft(w)
        if state.shipped_digest:
            return
        write_draft(w, catalogue)
        state.shipped_digest = catalogue.digest
        freeze_edition(w, catalogue, FIRST_NOTE)
