"""Editions of the standard: drafts, approval, publication, what changes and what it would do."""
