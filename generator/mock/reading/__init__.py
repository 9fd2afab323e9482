"""What a request says: path, parameters, body, the representation that it asks for.

In come texts and bytes, out come values that fit the description, or a refusal that says why not.
"""
