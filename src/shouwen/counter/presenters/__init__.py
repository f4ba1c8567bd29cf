"""The pages of the hall as plain values."""
