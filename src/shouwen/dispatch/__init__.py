"""The dispatcher's workplace: who goes where and when, and whether what was promised holds."""
