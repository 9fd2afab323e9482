"""What an answer is worth: held against the description, its errors and pages read, counted.

In comes an answer and its operation, out come findings and what the run remembers of it.
"""
