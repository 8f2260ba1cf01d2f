"""The schema, its migrations, the sessions and the roles; queries belong to the features."""
