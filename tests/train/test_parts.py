"""What a recipe is made of: schedules, weight decay, losses, heads, residual branches, normalization."""

import math

import keras
import numpy as np
import pytest
from keras import layers
from small import network

import cvlabs
from cvlabs.train import RECIPES, Recipe, takes_pixels, with_normalization
from cvlabs.train.compilation import compile_for_training
from cvlabs.train.heads import heads_of
from cvlabs.train.losses import HeadsLoss, binary_cross_entropy, cross_entropy, error
from cvlabs.train.recipes import is_trained, recipe_of
from cvlabs.train.residual import last_normalizations, zero_residual_branches
from cvlabs.train.schedule import Constant, Cosine, LearningRate, Linear, Steps
from cvlabs.train.weight_decay import AdamW, LayerwiseAdaptive, Momentum, decays

RNG = np.random.default_rng(0)


def rates(schedule, steps, warmup=0, peak=1.0):
    rate = LearningRate(peak, schedule, steps, warmup)
    return [float(rate(step)) for step in range(steps)]


def test_steps_fall_where_the_paper_says():
    found = rates(Steps((0.5, 0.75)), 64, peak=0.1)
    assert found == pytest.approx([0.1] * 32 + [0.01] * 16 + [0.001] * 16)
    assert rates(Steps((0.3, 0.6, 0.8), 0.2), 10) == pytest.approx(
        [1] * 3 + [0.2] * 3 + [0.04] * 2 + [0.008] * 2
    )


def test_cosine_and_line_fall_to_zero():
    assert rates(Cosine(), 8) == pytest.approx(
        [(1 + math.cos(math.pi * i / 8)) / 2 for i in range(8)], rel=1e-4
    )
    assert rates(Linear(), 4) == pytest.approx([1, 0.75, 0.5, 0.25])
    assert rates(Constant(), 3) == [1, 1, 1]


def test_warmup_rises_in_a_line_to_the_peak():
    found = rates(Cosine(), 12, warmup=4, peak=0.4)
    assert found[:5] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.4])
    assert found[4:] == pytest.approx([0.2 * (1 + math.cos(math.pi * i / 8)) for i in range(8)], rel=1e-4)
    assert rates(Steps((0.5,)), 10, warmup=2)[4:6] == pytest.approx([1, 0.1])


@pytest.mark.parametrize("accumulation", [1, 2, 4])
def test_weights_enter_their_average_at_the_same_rate_with_accumulated_batches(accumulation):
    recipe = Recipe("r", "s", 1, 8, 0.1, ema_momentum=0.8, accumulation=accumulation)
    heads = heads_of(network())
    compile_for_training(heads, recipe, 8, 20 * accumulation, "float32")
    optimizer, weights = heads.scores.optimizer, heads.scores.trainable_variables
    gradients = [keras.ops.zeros_like(v) for v in weights]

    def steps(count):
        for _ in range(count * accumulation):
            optimizer.apply(gradients, weights)

    steps(2)  # gradients of 0 change no weight, so the average is what they are
    before = [np.array(v) for v in weights]
    for v in weights:
        v.assign_add(keras.ops.ones_like(v))
    steps(3)
    for average, start in zip(optimizer._model_variables_moving_average, before, strict=True):
        np.testing.assert_allclose(np.array(average) - start, 1 - 0.8**3, atol=1e-5)


def test_the_learning_rate_goes_with_the_batch():
    assert RECIPES["resnet2015_imagenet"].learning_rate_for(8192) == pytest.approx(3.2)
    assert RECIPES["strikes_back_a3"].learning_rate_for(512) == pytest.approx(4e-3)


def trained_by(make, steps=3, decay=0.1):
    """A kernel and a bias under gradients by number of the step."""
    kernel, bias = (keras.Variable(x) for x in (np.full((2, 2), 2.0), np.full(2, 2.0)))
    optimizer = make(0.1, decay)
    for step in range(steps):
        gradient = 0.5 - 0.25 * step
        optimizer.apply([keras.ops.full((2, 2), gradient), keras.ops.full((2,), gradient)], [kernel, bias])
    return float(kernel[0, 0]), float(bias[0])


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_has_weight_decay_in_the_gradient_and_spares_biases(nesterov):
    def expected(decay):
        weight, velocity = 2.0, 0.0
        for step in range(3):
            gradient = 0.5 - 0.25 * step + decay * weight
            velocity = 0.9 * velocity - 0.1 * gradient
            weight += 0.9 * velocity - 0.1 * gradient if nesterov else velocity
        return weight

    assert trained_by(Momentum(0.9, nesterov)) == pytest.approx((expected(0.1), expected(0)), rel=1e-5)


