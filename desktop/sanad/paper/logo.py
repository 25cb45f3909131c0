"""The office's own picture for its letterhead: decoded within bounds, made flat, and written anew."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader

from sanad.domain.errors import Refused

LARGEST_FILE = 4 * 2**20
"""Bytes of the file."""
LARGEST_SIDE = 6000
"""Pixels of the longer side as the file says it, before anything is decoded."""
MOST_PIXELS = 24_000_000
_PRINTED = 600
"""Pixels of the longer side on paper: 300 to the inch of a letterhead's corner."""
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that is safe to print; ``ratio`` is its width by its height."""

    picture: ImageReader
    ratio: float


def read_logo(data: bytes) -> Logo:
    """The picture in a PNG or JPEG file, on white, no larger than paper needs.

    Nothing of the file itself is put into a paper: its pixels are decoded and written anew.

    Raises:
        Refused: the file is too large, is no PNG or JPEG, has too many pixels, or is damaged.
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
            image = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
            if max(image.size) > LARGEST_SIDE or image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            image.draft("RGB", (_PRINTED, _PRINTED))
            return _flat(image)
    except Image.DecompressionBombError as error:
        raise Refused.because("logo.too_many_pixels", "logo", most=LARGEST_SIDE) from error
    except Exception as error:  # whatever a decoder says of a hostile file, the file is at fault
        raise Refused.because("logo.unreadable", "logo") from error


def _flat(image: Image.Image) -> bytes:
    image.load()
    clear = image.convert("RGBA")
    clear.thumbnail((_PRINTED, _PRINTED))
    flat = Image.new("RGB", clear.size, _WHITE)
    flat.paste(clear, mask=clear.getchannel("A"))
    written = BytesIO()
    flat.save(written, "PNG")
    return written.getvalue()
