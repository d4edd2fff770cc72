"""The sealer of this system, from its secret keys."""

from __future__ import annotations

from flask import current_app

from concierge.kernel.storage import keys_of
from concierge.outreach.press.personal_data import Sealer

KEPT = "outreach sealer"


def sealer() -> Sealer:
    """The sealer of personal data; made once for each process."""
    kept = current_app.extensions.get(KEPT)
    if not isinstance(kept, Sealer):
        kept = current_app.extensions[KEPT] = Sealer(keys_of(current_app.config["CONCIERGE"]))
    return kept
