"""What is sent: values, arguments and bodies, valid ones and ones proven wrong.

In come schemas and a random generator, out come values as they will stand on the wire.
"""
