"""Ways out: JSON lines, tables, terminal text and one HTML page. Read-only; one file a format."""
