"""The standard as people read it: every clause, how it is carried out, and how well it is kept."""
