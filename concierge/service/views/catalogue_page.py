"""服务目录: what can be asked for, package by package, with the workflows it runs on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel.db import db
from concierge.kernel.errors import N_, Missing
from concierge.kernel.web import Page, allowed, language, may
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.rules.catalogue import Bundle, BundleKind, Names, ServiceCatalogue, Workflow
from concierge.service.rules.union import OneApplication, one_application
from concierge.service.views.words import EXITS, ON, POSTS, RECORDS, SLIPS

KINDS = {BundleKind.PACKAGE: N_("Service package"), BundleKind.ONE_THING: N_("One thing")}
DOCUMENTS = {one.value: text for one, text in [*SLIPS.items(), *RECORDS.items()]}


@dataclass(frozen=True)
class CatalogueSheet:
    """The catalogue in one reader's language."""

    catalogue: ServiceCatalogue

    def say(self, names: Names) -> str:
        """A name."""
        return names.spoken(language())

    def bundles(self, kind: str) -> list[Bundle]:
        """The packages, or the one-thing bundles."""
        return [one for one in self.catalogue.bundles.values() if one.kind.value == kind]

    def asked(self, bundle: Bundle) -> OneApplication:
        """What its usual services ask for together."""
        return one_application(self.catalogue, bundle.usual, [bundle.code])

    @cached_property
    def workflows(self) -> list[Workflow]:
        """The workflows."""
        return list(self.catalogue.workflows.values())

    def exits(self, codes: tuple[str, ...]) -> list[str]:
        """What must be true before a step ends."""
        return [exit_words(code) for code in codes]

    def document(self, code: str) -> str:
        """The paper or record a step leaves."""
        return gettext(DOCUMENTS[code])

    def post(self, code: str) -> str:
        """Who holds a step."""
        return gettext(POSTS[code])


def exit_words(code: str) -> str:
    """An exit test as people read it."""
    if code in EXITS:
        return gettext(EXITS[code])
    return gettext("On record: %(record)s", record=gettext(DOCUMENTS[code.removesuffix("_recorded")]))


class ServiceCatalogueView(Page):
    """What can be asked for."""

    route_base = "/services/catalogue"
    class_permission_name = ON

    @expose("/")
    @allowed("list")
    def list(self) -> str:
        """Packages, one-thing bundles, workflows."""
        page = CatalogueSheet(service_catalogue(db.session))
        return self.show("service/catalogue.html", page=page, may_open=may("open", ON))

    @expose("/<code>")
    @allowed("list")
    def one(self, code: str) -> str:
        """One bundle as a guide to hand out (办事指南), made to be printed."""
        page = CatalogueSheet(service_catalogue(db.session))
        bundle = page.catalogue.bundles.get(code)
        if bundle is None:
            raise Missing
        return self.show(
            "service/guide.html",
            page=page,
            bundle=bundle,
            asked=page.asked(bundle),
            whole=one_application(page.catalogue, bundle.services, [bundle.code]),
            kind=gettext(KINDS[bundle.kind]),
        )
