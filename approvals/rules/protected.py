"""What no promise may put at risk: the matters that touch security, safety, ecology, life and health."""

from __future__ import annotations

import enum


class Interest(enum.Enum):
    """A public interest that a promise may not put at risk.

    Source: DF-13.
    """

    NATIONAL_SECURITY = "national_security"
    PUBLIC_SAFETY = "public_safety"
    ECOLOGY = "ecology"
    LIFE_AND_HEALTH = "life_and_health"


PROTECTED = {
    "cad-basement-approval": Interest.NATIONAL_SECURITY,
    "cad-relocation-approval": Interest.NATIONAL_SECURITY,
    "cad-acceptance-filing": Interest.NATIONAL_SECURITY,
    "hazardous-safety-review": Interest.PUBLIC_SAFETY,
    "flood-impact": Interest.PUBLIC_SAFETY,
    "seismic-fortification": Interest.PUBLIC_SAFETY,
    "overlimit-seismic-review": Interest.PUBLIC_SAFETY,
    "geo-hazard-assessment": Interest.PUBLIC_SAFETY,
    "fire-design-review": Interest.PUBLIC_SAFETY,
    "fire-acceptance": Interest.PUBLIC_SAFETY,
    "lightning-design-review": Interest.PUBLIC_SAFETY,
    "lightning-acceptance": Interest.PUBLIC_SAFETY,
    "gas-supply": Interest.PUBLIC_SAFETY,
    "eia-report": Interest.ECOLOGY,
    "environment-acceptance": Interest.ECOLOGY,
    "pollutant-discharge-permit": Interest.ECOLOGY,
    "work-injury-insurance": Interest.LIFE_AND_HEALTH,
}
"""The matters of the shipped catalogue that a promise may not touch, each with the interest at stake."""


def interest_of(matter: str) -> Interest | None:
    """The interest a matter touches that no promise may put at risk; None where it touches none.

    Source: DF-13.
    """
    return PROTECTED.get(matter)
