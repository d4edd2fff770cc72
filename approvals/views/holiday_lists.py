"""Lists over the calendar: the single days of the year tables, and the years."""

from __future__ import annotations

from flask_babel import lazy_gettext

from approvals.models.calendar import CalendarYearRow, HolidayRow
from approvals.views import code_words as words
from approvals.views.calendar_page import HOLIDAY
from approvals.views.coded_fields import show_word, words_of
from approvals.views.column_labels import HINTS, LABELS
from approvals.views.draft_view import DraftView, coded
from concierge.kernel.crud import CrudInterface


class HolidayListView(DraftView):
    """节假日逐日."""

    class_permission_name = HOLIDAY
    datamodel = CrudInterface(HolidayRow)
    route_base = "/holidays/days"
    list_title = lazy_gettext("Days off and make-up days")
    show_title = lazy_gettext("Day of the calendar")
    add_title = lazy_gettext("New day of the calendar")
    edit_title = lazy_gettext("Edit day of the calendar")
    label_columns = LABELS
    description_columns = HINTS
    list_columns = ["day", "kind", "name_zh", "name_en", "is_workday", "source"]
    order_columns = list_columns
    search_columns = ["day", "kind", "name_zh", "name_en", "is_workday", "source"]
    base_order = ("day", "desc")
    edit_columns = ["kind", "is_workday", "name_zh", "name_en", "detail", "source"]
    add_columns = ["day", *edit_columns]
    show_columns = [*add_columns, "changed_at"]
    coded = {"kind": coded(LABELS["kind"], words_of(words.HOLIDAY_KINDS))}
    front = ("HolidayPage.list", lazy_gettext("Holidays"))
    formatters_columns = {"kind": show_word(words.HOLIDAY_KINDS)}


class CalendarYearListView(DraftView):
    """年度日历."""

    class_permission_name = HOLIDAY
    datamodel = CrudInterface(CalendarYearRow)
    route_base = "/holidays/years"
    base_permissions = ["can_list", "can_show", "can_edit"]
    list_title = lazy_gettext("Years of the calendar")
    show_title = lazy_gettext("Year of the calendar")
    add_title = lazy_gettext("New year of the calendar")
    edit_title = lazy_gettext("Edit year of the calendar")
    label_columns = LABELS
    list_columns = ["year", "status", "source"]
    order_columns = list_columns
    search_columns = ["year", "status", "source"]
    base_order = ("year", "desc")
    edit_columns = ["status", "source"]
    add_columns: list[str] = []
    show_columns = ["year", "status", "source", "changed_at"]
    coded = {"status": coded(LABELS["status"], words_of(words.YEAR_STATUSES))}
    front = ("HolidayPage.list", lazy_gettext("Holidays"))
    formatters_columns = {"status": show_word(words.YEAR_STATUSES)}
