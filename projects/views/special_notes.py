"""The remarks of the shipped catalogue on special procedures, so that they are read in either language.

The catalogue keeps each remark as it was written, in English; one that an office adds is shown as it is.
"""

from __future__ import annotations

from flask_babel import gettext

from concierge.kernel.errors import N_

SHIPPED = (
    N_("expert panel at most 20 working days, only when special design methods are used"),
    N_("field survey; length depends on area"),
    N_(
        "at least 20 days from issue of tender documents to bid closing + candidate publicity at least 3 days"
        " + 3 days to publish"
    ),
    N_("acceptance publicity 5 + pre-decision publicity 5"),
    N_("expert panel"),
    N_("publicity / opinion collection"),
    N_("pre-notice at least 10 working days (about 14 calendar) + compensation plan notice at least 30 days"),
    N_("scheme publicity, at least 7 days in most places (7-10)"),
    N_("acceptance publicity 10 + pre-decision publicity 5; technical assessment and hearings also excluded"),
    N_("entrusted evaluation, at most 30 working days unless complex"),
    N_("entrusted technical evaluation"),
    N_("expert review, hearing"),
    N_("siting argument / land-saving evaluation by experts when required"),
    N_("expert review"),
    N_("bid period at least 20 days + candidate publicity at least 3 days + 3 days to publish"),
    N_("publicity of the acceptance report (20 working days in the ministry procedure, not re-read)"),
    N_("notice at least 20 days + listing at least 10 days"),
    N_("technical review, at most 30 working days, not counted"),
    N_("consulting evaluation (local cap 30)"),
    N_("technical review"),
)


def special_note(written: str) -> str:
    """A remark in the reader's language, where it is one of ours."""
    return gettext(written) if written in SHIPPED else written
