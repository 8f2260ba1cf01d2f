"""Free problem set (FPS) XML, as HUSTOJ and others export it."""
