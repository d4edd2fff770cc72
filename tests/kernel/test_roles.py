"""Roles are data, compared by whole names; three administrators are three people."""

from __future__ import annotations

import pytest
from flask_appbuilder.security.sqla.models import Permission, PermissionView, Role, User, ViewMenu
from sqlalchemy import select

from concierge.kernel import roles
from concierge.kernel.actor import SYSTEM
from concierge.kernel.addon import Addon, Grant, Screen
from concierge.kernel.db import db, writing
from concierge.kernel.errors import Misconfigured
from concierge.kernel.security import accounts
from tests.kernel.fixtures_office import Office

TRIAL = Addon(
    name="trial",
    summary="",
    roles={
        "Clerk": (Grant("Step", "list", "show"),),
        "Chief": (Grant("Step", "list"), Grant("Step", "edit")),
    },
)


@pytest.mark.parametrize(
    ("permission", "on", "is_given"),
    [
        ("can_list", "Step", True),
        ("can_list", "StepTemplate", False),
        ("can_list", "Ste", False),
        ("can_listing", "Step", False),
        ("can_list\n", "Step", False),
        ("can_edit", "Step", False),
    ],
)
def test_a_right_is_a_whole_name(permission: str, on: str, is_given: bool) -> None:
    assert roles.may(roles.rights_of([TRIAL]), ["Clerk"], permission, on) is is_given


def test_rights_of_several_addons_and_roles_add_up() -> None:
    other = Addon(name="other", summary="", roles={"Clerk": (Grant("Desk", "list"),)})
    rights = roles.rights_of([TRIAL, other])

    assert rights["Clerk"] == {("Step", "can_list"), ("Step", "can_show"), ("Desk", "can_list")}
    assert roles.may(rights, ["Clerk", "Chief"], "can_edit", "Step")
    assert not roles.may(rights, ["Nobody"], "can_list", "Step")


def test_a_screen_no_role_may_open_refuses_to_start() -> None:
    addon = Addon(name="trial", summary="", screens=(Screen("trial.views:A"),), roles=TRIAL.roles)

    with pytest.raises(Misconfigured, match=r"trial\.views:A, which no role may open"):
        roles.check_screens_open([addon], {"trial.views:A": "StepTemplate"})


@pytest.mark.parametrize(
    "held",
    [
        ("SystemAdmin", "SecurityAdmin"),
        ("SystemAdmin", "AuditAdmin"),
        ("AuditAdmin", "SecurityAdmin"),
        ("SecurityAdmin", "Concierge"),
        ("AuditAdmin", "Chief"),
    ],
)
def test_one_person_cannot_run_give_and_watch(held: tuple[str, ...]) -> None:
    with pytest.raises(roles.DutiesMixed) as refused:
        roles.refuse_mixture(held)

    assert set(refused.value.facts.values()) == set(held)


@pytest.mark.parametrize("held", [(), ("SystemAdmin", "Chief"), ("SecurityAdmin",), ("Concierge", "Chief")])
def test_other_combinations_are_fine(held: tuple[str, ...]) -> None:
    roles.refuse_mixture(held)


def test_a_role_opens_its_screens_and_none_that_begins_alike(office: Office) -> None:
    reader, archivist = office.employs("rae", "Reader"), office.employs("ada", "Archivist")

    assert reader.opens("/folders/list/").status_code == 200
    assert reader.opens("/folder-templates/list/").status_code == 403
    assert archivist.opens("/folder-templates/list/").status_code == 200
    assert archivist.opens("/folders/list/").status_code == 403


def test_the_frameworks_admin_and_its_tables_of_rights_open_nothing(office: Office) -> None:
    rae = office.employs("rae")
    with writing():
        right = PermissionView(permission=Permission(name="can_list"), view_menu=ViewMenu(name="Folder"))
        admin, public = Role(name="Admin", permissions=[right]), Role(name="Public", permissions=[right])
        db.session.add_all((admin, public))
        db.session.get(User, rae.id).roles = [admin]
        db.session.commit()

    assert rae.opens("/folders/list/").status_code == 403
    assert office.stranger().get("/folders/list/").status_code == 302


def test_an_account_with_no_role_is_told_whom_to_ask(office: Office) -> None:
    page = office.employs("new").opens("/")

    assert page.status_code == 200
    assert "Your account has no role yet" in page.text


def test_the_landing_page_is_the_first_screen_of_the_role(office: Office) -> None:
    assert office.employs("kim", "Keeper").opens("/").headers["Location"] == "/shelves/list/"
    assert office.employs("rae", "Reader").opens("/").headers["Location"] == "/folders/list/"
    assert office.employs("sue", "SecurityAdmin").opens("/").headers["Location"] == "/accounts/list/"


def test_unknown_roles_are_refused(office: Office) -> None:
    with pytest.raises(roles.RoleUnknown):
        accounts.open_account("eve", "Eve", ["Admin"], by=SYSTEM)

    assert office.asked(select(User)) == []


def test_nobody_changes_their_own_rights_and_somebody_always_gives_them(office: Office) -> None:
    sue, sam = office.employs("sue", "SecurityAdmin"), office.employs("sam", "SecurityAdmin")

    with pytest.raises(accounts.OwnAccount):
        accounts.change_account(sue.id, "Sue", ["SystemAdmin"], is_active=True, by=sue.actor)
    with pytest.raises(accounts.OwnAccount):
        accounts.reset_password(sue.id, by=sue.actor)
    accounts.change_account(sam.id, "Sam", [], is_active=True, by=sue.actor)
    with pytest.raises(accounts.LastSecurityAdmin):
        accounts.change_account(sue.id, "Sue", ["SecurityAdmin"], is_active=False, by=SYSTEM)
