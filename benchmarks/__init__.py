"""What Sayso costs and finds, measured beside a peer on the same input."""
