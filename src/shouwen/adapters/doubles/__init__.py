"""Doubles of what lies outside: they speak the real formats over real sockets and can be told to misbehave."""
