"""The desk of forms in a real browser: nothing in the way of anybody, nothing wider than a phone."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect

from concierge.kernel import jobs
from documents.services.draft_template import draft_template
from tests.documents.templates.files import CODE, with_line, with_words
from tests.services import browsing

pytestmark = pytest.mark.browser


def test_every_page_is_open_to_everybody_at_any_width(county, page):
    editor = county.employs("lihua", "TemplateEditor")
    publisher = county.employs("wangmin", "TemplatePublisher", "Chief", sees=(None,))
    faulty = with_words("{{ project.code }}", "{{ project.cod }}")
    for docx in (faulty, with_line("本告知书一式两份。")):
        draft_template(CODE, io.BytesIO(docx), "告知书.docx", "改了一处", by=editor.actor)
    jobs.run_due()
    kind = f"/documents/templates/{CODE}"

    with browsing.served(county.app) as address:
        for person, paths in (
            (publisher, ("/documents/templates/", f"{kind}/1", f"{kind}/2", "/documents/office/")),
            (editor, (kind, "/documents/templates/?show=own")),
        ):
            browsing.signed_in(page, person, address)
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                for path in paths:
                    page.goto(f"{address}{path}?lang=en" if "?" not in path else f"{address}{path}&lang=en")
                    browsing.inspect_page(page, (path, width))


def test_a_second_person_publishes_with_two_clicks(county, page):
    editor = county.employs("lihua", "TemplateEditor")
    publisher = county.employs("wangmin", "TemplatePublisher")
    draft_template(CODE, io.BytesIO(with_line("本告知书一式两份。")), "告知书.docx", "", by=editor.actor)
    jobs.run_due()

    with browsing.served(county.app) as address:
        browsing.signed_in(page, publisher, address)
        page.goto(f"{address}/documents/templates/?show=open&lang=en")
        page.get_by_role("link", name="version 1").click()
        page.get_by_role("button", name="Publish").click()

        expect(page.get_by_text("Published for use")).to_be_visible()
        expect(page.get_by_role("button", name="Take it out of use")).to_be_visible()
