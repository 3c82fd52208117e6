"""A count model beside the shards: how often runs of tokens were written, and by how many people.

Every slice has a table of its own, and the model is their sum in whole numbers: taking a slice's
table away, or putting another in its place, gives exactly what never having had it gives. No
discount, weight or share in it was ever fitted on what members wrote.
"""
