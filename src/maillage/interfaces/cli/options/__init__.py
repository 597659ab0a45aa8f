"""The options that several commands take, each written once."""
