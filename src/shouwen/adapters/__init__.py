"""The only place with outside input and output: the system clock, identifiers, later telephony and messages."""
