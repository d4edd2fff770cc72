"""The catalogue as files: every fault named, nothing lost, nothing run, the same bytes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.difference import CellChange, RowChange, difference
from approvals.rules.catalogue_files.reading import Reading, read_files
from approvals.rules.catalogue_files.sheets import LARGEST_FILE_BYTES, Fault, neutral, plain
from approvals.rules.catalogue_files.writing import write_files
from approvals.rules.edition_body import BodyUnreadable

Files = Mapping[str, bytes]


def changed(files: Files, file: str, old: str, new: str) -> dict[str, bytes]:
    assert old.encode() in files[file]
    return {file: files[file].replace(old.encode(), new.encode(), 1)}


def places(reading: Reading) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.row, fault.column) for fault in reading.faults]


def test_what_is_exported_and_imported_is_the_same_catalogue_and_the_same_bytes(
    catalogue: Catalogue, shipped_files: Files
) -> None:
    written = write_files(catalogue)

    again = read_files(written)

    assert again.catalogue == catalogue
    assert again.catalogue.digest == catalogue.digest
    assert write_files(again.catalogue) == written
    sheets = [file for file in shipped_files if file.endswith(".csv")]
    assert {file: written[file] for file in sheets} == {file: shipped_files[file] for file in sheets}


def test_an_edition_body_gives_back_the_whole_catalogue(catalogue: Catalogue) -> None:
    body = json.loads(json.dumps(catalogue.to_body(), ensure_ascii=False))

    assert Catalogue.from_body(body) == catalogue


def test_the_digest_tells_another_catalogue_apart_but_not_another_order_of_rows(catalogue: Catalogue) -> None:
    reordered = replace(catalogue, matters=catalogue.matters[::-1])
    renamed = replace(
        catalogue, matters=(replace(catalogue.matters[0], name_zh="别名"), *catalogue.matters[1:])
    )

    assert reordered.digest == catalogue.digest
    assert renamed.digest != catalogue.digest


def test_an_edition_of_another_form_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(BodyUnreadable):
        Catalogue.from_body({**catalogue.to_body(), "format": 99})
    with pytest.raises(BodyUnreadable):
        Catalogue.from_body({**catalogue.to_body(), "surprise": []})


def test_every_broken_cell_of_every_row_is_named_at_once(catalogue: Catalogue, shipped_files: Files) -> None:
    lines = shipped_files["steps.csv"].decode().splitlines()
    lines[1] = lines[1].replace("land_planning", "moon_planning")  # row 2
    lines[3] = lines[3].replace(",ASB,", ",,")  # row 4: no department
    lines[4] = lines[4].replace(",3,working,", ",three,working,")  # row 5
    lines[6] = lines[6] + ",one,too,many"  # row 7

    reading = read_files({"steps.csv": "\n".join(lines).encode()}, catalogue)

    assert reading.catalogue is None
    assert places(reading) == [
        ("steps.csv", 2, "stage"),
        ("steps.csv", 4, "lead_department"),
        ("steps.csv", 5, "statutory_working_days"),
        ("steps.csv", 7, ""),
    ]


def test_a_fault_is_a_sentence_with_its_place() -> None:
    fault = Fault(
        "steps.csv", 5, "kind", "“%(value)s” is not one of: %(choices)s.", {"value": "x", "choices": "a, b"}
    )

    assert str(fault) == "steps.csv:5 [kind] “x” is not one of: a, b."


def test_a_calendar_day_given_twice_names_both_rows(catalogue: Catalogue, shipped_files: Files) -> None:
    text = shipped_files["holidays.csv"].decode()
    first = text.splitlines()[1]  # 2004-01-01, row 2

    reading = read_files({"holidays.csv": f"{text}{first}\n".encode()}, catalogue)

    (fault,) = reading.faults
    assert (fault.row, fault.column) == (len(text.splitlines()) + 1, "date")
    assert (fault.facts["key"], fault.facts["first_row"]) == ("2004-01-01", 2)


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("holidays.csv", "2004-01-01,holiday", "2004-02-30,holiday", ("holidays.csv", 2, "date")),
        (
            "holidays.csv",
            "2004-01-17,makeup_workday,makeup_workday,春节,Spring Festival,yes",
            "2004-01-17,makeup_workday,makeup_workday,春节,Spring Festival,no",
            ("holidays.csv", 3, "is_workday"),
        ),
        ("steps.csv", ",ASB,public_service", ",NOBODY,public_service", ("steps.csv", 4, "lead_department")),
        (
            "dependencies.csv",
            "investment-lead-screening,investment-agreement",
            "investment-lead-screening,investment-lead-screening",
            ("dependencies.csv", 2, "successor"),
        ),
        (
            "materials.csv",
            "concierge-entrustment,concierge-letter",
            "concierge-nothing,concierge-letter",
            ("materials.csv", 2, "step_code"),
        ),
        (
            "legal_bases.csv",
            "eia-form,环境影响评价法第二十二条,,2026-08-14",
            "eia-form,环境影响评价法第二十二条,2026-09-01,2026-08-14",
            ("legal_bases.csv", 38, "valid_to"),
        ),
        ("attribute_names.csv", "storeys,,", "storys,,", ("attribute_names.csv", 41, "attribute")),
    ],
)
def test_a_row_that_contradicts_itself_or_names_nothing_is_a_fault_where_it_stands(
    catalogue: Catalogue, shipped_files: Files, file: str, old: str, new: str, place: tuple[str, int, str]
) -> None:
    assert place in places(read_files(changed(shipped_files, file, old, new), catalogue))


def test_a_column_missing_or_misspelt_stops_that_file_only(
    catalogue: Catalogue, shipped_files: Files
) -> None:
    files = changed(shipped_files, "departments.csv", "name_zh", "name_cn")
    files |= changed(shipped_files, "holidays.csv", "2004-01-01,holiday", "2004-01-01,feast")

    reading = read_files(files, catalogue)

    assert places(reading) == [
        ("departments.csv", 1, "name_cn"),
        ("departments.csv", 1, "name_zh"),
        ("holidays.csv", 2, "kind"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_saved_by_an_office_program_are_read(
    catalogue: Catalogue, shipped_files: Files, encoding: str
) -> None:
    saved = shipped_files["departments.csv"].decode().replace("\n", "\r\n").encode(encoding)

    assert read_files({"departments.csv": saved}, catalogue).catalogue == catalogue


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00\x01", b"", b"code\x00,name", b'code,name_zh\n"open', b"x" * (LARGEST_FILE_BYTES + 1)],
    ids=["not text", "empty", "nul", "open quote", "too large"],
)
def test_what_is_no_sheet_is_one_clear_fault_and_no_crash(catalogue: Catalogue, content: bytes) -> None:
    reading = read_files({"departments.csv": content}, catalogue)

    assert reading.catalogue is None
    assert {fault.file for fault in reading.faults} == {"departments.csv"}


@given(st.binary(max_size=300), st.sampled_from(["departments.csv", "holidays.csv", "templates.yaml"]))
def test_any_bytes_at_all_give_faults_never_an_exception(content: bytes, file: str) -> None:
    reading = read_files({file: content}, Catalogue())

    assert (reading.catalogue is None) == bool(reading.faults)


@given(st.text(max_size=20))
def test_no_cell_is_run_as_a_formula_and_every_cell_comes_back(cell: str) -> None:
    written = neutral(cell)

    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(written) == cell


def test_a_formula_in_a_note_goes_out_behind_an_apostrophe_and_comes_back_as_it_was(
    catalogue: Catalogue,
) -> None:
    risky = replace(catalogue.departments[0], role="=SUM(A1:A9)")
    with_formula = replace(catalogue, departments=(risky, *catalogue.departments[1:]))

    written = write_files(with_formula)

    assert b"'=SUM(A1:A9)" in written["departments.csv"]
    assert read_files(written).catalogue == with_formula


@pytest.mark.parametrize(
    ("old", "new", "above"),
    [
        ("type: bool, default: false}", "type: boolean, default: false}", 0),
        ("cap_window: [land-deal-confirmation, construction-permit]", "cap_window: [construction-permit]", 0),
        # a condition is named by its matter: energy-review stands two lines above its first test
        ("op: gte, value: 1000}", "op: gte, value: lots}", 2),
        ("lead: DZC, members", "lead: XXX, members", 0),
        ("land_supply: auction,", "land_supply: theft,", 0),
    ],
)
def test_a_fault_in_the_templates_file_names_its_line(
    catalogue: Catalogue, shipped_files: Files, old: str, new: str, above: int
) -> None:
    text = shipped_files["templates.yaml"].decode()
    line = text[: text.index(old)].count("\n") + 1

    reading = read_files(changed(shipped_files, "templates.yaml", old, new), catalogue)

    assert [fault.row for fault in reading.faults] == [line - above]


@pytest.mark.parametrize(
    "content",
    [
        "version: &v 1\nsource_note: *v\n",
        "version: 1\nversion: 1\n",
        "version: !!python/object/apply:os.system [id]\n",
        "a: " + "[" * 40 + "]" * 40,
        "version: [1,\n",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    ],
    ids=["alias", "key twice", "tag", "deep", "broken", "bomb"],
)
def test_yaml_that_does_more_than_hold_data_is_refused(catalogue: Catalogue, content: str) -> None:
    reading = read_files({"templates.yaml": content.encode()}, catalogue)

    assert reading.catalogue is None
    assert len(reading.faults) == 1


def test_a_note_with_commas_and_no_quotes_is_read_whole(catalogue: Catalogue) -> None:
    # {type: bool, default: false, note: mines, metal smelting, hazardous goods} in the shipped file
    assert catalogue.attribute_of["hazardous"].note == "mines, metal smelting, hazardous goods"


def test_one_file_alone_changes_only_its_own_part(catalogue: Catalogue, shipped_files: Files) -> None:
    files = changed(shipped_files, "steps.csv", "投资项目赋码", "项目赋码")

    new = read_files(files, catalogue).catalogue

    assert new is not None
    assert difference(catalogue, new) == (
        RowChange(
            "steps.csv",
            "project-code-assignment",
            "changed",
            (CellChange("name_zh", "投资项目赋码", "项目赋码"),),
        ),
    )


def test_the_dry_run_shows_rows_added_removed_and_one_override_as_one_cell(
    catalogue: Catalogue, shipped_files: Files
) -> None:
    gone = next(line for line in shipped_files["dependencies.csv"].decode().splitlines() if "muck" in line)
    files = changed(shipped_files, "dependencies.csv", f"{gone}\n", "")
    files |= changed(
        shipped_files,
        "templates.yaml",
        "construction-drawing-review: {promised: 7,",
        "construction-drawing-review: {promised: 8,",
    )
    files["legal_bases.csv"] = (
        shipped_files["legal_bases.csv"] + "joint-survey,滨州规定第十八条,,,local\n".encode()
    )

    new = read_files(files, catalogue).catalogue

    assert new is not None
    changes = {(change.file, change.kind): change for change in difference(catalogue, new)}
    assert changes["dependencies.csv", "removed"].key == "construction-contract → muck-disposal-permit"
    assert changes["legal_bases.csv", "added"].key == "joint-survey → 滨州规定第十八条"
    (cell,) = changes["templates.yaml", "changed"].cells
    assert cell.column == "overrides.construction-drawing-review"
    assert ("promised: 7" in cell.old, "promised: 8" in cell.new) == (True, True)


def test_removing_a_matter_that_others_name_is_refused_where_they_name_it(
    catalogue: Catalogue, shipped_files: Files
) -> None:
    lines = shipped_files["steps.csv"].decode().splitlines()
    kept = [line for line in lines if not line.startswith("night-construction-certificate,")]

    reading = read_files({"steps.csv": "\n".join(kept).encode()}, catalogue)

    assert {fault.file for fault in reading.faults} == {
        "dependencies.csv",
        "materials.csv",
        "legal_bases.csv",
        "templates.yaml",
    }


def test_all_files_or_a_base_are_needed() -> None:
    reading = read_files({"surprise.csv": b""})

    assert {fault.file for fault in reading.faults} >= {"surprise.csv", "steps.csv", "templates.yaml"}


def test_the_unit_an_office_chose_is_written_only_where_one_is_chosen(catalogue: Catalogue) -> None:
    eia = replace(catalogue.matter("eia-report"), unspecified_as="calendar")
    matters = tuple(eia if matter.code == eia.code else matter for matter in catalogue.matters)

    written = write_files(replace(catalogue, matters=matters))

    again = read_files(written).catalogue
    assert again is not None
    assert again.matter("eia-report").unspecified_as == "calendar"
    assert b"unspecified_as" not in write_files(catalogue)["steps.csv"]
