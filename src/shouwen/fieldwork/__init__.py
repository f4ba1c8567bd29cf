"""Work in the field: people with their skills and zones, orders, appointments, visits."""
