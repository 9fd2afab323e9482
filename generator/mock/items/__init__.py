"""What operations do to the items in the state: find, list, make, change, show.

In come a state and a call, out come the state after it and what is to be shown of it.
"""
