"""French texts: words, stems, and encoders that turn a text into a vector of its meaning."""
