"""The Kattis problem package format: legacy, drafts and 2025-09."""
