"""The office itself, as its documents name it, and what its names must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from concierge.kernel.errors import N_, Invalid

NAME = "企业项目帮代办服务中心"
SHORT_NAME = "帮代办"
NUMBER_WORD = "帮代"
LONGEST_NAME = 50
LONGEST_NUMBER_WORD = 10
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PHONE = re.compile(r"[0-9＋+()（） \-—转]{3,40}")


class OfficeWordMissing(Invalid):
    """A name every document prints is empty."""

    field = "name"
    message = N_("Write the office's full name, its short name and the word before its numbers.")


class OfficeWordTooLong(Invalid):
    """A name that would not fit where documents print it."""

    message = N_("“%(value)s” is longer than %(limit)s characters, which is what fits on a document.")


class OfficePhoneOdd(Invalid):
    """Something nobody can dial."""

    field = "phone"
    message = N_("“%(value)s” is no telephone number. Write figures, as in 0731-2345678.")


class OfficePostcodeOdd(Invalid):
    """A postcode of other than six figures."""

    field = "postcode"
    message = N_("“%(value)s” is no postcode: it has six figures.")


@dataclass(frozen=True, kw_only=True)
class OfficeFacts:
    """The office as a document names it.

    Shape: ``number_word`` stands before the series in a number; ``is_sealed`` where documents ask for the
        office's electronic seal.
    Source: S80 sections 7.2.5 and 7.3.5.
    """

    name: str = NAME
    short_name: str = SHORT_NAME
    number_word: str = NUMBER_WORD
    address: str = ""
    postcode: str = ""
    phone: str = ""
    is_sealed: bool = True

    LIMITS: ClassVar[dict[str, int]] = {
        "name": LONGEST_NAME,
        "short_name": LONGEST_NAME,
        "number_word": LONGEST_NUMBER_WORD,
        "address": 100,
    }


def usual_office(county: str, phone: str) -> OfficeFacts:
    """What an office is called that has not written its words yet: 青禾县企业项目帮代办服务中心, 青帮代."""
    return OfficeFacts(name=f"{county}{NAME}", number_word=f"{county[:1]}{NUMBER_WORD}", phone=phone)


def checked_office(facts: OfficeFacts) -> OfficeFacts:
    """The office's words, tidied, or what is wrong with them.

    Raises: OfficeWordMissing, OfficeWordTooLong, OfficePhoneOdd, OfficePostcodeOdd.
    """
    tidy = OfficeFacts(
        name=_tidy(facts.name),
        short_name=_tidy(facts.short_name),
        number_word=_tidy(facts.number_word),
        address=_tidy(facts.address),
        postcode=_tidy(facts.postcode),
        phone=_tidy(facts.phone),
        is_sealed=facts.is_sealed,
    )
    if not (tidy.name and tidy.short_name and tidy.number_word):
        raise OfficeWordMissing
    for field, limit in OfficeFacts.LIMITS.items():
        if len(getattr(tidy, field)) > limit:
            raise OfficeWordTooLong(field=field, value=getattr(tidy, field), limit=limit)
    if tidy.phone and not _PHONE.fullmatch(tidy.phone):
        raise OfficePhoneOdd(value=tidy.phone)
    if tidy.postcode and not re.fullmatch(r"[0-9]{6}", tidy.postcode):
        raise OfficePostcodeOdd(value=tidy.postcode)
    return tidy


def _tidy(raw: str) -> str:
    return _CONTROLS.sub("", raw).strip()
