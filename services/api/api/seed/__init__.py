"""What a new site starts with: problems, the cast, an announcement."""
