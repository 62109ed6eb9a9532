"""One module for each form the letters have had."""
