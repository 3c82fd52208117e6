"""The acts that take longer than a click, each of which may be killed and simply run again.

Every act writes its artefacts under names derived from what went in, then records them in one
transaction. So running it again does what is left and nothing twice. May import everything
below; knows neither pages nor commands.
"""
