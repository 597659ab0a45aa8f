"""Reading one cell: what people type becomes a value, or a sentence that says what to write."""
