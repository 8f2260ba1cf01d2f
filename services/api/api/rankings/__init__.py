"""The site-wide ranking, the site's counts and public profiles."""
