"""The days of those who work here: what is due, what was answered, what one looks for; views over every room."""
