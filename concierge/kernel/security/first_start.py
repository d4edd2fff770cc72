"""The first account of a real office: no default name and password, but one printed once."""

from __future__ import annotations

import sys

from flask import current_app
from flask_babel import gettext

from concierge.kernel.security import accounts


def open_first_account() -> None:
    """Open the security administrator's account where there is none; the embedded default has its own people.

    Effects: prints the one-time password; it is kept nowhere and must be changed at the first login.
    """
    if current_app.config["CONCIERGE"].is_embedded:
        return
    first = accounts.first_administrator()
    if first is None:
        return
    told = gettext(
        "First account: user name %(username)s, one-time password %(password)s. "
        "Sign in and change it; then open accounts for the others.",
        username=first[0],
        password=first[1],
    )
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()
