"""The edge to HTTP: everything that routes share and that knows Flask or marshmallow."""
