"""The one style of all figures, and how a drawing becomes a piece of a page.

Shades differ in lightness, so figures hold in grey print; text is drawn as paths, so
the same drawing gives the same bytes wherever matplotlib's own font is.
"""

import base64
import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import seaborn as sns
from matplotlib import style as mpl_style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from PIL import Image

from skm_analysis.report import formatting
from skm_analysis.report.elements import Figure, Line
from skm_analysis.study.records import Study

Shade = tuple[float, float, float]

SYNTHETIC = "DATA SINTETIS – bukan hasil survei"
WIDTH_CM = 16.0
DPI = 200
LINE = 0.8  # of a row's height: one more line of its label
INK = "#1b2a41"
MAIN = "#1f5a96"
LIGHTEST, DARKEST = "#dbe7f3", "#0f3866"
SECOND = "#c8641b"
SOFT = "#8a94a3"
GRID = "#dfe3e8"
WARNING = "#9b1c1c"

_STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "axes.labelsize": 8.0,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": True,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 8.0,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "text.parse_math": False,  # a unit may have a $ in its name
    "svg.fonttype": "path",
    "svg.hashsalt": "skm",
    "legend.frameon": False,
    "legend.fontsize": 7.5,
}


@contextmanager
def drawing(height_cm: float) -> Iterator[tuple[Canvas, Axes]]:
    """An empty figure of the report's width; layout leaves room for all labels."""
    with panels(height_cm, (1.0,)) as (canvas, (axes,)):
        yield canvas, axes


@contextmanager
def panels(
    height_cm: float, widths: Sequence[float]
) -> Iterator[tuple[Canvas, list[Axes]]]:
    """The same with drawings side by side, their rows on one level."""
    with mpl_style.context(["default", _STYLE]):
        canvas = Canvas(
            figsize=(WIDTH_CM / 2.54, height_cm / 2.54), layout="constrained"
        )
        FigureCanvasAgg(canvas)
        grid = canvas.subplots(
            1, len(widths), sharey=True, squeeze=False, width_ratios=widths
        )
        for axes in grid[0]:
            sns.despine(ax=axes, left=True)
            axes.set_axisbelow(True)
            axes.tick_params(axis="y", length=0)
        yield canvas, list(grid[0])


def finish(
    canvas: Canvas,
    *,
    study: Study,
    anchor: str,
    caption: Line,
    alt: str,
    notes: tuple[Line, ...] = (),
) -> Figure:
    """The drawing as SVG and PNG, marked when the study's data are synthetic.

    Must be called inside `drawing`, whose style it needs.
    """
    if study.synthetic:
        canvas.suptitle(
            SYNTHETIC, x=0.995, ha="right", size=6.5, weight="bold", color=WARNING
        )
        alt = f"{SYNTHETIC}. {alt}"
    svg = io.StringIO()
    canvas.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    canvas.set_layout_engine("none")  # the PNG has the SVG's layout
    return Figure(
        anchor=anchor,
        caption=caption,
        alt=alt,
        svg=svg.getvalue(),
        png=_png(canvas),
        width_cm=WIDTH_CM,
        notes=notes,
    )


def wrapped(text: str, width: int = 34) -> str:
    return textwrap.fill(text, width, break_long_words=True)


def stacked(labels: Sequence[str]) -> tuple[list[float], float]:
    """Where each label's middle is, from the top, and where the last one ends.

    In rows of one line each; a wrapped label takes the room of its lines.

    >>> stacked(["a", "b\\nb\\nb", "c"])
    ([0.0, 1.8, 3.6], 4.2)
    """
    middles, end = [], -0.4
    for label in labels:
        room = 1 + LINE * label.count("\n")
        middles.append(round(end + 0.4 + (room - 1) / 2, 6))
        end = round(end + room, 6)
    return middles, round(end, 6)


def beside(axes: Axes, place: float, text: str) -> None:
    """Write `text` to the right of the axes, level with `place`."""
    axes.annotate(
        text,
        (1.015, place),
        xycoords=("axes fraction", "data"),
        va="center",
        size=7.5,
        annotation_clip=False,
    )


def decimal_axis(axes: Axes, places: int) -> None:
    """Decimal commas along the horizontal axis."""
    axes.xaxis.set_major_formatter(lambda value, _: formatting.decimal(value, places))


def shades(count: int) -> list[Shade]:
    """`count` shades from light (lowest answer) to dark (highest)."""
    return list(sns.color_palette(f"blend:{LIGHTEST},{DARKEST}", n_colors=count))


def ink_on(shade: Shade) -> str:
    """Black or white, whichever reads on `shade`."""
    red, green, blue = shade
    return "white" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.55 else INK


def _png(canvas: Canvas) -> str:
    """Base64 of a PNG with few colours and nothing about when or by what."""
    drawn = io.BytesIO()
    canvas.savefig(drawn, format="png", dpi=DPI, pil_kwargs={"compress_level": 0})
    picture = Image.open(drawn).convert("RGB")
    file = io.BytesIO()
    few = picture.quantize(
        64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    few.putpalette([255 if part > 251 else part for part in few.getpalette() or ()])
    few.save(file, format="PNG", dpi=(DPI, DPI), optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")
