"""The message that tells an enterprise who stands in for its officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from concierge.desk.press.letters import Written
from concierge.kernel import spoken


def substitution_letter(facts: Mapping[str, Any]) -> Written:
    """Who stands in from when to when, and how to reach them; the enterprise's project by its number only.

    Source: AB-8.
    """
    first, last = (spoken.day(date.fromisoformat(facts[name])) for name in ("first_on", "last_on"))
    return Written(
        subject=gettext("Your contact at the concierge office"),
        text=gettext(
            "From %(first)s to %(last)s %(who)s stands in for %(away)s in your project %(code)s. Telephone:"
            " %(phone)s.",
            first=first,
            last=last,
            who=facts["who"],
            away=facts["away"],
            code=facts["code"],
            phone=facts["phone"],
        ),
        short={"first": first, "last": last, "who": facts["who"], "phone": facts["phone"]},
    )
