"""The office's own picture for its letterhead: decoded within bounds, made flat, and written anew."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from reportlab.lib.utils import ImageReader

from sanad.domain.errors import Problem, Refused

LARGEST_FILE = 4 * 2**20
"""Bytes of the file."""
LARGEST_SIDE = 6000
"""Pixels of the longer side as the file says it, before anything is decoded."""
MOST_PIXELS = 24_000_000
"""Pixels of the whole picture: what is decoded of it takes some 100 MB."""
MOST_SCANS = 25
"""How often a JPEG of that many pixels may go over them; a smaller one oftener. Ten or so are usual."""
_PRINTED = 600
"""Pixels of the longer side on paper: 300 to the inch of a letterhead's corner."""
_WHITE = (255, 255, 255)
_PNG = b"\x89PNG\r\n\x1a\n"
_SCAN = b"\xff\xda"
"""The marker with which a JPEG begins to go over its pixels."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that is safe to print; ``ratio`` is its width by its height."""

    picture: ImageReader
    ratio: float


def read_logo(data: bytes) -> Logo:
    """The picture in a PNG or JPEG file, on white, no larger than paper needs.

    Nothing of the file itself is put into a paper: its pixels are decoded and written anew.

    Raises:
        Refused: the file is too large, is no PNG or JPEG, has too many pixels or goes over them too often, or is
            damaged. Whatever it holds, that is known within seconds.
    """
    picture = ImageReader(BytesIO(flat_picture(data)))
    width, height = picture.getSize()
    return Logo(picture, width / height)


def flat_picture(data: bytes) -> bytes:
    """The picture as :func:`read_logo` prints it: a PNG of its pixels alone, on white.

    Raises:
        Refused: as :func:`read_logo`.
    """
    if len(data) > LARGEST_FILE:
        raise Refused.because("logo.file_too_large", "logo", most=LARGEST_FILE // 2**20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd in somebody's picture is no news of ours
            image = _opened(data)
            _refuse_too_much(data, *image.size)
            image.draft("RGB", (_PRINTED, _PRINTED))
            return _flat(image)
    except Refused:
        raise
    except Exception as error:  # whatever a decoder says of a hostile file, the file is at fault
        raise Refused.because("logo.unreadable", "logo") from error


def _opened(data: bytes) -> ImageFile:
    """The picture by what its head says; unlike ``Image.open``, also one of which too much is promised."""
    return (PngImageFile if data.startswith(_PNG) else JpegImageFile)(BytesIO(data))


def _refuse_too_much(data: bytes, width: int, height: int) -> None:
    """Nothing is decoded that would take more memory or time than a picture for a letterhead has a use for."""
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        values = {"width": width, "height": height, "most": LARGEST_SIDE, "millions": MOST_PIXELS // 1_000_000}
        raise Refused([Problem("logo.too_many_pixels", "logo", values)])
    scans = (
        0 if data.startswith(_PNG) else data.count(_SCAN)
    )  # as many at most: inside a scan it stands for nothing else
    if scans * width * height > MOST_SCANS * MOST_PIXELS:
        raise Refused.because("logo.too_many_scans", "logo")


def _flat(image: ImageFile) -> bytes:
    image.load()
    clear = image if image.mode == "RGBA" else image.convert("RGBA")
    clear.thumbnail((_PRINTED, _PRINTED))
    flat = Image.new("RGB", clear.size, _WHITE)
    flat.paste(clear, mask=clear.getchannel("A"))
    written = BytesIO()
    flat.save(written, "PNG")
    return written.getvalue()
