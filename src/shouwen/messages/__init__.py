"""The one way out to people: SMS, mail and file drop, each message asked for once and sent by a job."""
