"""Arabic paper: the only room that knows the PDF library; frozen values in, a whole file out."""
