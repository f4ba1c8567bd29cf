"""Reads, validates and explains service standards that are written as data."""
