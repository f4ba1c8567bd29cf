"""Start pages: sign-in, my work, the clock board."""
