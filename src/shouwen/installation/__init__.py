"""`shouwen init`: a real installation, from questions, a file or a spreadsheet; run again it changes only what is asked."""
