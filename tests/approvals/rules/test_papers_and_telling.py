"""Which version of a paper counts; what belongs on the one-time notice, and what is never asked for."""

from dataclasses import replace
from datetime import date

import pytest

from approvals.rules.papers import (
    CameLater,
    ComesByItself,
    Fault,
    Finding,
    HeldFile,
    HeldVersion,
    NothingHandedIn,
    PaperHere,
    PaperState,
    PaperWay,
    ToldItem,
    by_material,
    check_source,
    check_taking_in,
    only_withdrawn,
)
from approvals.rules.telling import (
    Asked,
    AskedTwice,
    CollectedAlready,
    FaultUnsaid,
    NothingToTell,
    NotInGuide,
    SharedDataSupplies,
    StepMakesIt,
    checked_list,
    complete_list,
    left_of,
    new_items,
)

MONDAY = date(2026, 4, 13)


def a_version(number=1, material="report", **told):
    return HeldVersion(
        id=number,
        material=material,
        number=number,
        way=PaperWay.COUNTER,
        came_on=MONDAY,
        taken_in_by="Amy",
        **told,
    )


def here(**told):
    return PaperHere("report", (a_version(**told),))


def asked(material="report", origin="applicant", **told):
    return Asked(material=material, name=material.title(), origin=origin, **told)


def test_the_newest_version_counts():
    papers = by_material([a_version(2, finding=Finding.UNFIT, found_reason="no seal"), a_version(1)])

    assert papers["report"].newest.number == 2
    assert papers["report"].state is PaperState.UNFIT


def test_a_version_taken_back_leaves_the_one_before_it():
    papers = by_material([a_version(1), a_version(2, is_withdrawn=True)])

    assert papers["report"].newest.number == 1
    assert papers["report"].is_good


def test_a_paper_of_which_every_version_was_taken_back_is_not_here_but_stays_on_record():
    versions = [a_version(1, is_withdrawn=True), a_version(2, is_withdrawn=True)]

    assert by_material(versions) == {}
    assert [version.number for version in only_withdrawn(versions)["report"]] == [1, 2]


def test_the_pages_of_a_version_are_those_of_all_its_files():
    file = HeldFile(
        id=1, key="k", name="a.pdf", media_type="application/pdf", size_bytes=1, sha256="0", pages=3
    )

    assert a_version(files=(file, replace(file, pages=4), replace(file, pages=None))).pages == 7
    assert a_version().pages is None


def test_a_paper_is_taken_in_on_the_day_it_comes_and_not_before():
    with pytest.raises(CameLater):
        check_taking_in(
            "Report",
            PaperWay.COUNTER,
            date(2026, 4, 14),
            today=MONDAY,
            has_files=True,
            is_original_here=False,
        )


@pytest.mark.parametrize(
    ("way", "has_files", "is_original_here", "is_taken"),
    [
        (PaperWay.COUNTER, True, False, True),
        (PaperWay.COUNTER, False, True, True),
        (PaperWay.COUNTER, False, False, False),
        (PaperWay.ONLINE, False, False, False),
        (PaperWay.SHARED, False, False, True),
    ],
)
def test_somebody_hands_in_a_file_or_the_paper_itself(way, has_files, is_original_here, is_taken):
    def take():
        check_taking_in(
            "Report", way, MONDAY, today=MONDAY, has_files=has_files, is_original_here=is_original_here
        )

    if is_taken:
        take()
    else:
        with pytest.raises(NothingHandedIn):
            take()


def test_what_a_step_makes_is_not_taken_from_people_until_the_step_has_made_it():
    with pytest.raises(ComesByItself, match="Land contract"):
        check_source("Contract", PaperWay.COUNTER, "Land contract", is_made=False)

    check_source("Contract", PaperWay.RESULT, "Land contract", is_made=False)
    check_source("Contract", PaperWay.COUNTER, "Land contract", is_made=True)
    check_source("Report", PaperWay.COUNTER, "", is_made=False)


def test_the_complete_list_holds_all_the_enterprise_must_bring_and_nothing_that_comes_another_way():
    guide = [
        asked("report"),
        asked("survey", "intermediary"),
        asked("form", "system"),
        asked("map", "shared"),
        asked("contract", "produced", producer="Land contract"),
        asked("old-title", "produced"),  # no step of the project makes it: brought if there is one
        asked("plan", is_promised=True),
        asked("letter", here=PaperHere("letter", (a_version(material="letter"),))),
    ]

    assert [item.material for item in complete_list(guide)] == ["report", "survey", "old-title"]


def test_a_paper_found_wrong_stands_on_the_list_with_the_words_of_who_found_it():
    wrong = here(finding=Finding.UNFIT, found_reason="The seal is missing")

    assert complete_list([asked(here=wrong)]) == (ToldItem("report", Fault.UNFIT, "The seal is missing"),)


def test_of_papers_of_which_any_one_will_do_one_line_names_all_and_one_is_enough():
    contract, title = asked("contract", group="1"), asked("title", group="1")

    assert complete_list([contract, title]) == (ToldItem("contract", Fault.MISSING, "Title"),)
    assert complete_list([contract, replace(title, here=here())]) == ()


def test_a_fault_the_handler_writes_joins_the_list():
    guide = [asked("report"), asked("letter", here=here())]

    told = checked_list("Filing", guide, [ToldItem("letter", Fault.UNFIT, "unsigned")])

    assert told == (ToldItem("report", Fault.MISSING), ToldItem("letter", Fault.UNFIT, "unsigned"))


@pytest.mark.parametrize(
    ("guide", "items", "refusal"),
    [
        ([asked("report")], [ToldItem("poem", Fault.MISSING)], NotInGuide),
        ([asked("report")], [ToldItem("report", Fault.MISSING)] * 2, AskedTwice),
        ([asked("report", here=here())], [ToldItem("report", Fault.MISSING)], CollectedAlready),
        ([asked("c", "produced", producer="Land contract")], [ToldItem("c", Fault.MISSING)], StepMakesIt),
        ([asked("map", "shared")], [ToldItem("map", Fault.MISSING)], SharedDataSupplies),
        ([asked("report", here=here())], [ToldItem("report", Fault.UNFIT, " ")], FaultUnsaid),
        ([asked("report", here=here())], [], NothingToTell),
    ],
)
def test_what_may_never_be_asked_for_is_refused_by_name(guide, items, refusal):
    with pytest.raises(refusal):
        checked_list("Filing", guide, items)


def test_a_second_list_is_new_only_where_it_names_other_papers():
    first = (ToldItem("report", Fault.MISSING), ToldItem("letter", Fault.UNFIT, "unsigned"))

    assert new_items(first, [ToldItem("report", Fault.UNFIT, "came without its annex")]) == ()
    assert new_items(first, [ToldItem("map", Fault.UNFIT, "old")]) == (ToldItem("map", Fault.UNFIT, "old"),)


def test_an_answer_is_whole_when_everything_told_is_here_and_right():
    told = (ToldItem("report", Fault.UNFIT, "no seal"), ToldItem("letter", Fault.MISSING))
    wrong = a_version(1, finding=Finding.UNFIT, found_reason="no seal")
    mended = PaperHere("report", (wrong, a_version(2)))

    half = [asked("report", here=mended), asked("letter")]
    whole = [asked("report", here=mended), asked("letter", here=here())]

    assert left_of(told, half) == (ToldItem("letter", Fault.MISSING),)
    assert left_of(told, whole) == ()
