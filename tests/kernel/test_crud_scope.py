"""A row outside a person's projects does not exist for them: not in a list, a sheet, an action, a file."""

import pytest

from tests.kernel.fixtures_office import Office
from tests.kernel.office.models import Folder


@pytest.fixture
def folders(office: Office) -> tuple[int, int]:
    """One folder of project 7, one of project 8."""
    mine, theirs = office.keeps(Folder(project_id=7, title="Mine"), Folder(project_id=8, title="Theirs"))
    return mine, theirs


def test_a_list_and_its_file_hold_only_rows_of_the_readers_projects(
    office: Office, folders: tuple[int, int]
) -> None:
    amy = office.employs("amy", "Reader", sees=(7,))

    for page in (amy.opens("/folders/list/"), amy.opens("/folders/export")):
        assert page.status_code == 200
        assert "Mine" in page.text
        assert "Theirs" not in page.text


def test_a_chief_who_sees_every_project_sees_every_row(office: Office, folders: tuple[int, int]) -> None:
    chief = office.employs("chief", "Reader", sees=(None,))

    page = chief.opens("/folders/list/")

    assert "Mine" in page.text
    assert "Theirs" in page.text


@pytest.mark.parametrize("path", ["/folders/show/{}", "/folders/show/{}?page_FolderView=x"])
def test_a_sheet_out_of_scope_looks_like_one_that_is_not_there(
    office: Office, folders: tuple[int, int], path: str
) -> None:
    amy = office.employs("amy", "Reader", sees=(7,))

    foreign, absent = amy.opens(path.format(folders[1])), amy.opens(path.format(9999))

    assert amy.opens(path.format(folders[0])).status_code == 200
    assert foreign.status_code == absent.status_code == 404
    assert foreign.text.replace(f"show/{folders[1]}", "") == absent.text.replace("show/9999", "")


def test_an_action_on_a_row_out_of_scope_is_404_and_changes_nothing(
    office: Office, folders: tuple[int, int]
) -> None:
    amy = office.employs("amy", "Reader", sees=(7,))
    mine, theirs = folders

    singly = amy.sends(f"/folders/action/close/{theirs}")
    in_bulk = amy.sends("/folders/action_post", {"action": "close", "rowid": [str(mine), str(theirs)]})

    assert singly.status_code == in_bulk.status_code == 404
    assert not office.has(Folder, theirs).is_closed
    assert not office.has(Folder, mine).is_closed  # all of a bulk, or none


def test_an_action_in_scope_is_done(office: Office, folders: tuple[int, int]) -> None:
    amy = office.employs("amy", "Reader", sees=(7,))

    answer = amy.sends("/folders/action_post", {"action": "close", "rowid": [str(folders[0])]})

    assert answer.status_code == 302
    assert office.has(Folder, folders[0]).is_closed


def test_an_action_is_a_post_with_a_token_and_a_right(office: Office, folders: tuple[int, int]) -> None:
    amy = office.employs("amy", "Reader", sees=(7,))
    path = f"/folders/action/close/{folders[0]}"

    assert amy.opens(path).status_code == 405
    assert amy.sends(path, token=False).status_code == 400
    assert amy.sends(f"/folders/action/shred/{folders[0]}").status_code == 404  # no role may shred
    assert amy.sends(f"/folders/action/unheard-of/{folders[0]}").status_code == 404
    assert not office.has(Folder, folders[0]).is_closed


def test_business_rows_have_no_forms_of_the_framework(office: Office, folders: tuple[int, int]) -> None:
    amy = office.employs("amy", "Reader", sees=(7,))

    for path in ("/folders/add", f"/folders/edit/{folders[0]}", f"/folders/delete/{folders[0]}"):
        assert amy.opens(path).status_code == 403
        assert amy.sends(path).status_code == 403
