"""How the tagger's weights are made: labelled sets, invented sentences, training, packing.

Nothing here is installed with Sayso; `python -m tagger.train` writes the file of weights that
is. Needs the optional group `tagger`, and the sets under ../shared/data/personal-data.
"""
