"""What a model still knows: whose words it learnt, as far as attacks on it can tell.

`asking` asks a model with torch; all else counts what it said with numpy and knows no model.
Nothing here changes a model, and no text is in anything that is returned.
"""
