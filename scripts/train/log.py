"""The log of a training as a table, and as a picture."""

import csv


def write(entries, folder):
    if not entries:
        return
    names = list(entries[-1])
    with open(folder / "loss.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, names, extrasaction="ignore")
        table.writeheader()
        table.writerows(entries)
    _draw(entries, folder / "loss.png")


def _draw(entries, path):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4.5))
    points = [entry["points"] / 1e6 for entry in entries]
    axes.plot(points, [entry["position"] + entry["pen"] for entry in entries], color="#1f2a44", label="training, augmented")
    for name in entries[-1]:
        if name.startswith("validation"):
            label = f"unseen writers{name.removeprefix('validation')}"
            axes.plot(points, [entry.get(name) for entry in entries], label=label)
    axes.set_xlabel("million points")
    axes.set_ylabel("nats a point")
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    pyplot.close(figure)
