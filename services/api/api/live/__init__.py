"""Server-sent events: a hub in each process of the live role, fed by one Redis subscriber."""