def test_lamb_scales_the_decayed_update_by_the_trust_ratio():
    def expected(decay, trusts):
        weight, mean, square = 2.0, 0.0, 0.0
        for step in range(3):
            gradient = 0.5 - 0.25 * step
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            corrected = square / (1 - 0.999 ** (step + 1))
            update = mean / (1 - 0.9 ** (step + 1)) / (math.sqrt(corrected) + 1e-6) + decay * weight
            # All entries are equal, so the norms' ratio is that of two entries.
            weight -= 0.1 * update * (abs(weight / update) if trusts else 1)
        return weight

    found = trained_by(LayerwiseAdaptive())
    assert found == pytest.approx((expected(0.1, True), expected(0, False)), rel=1e-5)


def test_adamw_spares_biases():
    plain = trained_by(AdamW(), decay=0.0)
    decayed = trained_by(AdamW(), decay=0.1)
    assert decayed[1] == plain[1]
    assert decayed[0] < plain[0] - 0.05


def test_of_a_network_kernels_decay_alone():
    model = cvlabs.create_model("resnet20_cifar")
    spared = {v.name for v in model.trainable_variables if not decays(v)}
    assert spared == {"bias", "gamma", "beta"}
    assert {v.name for v in model.trainable_variables if decays(v)} == {"kernel"}


def softmax(logits):
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("from_logits", [True, False])
def test_cross_entropy_is_its_formula_for_indices_and_shares(smoothing, from_logits):
    logits, labels = RNG.normal(size=(6, 5)).astype("float32"), RNG.integers(0, 5, 6)
    shares = np.eye(5, dtype="float32")[labels]
    expected = -((shares * (1 - smoothing) + smoothing / 5) * np.log(softmax(logits))).sum(-1)
    scores = logits if from_logits else softmax(logits)
    for given in (labels, labels[:, None], shares):
        found = cross_entropy(
            keras.ops.convert_to_tensor(given),
            keras.ops.convert_to_tensor(scores),
            from_logits=from_logits,
            label_smoothing=smoothing,
        )
        np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_binary_cross_entropy_takes_every_class_of_a_mixed_image_for_one_it_has():
    logits = RNG.normal(size=(2, 4)).astype("float32")
    mixed = np.array([[0.3, 0, 0.7, 0], [0, 1, 0, 0]], "float32")
    targets = mixed > 0
    chances = 1 / (1 + np.exp(-logits))
    expected = -np.where(targets, np.log(chances), np.log(1 - chances)).mean(-1)
    options = {"from_logits": True, "label_smoothing": 0.0}
    found = binary_cross_entropy(keras.ops.convert_to_tensor(mixed), logits, **options)
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    one = binary_cross_entropy(keras.ops.convert_to_tensor([1]), logits[1:], **options)
    np.testing.assert_allclose(one, expected[1:], rtol=1e-5)
    with pytest.raises(ValueError, match="ends in a layer with activation='softmax'"):
        binary_cross_entropy(mixed, logits, from_logits=False, label_smoothing=0.0)


def test_auxiliary_heads_count_three_tenths():
    logits, labels = RNG.normal(size=(4, 3, 5)).astype("float32"), RNG.integers(0, 5, 4)
    loss = HeadsLoss(cross_entropy, from_logits=True, label_smoothing=0.0, auxiliary_weight=0.3)
    logs = np.log(softmax(logits))[np.arange(4), :, labels]
    assert float(loss(labels, logits)) == pytest.approx(-(logs @ [1, 0.3, 0.3]).mean(), rel=1e-5)


def test_the_error_is_of_the_main_head_in_percent():
    scores = np.zeros((4, 2, 3), "float32")
    scores[:, 0, 1] = 1
    scores[:, 1, 2] = 1
    labels = np.array([1, 1, 2, 0])
    for given in (labels, np.eye(3)[labels]):
        assert np.mean(error(keras.ops.convert_to_tensor(given), scores)) == 50


