"""When a promise is due: calendars, durations, pauses and the deadlines that follow from them."""
