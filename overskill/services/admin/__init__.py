"""The admin's desk: what the people who run this instance see and decide.

Who calls these services has made sure that an admin asks.
"""
