"""Mail: letters in plain words, queued once, sent by a job, with what each person wants to receive."""
