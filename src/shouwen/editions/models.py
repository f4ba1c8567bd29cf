"""Editions of the standard, from the first draft to the one in force."""
