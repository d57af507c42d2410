"""Lab 3, costs of single layers: right answers and misconceptions."""

from cvlabs.checks.answers.answer import Answer

# A convolution's parameters


def conv_params(kernel_size: int, in_channels: int, filters: int) -> int:
    """Parameters of a convolution with biases."""
    return kernel_size**2 * in_channels * filters + filters


def params_without_biases(kernel_size: int, in_channels: int, filters: int) -> int:
    """You counted the weights of the kernels only. Each filter also learns one number that it adds."""
    return kernel_size**2 * in_channels * filters


def params_of_a_line_kernel(kernel_size: int, in_channels: int, filters: int) -> int:
    """The kernel is a square: kernel_size is the length of one side, and both sides hold weights."""
    return kernel_size * in_channels * filters + filters


def params_of_one_input_channel(kernel_size: int, in_channels: int, filters: int) -> int:
    """Each of your filters looks at a single channel. A filter has a slice for every channel of its input."""
    return kernel_size**2 * filters + filters


def params_of_one_filter(kernel_size: int, in_channels: int, filters: int) -> int:
    """This is the size of a single filter. The layer has as many of them as it has output channels."""
    return kernel_size**2 * in_channels + 1


def params_with_one_bias(kernel_size: int, in_channels: int, filters: int) -> int:
    """You counted one bias for the whole layer. Does every output channel add the same number?"""
    return kernel_size**2 * in_channels * filters + 1


def params_with_input_biases(kernel_size: int, in_channels: int, filters: int) -> int:
    """You counted one bias per input channel. The bias is added to the result: which channels are those?"""
    return kernel_size**2 * in_channels * filters + in_channels


def params_with_biases_per_slice(kernel_size: int, in_channels: int, filters: int) -> int:
    """You gave every slice of a filter its own bias. They are summed first; then one number is added."""
    return (kernel_size**2 + 1) * in_channels * filters


# A convolution's multiply-adds


