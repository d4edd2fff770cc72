"""Every page that opens by a progress link: their modules put them on one blueprint."""

from concierge.progress.views import front, materials, messages, stuck
from concierge.progress.views.link_pages import pages

__all__ = ["front", "materials", "messages", "pages", "stuck"]
