"""What people do to a case, one act a file, and the one `commit` that applies what an act chose."""
