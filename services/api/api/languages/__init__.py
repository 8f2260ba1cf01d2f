"""The languages that can be used now."""
