"""Planted faults: servers that are wrong in one way, and the law that finds each."""