def test_googlenets_heads_are_stacked_and_dropped():
    model = cvlabs.create_model(
        "googlenet", auxiliary_heads=True, input_shape=(80, 80, 3), classes=4, classifier_activation=None
    )
    heads = heads_of(model)
    assert (heads.classes, heads.auxiliary, heads.from_logits) == (4, 2, True)
    x = RNG.normal(size=(2, 80, 80, 3)).astype("float32")
    outputs = model.predict_on_batch(x)
    np.testing.assert_allclose(heads.scores.predict_on_batch(x), np.stack(outputs, 1), atol=1e-6)
    np.testing.assert_allclose(heads.main.predict_on_batch(x), outputs[0], atol=1e-6)
    assert heads.model.output_names == [model.output_names[0]]
    assert not [layer for layer in heads.model.layers if layer.name.startswith("aux")]
    assert {id(v) for v in heads.scores.variables} == {id(v) for v in model.variables}


def test_training_goes_by_the_logits_before_a_softmax():
    model = cvlabs.create_model("resnet20_cifar")
    heads = heads_of(model)
    assert heads.from_logits
    assert heads.model is model
    x = RNG.normal(size=(2, 32, 32, 3)).astype("float32")
    np.testing.assert_allclose(softmax(heads.main.predict_on_batch(x)), model.predict_on_batch(x), rtol=1e-4)
    ends = keras.Sequential([keras.Input((4, 4, 3)), layers.Flatten(), layers.Dense(2, "softmax")])
    assert not heads_of(ends).from_logits


@pytest.mark.parametrize("nest", ["Sequential", "functional"])
def test_the_softmax_of_a_network_inside_of_a_network_is_found(nest):
    inner = keras.Sequential([keras.Input((4, 4, 3)), layers.Flatten(), layers.Dense(3), layers.Softmax()])
    x = keras.Input((4, 4, 3))
    whole = keras.Sequential([x, layers.Rescaling(1 / 255), inner])
    if nest == "functional":
        whole = keras.Model(x, inner(layers.Rescaling(1 / 255)(x)))
    heads = heads_of(whole)
    images = RNG.random((2, 4, 4, 3), "float32")
    assert heads.from_logits
    np.testing.assert_allclose(keras.ops.softmax(heads.main(images)), whole(images), rtol=1e-5)
    assert heads.model is whole


@pytest.mark.parametrize(
    ("last", "message"),
    [
        ([layers.Flatten(), layers.Dense(1)], "of two classes or more"),
        ([layers.Conv2D(3, 1)], "a classifier gives scores N×classes"),
        ([layers.Flatten(), layers.Dense(3, "sigmoid")], "with activation sigmoid; a classifier ends in"),
    ],
)
def test_what_is_no_classifier_is_told(last, message):
    with pytest.raises(ValueError, match=message):
        heads_of(keras.Sequential([keras.Input((4, 4, 3)), *last]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("resnet20_cifar", [f"stage{s}_block{b}_bn2" for s in (1, 2, 3) for b in (1, 2, 3)]),
        ("resnet18", [f"stage{s}_block{b}_bn2" for s in (2, 3, 4, 5) for b in (1, 2)]),
        (
            "resnet50",
            [f"stage{s}_block{b}_bn3" for s, n in ((2, 3), (3, 4), (4, 6), (5, 3)) for b in range(1, n + 1)],
        ),
        ("plain20_cifar", []),
    ],
)
def test_the_last_normalization_of_each_branch_is_found(name, expected):
    from cvlabs.factory import build_abstract

    assert [layer.name for layer in last_normalizations(build_abstract(name))] == expected


def test_the_gate_of_senet_is_passed():
    from cvlabs.factory import build_abstract

    found = [layer.name for layer in last_normalizations(build_abstract("se_resnet50"))]
    assert len(found) == 16
    assert all(name.endswith("_bn3") for name in found)


def test_a_network_with_zeroed_branches_is_its_shortcuts():
    model = cvlabs.create_model("resnet20_cifar", input_shape=(16, 16, 3))
    assert zero_residual_branches(model) == 9
    taps = keras.Model(model.input, [model.get_layer(n).output for n in ("stem_relu", "stage1_block3_relu2")])
    first, last = taps.predict_on_batch(RNG.normal(size=(2, 16, 16, 3)).astype("float32"))
    np.testing.assert_array_equal(first, last)


