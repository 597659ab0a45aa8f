"""Projects and working groups: parties, tasks, meetings, trials."""
