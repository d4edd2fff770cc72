"""The remarks on special procedures: every shipped one is known, so that it is read in Chinese too."""

from approvals.queries import catalogue as queries
from concierge.kernel.db import db
from projects.views.special_notes import SHIPPED, special_note


def test_every_shipped_remark_is_known_and_none_is_left_over(county):
    catalogue = queries.catalogue(1, db.session)

    assert {matter.special_note for matter in catalogue.matters if matter.special_note} == set(SHIPPED)


def test_a_remark_is_read_in_chinese_and_one_of_the_offices_own_as_it_wrote_it(county):
    with county.app.test_request_context("/?lang=zh"):
        assert special_note("expert review") == "专家评审"
        assert special_note("现场核查 by two officers") == "现场核查 by two officers"
