"""Certificates by link: what is refused, and what to do then."""

from __future__ import annotations

from concierge.kernel.errors import N_, Refusal


class NothingIssued(Refusal):
    """No certificate of the project is here as a file."""

    message = N_(
        "No certificate is here as a file yet. Departments hand some out on paper only; call the concierge"
        " office."
    )


class HandNotProved(Refusal):
    """A file is asked for without the code, or half an hour after it."""

    message = N_("Type the code from the SMS first; it opens the files for half an hour. Nothing was sent.")
