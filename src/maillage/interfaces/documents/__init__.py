"""Papers to take away: the same blocks as an accessible PDF and as a DOCX one may work on."""
