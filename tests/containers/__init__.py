"""The container layer: a real engine, locally made base images, the production compose file."""
