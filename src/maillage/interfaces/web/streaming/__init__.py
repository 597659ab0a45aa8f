"""Live pages: server-sent events for hundreds of phones, in the process that serves the pages."""
