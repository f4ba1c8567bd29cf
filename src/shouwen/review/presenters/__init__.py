"""Pages of the review desk as frozen values."""
