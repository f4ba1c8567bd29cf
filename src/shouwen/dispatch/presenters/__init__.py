"""The field as plain values."""
