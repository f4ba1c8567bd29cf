"""The pages of the hall: the clerk's screen, the ticket machine, the display."""
