"""The demonstration county's links and codes open what they say."""

from __future__ import annotations

import json

from tests.kernel.fixtures_office import apart


def test_every_link_and_code_that_is_told_opens(demonstration):
    told = json.loads((demonstration.app.config["CONCIERGE"].home / "demo.json").read_text(encoding="utf-8"))
    links, codes = told["parts"]["progress_links"], told["parts"]["query_codes"]
    assert len(links) == len(codes) == 4
    for link, code in zip(links, codes, strict=True):
        browser = demonstration.app.test_client()
        front = apart(browser.get, f"/p/{link.rpartition('/')[2]}?lang=en")
        page = apart(browser.get, front.headers["Location"])
        assert page.status_code == 200
        assert "Since your visit of 12 Apr" in page.text
        assert apart(browser.post, "/q", data={"code": code}).status_code == 200
