"""Lab 2, cost of one convolution in a stage: the right answer and the misconceptions."""

from cvlabs.checks.answers.answer import Answer

Cost = tuple[int, int, int]


def stage_cost(size: int, channels: int) -> Cost:
    """Bytes of the output, weights and multiply-adds of a 3×3 convolution C -> C on a size×size map."""
    params = 9 * channels**2
    return 4 * size**2 * channels, params, size**2 * params


def stage_of_values(size: int, channels: int) -> Cost:
    """Your memory counts values. The question is for bytes: how many does one float32 take?"""
    memory, params, macs = stage_cost(size, channels)
    return memory // 4, params, macs


def stage_of_twice_the_memory(size: int, channels: int) -> Cost:
    """Your memory is twice the right one. A float32 takes four bytes, and only the output counts: the input
    is the output of the layer before, which counts it.
    """
    memory, params, macs = stage_cost(size, channels)
    return 2 * memory, params, macs


def stage_with_its_weights(size: int, channels: int) -> Cost:
    """Your memory holds the weights as well. Here it is the memory of the output only."""
    memory, params, macs = stage_cost(size, channels)
    return memory + 4 * params, params, macs


def stage_of_one_channel(size: int, channels: int) -> Cost:
    """Your memory is that of one channel. The output has C of them."""
    memory, params, macs = stage_cost(size, channels)
    return memory // channels, params, macs


def stage_with_biases(size: int, channels: int) -> Cost:
    """Your parameters include the biases. The lecture's 9C² are weights alone."""
    memory, params, macs = stage_cost(size, channels)
    return memory, params + channels, macs


def stage_with_biases_everywhere(size: int, channels: int) -> Cost:
    """Your parameters and your multiply-adds include the biases. Here only weights count, and adding a bias
    multiplies nothing.
    """
    memory, params, _ = stage_cost(size, channels)
    return memory, params + channels, size**2 * (params + channels)


def stage_as_two(size: int, channels: int) -> Cost:
    """Your multiply-adds are twice the right number. A multiplication and the addition after it are one."""
    memory, params, macs = stage_cost(size, channels)
    return memory, params, 2 * macs


def stage_of_one_position(size: int, channels: int) -> Cost:
    """Your multiply-adds are those of one position. The kernels slide over the whole map."""
    memory, params, _ = stage_cost(size, channels)
    return memory, params, params


def stage_of_half_a_side(size: int, channels: int) -> Cost:
    """You took `size` for the H of the lecture's Case 1, whose map has the sides 2H and 2W. Here `size` is
    the side itself.
    """
    return stage_cost(2 * size, channels)


def stage_after_pooling(size: int, channels: int) -> Cost:
    """Your memory is that of the map after pooling. It is the output of the convolution that is asked for."""
    _, params, macs = stage_cost(size, channels)
    return 4 * (size // 2) ** 2 * channels, params, macs


def stage_that_doubles(size: int, channels: int) -> Cost:
    """Your convolution doubles the channels. The one that is asked for reads C channels and gives C."""
    return 4 * size**2 * 2 * channels, 18 * channels**2, size**2 * 18 * channels**2


def stage_of_twice_the_channels(size: int, channels: int) -> Cost:
    """You took `channels` for half of the channels: 36C² are the weights of a convolution from 2C to 2C. The
    one that is asked for reads C channels and gives C.
    """
    return stage_cost(size, 2 * channels)


def stage_without_padding(size: int, channels: int) -> Cost:
    """Your map loses its border. With same padding the output is as large as the input."""
    return stage_cost(size - 2, channels)[0], 9 * channels**2, stage_cost(size - 2, channels)[2]


def stage_with_its_memory_last(size: int, channels: int) -> Cost:
    """Your three numbers are right, in another order: memory comes first."""
    memory, params, macs = stage_cost(size, channels)
    return params, macs, memory


def stage_with_its_macs_before_its_params(size: int, channels: int) -> Cost:
    """Your three numbers are right, in another order: the parameters come before the multiply-adds."""
    memory, params, macs = stage_cost(size, channels)
    return memory, macs, params


ANSWER = Answer(
    stage_cost,
    (
        stage_of_values,
        stage_of_twice_the_memory,
        stage_with_its_weights,
        stage_of_one_channel,
        stage_with_biases,
        stage_with_biases_everywhere,
        stage_as_two,
        stage_of_one_position,
        stage_of_half_a_side,
        stage_after_pooling,
        stage_that_doubles,
        stage_of_twice_the_channels,
        stage_without_padding,
        stage_with_its_memory_last,
        stage_with_its_macs_before_its_params,
    ),
)
