"""Clocks: every promise of the standard that runs for somebody, as a row with a due time."""
