"""All live projects planned together against what the departments can really do. Used qualified."""
