"""Knows what time it is: beat and upkeep."""
