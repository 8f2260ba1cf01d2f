"""Personal access tokens: keys with which programs act for a person."""
