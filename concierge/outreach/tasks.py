"""The timed and queued jobs of outreach."""

from __future__ import annotations

from concierge.kernel.jobs import Run
from concierge.outreach.services.close_due_cases import close_due_cases
from concierge.outreach.services.find_due import find_due
from concierge.outreach.services.open_due_cases import open_due_cases


def look_at_ledger(run: Run) -> None:  # noqa: ARG001  (it writes slice by slice, in transactions of its own)
    """Look every night who is due for what; also on demand. A look broken off is simply done again."""
    find_due()


def open_cases(run: Run, rule_id: int) -> None:
    """Open the service cases of what was begun, some at a time."""
    with run.work() as w:
        open_due_cases(w, rule_id)


def close_cases(run: Run, rule_id: int, after_id: int) -> None:
    """Close the service cases of what was issued or declined, some at a time."""
    with run.work() as w:
        close_due_cases(w, rule_id, after_id)