def conv_macs(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """Multiply-adds of a convolution, without biases."""
    return output_size**2 * kernel_size**2 * in_channels * filters


def macs_as_flops(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """This is twice the right number. A multiplication and the addition after it are one multiply-add."""
    return 2 * output_size**2 * kernel_size**2 * in_channels * filters


def macs_with_biases(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """You counted the biases too. Adding a bias multiplies nothing, so it is no multiply-add here."""
    return output_size**2 * (kernel_size**2 * in_channels + 1) * filters


def macs_plus_biases_once(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """You added the number of biases. A bias multiplies nothing, so it is no multiply-add here."""
    return output_size**2 * kernel_size**2 * in_channels * filters + filters


def macs_of_one_position(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """This is the work at one position of the output. At how many positions do the kernels stop?"""
    return kernel_size**2 * in_channels * filters


def macs_of_params_at_one_position(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """These are the parameters, not the work. Every weight is used once at each position of the output."""
    return conv_params(kernel_size, in_channels, filters)


def macs_of_one_row(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """You counted the positions along one side of the output only. The map is a square."""
    return output_size * kernel_size**2 * in_channels * filters


def macs_of_a_line_kernel(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """The kernel is a square: kernel_size is the length of one side, and both sides hold weights."""
    return output_size**2 * kernel_size * in_channels * filters


def macs_of_one_input_channel(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """Each of your filters looks at a single channel. A filter multiplies every channel of its input."""
    return output_size**2 * kernel_size**2 * filters


def macs_of_one_filter(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """This is the work of a single filter. The layer has as many of them as it has output channels."""
    return output_size**2 * kernel_size**2 * in_channels


def macs_of_a_shrunken_map(output_size: int, kernel_size: int, in_channels: int, filters: int) -> int:
    """You took the border off once more. output_size is already the size of the output."""
    return (output_size - kernel_size + 1) ** 2 * kernel_size**2 * in_channels * filters


# The two heads


def flatten_head_params(h: int, w: int, c: int, classes: int) -> int:
    """Parameters of a dense layer on a flattened map."""
    return h * w * c * classes + classes


def flatten_head_without_biases(h: int, w: int, c: int, classes: int) -> int:
    """You counted the weights only. A dense layer also learns one bias for each of its outputs."""
    return h * w * c * classes


def flatten_head_that_averages(h: int, w: int, c: int, classes: int) -> int:
    """This is the head after global average pooling. Flattening keeps every position of every channel."""
    return c * classes + classes


def flatten_head_of_a_square_map(h: int, w: int, c: int, classes: int) -> int:
    """You took the map for a square by its height. Its width may differ."""
    return h * h * c * classes + classes


def flatten_head_of_one_channel(h: int, w: int, c: int, classes: int) -> int:
    """You flattened a single channel. The vector holds every position of all the channels."""
    return h * w * classes + classes


def flatten_head_of_one_column(h: int, w: int, c: int, classes: int) -> int:
    """You counted one side of the map only. The vector holds every position: rows times columns."""
    return h * c * classes + classes


def flatten_head_that_adds_sides(h: int, w: int, c: int, classes: int) -> int:
    """You added height, width and channels. How many numbers does a block with these three sides hold?"""
    return (h + w + c) * classes + classes


def flatten_head_with_input_biases(h: int, w: int, c: int, classes: int) -> int:
    """You counted one bias per input of the dense layer. Its biases are added to the results, the logits."""
    return h * w * c * classes + h * w * c


def flatten_head_with_one_bias(h: int, w: int, c: int, classes: int) -> int:
    """You counted one bias for the whole layer. Each logit has its own."""
    return h * w * c * classes + 1


def gap_head_params(c: int, classes: int) -> int:
    """Parameters of a dense layer on the average of each channel."""
    return c * classes + classes


def gap_head_without_biases(c: int, classes: int) -> int:
    """You counted the weights only. A dense layer also learns one bias for each of its outputs."""
    return c * classes


def gap_head_with_input_biases(c: int, classes: int) -> int:
    """You counted one bias per channel. The biases are added to the results, and those are the logits."""
    return c * classes + c


def gap_head_with_one_bias(c: int, classes: int) -> int:
    """You counted one bias for the whole layer. Each logit has its own."""
    return c * classes + 1


def gap_head_that_learns_to_average(c: int, classes: int) -> int:
    """You gave the pooling parameters of its own. Taking an average needs no weight that is learned."""
    return c * classes + classes + c


def gap_head_that_adds(c: int, classes: int) -> int:
    """You added channels and classes. In a dense layer every input is joined to every output by a weight."""
    return c + classes


def gap_head_of_a_7x7_map(c: int, classes: int) -> int:
    """You counted every position of a 7×7 map. What is left of the positions after the average?"""
    return 7 * 7 * c * classes + classes


CONV_PARAMS = Answer(
    conv_params,
    (
        params_without_biases,
        params_of_a_line_kernel,
        params_of_one_input_channel,
        params_of_one_filter,
        params_with_one_bias,
        params_with_input_biases,
        params_with_biases_per_slice,
    ),
)

CONV_MACS = Answer(
    conv_macs,
    (
        macs_as_flops,
        macs_with_biases,
        macs_plus_biases_once,
        macs_of_one_position,
        macs_of_params_at_one_position,
        macs_of_one_row,
        macs_of_a_line_kernel,
        macs_of_one_input_channel,
        macs_of_one_filter,
        macs_of_a_shrunken_map,
    ),
)

FLATTEN_HEAD_PARAMS = Answer(
    flatten_head_params,
    (
        flatten_head_without_biases,
        flatten_head_that_averages,
        flatten_head_of_a_square_map,
        flatten_head_of_one_channel,
        flatten_head_of_one_column,
        flatten_head_that_adds_sides,
        flatten_head_with_input_biases,
        flatten_head_with_one_bias,
    ),
)

GAP_HEAD_PARAMS = Answer(
    gap_head_params,
    (
        gap_head_without_biases,
        gap_head_with_input_biases,
        gap_head_with_one_bias,
        gap_head_that_learns_to_average,
        gap_head_that_adds,
        gap_head_of_a_7x7_map,
    ),
)
