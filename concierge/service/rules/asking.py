"""What must be known before a case is opened, and what an answer on its form may look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from concierge.kernel.errors import N_, Invalid
from concierge.service.rules.case import Customer, Mode
from concierge.service.rules.tiers import Place, UnknownOffice

LONGEST_ANSWER = 2000
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class CustomerNeeded(Invalid):
    """Nobody is named."""

    message = N_("Write who is served: the name as it stands on the identity card or licence.")
    field = "customer_name"


class ProjectNeeded(Invalid):
    """A project's case without its project."""

    message = N_("Choose the project this is for, or say that it is for a person or an enterprise.")
    field = "project_id"


class PlaceInChargeNeeded(Invalid):
    """A case across regions without the place that decides it."""

    message = N_("Write which place decides it: across regions the power stays where it was.")
    field = "place_in_charge"


class WrongAnswer(Invalid):
    """An answer that cannot be one."""

    message = N_("“%(name)s”: %(typed)s cannot be right. Look at the original and write it again.")


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks, where, and where it is decided."""

    customer: Customer
    customer_name: str
    has_project: bool
    mode: Mode
    place_in_charge: str
    office: str


def check_asking(asking: Asking, places: Mapping[str, Place]) -> None:
    """Whether enough is known to open a case.

    Raises: CustomerNeeded, ProjectNeeded, PlaceInChargeNeeded, UnknownOffice.
    Source: SF-5; SF-12; S39.
    """
    if not asking.customer_name.strip():
        raise CustomerNeeded(field="customer_name")
    if (asking.customer is Customer.PROJECT) != asking.has_project:
        raise ProjectNeeded(field="project_id")
    if asking.mode is not Mode.LOCAL and not asking.place_in_charge.strip():
        raise PlaceInChargeNeeded(field="place_in_charge")
    if asking.office and asking.office not in places:
        raise UnknownOffice(code=asking.office, field="office")


def checked_answer(kind: str, code: str, name: str, typed: str) -> str:
    """An answer as it is kept: a day as a day, a number as a number, an identity number with its check digit.

    Raises: WrongAnswer.
    Source: S71 (GB 11643), the check digit of identity numbers.
    """
    said = typed.strip()[:LONGEST_ANSWER]
    if said and not _FITS.get(kind, _any)(said):
        shown = said[:3] + "…" if kind == "id_number" else said[:40]
        raise WrongAnswer(name=name, typed=shown, code=code)
    return said.upper() if kind == "id_number" else said


def _any(_said: str) -> bool:
    return True


def _day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _number(said: str) -> bool:
    try:
        return Decimal(said).is_finite()
    except InvalidOperation:
        return False


def _phone(said: str) -> bool:
    figures = re.sub(r"[\s\-—()（）+]", "", said)
    return figures.isascii() and figures.isdigit() and 7 <= len(figures) <= 15


def is_identity_number(said: str) -> bool:
    """Whether 18 characters are an identity number: a day of birth that exists, and the right check digit."""
    typed = said.upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", typed):
        return False
    if not _day(f"{typed[6:10]}-{typed[10:12]}-{typed[12:14]}"):
        return False
    total = sum(int(figure) * weight for figure, weight in zip(typed, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == typed[17]


_FITS = {"day": _day, "number": _number, "phone": _phone, "id_number": is_identity_number}
