"""Augmentations: stateless, equal eagerly and in a pipeline, and each against what it is defined by."""

from functools import partial

import numpy as np
import pytest

from cvlabs import data

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (6, 20, 24, 3)).astype("float32")
LABELS = np.arange(6, dtype=np.int32) % 3
RANDOM = {
    "pad_crop_flip": data.pad_crop_flip(3),
    "inception_crop": data.inception_crop((10, 12)),
    "multi_scale": data.multi_scale(16, (20, 40)),
    "pca_color": data.pca_color(),
    "color_jitter": data.color_jitter(hue=0.1),
    "rand_augment": data.rand_augment(),
    "mixup": data.mixup(3),
    "cutmix": data.cutmix(3),
    "mixup_or_cutmix": data.mixup_or_cutmix(3),
}
ALL = {**RANDOM, "ten_crop": data.ten_crop(16)}


def apply(change, images=IMAGES, labels=LABELS, seed=(1, 2)):
    found = change(images, labels, seed)
    return tuple(np.asarray(part) for part in found)


@pytest.mark.parametrize("name", ALL)
def test_eagerly_and_in_a_pipeline_the_same(name):
    import tensorflow as tf

    change = ALL[name]
    batches = tf.data.Dataset.from_tensors((IMAGES, LABELS)).map(lambda x, y: change(x, y, (1, 2)))
    ((images, labels),) = batches.as_numpy_iterator()
    eager_images, eager_labels = apply(change)
    np.testing.assert_allclose(images, eager_images, atol=1e-3)
    np.testing.assert_allclose(labels, eager_labels, atol=1e-6)
    shape = batches.element_spec[0].shape
    assert tuple(shape) == images.shape  # known before it runs, as a model needs it
    assert images.dtype == np.float32
    assert images.min() >= 0
    assert images.max() <= 255


@pytest.mark.parametrize("name", RANDOM)
def test_the_seed_decides_everything(name):
    first, again, other = (apply(RANDOM[name], seed=seed)[0] for seed in ((1, 2), (1, 2), (1, 3)))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(
    "name", [name for name in RANDOM if name not in ("mixup", "cutmix", "mixup_or_cutmix")]
)
def test_each_image_is_drawn_for_by_itself(name):
    same = np.repeat(IMAGES[:1], 32, axis=0)
    images, _ = apply(RANDOM[name], same, np.zeros(32, np.int32))
    assert len({image.tobytes() for image in images}) > 8


@pytest.mark.parametrize("name", ALL)
def test_a_batch_of_another_size_in_the_same_pipeline(name):
    import tensorflow as tf

    batches = tf.data.Dataset.from_tensor_slices((IMAGES, LABELS)).batch(4)
    sizes = [len(images) for images, _ in batches.map(lambda x, y: ALL[name](x, y, (1, 2)))]
    factor = 10 if name == "ten_crop" else 1
    assert sizes == [4 * factor, 2 * factor]


def test_pad_crop_flip_gives_windows_of_the_padded_image():
    images, labels = apply(data.pad_crop_flip(2, fill=7))
    padded = np.pad(IMAGES, ((0, 0), (2, 2), (2, 2), (0, 0)), constant_values=7)
    np.testing.assert_array_equal(labels, LABELS)
    for image, own in zip(images, padded, strict=True):
        windows = [own[y : y + 20, x : x + 24] for y in range(5) for x in range(5)]
        matches = [np.array_equal(image, w) or np.array_equal(image, w[:, ::-1]) for w in windows]
        assert sum(matches) == 1


def test_pad_crop_flip_reaches_every_place_and_mirrors_half():
    many = np.repeat(IMAGES[:1], 2000, axis=0)
    images, _ = apply(data.pad_crop_flip(1, fill=0), many, np.zeros(2000, np.int32))
    padded = np.pad(IMAGES[0], ((1, 1), (1, 1), (0, 0)))
    windows = [padded[y : y + 20, x : x + 24] for y in range(3) for x in range(3)]
    counts = [sum(np.array_equal(image, w) for image in images) for w in windows]
    mirrored = [sum(np.array_equal(image, w[:, ::-1]) for image in images) for w in windows]
    assert sum(counts) + sum(mirrored) == 2000
    assert sum(mirrored) == pytest.approx(1000, abs=5 * np.sqrt(500))
    expected = 2000 / 9
    for n in np.add(counts, mirrored):
        assert n == pytest.approx(expected, abs=5 * np.sqrt(expected))


def ramp(height, width):
    """Pixels that tell where they are: channels hold x and y of each pixel's centre, and 1."""
    y, x = np.mgrid[:height, :width] + 0.5
    return np.stack([x, y, np.ones_like(x)], -1).astype("float32")


