"""A board's revision of the Karzakan guide as an office would write it, for the tests of every room."""

HEAD = """\
policy = "karzakan-2020"
from = "{since}"
currency = "BHD"
title.ar = "قرار مجلس الإدارة في الجلسة 3 لسنة 2027"
title.en = "Decision of the board, sitting 3 of 2027"

[clauses.R-1]
place.ar = "محضر مجلس الإدارة، الجلسة 3 لسنة 2027، البند 2"
place.en = "Minutes of the board, sitting 3 of 2027, item 2"
wording.ar = "عُدّلت مبالغ الدليل لهذه السنة."
wording.en = "The guide's amounts were changed for the year."
"""
LINE = '[amounts.line_with_provider]\nclause = "R-1"\nvalue = "67.000"\n'
BRACKETS = """
[scales.by_need]
clause = "R-1"
brackets = [
  { need_up_to = "10.000", pay = "25.000" },
  { need_up_to = "70.000", pay = "40.000" },
  { pay = "70.000" },
]
[amounts.monthly_floor]
clause = "R-1"
value = "25.000"
[amounts.monthly_cap]
clause = "R-1"
value = "70.000"
"""
CASE = """
[[case]]
name = "Share of exactly 67"
clauses = ["R-1"]
aid = "monthly"
family = 5
income = "335.000"
outcome = "eligible"
amount = "20.000"
"""


def a_revision(*parts: str, since: str = "2027-01-01") -> str:
    """A revision in force from a day on; it raises the line to 67 unless said."""
    return HEAD.format(since=since) + "\n" + "".join(parts or (LINE,))
