"""From what a step asked for to the rows that remember it: pure functions, one table a file."""
