"""Composing a template: GB/T 9704 paragraphs, tables and signature, with tags where the values will stand."""


class Page:
    """One template being composed."""
