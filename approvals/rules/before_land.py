"""May departments review as if the land were held? Their opinion under the blue seal is no licence.

Source: PR-9.
"""

from __future__ import annotations

from collections.abc import Mapping

from approvals.rules.catalogue import Template
from approvals.rules.facts import FactValue
from concierge.kernel.errors import N_, Refusal

HAZARDOUS = "hazardous"
LAND_TITLE = "land-registration"
"""The step whose result is that the land is held."""


class NotBeforeLand(Refusal):
    """A project that has to hold its land before anybody reviews.

    Source: PR-9.
    """

    message = N_(
        "This project cannot be reviewed before its land is held: that is for projects of a start-on-land "
        "template without hazardous goods, as long as they have no land. Take the tick away."
    )


def may_review_before_land(template: Template, facts: Mapping[str, FactValue], *, land_is_held: bool) -> bool:
    """Whether departments may review a project as if the land were held.

    Source: PR-9: an enterprise that starts on land, no hazardous goods; once the land is held the ordinary
        review is due.
    """
    return template.mode.start_on_land and not land_is_held and facts.get(HAZARDOUS) is not True
