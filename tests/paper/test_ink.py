"""Text becomes glyphs: faces, shapes, widths, broken lines, letters that no face has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanad.domain.spelling import LONGEST_NAME, cleaned
from sanad.paper.ink import FIGURES, FIGURES_BOLD, WORDS, WORDS_BOLD, Ink, named_letters, shaped, unknown_letters
from sanad.paper.order import isolated

NAMES = st.text(max_size=LONGEST_NAME).map(cleaned)


def faces(ink: Ink, text: str, *, bold: bool = False) -> dict[str, str]:
    """The glyphs of a line by face."""
    drawn: dict[str, str] = {}
    for run in ink.line(text, bold).runs:
        drawn[run.face] = drawn.get(run.face, "") + run.glyphs
    return drawn


@pytest.mark.parametrize("figure", ["1,250.500", "٠٫٠٠٥", "١٬٢٥٠٫٥٠٠", "21/11/2026", "-25.000", "15.5%", "2026-000391"])
def test_figures_with_their_stops_and_commas_come_from_the_figures_face(arabic: Ink, figure: str) -> None:
    """Noto Naskh's full stop would make 460.000 read as 460,000."""
    for bold, face in ((False, FIGURES), (True, FIGURES_BOLD)):
        assert figure in faces(arabic, f"المبلغ {isolated(figure)} د.ب", bold=bold)[face]


def test_words_and_the_stops_of_sentences_come_from_the_words_face(arabic: Ink) -> None:
    """The abbreviation د.ب and the end of a sentence are words."""
    drawn = faces(arabic, "المبلغ 30.000 د.ب.")
    assert drawn[FIGURES] == "30.000"
    assert drawn[WORDS].count(".") == 2
    assert WORDS_BOLD in faces(arabic, "المبلغ", bold=True)


def test_a_code_with_letters_is_one_in_face(arabic: Ink) -> None:
    """A clause or an IBAN is not set in two faces."""
    assert faces(arabic, "بند K-MONTH-4")[FIGURES] == "K-MONTH-4"
    assert "BH79NBOB00000072001348" in faces(arabic, "BH79NBOB00000072001348")[FIGURES]


def test_english_sentences_have_stops_that_read_as_stops(english: Ink) -> None:
    """Between Latin letters stops and commas come from the figures' face as well."""
    drawn = faces(english, "Counted whole, as stated.")
    assert drawn[FIGURES] == ",."
    assert "Counted" in drawn[WORDS]


def test_a_name_inside_an_english_line_does_not_pull_the_figure_after_it(english: Ink) -> None:
    """The amount stays to the right of the name."""
    glyphs = "".join(run.glyphs for run in english.line("Wife: ليلى · 48.100", False).runs)
    assert glyphs.endswith("· 48.100")


def test_letters_join_and_the_tanwin_is_written() -> None:
    """Joined forms, lam-alef as one glyph, no ligature for Allah, marks kept; of two marks on a letter the doubling."""
    assert shaped("لا") == "\ufefb"
    assert "\ufdf2" not in shaped("عبدالله")
    assert "\u064b" in shaped("ديناراً")
    assert shaped("شدَّة").count("\u0651") == 1
    assert "\u064e" not in shaped("شدَّة")


def test_a_letter_that_no_face_has_is_named_and_stands_in(arabic: Ink) -> None:
    """Nothing vanishes and no box is printed: a stand-in, and the letter itself for the page to name."""
    assert unknown_letters(["أحمد 😀 漢", "گل ہمارے €", "😀"]) == ["😀", "漢"]
    assert "".join(run.glyphs for run in arabic.line("😀", False).runs) == "?"


def test_unknown_letters_are_named_by_number() -> None:
    """As many as a line holds, and that there are more."""
    assert named_letters(["😀", "漢"]) == "U+1F600, U+6F22"
    assert named_letters([chr(0x4E00 + n) for n in range(9)]).endswith("U+4E07 …")


def test_what_nobody_sees_draws_nothing(arabic: Ink) -> None:
    """Direction marks, control letters and variations of a sign take no room and need no naming."""
    assert arabic.line("", False).runs == ()
    assert unknown_letters(["\u200f\u0001ا\ufe0f"]) == []
    assert arabic.line("\u0001\ufe0f", False).runs == ()


