"""Where somebody lives: streets, and the lines of an address around them."""