@pytest.mark.parametrize("target", [(8, 8), (30, 20)])
def test_inception_crop_windows_have_the_areas_and_shapes_asked_for(target):
    many = np.repeat(ramp(48, 64)[None], 400, axis=0)
    images, _ = apply(data.inception_crop(target, (0.3, 0.5), (0.8, 1.25)), many, np.zeros(400, np.int32))
    np.testing.assert_allclose(images[..., 2], 1, atol=1e-4)  # nothing from beyond the image
    # Distances of the sampled points, times the number of points, are the sides of the window; the outermost
    # points of one that is enlarged are moved inwards at the image's edge, so the middle ones are measured.
    middle = slice(1, -1)
    across, down = images[:, 0, middle, 0], images[:, middle, 0, 1]
    width = np.abs(across[:, -1] - across[:, 0]) / (target[1] - 3) * target[1]
    height = (down[:, -1] - down[:, 0]) / (target[0] - 3) * target[0]
    area, ratio = width * height / (48 * 64), width / height
    slack = 1.06
    assert 0.3 / slack < area.min() < 0.33
    assert 0.47 < area.max() < 0.5 * slack
    assert 0.8 / slack < ratio.min() < 0.85
    assert 1.15 < ratio.max() < 1.25 * slack
    mirrored = images[:, 0, -1, 0] < images[:, 0, 0, 0]
    assert mirrored.mean() == pytest.approx(0.5, abs=0.15)


def test_inception_crop_of_everything_is_the_image():
    square = IMAGES[:, :, :20]
    images, _ = apply(data.inception_crop(20, (1, 1), (1, 1)), square)
    for image, own in zip(images, square, strict=True):
        straight, mirrored = np.abs(image - own).max(), np.abs(image - own[:, ::-1]).max()
        assert min(straight, mirrored) < 0.05


def test_inception_crop_of_a_long_image_falls_back_to_its_centre():
    many = np.repeat(ramp(8, 200)[None], 20, axis=0)
    images, _ = apply(data.inception_crop(8, (0.9, 1.0)), many, np.zeros(20, np.int32))
    widths = np.abs(images[:, 0, -1, 0] - images[:, 0, 0, 0]) / 7 * 8
    np.testing.assert_allclose(widths, 8 * 4 / 3, rtol=1e-3)


def test_multi_scale_windows_are_parts_of_the_shorter_side():
    many = np.repeat(ramp(40, 60)[None], 300, axis=0)
    images, _ = apply(data.multi_scale(16, (20, 40)), many, np.zeros(300, np.int32))
    np.testing.assert_allclose(images[..., 2], 1, atol=1e-4)
    sides = (images[:, -1, 0, 1] - images[:, 0, 0, 1]) / 15 * 16
    scales = 40 * 16 / sides
    np.testing.assert_allclose(scales, scales.round(), atol=0.05)
    assert (scales.min().round(), scales.max().round()) == (20, 40)


def test_ten_crop_has_corners_centre_and_their_mirror_images():
    images, labels = apply(data.ten_crop(16))
    np.testing.assert_array_equal(labels, np.repeat(LABELS, 10))
    crops = images.reshape(6, 10, 16, 16, 3)
    np.testing.assert_array_equal(crops[2, 0], IMAGES[2, :16, :16])
    np.testing.assert_array_equal(crops[2, 1], IMAGES[2, :16, -16:])
    np.testing.assert_array_equal(crops[2, 2], IMAGES[2, -16:, :16])
    np.testing.assert_array_equal(crops[2, 3], IMAGES[2, -16:, -16:])
    np.testing.assert_array_equal(crops[2, 4], IMAGES[2, 2:18, 4:20])
    np.testing.assert_array_equal(crops[:, 5:], crops[:, :5, :, ::-1])


def test_ten_crop_of_too_small_images():
    with pytest.raises(ValueError, match="24×24 do not fit into images of 20×24"):
        apply(data.ten_crop(24))


def test_pca_color_adds_colours_with_the_covariance_that_it_was_given():
    grey = np.full((20_000, 1, 1, 3), 128, "float32")
    pixels = RNG.normal(0, 1, (500, 3)) @ np.array([[20, 10, 0], [0, 15, 5], [0, 0, 10]]) + 120
    covariance = np.cov(pixels.T / 255)
    images, _ = apply(data.pca_color(0.5, covariance), grey, np.zeros(20_000, np.int32))
    added = (images.reshape(-1, 3) - 128) / 255
    values, vectors = np.linalg.eigh(covariance)
    expected = vectors @ np.diag((0.5 * values) ** 2) @ vectors.T
    np.testing.assert_allclose(np.cov(added.T), expected, rtol=0.1, atol=0.02 * expected.max())
    with pytest.raises(ValueError, match="3×3 and symmetric"):
        data.pca_color(covariance=np.eye(4))


def test_pca_color_axes_of_imagenet_are_orthogonal():
    from cvlabs.data.augment.colour import _EIGENVECTORS

    np.testing.assert_allclose(_EIGENVECTORS.T @ _EIGENVECTORS, np.eye(3), atol=2e-3)


def grey_of(images):
    return images @ np.array([0.299, 0.587, 0.114], "float32")