def test_a_mark_without_a_glyph_is_named_but_has_no_stand_in(arabic: Ink) -> None:
    """The letter under it is still read."""
    assert unknown_letters(["ا\u20d0"]) == ["\u20d0"]
    assert "".join(run.glyphs for run in arabic.line("ا\u20d0", False).runs) == shaped("ا")


def test_lines_break_between_words(arabic: Ink) -> None:
    """Every line fits, and the words come back in their order."""
    text = "زرنا الأسرة يوم 21/11/2026 واطلعنا على عقد الإيجار وعلى كشف الراتب من مقر العمل"
    lines = arabic.wrapped(text, 120, 10)
    assert len(lines) > 2
    assert all(arabic.width(line, 10) <= 120 for line in lines)
    assert " ".join(lines) == text


def test_a_word_wider_than_its_box_breaks_by_letters(arabic: Ink) -> None:
    """A pasted line without spaces, or a long code, goes on below; marks stay on their letters."""
    lines = arabic.wrapped("عبد" * 60, 100, 10)
    assert all(arabic.width(line, 10) <= 100 for line in lines)
    assert "".join(lines) == "عبد" * 60
    code = arabic.wrapped("A-1024/2026", 30, 10)
    assert all(piece == isolated(piece[1:-1]) for piece in code)
    marked = arabic.wrapped("دً" * 60, 50, 10)
    assert not any(line.startswith("\u064b") for line in marked)


def test_a_letter_wider_than_its_box_is_still_printed(arabic: Ink) -> None:
    """There is an end to breaking."""
    assert arabic.wrapped("ب", 0.5, 10) == ("ب",)
    assert len(arabic.wrapped("بتث", 0.5, 10)) == 3


def test_paragraphs_stay_apart(arabic: Ink) -> None:
    """A line break that was typed is a line break on paper; an empty line is kept."""
    assert arabic.wrapped("أول\n\nثان", 200, 10) == ("أول", "", "ثان")


def test_arabic_notes_on_an_english_paper_read_from_the_right(english: Ink) -> None:
    """The direction of the whole text is that of each of its lines."""
    lines = english.wrapped("زرنا الأسرة يوم 21/11/2026 واطلعنا", 90, 10)
    assert len(lines) > 1
    assert all(line.startswith("\u200f") for line in lines)
    whole = english.wrapped("زرنا يوم 21/11/2026 هنا", 400, 10)[0]
    glyphs = "".join(run.glyphs for run in english.line(whole, False).runs)
    assert glyphs.startswith(shaped("هنا")[::-1])
    mixed = english.wrapped("Counted: ليلى", 400, 10)
    assert mixed == ("\u200eCounted: ليلى",)


@pytest.mark.parametrize(
    "number",
    [
        "3312 4455",
        "3312-4455",
        "+973 3312-4455",
        "+97333124455",
        "2026-000391",
        "٣٣١٢ ٤٤٥٥",
        "BH67 BMAG 0000 1299 1234 56",
    ],
)
def test_a_number_in_notes_reads_as_it_was_typed(arabic: Ink, number: str) -> None:
    """A phone or an account among Arabic words keeps its order, whatever is joined to it, and is not broken."""
    for text in (f"هاتفه {number}، والبريد", f"اتصلنا بهاتف و{number}.", f"({number}) للأم"):
        (line,) = arabic.wrapped(text, 400, 10)
        assert number in "".join(run.glyphs for run in arabic.line(line).runs)
    lines = arabic.wrapped(f"اتصلنا بالأسرة {number}", arabic.width(f"اتصلنا بالأسرة {number[:-1]}", 10), 10)
    assert "".join(run.glyphs for run in arabic.line(lines[1]).runs) == number
    assert len(arabic.wrapped(number, 30, 10)) > 1


@pytest.mark.parametrize("code", ["2026-000389", "14/3", "14/3-2026", "12-B", "A-1024/2026", "٢٠٢٦-٠٠٠٣٨٩"])
def test_the_number_of_a_document_in_a_sentence_reads_as_it_was_typed(arabic: Ink, english: Ink, code: str) -> None:
    """Whether the sentence was wrapped or is drawn as it stands, on a paper of either language."""
    for text in (f"صُرف مرتين، والصحيح السند {code}", f"شقة رقم ({code}) ضيقة", f"ب-{code} وغيره"):
        for ink in (arabic, english):
            assert code in "".join(run.glyphs for run in ink.line(text).runs)


