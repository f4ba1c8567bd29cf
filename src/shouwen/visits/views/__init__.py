"""Requests of phones and about visits, answered."""
