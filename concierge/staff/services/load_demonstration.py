"""Add the people departments answer by to the demonstration county."""

from __future__ import annotations

from pathlib import Path

import yaml

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.staff.rules.contacts import ContactPost, NewContact
from concierge.staff.services.name_contact import name_contact

COUNTY = Path(__file__).parents[1] / "data" / "demonstration.yaml"
LOADER = Actor(None, "demonstration")


def load_demonstration() -> dict[str, object]:
    """Name the chief representatives and heads of departments, and the county's leader."""
    told = yaml.safe_load(COUNTY.read_text(encoding="utf-8"))
    with clock.standing_at(told["named_on"]):
        for one in told["contacts"]:
            new = NewContact(
                post=ContactPost(one["post"]),
                departments=tuple(one["departments"]),
                name=one["name"],
                phone=one["phone"],
                title=one["title"],
            )
            name_contact(new, by=LOADER)
    return {}
