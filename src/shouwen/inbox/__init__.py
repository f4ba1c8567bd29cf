"""What comes in in writing: mails and the form on the web, until each is answered or a case."""
