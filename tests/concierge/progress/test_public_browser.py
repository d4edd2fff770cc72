"""The public pages in a real browser: axe finds nothing in either language, nothing is wider than a phone."""

from __future__ import annotations

import pytest

from concierge.kernel.actor import SYSTEM
from concierge.progress.rules.links import LinkTerms
from concierge.progress.services.make_link import make_link
from tests.builders import a_project
from tests.services import browsing

pytestmark = pytest.mark.browser


def test_every_public_page_is_open_to_everybody_on_a_phone(county, page):
    county.app.appbuilder.sm.limiter.enabled = False
    officers = county.employs("zhoumin", "Concierge").id, county.employs("chenli", "Concierge").id
    token = make_link(LinkTerms(project_id=a_project(pair=officers), recipient="吴倩"), by=SYSTEM)[1].token
    paths = (f"/p/{token}", "/p/nobody-knows-this", "/q", "/directory", "/directory/guides/enterprise-start")

    with browsing.served(county.app) as address:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{address}{paths[0]}")
        front = page.url.partition("?")[0].removeprefix(address)
        for path in (*paths, f"{front}/certificates"):
            for asked in ("lang=zh", "lang=en&size=l"):
                page.goto(f"{address}{path}?{asked}")
                page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
                browsing.inspect_page(page, (path, asked))


def test_the_pages_of_links_are_open_to_everybody(county, page):
    project_id = a_project()
    liaison = county.employs("linxiao", "Liaison", sees=(project_id,))
    make_link(LinkTerms(project_id=project_id, recipient="吴倩", address="13800006620"), by=SYSTEM)

    with browsing.served(county.app) as address:
        browsing.signed_in(page, liaison, address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in ("share", "shown", "enterprise"):
                page.goto(f"{address}/projects/{project_id}/{path}?lang=en")
                browsing.inspect_page(page, (path, width))