def test_a_flat_stays_behind_its_latin_word(arabic: Ink) -> None:
    """A code belongs to the Latin words before it: nothing stands between the two."""
    assert "Flat 12-B" in "".join(run.glyphs for run in arabic.line("محمد (Flat 12-B) پرویز").runs)


def test_the_last_word_of_a_text_is_not_left_alone(arabic: Ink) -> None:
    """It takes the word before it along where the lines stay as many; a text that fills its lines stays."""
    text = "أُعطيت هذه الشهادة بناء على طلب صاحبها ولا تعد صالحة لغيره"
    width = arabic.width(text, 10) - 2
    first, last = arabic.wrapped(text, width, 10)
    assert f"{first} {last}" == text
    assert last == "صالحة لغيره"
    assert arabic.wrapped("ليلى عبدالرحمن", arabic.width("عبدالرحمن", 10), 10) == ("ليلى", "عبدالرحمن")


def test_an_account_is_set_in_one_face(arabic: Ink) -> None:
    """Its groups of letters among the groups of digits."""
    number = "BH67 BMAG 0000 1299 1234 56"
    assert faces(arabic, f"الحساب {isolated(number)}")[FIGURES] == number


@pytest.mark.parametrize("text", ["17 00 00", "من 20.000-30.000", "21/11/2026 16:30", "14/3", "12-B"])
def test_what_is_no_phone_is_left_as_it_is(arabic: Ink, text: str) -> None:
    """Days, times, amounts and small numbers stand as Unicode's algorithm has them."""
    assert arabic.words(text, 400, 10) == text.split()


def test_a_by_name_in_brackets_stays_with_its_name(english: Ink) -> None:
    """What a man is called stands where Arabic reads it, and what follows in English after both."""
    glyphs = "".join(run.glyphs for run in english.line("To علي حسن (أبو محمد) - Office").runs)
    assert glyphs == f"To ({shaped('أبو محمد')[::-1]}) {shaped('علي حسن')[::-1]} - Office"


def test_only_several_lines_of_the_other_direction_run_back(arabic: Ink, english: Ink) -> None:
    """Arabic notes on an English paper begin at its far edge; a name, an English note or an Arabic paper does not."""
    note = "زرنا الأسرة يوم 21/11/2026 واطلعنا على حالها ووجدنا السكن ضيقاً"
    assert english.runs_back(english.wrapped(note, 90, 10))
    assert not english.runs_back(english.wrapped(note, 900, 10))
    assert not english.runs_back(english.wrapped("Seen: زرنا الأسرة يوم 21/11/2026", 60, 10))
    assert not arabic.runs_back(arabic.wrapped(note, 90, 10))


def test_names_between_commas_on_an_english_paper(english: Ink) -> None:
    """They follow each other from left to right, each whole on its line; too long a one is broken all the same."""
    names = ["عبدالحسين مهدي سلمان", "ليلى أحمد ضيف", "زهراء عبدالحسين مهدي", "علي"]
    lines = english.wrapped(f"Counted: {', '.join(names)}. Not counted: nobody.", 170, 10)
    glyphs = ["".join(run.glyphs for run in english.line(line).runs) for line in lines]
    whole = " ".join(glyphs)
    places = [whole.index(shaped(name)[::-1]) for name in names]
    assert places == sorted(places)
    assert len(lines) > 2
    assert len(english.wrapped(f"Name: {'عبدالرحمن ' * 9}", 120, 10)) > 2


@settings(max_examples=60)
@given(NAMES, st.sampled_from([40.0, 120.0, 500.0]))
def test_any_name_breaks_into_lines_that_fit(arabic: Ink, name: str, width: float) -> None:
    """No Unicode name up to the longest fails or overflows, in any box that takes a letter."""
    for line in arabic.wrapped(name, width, 9):
        assert arabic.width(line, 9) <= width or len(line.strip("\u2066\u2069")) <= 1
