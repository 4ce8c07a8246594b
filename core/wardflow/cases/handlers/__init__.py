"""Services that are answered within the act that calls them, because what they do is rows of the case; one a file."""
