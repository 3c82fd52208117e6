"""Stack Exchange's data dump: posts, comments and people of one site or several, as XML.

Never reads votes, badges or who looked at what, and gives nobody's post to somebody else. May
import the sources' own building stones.
"""
