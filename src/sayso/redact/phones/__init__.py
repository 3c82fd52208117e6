"""Which digits are a telephone number."""
