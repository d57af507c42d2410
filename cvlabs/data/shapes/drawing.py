"""Textured shapes, drawn with NumPy: an outline of one of ten kinds, before a background.

The class is the outline alone. Place, size, angle, colours and textures of both sides are drawn at random,
so no pixel tells anything by itself: a linear model has little to go by, a small CNN enough.
"""

from collections.abc import Callable

import numpy as np

SIZE = 32  # height and width of an image
_FINE = 2  # points per pixel and axis; their mean smooths the outline
_CHUNK = 500  # images drawn at once, so that their planes stay in the processor's cache

Points = np.ndarray  # one value for each image and point: N×64×64


def _polygon(x: Points, y: Points, corners: int) -> Points:
    """Distance from the centre, measured so that a regular polygon's outline is at 1."""
    sector = 2 * np.pi / corners
    angle = (np.arctan2(x, -y) + sector / 2) % sector - sector / 2
    return np.hypot(x, y) * np.cos(angle) / np.float32(np.cos(sector / 2))


def _disc(x: Points, y: Points) -> Points:
    return np.hypot(x, y) < 0.95


def _ring(x: Points, y: Points) -> Points:
    return np.abs(np.hypot(x, y) - 0.75) < 0.22


def _half_disc(x: Points, y: Points) -> Points:
    return (np.hypot(x, y + 0.45) < 1.05) & (y > -0.45)


def _crescent(x: Points, y: Points) -> Points:
    return (np.hypot(x + 0.2, y) < 1) & (np.hypot(x - 0.35, y) > 0.8)


def _triangle(x: Points, y: Points) -> Points:
    return _polygon(x, y, 3) < 1.15


def _square(x: Points, y: Points) -> Points:
    return np.maximum(np.abs(x), np.abs(y)) < 0.8


def _frame(x: Points, y: Points) -> Points:
    return np.abs(np.maximum(np.abs(x), np.abs(y)) - 0.66) < 0.2


def _bar(x: Points, y: Points) -> Points:
    return (np.abs(x) < 1.1) & (np.abs(y) < 0.36)


def _cross(x: Points, y: Points) -> Points:
    narrow, wide = np.minimum(np.abs(x), np.abs(y)), np.maximum(np.abs(x), np.abs(y))
    return (narrow < 0.28) & (wide < 1)


def _star(x: Points, y: Points) -> Points:
    sector = np.pi / 5
    angle = np.abs((np.arctan2(x, -y) + sector) % (2 * sector) - sector)
    # A tip's edge runs from radius 1.15 at angle 0 to radius 0.45 at half a sector.
    px, py = np.hypot(x, y) * np.cos(angle), np.hypot(x, y) * np.sin(angle)
    qx, qy = 0.45 * np.cos(sector), 0.45 * np.sin(sector)
    return (1.15 - px) * qy - (1.15 - qx) * py > 0


SHAPES: dict[str, Callable[[Points, Points], Points]] = {
    "bar": _bar,
    "crescent": _crescent,
    "cross": _cross,
    "disc": _disc,
    "frame": _frame,
    "half_disc": _half_disc,
    "ring": _ring,
    "square": _square,
    "star": _star,
    "triangle": _triangle,
}


def draw(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draws images, as many of each class as of any other up to one.

    Args:
        count: How many.
        seed: The same seed draws the same images.

    Returns:
        Images, N×32×32×3 uint8, and their class indices in the order of `SHAPES`, N int32, in random order.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count, dtype=np.int32) % len(SHAPES))
    parts = [_draw(labels[i : i + _CHUNK], rng) for i in range(0, count, _CHUNK)]
    return np.concatenate([np.zeros((0, SIZE, SIZE, 3), np.uint8), *parts]), labels


def _draw(labels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    count = len(labels)
    x, y = _grid(count, rng)
    inside = np.empty(x.shape, bool)
    for index, shape in enumerate(SHAPES.values()):
        chosen = labels == index
        inside[chosen] = shape(x[chosen], y[chosen])
    cover = inside.reshape(count, SIZE, _FINE, SIZE, _FINE).mean((2, 4), dtype=np.float32)[..., None]
    front, back = _two_sides(count, rng)
    images = cover * front + (1 - cover) * back
    images += rng.normal(0, 8, images.shape).astype(np.float32)
    return np.clip(images.round(), 0, 255).astype(np.uint8)


def _grid(count: int, rng: np.random.Generator) -> tuple[Points, Points]:
    """Each image's points in the coordinates of its shape: moved, turned and scaled."""
    at = (np.arange(SIZE * _FINE, dtype=np.float32) + 0.5) / _FINE - SIZE / 2
    radius = _uniform(rng, 8, 13, count)
    room = SIZE / 2 - radius
    x = at[None, None, :] - _uniform(rng, -1, 1, count) * room
    y = at[None, :, None] - _uniform(rng, -1, 1, count) * room
    angle = _uniform(rng, -0.6, 0.6, count)
    sin, cos = np.sin(angle) / radius, np.cos(angle) / radius
    return cos * x + sin * y, cos * y - sin * x


def _two_sides(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Textures of shape and background, whose mean colours differ clearly."""
    back = rng.uniform(40, 215, (count, 1, 1, 3)).astype(np.float32)
    direction = rng.normal(0, 1, (count, 1, 1, 3)).astype(np.float32)
    direction /= np.linalg.norm(direction, axis=-1, keepdims=True)
    step = _uniform(rng, 80, 150, count)[..., None] * direction
    # Towards the side that has room, channel by channel, so that the difference is not clipped away.
    front = back + np.where((back + step < 20) | (back + step > 235), -step, step)
    return front + _texture(count, rng), back + _texture(count, rng)


def _texture(count: int, rng: np.random.Generator) -> np.ndarray:
    """Stripes, checks, dots or grain of random direction, period, strength and tint around 0."""
    at = np.arange(SIZE, dtype=np.float32)
    angle, period = _uniform(rng, 0, np.pi, count), _uniform(rng, 3, 9, count)
    sin, cos = np.sin(angle) * 2 * np.pi / period, np.cos(angle) * 2 * np.pi / period
    phase = _uniform(rng, 0, 2 * np.pi, count)
    one = np.sin(cos * at[None, None, :] + sin * at[None, :, None] + phase)
    other = np.sin(cos * at[None, :, None] - sin * at[None, None, :] + phase)
    grain = rng.normal(0, 0.8, (count, SIZE, SIZE)).astype(np.float32)
    kinds = (one, np.sign(one * other), np.maximum(one, other), grain)
    which = rng.integers(len(kinds), size=(count, 1, 1))
    pattern = np.choose(which, kinds)[..., None]
    tint = rng.uniform(-1, 1, (count, 1, 1, 3)).astype(np.float32)
    return _uniform(rng, 5, 35, count)[..., None] * pattern * tint


def _uniform(rng: np.random.Generator, low: float, high: float, count: int) -> np.ndarray:
    return rng.uniform(low, high, (count, 1, 1)).astype(np.float32)
