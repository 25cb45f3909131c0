"""Days counted in calendar months, as guides count them."""

from datetime import date, timedelta


def months_later(day: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks is answered by the first of the next."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    later = first + timedelta(days=day.day - 1)
    return later if later.month == first.month else later.replace(day=1)
