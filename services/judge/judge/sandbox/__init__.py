"""Boxes for programs that are not ours: the port, boxd behind it, and a fake."""
