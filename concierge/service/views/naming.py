"""What a case is called in a line: its first service, and how many more."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from concierge.kernel.web import language
from concierge.service.models.case import CaseItem


def services_called(items: Sequence[CaseItem]) -> str:
    """The services of a case in a few words."""
    if not items:
        return ""
    name = items[0].name_zh if language() == "zh" else items[0].name_en
    if len(items) == 1:
        return name
    return gettext("%(name)s and %(count)s more", name=name, count=len(items) - 1)
