"""The chart of the coverage study: one panel per number of sheets."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

STYLES = {
    "t": ("x", "#777777"),
    "logit-t": ("+", "#777777"),
    "wilson": ("^", "#b07aa1"),
    "hall": ("s", "#edc948"),
    "bca": ("D", "#76b7b2"),
    "pseudo-beta": ("o", "#1f4e79"),
}
LEAST = 70  # lower ones are drawn at the edge


def draw_chart(lines: Sequence[tuple], path: Path) -> None:
    shown = [line for line in lines if line[0] in ("index", "far") and line[2] == "inf"]
    names = list(dict.fromkeys(line[1] for line in shown))[::-1]
    mpl.rcParams.update({"svg.hashsalt": "coverage", "svg.fonttype": "none"})
    figure = Figure(figsize=(11, 5.2), layout="constrained")
    panels = figure.subplots(1, 4, sharey=True)
    for panel, n in zip(panels, ("15", "30", "100", "400"), strict=True):
        panel.axvspan(94, 100.5, color="#e8f0e8", zorder=0)
        panel.axvline(95, color="#888888", linewidth=0.8, zorder=1)
        for method, (marker, colour) in STYLES.items():
            points = [
                (max(LEAST, float(line[6])), names.index(line[1]))
                for line in shown
                if line[3] == n and line[4] == method
            ]
            if points:
                panel.scatter(
                    *zip(*points, strict=True),
                    marker=marker,
                    color=colour,
                    label=method,
                    s=34,
                    zorder=3 if method == "pseudo-beta" else 2,
                )
        panel.set_title(f"n = {n}", fontsize=10)
        panel.set_xlim(LEAST - 1, 100.5)
        panel.set_yticks(range(len(names)), names, fontsize=8)
        panel.tick_params(axis="x", labelsize=8)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=6,
        fontsize=9,
        title="Coverage of 95 % intervals in per cent (70 and less at the edge)",
        title_fontsize=9,
    )
    figure.savefig(path, metadata={"Date": None})
