"""Submissions: taking them, and showing what became of them."""
