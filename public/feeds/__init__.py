"""What programs follow: Atom feeds, a calendar and a sitemap, made of what the pages show and of nothing else."""
