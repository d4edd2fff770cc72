"""The message that tells an enterprise who looks after its project now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from concierge.desk.press.letters import Written
from concierge.kernel import spoken


def substitution_letter(facts: Mapping[str, Any]) -> Written:
    """Who acts from when to when, and how to reach them; the enterprise's project by its number only.

    Shape: ``last_on`` None for good.
    Source: AB-8.
    """
    first = spoken.day(date.fromisoformat(facts["first_on"]))
    last = spoken.day(date.fromisoformat(facts["last_on"])) if facts["last_on"] else gettext("further notice")
    return Written(
        subject=gettext("Your contact at the concierge office"),
        text=gettext(
            "From %(first)s until %(last)s %(who)s looks after your project %(code)s. Telephone: %(phone)s.",
            first=first,
            last=last,
            who=facts["who"],
            code=facts["code"],
            phone=facts["phone"],
        ),
        short={"first": first, "last": last, "who": facts["who"], "phone": facts["phone"]},
    )
