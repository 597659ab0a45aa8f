"""Quality: one criterion a file, each a whole number from 0 to 1000; ``registry.CRITERIA`` gives their order."""
