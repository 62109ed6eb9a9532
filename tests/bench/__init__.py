"""Benchmarks: commands of their own (`scripts/bench`), beside what is physically possible. No test asserts a time."""
