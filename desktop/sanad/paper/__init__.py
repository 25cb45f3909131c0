"""Arabic paper: the only room that knows the PDF library; frozen values in, a whole file out.

``ink`` turns text into glyphs, ``sheet`` is the page that is drawn on, ``layout`` lays boxes on pages; one file for
each kind of page.
"""
