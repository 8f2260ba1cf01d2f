"""HTTP in and out. Nothing here knows how a program is judged."""
