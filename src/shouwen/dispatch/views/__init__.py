"""Requests of the dispatcher, answered."""
