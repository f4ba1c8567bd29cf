"""Who is at which machine: registered desks, sign-ins, second factors, locks, reads that are journalled."""
