"""The lockstep part: a target and a model of the same API stepped through the same calls.

In come a session and a model, out come events: where the two stop agreeing, shrunk to few calls.
"""
