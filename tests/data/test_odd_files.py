"""Files that are not as they should be, and those that only look so."""

import struct
import zipfile

import numpy as np
import pytest

from cvlabs.data import load

RNG = np.random.default_rng(0)
PICTURE = np.kron(RNG.integers(0, 256, (6, 8, 3)), np.ones((8, 8, 1))).astype(np.uint8)  # 48×64, in blocks


def pixels(folder, **options):
    options = {"batch_size": 100, "shuffle": False, "cache": "none", **options}
    ((images, labels),) = load(f"folder:{folder}", **options)
    return images.numpy(), labels.numpy()


def of_one_class(folder, **options):
    """Images where only class a has some."""
    (folder / "b").mkdir(exist_ok=True)
    return pixels(folder, on_error="skip", **options)


@pytest.fixture
def folder(tmp_path, write):
    """One good image in each of two classes."""
    for name in ("a", "b"):
        write(tmp_path / "set" / name / "good.png", PICTURE)
    return tmp_path / "set"


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("x.png", "RGB", {}),
        ("x.bmp", "RGB", {}),
        ("x.webp", "RGB", {"lossless": True}),
        ("x.jpg", "RGB", {"quality": 100, "subsampling": 0}),
        ("x.jpg", "RGB", {"quality": 100, "subsampling": 0, "progressive": True}),
        ("x.jpg", "CMYK", {"quality": 100}),
        ("x.JPEG", "RGB", {"quality": 100, "subsampling": 0}),
    ],
)
def test_formats_give_the_same_pixels(tmp_path, write, name, mode, options):
    write(tmp_path / "set" / "a" / name, PICTURE, mode=mode, **options)
    images, _ = of_one_class(tmp_path / "set")
    np.testing.assert_allclose(images[0], PICTURE, atol=6 if ".j" in name.lower() else 0)


