"""Somebody presses every button of every page with an empty form, or one full of nonsense: nothing breaks."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from lxml import html
from werkzeug.exceptions import HTTPException

from tests.kernel.fixtures_office import apart, token_of

ROLES = (
    ("Chief", "Concierge", "Liaison", "Supervisor", "EscalationOfficer", "SealKeeper"),
    ("TemplateEditor", "TemplatePublisher", "Archivist"),
    ("SystemAdmin",),
    ("SecurityAdmin",),
    ("AuditAdmin",),
)
NONSENSE = ("x" * 20_000, "9999-12-31", "0001-01-01", "-1e400 at 100%d \ud800")
TYPED = {"text", "search", "date", "datetime-local", "time", "month", "number", "tel", "email", "password"}
NOT_PRESSED = ("/static/", "/logout", "lang=")


@dataclass
class Walk:
    """One browser that follows every link to a page of a kind not seen yet, and keeps the forms it meets."""

    app: object
    browser: object
    seen: set = field(default_factory=set)
    pages: list = field(default_factory=list)
    forms: dict = field(default_factory=dict)
    broken: list = field(default_factory=list)

    def asks(self, method, address, data=None):
        """Open or send; whatever breaks is written down."""
        kind = "application/x-www-form-urlencoded"
        answer = apart(self.browser.open, address, method=method, data=data, content_type=data and kind)
        if answer.status_code >= 500:
            self.broken.append(f"{answer.status_code} {method} {address} {(data or '')[:200]}")
        return answer

    def explores(self, addresses):
        """Follow the links from these addresses on, one page of a kind."""
        waiting = list(addresses)
        while waiting:
            address = waiting.pop(0)
            if any(part in address for part in NOT_PRESSED) or self.kind(address) in self.seen:
                continue
            self.seen.add(self.kind(address))
            answer = self.asks("GET", address)
            if answer.status_code in (302, 303):
                waiting.append(urljoin(address, answer.headers["Location"]))
            elif answer.status_code == 200 and answer.mimetype == "text/html" and answer.text:
                self.pages.append(address)
                page = html.fromstring(answer.text)
                self.keeps_forms(page, address)
                waiting += [urljoin(address, one) for one in page.xpath("//a/@href") if one.startswith("/")]

    def keeps_forms(self, page, address):
        """Keep each form of a kind not met yet."""
        for form in page.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
            action = urljoin(address, form.get("action") or address).partition("#")[0]
            names = {re.sub(r"\d+", "#", name) for name in form.xpath(".//@name")}
            if not any(part in action for part in NOT_PRESSED):
                self.forms.setdefault((self.kind(action, "POST"), frozenset(names)), (action, form))

    def kind(self, address, method="GET"):
        """What an address leads to, whatever its numbers are."""
        try:
            return self.app.url_map.bind("localhost").match(urlsplit(address).path, method=method)[0]
        except HTTPException:
            return address

    def presses(self):
        """Send each form empty, then with each nonsense in the fields a person types into."""
        for action, form in self.forms.values():
            token = token_of(self.browser)
            self.asks("POST", action, urlencode({"csrf_token": token}))
            for nonsense in NONSENSE:
                fields = [(name, value if kept else nonsense) for name, value, kept in filled(form)]
                sent = [(name, text.encode("utf-8", "surrogatepass")) for name, text in fields]
                self.asks("POST", action, urlencode([*sent, ("csrf_token", token)]))


def filled(form):
    """The fields of a form as a browser would send them, and whether a person does not type into them."""
    for one in form.xpath(".//*[self::input or self::textarea or self::select or self::button][@name]"):
        kind = one.get("type", "text") if one.tag == "input" else one.tag
        if one.get("name") == "csrf_token" or kind == "file":
            continue
        if one.tag == "select":
            values = one.xpath("(.//option[@selected] | .//option[not(@value = '')])[1]/@value")
            yield one.get("name"), (values or [""])[0], True
        elif kind in TYPED or one.tag == "textarea":
            yield one.get("name"), "", False
        elif kind == "hidden" or one.tag == "button" or one.get("checked") is not None or kind == "radio":
            yield one.get("name"), one.get("value", "on"), True


@pytest.mark.parametrize("roles", ROLES, ids="-".join)
def test_no_form_of_any_role_breaks_and_what_it_kept_breaks_no_page(demonstration, roles):
    person = demonstration.employs("unkind", *roles, sees=(None,))
    walk = Walk(demonstration.app, person.browser)
    walk.explores(["/"])

    walk.presses()
    walk.browser = demonstration.lets_in(person.id, person.username).browser
    for address in walk.pages:
        walk.asks("GET", address)

    assert walk.broken == []
    assert walk.forms


def test_no_form_of_a_link_breaks_without_an_account(demonstration):
    told = json.loads((demonstration.app.config["CONCIERGE"].home / "demo.json").read_text(encoding="utf-8"))
    links = [*told["parts"]["progress_links"][:1], *told["parts"]["department_links"][:1], "/q", "/directory"]
    walk = Walk(demonstration.app, demonstration.stranger())
    walk.explores([urlsplit(link).path for link in links])

    walk.presses()
    for address in walk.pages:
        walk.asks("GET", address)

    assert walk.broken == []
    assert walk.forms
