"""The origin benchmark: small worlds of invented stories with known lineage; see README.md."""
