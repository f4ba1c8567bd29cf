"""The hall: tickets of the queue, the clerks at their counters, what is said and done there."""
