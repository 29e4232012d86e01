# SPDX-License-Identifier: GPL-2.0
"""Charts of the demo's report as inline SVG: delay of packets over time, and when keys lived."""
import html
import math

WIDTH, LEFT, RIGHT = 1080, 110, 16
PLOT = WIDTH - LEFT - RIGHT
PANEL, GAP, LANE = 150, 26, 17
STRIP = 14
WAYS = [("dl", "downlink"), ("ul", "uplink")]
LEGS = {"a": ("source", "gNB-a"), "b": ("target", "gNB-b"), "-": ("none", "none")}
NODES = [("ue", "UE"), ("gnb-a", "gNB-a"), ("gnb-b", "gNB-b")]


def text(x, y, string, cls="", anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{cls}" text-anchor="{anchor}">{html.escape(string)}</text>'


def line(x1, y1, x2, y2, cls):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{cls}"/>'


class Axes:
    """Time from left to right, in seconds since the first packet, and delay upwards, in ms,
    logarithmic: a link's few ms and a wait of a second are to be seen at once."""

    def __init__(self, begin, end, slowest):
        self.begin, self.span = begin, max(end - begin, 0.001)
        self.decades = max(2, math.ceil(math.log10(max(slowest, 1))))

    def x(self, time):
        return LEFT + min(max((time - self.begin) / self.span, 0), 1) * PLOT

    def y(self, ms, top):
        share = math.log10(min(max(ms, 1), 10 ** self.decades)) / self.decades
        return top + PANEL - share * PANEL

    def seconds(self):
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if self.span / s <= 12)
        return range(0, int(self.span) + 1, step)


def panel(axes, top, label, packets):
    """Packets of one way: a dot each where it came, a mark in the strip on top if it was lost."""
    out = [f'<rect x="{LEFT}" y="{top}" width="{PLOT}" height="{PANEL}" class="plot"/>',
           text(14, top + 16, label, "label"), text(14, top + 32, "delay", "tick")]
    for decade in range(axes.decades + 1):
        y = axes.y(10 ** decade, top)
        value = f"{10 ** decade} ms" if decade < 3 else f"{10 ** (decade - 3)} s"
        out += [line(LEFT, y, LEFT + PLOT, y, "grid"), text(LEFT - 8, y + 4, value, "tick", "end")]
    for leg, sent, received in packets:
        x = axes.x(sent)
        if received is None:
            out.append(f'<rect x="{x - 1:.1f}" y="{top - STRIP:.1f}" width="2" height="{STRIP - 3}" class="lost">'
                       "<title>lost</title></rect>")
        else:
            ms = (received - sent) * 1000
            out.append(f'<circle cx="{x:.1f}" cy="{axes.y(ms, top):.1f}" r="2" class="{LEGS[leg][0]}"/>')
    return out


def lanes(axes, top, steps):
    """The life of each key set at each node: from the step that first shows it to the first
    that does not."""
    out = []
    for row, (node, name) in enumerate(NODES):
        y = top + row * 2 * LANE
        out.append(text(14, y + LANE + 4, f"keys, {name}", "label"))
        for number, cls in (("0", "source"), ("1", "target")):
            start = None
            for step in [*steps, None]:
                lives = step is not None and number in step[node].split()
                if lives and start is None:
                    start = axes.begin if step is steps[0] else step["time"]
                if start is not None and not lives:
                    end = axes.begin + axes.span if step is None else step["time"]
                    x = axes.x(start)
                    bar = y + (LANE - 2) * int(number)
                    out.append(f'<rect x="{x:.1f}" y="{bar + 3:.1f}" width="{max(axes.x(end) - x, 2):.1f}" '
                               f'height="{LANE - 4}" rx="3" class="{cls}"><title>set {number} at the {name}</title></rect>')
                    if axes.x(end) - x > 60:
                        out.append(text(x + 6, bar + 13, f"set {number}", "inbar"))
                    start = None
    return out


def marks(axes, top, bottom, steps):
    """A numbered line for each step; numbers that would overlap take turns in height."""
    out, last, level = [], -99, 0
    for number, step in enumerate(steps, 1):
        x = axes.x(step["time"])
        level = (level + 1) % 3 if x - last < 18 else 0
        last = x
        y = top - 8 - level * 18
        cls = "switch" if "switched" in step["step"] or "re-established" in step["step"] else "mark"
        out += [line(x, y, x, bottom, cls), f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" class="{cls}dot"/>',
                text(x, y + 4, str(number), "number", "middle"),
                ]
    return out


def run(run, packets):
    """One run: two panels, the lanes of its keys, its steps.  packets: [way, leg, sent, received or None]."""
    steps = run["steps"]
    times = [p[2] for p in packets] + [p[3] for p in packets if p[3]] + [s["time"] for s in steps]
    axes = Axes(min(times), max(times), max([(p[3] - p[2]) * 1000 for p in packets if p[3]], default=1))
    top = 62 + STRIP
    bottom = top + 2 * PANEL + GAP + STRIP + 3 * 2 * LANE + 26
    out = [f'<svg viewBox="0 0 {WIDTH} {bottom + 26}" role="img" aria-label="{run["name"]}">']
    y = top
    for way, label in WAYS:
        out += panel(axes, y, label, [p[1:] for p in packets if p[0] == way])
        y += PANEL + GAP + STRIP
    out += lanes(axes, y - 8, steps)
    out += marks(axes, top - STRIP, bottom, steps)
    for second in axes.seconds():
        x = axes.x(axes.begin + second)
        out += [line(x, bottom, x, bottom + 5, "axis"), text(x, bottom + 19, f"{second} s", "tick", "middle")]
    out += [line(LEFT, bottom, LEFT + PLOT, bottom, "axis"), "</svg>"]
    return "\n".join(out)
