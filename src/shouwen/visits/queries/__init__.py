"""Reading what phones reported and what waits for a person."""
