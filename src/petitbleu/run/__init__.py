"""The composition root: reads the configuration, builds the parts, starts and stops them.

Nobody imports this folder but the command line.
"""
