"""How long matters really take, as plain values for the page that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Catalogue
from approvals.rules.periods import periods
from concierge.kernel.errors import N_
from concierge.kernel.web import language, may
from projects.press.charted import length_text
from projects.rules.durations import CaseSpan, PeriodField, Proposal, Times, times
from projects.rules.owner import owner_name

FIELDS: Mapping[PeriodField, str] = {
    PeriodField.PREPARATION: N_("Preparation"),
    PeriodField.SPECIAL: N_("Special procedure"),
    PeriodField.PROMISE: N_("Promise"),
}


@dataclass(frozen=True)
class DurationsSheet:
    """The page, for one reader."""

    spans: Sequence[CaseSpan]
    found: Sequence[Proposal]
    catalogue: Catalogue
    since: date

    @cached_property
    def may_correct(self) -> bool:
        """Whether the reader may take a proposal over."""
        return may("correct", "Duration")

    def by_matter(self) -> Iterator[dict[str, Any]]:
        """One line a matter, most cases first."""
        for one in times(self.spans, lambda span: span.matter):
            matter = self.catalogue.matter_of.get(one.key)
            limit = periods(matter).statutory if matter is not None else None
            law = length_text((limit,), gettext) if limit is not None else ""
            yield {
                "name": matter.spoken(language()) if matter else one.key,
                "owner": self._owner(one.department),
                "law": law,
                **_told(one),
            }

    def by_department(self) -> Iterator[dict[str, Any]]:
        """One line a department, most cases first."""
        for one in times(self.spans, lambda span: span.department):
            yield {"name": self._owner(one.key), **_told(one)}

    def _owner(self, code: str) -> str:
        return owner_name(self.catalogue.department_of.get(code), code, language())

    def proposals(self) -> Iterator[dict[str, Any]]:
        """What to correct, with what it rests on."""
        for one in self.found:
            matter = self.catalogue.matter(one.planned.matter)
            template = self.catalogue.template_of.get(one.planned.template)
            yield {
                "key": key_of(one),
                "name": matter.spoken(language()),
                "template": template.spoken(language()) if template else "",
                "field": gettext(FIELDS[one.planned.field]),
                "now": one.planned.value,
                "proposed": one.proposed,
                "cases": one.spread.cases,
                "median": one.spread.median,
                "p90": one.spread.p90,
                "over": one.over_promise,
            }


def key_of(one: Proposal) -> str:
    """What a form calls a proposal by."""
    return "|".join((one.planned.template, one.planned.matter, one.planned.field.value, str(one.proposed)))


def _told(one: Times) -> dict[str, Any]:
    least, most = one.promised
    return {
        "cases": one.used.cases,
        "median": one.used.median,
        "p90": one.used.p90,
        "promised": str(most) if least == most else f"{least}–{most}",
        "over_promise": one.over_promise,
        "over_law": one.over_law,
        "stopped": one.stopped.median,
        "stopped_p90": one.stopped.p90,
        "prepared": one.prepared.median if one.prepared else None,
        "is_slow": one.used.p90 > most,
        "said": ngettext("%(num)s case", "%(num)s cases", one.used.cases),
    }
