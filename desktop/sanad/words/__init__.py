"""What a reader reads: texts by key, digits, dates in both calendars, amounts in words.

No Qt and no paper here, so that the screen, the papers and the command line say the same thing the same way.
"""
