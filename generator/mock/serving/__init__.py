"""The model behind an address: the ASGI app, a port, a state file, planted troubles.

In come bytes from outside, out go answers of the model; nothing here decides what they say.
"""
