"""What happened to documents, templates and packages."""
