"""How a target is called: its address, connections, credentials, pace.

In comes a call and who makes it, out comes what the target answered, or why it did not.
"""
