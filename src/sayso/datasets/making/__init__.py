"""What becomes of documents that may be used: steps, marks, rows on their way to shards."""
