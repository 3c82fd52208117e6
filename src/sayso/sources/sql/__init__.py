"""A site's own database, read by the operator's queries and never written."""
