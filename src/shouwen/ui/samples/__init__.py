"""Invented pages for /ui/: every component and page can be looked at without a database.

All people, places and numbers are invented. It is always Friday 9 October 2026, 14:32.
"""
