"""Names and handles of a network's members, found in texts."""
