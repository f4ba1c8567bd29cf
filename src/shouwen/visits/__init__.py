"""The workplace of the technician: the phone app, what it sends, visits judged, gifts, who is at my door."""
