"""The two numbers everything else hangs on: the enterprise's social credit code and the project's code."""

from __future__ import annotations

import re

from concierge.kernel.errors import N_, Invalid

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_PROJECT_CODE = re.compile(r"(\d{2})(0[1-9]|1[0-2])-(\d{6})-(\d{2})-(\d{2})-(\d{6})")


class CreditCodeLength(Invalid):
    """A unified social credit code has eighteen signs."""

    message = N_(
        "“%(code)s” has %(count)s signs; a unified social credit code has 18. Copy it from the "
        "business licence."
    )


class CreditCodeSign(Invalid):
    """A sign that never occurs in a unified social credit code, such as I or O."""

    message = N_(
        "“%(sign)s” never occurs in a unified social credit code. Copy it from the business licence."
    )


class CreditCodeCheck(Invalid):
    """The last sign does not fit the others: one of them is mistyped."""

    message = N_(
        "The last sign of “%(code)s” does not fit the others, so one is mistyped. Copy it from "
        "the business licence."
    )


class BadProjectCode(Invalid):
    """A project code of the wrong shape."""

    message = N_(
        "“%(code)s” is not a project code. It looks like 2602-439921-04-01-238617: year and "
        "month, region, department, type, and six figures."
    )


def checked_credit_code(typed: str) -> str:
    """The unified social credit code as it is stored: 18 signs in capitals whose last one checks the others.

    Raises: CreditCodeLength, CreditCodeSign, CreditCodeCheck.
    Source: S20 (GB 32100-2015), the weights 3^i mod 31 and the check sign 31 - sum mod 31.
    """
    code = re.sub(r"[\s-]", "", typed).upper()
    if len(code) != 18:
        raise CreditCodeLength(code=typed, count=len(code), field="uscc")
    strange = [sign for sign in code if sign not in _SIGNS]
    if strange:
        raise CreditCodeSign(sign=strange[0], field="uscc")
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=False))
    if code[17] != _SIGNS[-total % 31]:
        raise CreditCodeCheck(code=typed, field="uscc")
    return code


def credit_code(first_seventeen: str) -> str:
    """The whole code for its first seventeen signs."""
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return first_seventeen + _SIGNS[-total % 31]


def checked_project_code(typed: str) -> str:
    """The project code as it is stored, its shape checked; its check figure is the platform's own affair.

    Raises: BadProjectCode.
    Source: S21 (GB/T 40058-2021), the printed shape; the check algorithm was not read.
    """
    code = typed.strip()
    if not _PROJECT_CODE.fullmatch(code):
        raise BadProjectCode(code=typed, field="code")
    return code
