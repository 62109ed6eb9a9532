"""TopoJSON: areas whose common borders are stored once, as arcs. Pure.

The format: https://github.com/topojson/topojson-specification. Arcs are thinned before areas are put together, so
neighbours keep their common border.
"""

from collections.abc import Callable, Mapping
from heapq import heapify, heappop, heappush
from itertools import accumulate, chain
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


def arcs(topology: Mapping[str, Any], projected: Callable[[float, float], Point]) -> list[Ring]:
    """Every arc of a quantised topology as points of a plane; `projected` takes degrees east and north."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        [
            projected(x * scale[0] + shift[0], y * scale[1] + shift[1])
            for x, y in accumulate(arc, lambda one, two: (one[0] + two[0], one[1] + two[1]))
        ]
        for arc in topology["arcs"]
    ]


def thinned(arc: Ring, least: float) -> Ring:
    """The arc without the points that matter least, by Visvalingam and Whyatt (1993).

    A point goes while the triangle that it makes with its neighbours is smaller than `least`, in square units; the
    ends stay, so that what met there still meets.
    """
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    sizes = [0.0, *(_triangle(*arc[place - 1 : place + 2]) for place in range(1, len(arc) - 1)), 0.0]
    heap = [(sizes[place], place) for place in range(1, len(arc) - 1)]
    heapify(heap)
    gone = set()
    while heap and heap[0][0] < least:
        size, place = heappop(heap)
        if place in gone or size != sizes[place]:
            continue
        gone.add(place)
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for each in (left, right):
            if 0 < each < len(arc) - 1:
                # Never less than what has gone, or a long bend would vanish point by point.
                sizes[each] = max(size, _triangle(arc[before[each]], arc[each], arc[after[each]]))
                heappush(heap, (sizes[each], each))
    return [point for place, point in enumerate(arc) if place not in gone]


def _triangle(one: Point, two: Point, three: Point) -> float:
    return abs((two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])) / 2


def rings(geometry: Mapping[str, Any], arcs: list[Ring]) -> list[Ring]:
    """The closed lines around and inside an area, each without its repeated last point."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [_ring(numbers, arcs) for numbers in chain.from_iterable(polygons)]


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Arcs one after another; a negative number is an arc the other way round."""
    return list(
        chain.from_iterable((arcs[number] if number >= 0 else arcs[~number][::-1])[:-1] for number in numbers)
    )
