"""Whether this process lives and can do its work."""
