"""Makes letters of every era in many layouts, from a seed, and prints them by five programs."""
