"""Where things stand on a slide of the deck, and how large they are written."""

from typing import NamedTuple

EMU = 914_400  # in one inch
WIDTH, HEIGHT = 13.333, 7.5  # inches


class Box(NamedTuple):
    """Where a placeholder stands, in inches."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def xml(self) -> str:
        x, y, wide, high = (round(each * EMU) for each in self)
        return (
            f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        )


TITLE_BOX = Box(0.6, 0.35, 12.13, 1.0)
BODY = Box(0.6, 1.5, 12.13, 5.2)
TEXT = Box(0.6, 1.4, 12.13, 1.4)  # above what is shown
SHOWN = Box(0.6, 2.85, 12.13, 3.95)
NOTE = Box(0.6, 1.3, 12.13, 0.85)  # above a picture, which needs more room
PICTURE = Box(0.6, 2.2, 12.13, 4.65)
FOOTER = Box(0.6, 6.95, 10.5, 0.4)
NUMBER = Box(11.73, 6.95, 1.0, 0.4)

TITLE_SIZE, BODY_SIZE, TEXT_SIZE, TABLE_SIZE = 26, 20, 18, 14  # points
