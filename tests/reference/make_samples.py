"""Write data/samples.csv and data/instruments.csv: invented sheets for R to estimate.

Scales of 4, 5, 6 and 10 answers, unequal weights, blanks, strata and clusters. Run by
hand, once; what it wrote is committed, so that R and the package read the same sheets.
"""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent / "data"
SEED = 20211224
MOST_ITEMS = 9

# sample: highest answer, weights as written, strata with their population, clusters
# per stratum with their sizes, share of blanks, share of unknown clusters
SAMPLES = {
    "equal": (4, "1/9 " * 9, {"a": 900}, {"a": [5] * 20}, 0.05, 0),
    "unequal": (
        5,
        "1/4 1/4 1/5 1/5 1/10",
        {"a": 700},
        {"a": [1, 2, 2, 3, 4, 5, 6, 8, 9, 11, 12, 15]},
        0.08,
        0,
    ),
    "few": (4, "1/9 " * 9, {"a": 400}, {"a": [12, 9, 10, 7]}, 0.04, 0),
    "two": (4, "1/9 " * 9, {"a": 90}, {"a": [8, 8]}, 0, 0),
    "strata": (
        6,
        "2/7 2/7 2/7 1/7",
        {"a": 300, "b": 60, "c": 150},
        {"a": [4] * 6, "b": [7], "c": [3, 5, 6, 6, 2]},
        0.06,
        0,
    ),
    "unknown": (4, "1/9 " * 9, {"a": 500}, {"a": [6] * 9}, 0.03, 0.25),
    "ten": (
        10,
        "3/8 1/8 1/4 1/4",
        {"a": 220, "b": 40},
        {"a": [3] * 8, "b": [4] * 3},
        0.1,
        0,
    ),
}


def answer(draw, highest, leaning):
    """Crowded near the top, as satisfaction is."""
    below = draw.expovariate(0.9) - leaning
    return max(1, min(highest, round(highest - below * highest / 6)))


def sheets():
    draw = random.Random(SEED)
    for name, (highest, weights, strata, clusters, blank, unknown) in SAMPLES.items():
        items = len(weights.split())
        for stratum, people in strata.items():
            for number, size in enumerate(clusters[stratum], start=1):
                shared = draw.gauss(0, 0.35)
                for _ in range(size):
                    leaning = shared + draw.gauss(0, 0.8)
                    scores = [answer(draw, highest, leaning) for _ in range(items)]
                    cells = ["" if draw.random() < blank else each for each in scores]
                    cells[0] = scores[0]
                    label = "" if draw.random() < unknown else f"p{number}"
                    filled = cells + [""] * (MOST_ITEMS - items)
                    yield [name, stratum, people, label, *filled]


def main():
    with (HERE / "samples.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        items = [f"u{number}" for number in range(1, MOST_ITEMS + 1)]
        writer.writerow(["sample", "stratum", "N", "cluster", *items])
        writer.writerows(sheets())
    with (HERE / "instruments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["sample", "highest", "weights"])
        for name, (highest, weights, *_) in SAMPLES.items():
            writer.writerow([name, highest, weights.strip()])


if __name__ == "__main__":
    main()
