"""Job handlers of the editions."""
