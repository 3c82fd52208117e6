"""Rows made into a dataset that is named by its content, shard by shard."""
