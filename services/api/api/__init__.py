"""The HTTP api of CodePlace."""
