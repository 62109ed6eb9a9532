"""Our own caching proxy: it forgets all it keeps when something changes that the public can see."""
