"""What goes back: bodies in their frames, errors in the API's format, shown examples.

In comes what an operation came to, out comes an answer as the description has it.
"""
