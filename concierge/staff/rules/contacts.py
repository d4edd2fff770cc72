"""Who answers for a department, and who of the county stands above it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from concierge.kernel.addresses import is_phone
from concierge.kernel.errors import N_, Invalid, Refusal


class ContactPost(enum.Enum):
    """Who can be called about a department's work.

    Source: ES-3, ES-5.
    """

    REPRESENTATIVE = "representative"
    HEAD = "head"
    COUNTY_LEADER = "county_leader"


class ContactNameNeeded(Invalid):
    """Nobody is named."""

    message = N_("Write the name of the person to be called.")


class ContactPhoneNeeded(Invalid):
    """Nobody could call."""

    message = N_("Write the telephone number the person is called at: digits, with + or - between them.")


class ContactDepartmentNeeded(Invalid):
    """A representative or head of no department, or of several."""

    message = N_("Choose the one department this person answers for.")


class ContactEnded(Refusal):
    """The contact is not called any more."""

    message = N_("%(person)s is not called since %(day)s. Name somebody anew.")


@dataclass(frozen=True, kw_only=True)
class NewContact:
    """Somebody who can be called.

    Shape: ``departments`` is one code; none or several only for a county leader.
    Raises: ContactNameNeeded, ContactPhoneNeeded, ContactDepartmentNeeded.
    Source: ES-3, ES-5.
    """

    post: ContactPost
    departments: tuple[str, ...]
    name: str
    phone: str
    title: str = ""
    person_id: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ContactNameNeeded(field="name")
        if not is_phone(self.phone):
            raise ContactPhoneNeeded(field="phone")
        if self.post is not ContactPost.COUNTY_LEADER and len(self.departments) != 1:
            raise ContactDepartmentNeeded(field="departments")
