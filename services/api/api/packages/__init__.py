"""Problem packages in: readers of the formats and the import of what they found."""
