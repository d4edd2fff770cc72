"""Every page that opens by a link: their modules put them on one blueprint."""

from concierge.desk.views import department_pages, list_pages, opinion_file, package_files
from concierge.desk.views.link_pages import pages

__all__ = ["department_pages", "list_pages", "opinion_file", "package_files", "pages"]