def test_a_palette_gives_its_colours(tmp_path, write):
    few = (PICTURE // 128 * 255).astype(np.uint8)
    for i, name in enumerate(("1.png", "2.gif")):
        write(tmp_path / "set" / "a" / name, few, mode="P")
        np.testing.assert_array_equal(of_one_class(tmp_path / "set")[0][i], few)


@pytest.mark.parametrize("name", ["x.png", "x.jpg", "x.gif"])
def test_grey_becomes_three_equal_channels(tmp_path, write, name):
    grey = np.repeat(PICTURE[..., :1], 3, axis=-1)
    write(tmp_path / "set" / "a" / name, grey, mode="L")
    images, _ = of_one_class(tmp_path / "set")
    np.testing.assert_array_equal(images[0, ..., 0], images[0, ..., 1])
    np.testing.assert_array_equal(images[0, ..., 0], images[0, ..., 2])
    np.testing.assert_allclose(images[0], grey, atol=6)


def test_sixteen_bits_become_eight(tmp_path):
    image_module = pytest.importorskip("PIL.Image")
    (tmp_path / "set" / "a").mkdir(parents=True)
    deep = np.arange(48 * 64, dtype=np.uint16).reshape(48, 64) * 21
    image_module.fromarray(deep).save(tmp_path / "set" / "a" / "x.png")
    np.testing.assert_allclose(of_one_class(tmp_path / "set")[0][0, ..., 0], deep / 257, atol=1)


@pytest.mark.parametrize(("name", "options"), [("x.png", {}), ("x.webp", {"lossless": True, "exact": True})])
def test_transparent_pixels_lie_on_white(tmp_path, name, options):
    image_module = pytest.importorskip("PIL.Image")
    (tmp_path / "set" / "a").mkdir(parents=True)
    alpha = np.repeat([0, 51, 255], 16)[:, None] * np.ones((1, 64))
    image = np.dstack([PICTURE, alpha]).astype(np.uint8)
    image_module.fromarray(image).save(tmp_path / "set" / "a" / name, **options)
    share = image[..., 3:] / 255
    np.testing.assert_allclose(
        of_one_class(tmp_path / "set")[0][0], PICTURE * share + 255 * (1 - share), atol=0.51
    )


@pytest.mark.parametrize("name", ["x.gif", "x.webp", "x.png"])
def test_the_first_frame_of_a_moving_image(tmp_path, name):
    image_module = pytest.importorskip("PIL.Image")
    (tmp_path / "set" / "a").mkdir(parents=True)
    frames = [image_module.new("RGB", (20, 10), (value, 0, 0)) for value in (0, 120, 240)]
    options = {"lossless": True} if name == "x.webp" else {}
    frames[1].save(
        tmp_path / "set" / "a" / name, save_all=True, append_images=[frames[0], frames[2]], **options
    )
    images, _ = of_one_class(tmp_path / "set")
    np.testing.assert_array_equal(images, np.broadcast_to([120, 0, 0], (1, 10, 20, 3)))


def test_the_content_counts_and_not_the_name(folder, write):
    write(folder / "a" / "good.png", PICTURE)
    (folder / "a" / "good.png").rename(folder / "a" / "looks_like.jpg")
    (folder / "b" / "good.png").rename(folder / "b" / "no_suffix")
    images, _ = pixels(folder)
    np.testing.assert_array_equal(images, np.stack([PICTURE, PICTURE]))


def test_hidden_files_and_what_systems_leave_behind_are_not_there(folder):
    for name in (".DS_Store", "._good.png", "Thumbs.db", "desktop.ini"):
        (folder / "a" / name).write_bytes(b"junk")
        (folder / name).write_bytes(b"junk")
    for name in ("__MACOSX", ".ipynb_checkpoints"):
        (folder / name / "a").mkdir(parents=True)
        (folder / name / "a" / "good.png").write_bytes(b"junk")
    (folder / "README.txt").write_text("what this is")
    images, labels = pixels(folder)
    assert len(images) == 2
    assert labels.tolist() == [0, 1]


def bad_files(folder, write):
    """Writes one file of each kind into class b; returns which words must tell why."""
    write(folder / "c" / "x.jpg", PICTURE)
    write(folder / "c" / "y.png", PICTURE)
    write(folder / "c" / "z.bmp", PICTURE, mode="P")
    jpeg, png = (folder / "c" / "x.jpg").read_bytes(), (folder / "c" / "y.png").read_bytes()
    tiff = write(folder / "c" / "t.tiff", PICTURE).read_bytes()
    palette = (folder / "c" / "z.bmp").read_bytes()
    for path in (folder / "c").iterdir():
        path.unlink()
    (folder / "c").rmdir()
    huge = png[:16] + struct.pack(">II", 40_000, 40_000) + png[24:]
    broken = bytearray(png)
    broken[60:80] = bytes(20)
    contents = {
        "1_empty.jpg": (b"", "an empty file"),
        "2_text.jpg": (b"these are words", "not an image; JPEG, PNG, GIF, BMP and WebP are read"),
        "3_half.jpg": (jpeg[: len(jpeg) // 2], "truncated or damaged"),
        "4_half.png": (png[: len(png) // 2], "truncated or damaged"),
        "5_head.jpg": (jpeg[:30], "truncated: it ends within its header"),
        "6_tiff.jpg": (tiff, "a TIFF image"),
        "7_huge.png": (huge, "too large: 40000×40000"),
        "8_broken.png": (bytes(broken), "truncated or damaged"),
        "9_palette.bmp": (palette, "a BMP with a palette"),
    }
    for name, (content, _) in contents.items():
        (folder / "b" / name).write_bytes(content)
    return {f"b/{name}": reason for name, (_, reason) in contents.items()}


def test_bad_files_are_listed_by_path(folder, write):
    expected = bad_files(folder, write)
    with pytest.raises(ValueError, match='on_error="skip"') as caught:
        load(f"folder:{folder}", batch_size=2, image_size=(48, 64))
    assert "9 problems" in str(caught.value)  # found in headers and in decoding alike
    for path, reason in expected.items():
        assert f"  {path}: {reason}" in str(caught.value)


def test_a_part_without_images_because_of_bad_files(folder):
    for i in range(5):
        (folder / "a" / f"{i}.png").write_bytes(b"")
    with pytest.raises(ValueError, match="has 2 images of 2 classes, 1 in the smallest class") as caught:
        pixels(folder, split="train[80%:]")
    assert "a/4.png: an empty file" in str(caught.value)


def test_nothing_but_bad_files(folder):
    for name in ("a", "b"):
        (folder / name / "good.png").write_bytes(b"")
    for on_error in ("raise", "skip"):
        with pytest.raises(ValueError, match="no images in 'train' that can be read") as caught:
            pixels(folder, on_error=on_error)
        assert "a/good.png: an empty file" in str(caught.value)


@pytest.mark.parametrize("cache", ["memory", "none"])
def test_bad_files_are_skipped_and_counted(folder, write, cache):
    expected = bad_files(folder, write)
    for i in range(70):  # so that the bad ones lie in more than one part of the pass over all files
        write(folder / "b" / f"good_{i}.png", PICTURE)
    data = load(
        f"folder:{folder}", batch_size=50, image_size=(48, 64), cache=cache, on_error="skip", shuffle=False
    )
    assert data.info.count == 72
    assert data.info.class_counts == (1, 71)
    skipped = dict(data.info.skipped)
    assert set(skipped) == set(expected)
    for path, reason in expected.items():
        assert skipped[path].startswith(reason)
    for images, _ in data:
        np.testing.assert_array_equal(images, np.broadcast_to(PICTURE, images.shape))


def test_a_huge_jpeg_is_read_smaller(tmp_path):
    image_module = pytest.importorskip("PIL.Image")
    (tmp_path / "set" / "a").mkdir(parents=True)
    image_module.new("RGB", (12_000, 8_000), (10, 200, 30)).save(
        tmp_path / "set" / "a" / "huge.jpg", quality=30
    )
    images, _ = of_one_class(tmp_path / "set", image_size=16)
    np.testing.assert_allclose(images, np.broadcast_to([10, 200, 30], (1, 16, 16, 3)), atol=6)
    with pytest.raises(ValueError, match="too large: 8000×12000 pixels"):
        pixels(tmp_path / "set")


def test_images_of_several_sizes_need_one(folder, write):
    write(folder / "a" / "wide.png", PICTURE[:, :40])
    with pytest.raises(ValueError, match=r"2 sizes, between 48×40 and 48×64. Choose one for all"):
        pixels(folder)
    images, _ = pixels(folder, image_size=32)
    assert images.shape == (3, 32, 32, 3)


@pytest.mark.parametrize("name", ["x.jpg", "x.png"])
@pytest.mark.parametrize("size", [(24, 24), (12, 6), (60, 100), (7, 50)])
def test_images_are_cut_around_the_centre_and_resized(tmp_path, write, name, size):
    image_module = pytest.importorskip("PIL.Image")
    y, x = np.mgrid[:90, :120]
    smooth = np.stack([x * 2, y * 2, x + y], -1).astype(np.uint8)
    write(
        tmp_path / "set" / "a" / name,
        smooth,
        **({"quality": 100, "subsampling": 0} if name == "x.jpg" else {}),
    )
    images, _ = of_one_class(tmp_path / "set", image_size=size)
    high, wide = min(90, round(120 * size[0] / size[1])), min(120, round(90 * size[1] / size[0]))
    top, left = (90 - high) // 2, (120 - wide) // 2
    box = (left, top, left + wide, top + high)
    expected = image_module.fromarray(smooth).resize(size[::-1], image_module.Resampling.BILINEAR, box=box)
    difference = np.abs(images[0] - np.asarray(expected, float))
    assert difference.mean() < 2.5
    assert difference.max() < 12


def test_an_empty_class(folder):
    (folder / "c").mkdir()
    with pytest.raises(ValueError, match=r"1 problem:\n  c: an empty class"):
        pixels(folder)
    data = load(f"folder:{folder}", batch_size=2, on_error="skip")
    assert data.info.classes == ("a", "b", "c")  # it keeps its place, so that labels stay what they are
    assert data.info.class_counts == (1, 1, 0)
    assert data.info.skipped == (("c", "an empty class"),)


def test_classes_that_differ_between_splits(tmp_path, write):
    for path in ("train/cat", "train/dog", "test/dog", "test/wolf"):
        write(tmp_path / path / "x.png")
    for split in ("train", "test"):
        with pytest.raises(ValueError, match="test/wolf: a class that the training split does not have"):
            load(f"folder:{tmp_path}", split, batch_size=2)
    test = load(f"folder:{tmp_path}", "test", batch_size=2, on_error="skip")
    assert (test.info.classes, test.info.class_counts) == (("cat", "dog"), (0, 1))
    assert [labels.numpy().tolist() for _, labels in test] == [[1]]
    assert len(test.info.skipped) == 1


def test_images_in_no_class_and_too_deep(folder, write):
    write(folder / "stray.png")
    write(folder / "a" / "more" / "fine.png", PICTURE)
    write(folder / "a" / "more" / "and" / "deep.png")
    with pytest.raises(ValueError, match="2 problems") as caught:
        pixels(folder)
    assert "stray.png: an image outside the class folders" in str(caught.value)
    assert "a/more/and/deep.png: lies more than one folder below its class" in str(caught.value)
    (folder / "stray.png").unlink()
    (folder / "a" / "more" / "and" / "deep.png").unlink()
    assert pixels(folder)[1].tolist() == [0, 0, 1]


@pytest.mark.parametrize("wrapper", ["", "flowers/"])
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_is_the_same_as_its_folder(tmp_path, colours, wrapper, compression):
    archive = tmp_path / "colours.zip"
    with zipfile.ZipFile(archive, "w", compression) as file:
        file.writestr("__MACOSX/train/red/._0.png", b"junk")
        for path in sorted(colours.rglob("*.png")):
            file.write(path, wrapper + path.relative_to(colours).as_posix())
    before = sorted(tmp_path.iterdir())
    for split in ("train", "test"):
        for mine, theirs in zip(pixels(archive, split=split), pixels(colours, split=split), strict=True):
            np.testing.assert_array_equal(mine, theirs)
    assert sorted(tmp_path.iterdir()) == before  # nothing is unpacked


def test_damage_in_a_zip_is_found(tmp_path, colours):
    archive = tmp_path / "colours.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(colours.rglob("*.png")):
            file.write(path, path.relative_to(colours))
        place = file.getinfo("train/red/3.png").header_offset
    content = bytearray(archive.read_bytes())
    content[place + 80] ^= 1
    archive.write_bytes(content)
    with pytest.raises(ValueError, match=r"train/red/3\.png: damaged in the zip: its checksum differs"):
        pixels(archive)
    assert load(f"folder:{archive}", batch_size=4, on_error="skip").info.count == 11
    archive.write_bytes(content[:1000])
    with pytest.raises(ValueError, match="is a zip without its end, as an unfinished download"):
        pixels(archive)
    archive.write_bytes(b"no zip")
    with pytest.raises(ValueError, match="neither a folder nor a zip"):
        pixels(archive)


def test_nothing_there(tmp_path):
    with pytest.raises(ValueError, match="There is no folder or zip at"):
        load(f"folder:{tmp_path / 'missing'}", batch_size=2)
    with pytest.raises(ValueError, match="has no class folders"):
        load(f"folder:{tmp_path}", batch_size=2)
    with pytest.raises(ValueError, match="There is no path after"):
        load("folder:", batch_size=2)