def inside(images):
    """Whether no value of an image was clipped."""
    return (images.min((1, 2, 3)) > 0) & (images.max((1, 2, 3)) < 255)


def test_color_jitter_changes_one_thing_at_a_time():
    soft = 60 + IMAGES / 2.5
    bright, _ = apply(data.color_jitter(0.3, 0, 0), soft)
    factors = (bright / soft)[inside(bright)]
    assert factors.std((1, 2, 3)).max() < 1e-5
    assert factors.min() >= 0.7 - 1e-5
    assert factors.max() <= 1.3 + 1e-5
    contrast, _ = apply(data.color_jitter(0, 0.3, 0), soft)
    np.testing.assert_allclose(grey_of(contrast).mean((1, 2)), grey_of(soft).mean((1, 2)), rtol=1e-4)
    colour, _ = apply(data.color_jitter(0, 0, 0.3), soft)
    np.testing.assert_allclose(grey_of(colour), grey_of(soft), atol=0.01)
    turned, _ = apply(data.color_jitter(0, 0, 0, 0.1), 100 + IMAGES / 5)
    np.testing.assert_allclose(grey_of(turned), grey_of(100 + IMAGES / 5), atol=0.5)
    nothing, _ = apply(data.color_jitter(0, 0, 0, 0), IMAGES)
    np.testing.assert_allclose(nothing, IMAGES, atol=1e-3)


def test_mixup_blends_images_and_labels_alike():
    hot = np.eye(6, dtype="float32")
    images, labels = apply(data.mixup(6, alpha=1.0), labels=np.arange(6, dtype=np.int32))
    np.testing.assert_allclose(labels.sum(1), 1, rtol=1e-6)
    np.testing.assert_allclose(images, np.tensordot(labels, IMAGES, 1), rtol=1e-4, atol=1e-3)
    assert apply(data.mixup(6), labels=hot)[1].shape == (6, 6)


def test_a_batch_is_blended_or_cut_with_equal_chances():
    """Pixels of images of one colour each: cutting keeps the colours, blending makes others."""
    colours = np.arange(6) * 40.0
    images = np.broadcast_to(colours[:, None, None, None], (6, 8, 8, 3)).astype("float32")
    either = data.mixup_or_cutmix(6, mixup_alpha=1.0)
    found = []
    for i in range(60):
        mixed, labels = (np.asarray(x) for x in either(images, np.arange(6, dtype=np.int32), (i, 3)))
        np.testing.assert_allclose(labels @ colours, mixed.mean(axis=(1, 2, 3)), atol=1e-3)
        found.append(bool(np.isin(mixed, colours).all()))
    assert sum(found) == pytest.approx(30, abs=5 * np.sqrt(15))


def test_cutmix_labels_are_shares_of_pixels():
    images = np.broadcast_to(np.arange(6, dtype="float32")[:, None, None, None], (6, 20, 24, 3))
    mixed, labels = apply(data.cutmix(6), images, np.arange(6, dtype=np.int32))
    for image, shares in zip(mixed, labels, strict=True):
        np.testing.assert_allclose([(image[..., 0] == i).mean() for i in range(6)], shares, atol=1e-6)
    foreign = mixed[..., 0] != images[..., 0]
    for own in foreign:  # a rectangle
        assert own.sum() == own.any(1).sum() * own.any(0).sum()
    assert foreign.any()


@pytest.mark.parametrize("alpha", [0.2, 1.0])
def test_shares_have_the_beta_distribution(alpha):
    scipy_stats = pytest.importorskip("scipy.stats")
    count = 4000
    labels = np.arange(count, dtype=np.int32)
    _, mixed = apply(data.mixup(count, alpha), np.zeros((count, 1, 1, 3), "float32"), labels)
    shares = np.diagonal(mixed)
    assert scipy_stats.kstest(shares, scipy_stats.beta(alpha, alpha).cdf).pvalue > 1e-3


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (partial(data.pad_crop_flip, -1), "padding must be at least 0"),
        (partial(data.inception_crop, 0), "size must be at least 1"),
        (partial(data.inception_crop, 8, (0.5, 0.1)), "area must be two shares"),
        (partial(data.inception_crop, 8, ratio=(2, 1)), "ratio must be two bounds"),
        (partial(data.multi_scale, 224, (200, 300)), "224 ≤ low"),
        (partial(data.color_jitter, 1.5), "brightness must lie between 0 and 1"),
        (partial(data.color_jitter, hue=0.6), "hue must lie between 0 and 0.5"),
        (partial(data.rand_augment, 0), "num_ops must be at least 1"),
        (partial(data.rand_augment, 2, 11), "magnitude must lie between 0 and 10"),
        (partial(data.mixup, 0), "classes must be at least 1"),
        (partial(data.cutmix, 3, 0), "alpha must be above 0"),
    ],
)
def test_arguments_out_of_range(make, message):
    with pytest.raises(ValueError, match=message):
        make()
