"""The hotline: calls, their records and their replay."""
