"""What whoever serves a customer is guided by, on the telephone, at the counter and in writing alike."""
