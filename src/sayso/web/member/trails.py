"""Where the settings pages stand: their addresses, and the crumbs that lead back."""

SETTINGS = ("Settings & privacy", "/settings")
DATA_PRIVACY = ("Data privacy", "/settings/data-privacy")
GENERATIVE_AI = "/settings/data-privacy/generative-ai"
CREDIT = "/settings/data-privacy/credit"
