"""Pages of letters: for agents, and for people without a sign-in."""
