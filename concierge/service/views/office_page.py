"""便民服务机构: the offices of the tiers, who sits there, and what each offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel.db import db
from concierge.kernel.errors import ConciergeError, Missing
from concierge.kernel.web import Page, actor, allowed, full_name, language, may, say, whole_number
from concierge.service.models.office import Listing, Office, OfficeClerk
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.offices import clerks, listings, office_by_code, offices
from concierge.service.queries.people import people
from concierge.service.rules.case import Tier
from concierge.service.rules.catalogue import ServiceCatalogue
from concierge.service.services.publish_listing import publish_listing, withdraw_listing
from concierge.service.services.set_up_office import NewOffice, seat_clerk, set_up_office, unseat_clerk
from concierge.service.views.opening import Option
from concierge.service.views.words import OFFICE, TIERS

LONGEST, MOST = 200, 10**9


@dataclass(frozen=True, kw_only=True)
class OfficesSheet:
    """Every office, the highest tier first."""

    rows: Sequence[Office]
    clerks: Sequence[OfficeClerk]
    typed: dict[str, str] = field(default_factory=dict)
    said: str = ""

    def tiers(self) -> list[tuple[str, list[Office]]]:
        """The offices by tier."""
        order = (Tier.CITY, Tier.COUNTY, Tier.TOWNSHIP, Tier.VILLAGE)
        found = [(gettext(TIERS[tier]), [row for row in self.rows if row.tier is tier]) for tier in order]
        return [(text, rows) for text, rows in found if rows]

    def people_of(self, office: str) -> list[str]:
        """Who sits there."""
        return [full_name(one.person) for one in self.clerks if one.office == office]

    def tier_options(self) -> list[Option]:
        """The tiers to choose from."""
        return [Option(one.value, gettext(text)) for one, text in TIERS.items()]

    def upper_options(self) -> list[Option]:
        """The offices one may stand under."""
        return [Option(row.code, row.name) for row in self.rows]

    def name_of(self, code: str) -> str:
        """An office's name."""
        return next((row.name for row in self.rows if row.code == code), code)


@dataclass(frozen=True, kw_only=True)
class OfficeSheet:
    """One office with its published list."""

    office: Office
    upper: str
    clerks: Sequence[OfficeClerk]
    listings: Sequence[Listing]
    catalogue: ServiceCatalogue
    people: Sequence[Option]
    said: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def tier(self) -> str:
        """Its tier."""
        return gettext(TIERS[self.office.tier])

    def service(self, row: Listing) -> str:
        """What is offered."""
        known = self.catalogue.services.get(row.code)
        return known.names.spoken(language()) if known else (row.name or row.code)

    def service_options(self) -> list[Option]:
        """The services not on the list yet."""
        listed = {row.code for row in self.listings if row.until_on is None}
        return [
            Option(code, service.names.spoken(language()))
            for code, service in self.catalogue.services.items()
            if code not in listed
        ]

    def person(self, row: OfficeClerk) -> str:
        """A clerk's name."""
        return full_name(row.person)


class ServiceOfficeView(Page):
    """Offices and their lists."""

    route_base = "/services/offices"
    class_permission_name = OFFICE
    base_permissions = ["can_list", "can_edit"]

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """All of them."""
        return self.show("service/offices.html", page=_offices(), may_edit=may("edit", OFFICE))

    @expose("/", methods=["POST"])
    @allowed("edit")
    def set_up(self) -> Any:
        """Set one up, or change the one of this code."""
        form = request.form
        tier = next((one for one in Tier if one.value == form.get("tier")), Tier.VILLAGE)
        new = NewOffice(
            tier=tier,
            **{
                name: form.get(name, "")[:LONGEST]
                for name in ("code", "name", "upper", "address", "phone", "hours")
            },
        )
        try:
            set_up_office(new, by=actor())
        except ConciergeError as error:
            page = _offices(typed=form.to_dict(), said=say(error))
            return self.show("service/offices.html", page=page, may_edit=True), error.status
        flash(gettext("The office is saved."), "success")
        return redirect(url_for("ServiceOfficeView.one", code=new.code.strip().lower()), code=303)

    @expose("/<code>")
    @allowed("list")
    def one(self, code: str) -> str:
        """One office, who sits there, and its list."""
        return self.show("service/office.html", page=_office(code), may_edit=may("edit", OFFICE))

    @expose("/<code>/print")
    @allowed("list")
    def on_paper(self, code: str) -> str:
        """Its published list on A4, to hang beside the door."""
        return self.show("service/print_list.html", page=_office(code))

    @expose("/<code>/<any(list, unlist, seat, unseat):deed>", methods=["POST"])
    @allowed("edit")
    def change(self, code: str, deed: str) -> Any:
        """List or withdraw a service; seat somebody, or no more."""
        form, by = request.form, actor()
        number = whole_number(form.get("id"), default=0, most=MOST)
        try:
            if deed == "list":
                here = form.get("is_decided_here") == "yes"
                name, note = form.get("name", "")[:LONGEST], form.get("note", "")[:LONGEST]
                publish_listing(code, form.get("service", ""), name, note, is_decided_here=here, by=by)
            elif deed == "unlist":
                withdraw_listing(number, by=by)
            elif deed == "seat":
                seat_clerk(code, _somebody(number), by=by)
            else:
                unseat_clerk(code, number, by=by)
        except Missing:
            raise
        except ConciergeError as error:
            db.session.expire_all()
            page = _office(code, typed=form.to_dict(), said=say(error))
            return self.show("service/office.html", page=page, may_edit=True), error.status
        flash(gettext("The office is saved."), "success")
        return redirect(url_for("ServiceOfficeView.one", code=code), code=303)


def _offices(**told: Any) -> OfficesSheet:
    return OfficesSheet(rows=offices(db.session), clerks=clerks(db.session), **told)


def _office(code: str, **told: Any) -> OfficeSheet:
    office = office_by_code(db.session, code)
    if office is None:
        raise Missing
    upper = office_by_code(db.session, office.upper) if office.upper else None
    return OfficeSheet(
        office=office,
        upper=upper.name if upper else "",
        clerks=clerks(db.session, code),
        listings=listings(db.session, code, with_ended=True),
        catalogue=service_catalogue(db.session),
        people=[Option(str(one.id), full_name(one)) for one in people(db.session)],
        **told,
    )


def _somebody(person_id: int) -> int:
    if person_id not in {one.id for one in people(db.session)}:
        raise Missing
    return person_id
