"""One form and one set: each field and paper once, whatever is ticked; and the shipped catalogue is sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.service.rules.catalogue import NothingTicked, ServiceCatalogue, UnknownService
from concierge.service.rules.reading import faults, strangers
from concierge.service.rules.union import one_application, promised_workdays


def test_the_enterprise_package_has_the_five_services_of_the_source(services: ServiceCatalogue) -> None:
    package = services.bundles["enterprise-start"]

    names = [services.services[code].names.en for code in package.usual]
    assert names == [
        "Business licence",
        "Seals",
        "Tax confirmation and invoices",
        "Registration for insurance",
        "Bank account",
    ]


def test_the_five_services_ask_for_each_field_and_each_paper_once(services: ServiceCatalogue) -> None:
    asked = one_application(services, services.bundles["enterprise-start"].usual, ["enterprise-start"])

    # fields one by one: 9 + 5 + 6 + 6 + 6 = 32; papers 5 + 3 + 2 + 2 + 3 = 15
    assert (asked.fields_before, asked.papers_before) == (32, 15)
    # The licence is made on the way, so nobody brings it: 15 - 4 licences = 11 rows, the identity card three
    # times among them: 9 papers.
    assert len(asked.papers) == 9
    assert "business-licence" not in {one.material.code for one in asked.papers}
    name = next(one for one in asked.form if one.field.code == "enterprise_name")
    assert name.asked_by == (
        "business-licence",
        "seal-engraving",
        "tax-confirmation",
        "employer-insurance",
        "bank-account",
    )


def test_after_a_death_nine_services_are_ticked_and_two_more_offered(services: ServiceCatalogue) -> None:
    bundle = services.bundles["after-death"]

    assert (len(bundle.usual), len(bundle.offered)) == (9, 2)
    asked = one_application(services, bundle.usual, ["after-death"])
    papers = {one.material.code for one in asked.papers}
    assert "death-certificate" not in papers  # the first of the nine makes it
    assert "deceased-id-card" in papers


def test_the_slowest_service_counts_and_the_bundle_caps_it(services: ServiceCatalogue) -> None:
    slow = services.ticked(["identity-card-renewal", "elderly-card"])  # 20 and 5 working days

    assert promised_workdays(slow, []) == 20
    assert promised_workdays(services.ticked(["bank-account"]), [services.bundles["enterprise-start"]]) == 2
    start = services.bundles["restaurant"]  # 10 days in all
    assert promised_workdays(services.ticked(["tobacco-licence", "food-licence"]), [start]) == 10


def test_nothing_ticked_and_a_service_nobody_knows_are_refused(services: ServiceCatalogue) -> None:
    with pytest.raises(NothingTicked):
        services.ticked([""])
    with pytest.raises(UnknownService) as refusal:
        services.ticked(["moon-landing"])
    assert refusal.value.facts["code"] == "moon-landing"


def test_the_shipped_files_lead_nowhere_wrong(services: ServiceCatalogue) -> None:
    assert list(faults(services)) == []
    assert list(strangers(services)) == []
    assert len(services.services) >= 100
    assert set(services.workflows) == {"lianshui", "xintian", "jiangyong"}
    assert [len(one.steps) for one in services.workflows.values()] == [6, 6, 5]


@given(data=st.data())
def test_the_union_is_that_of_sets_and_names_every_asker(
    services: ServiceCatalogue, data: st.DataObject
) -> None:
    codes = data.draw(st.lists(st.sampled_from(sorted(services.services)), min_size=1, max_size=12))

    asked = one_application(services, codes)

    wanted = {field for code in codes for field in services.services[code].fields}
    assert [one.field.code for one in asked.form] == list(dict.fromkeys(one.field.code for one in asked.form))
    assert {one.field.code for one in asked.form} == wanted
    for paper in asked.papers:
        assert all(paper.material.code in services.services[who].materials for who in paper.asked_by)
        assert not set(paper.material.made_by) & set(codes)
    assert len(asked.form) <= asked.fields_before
    assert asked.period_workdays == max(services.services[code].period_workdays for code in codes)