def test_with_normalization_shares_layers_and_is_flat():
    model = network()
    mean, std = [100.0, 110.0, 120.0], [50.0, 60.0, 70.0]
    pixels = with_normalization(model, mean, std)
    x = RNG.integers(0, 256, (3, 8, 8, 3)).astype("float32")
    np.testing.assert_allclose(
        pixels.predict_on_batch(x), model.predict_on_batch((x - mean) / std), rtol=1e-4, atol=1e-5
    )
    assert pixels.get_layer("conv") is model.get_layer("conv")
    assert [layer.name for layer in pixels.layers][:3] == ["image", "normalize_pixels", "conv"]
    assert takes_pixels(pixels)
    assert not takes_pixels(model)
    assert takes_pixels(keras.Sequential([keras.Input((8, 8, 3)), pixels]))


def test_normalization_survives_saving(tmp_path):
    pixels = with_normalization(network(), [1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    pixels.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    x = RNG.normal(size=(2, 8, 8, 3)).astype("float32")
    np.testing.assert_array_equal(again.predict_on_batch(x), pixels.predict_on_batch(x))
    assert takes_pixels(again)


@pytest.mark.parametrize(
    ("mean", "std", "message"),
    [
        ([1.0], [1.0], "3 numbers, one for each channel, got 1 and 1"),
        ([1.0] * 3, [1.0, 0.0, 1.0], "std positive"),
        ([math.nan] * 3, [1.0] * 3, "mean must be finite"),
    ],
)
def test_numbers_that_do_not_normalize_are_told(mean, std, message):
    with pytest.raises(ValueError, match=message):
        with_normalization(network(), mean, std)
    with pytest.raises(ValueError, match="normalizes its input already"):
        with_normalization(with_normalization(network(), [1] * 3, [1] * 3), mean, std)


def test_named_recipes():
    assert set(RECIPES) == {
        "alexnet2012",
        "vgg2014",
        "resnet2015_cifar",
        "resnet2015_imagenet",
        "wrn2016_cifar",
        "strikes_back_a3",
        "fast_cifar",
        "finetune",
    }
    assert all(recipe.name == name and recipe.source for name, recipe in RECIPES.items())


def test_iterations_of_the_papers_come_out():
    """64k iterations at batch 128 of 50,000 images; 600k at 256 and 370k at 256 of ImageNet's."""
    assert RECIPES["resnet2015_cifar"].epochs == round(64_000 * 128 / 50_000)
    assert RECIPES["resnet2015_imagenet"].epochs == round(600_000 * 256 / 1_281_167)
    assert RECIPES["vgg2014"].epochs == round(370_000 * 256 / 1_281_167)


@pytest.mark.parametrize(
    ("model", "expected", "why"),
    [
        (lambda: network(), "fast_cifar", "images are 8×8 and the network has batch normalization"),
        (lambda: network(norm=False), "alexnet2012", "no batch normalization"),
        (lambda: cvlabs.create_model("resnet18"), "resnet2015_imagenet", "images are 224×224"),
    ],
)
def test_auto_says_what_and_why(model, expected, why):
    recipe, reason = recipe_of("auto", model())
    assert recipe.name == expected
    assert why in reason


def test_a_trained_network_is_fine_tuned():
    model = network()
    assert not is_trained(model)
    model.get_layer("bn").moving_mean.assign([0.1] * 8)
    assert is_trained(model)
    assert recipe_of("auto", model)[0].name == "finetune"
    biased = network(norm=False)
    biased.get_layer("logits").bias.assign([0, 0.1, 0])
    assert is_trained(biased)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"epochs": 0}, "epochs must be a whole number of at least 1, got 0"),
        ({"accumulation": 1.5}, "accumulation must be a whole number"),
        ({"learning_rate": -1}, "learning_rate must be positive"),
        ({"weight_decay": -1}, "weight_decay must not be negative"),
        ({"label_smoothing": 1}, "label_smoothing must be at least 0 and below 1"),
        ({"ema_momentum": 1.0}, "ema_momentum must be between 0 and 1"),
    ],
)
def test_impossible_recipes_are_told(change, message):
    with pytest.raises(ValueError, match=message):
        Recipe(**{"name": "x", "source": "y", "epochs": 1, "batch_size": 1, "learning_rate": 0.1} | change)
    with pytest.raises(ValueError, match="recipe must be a Recipe, 'auto', or one of alexnet2012"):
        recipe_of("resnet", network())
