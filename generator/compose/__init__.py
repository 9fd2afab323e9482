"""Floor 6: the wiring of all that is below, as functions that return values.

Nothing here prints, exits, or reads arguments or the environment; disk is reached through the
callables and paths that the command line hands in.
"""
