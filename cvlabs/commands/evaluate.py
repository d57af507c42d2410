"""`cvlabs evaluate`: how often a network is wrong, and about what."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cvlabs.commands.argument import count, size
from cvlabs.commands.figure import check_figure
from cvlabs.commands.found import found_text
from cvlabs.commands.network import add_network, network_of

_DESCRIPTION = """\
Measures the top-1 and top-5 error of a network on a data set, as in ILSVRC, and
tells which classes it confuses:

  cvlabs evaluate trained/resnet20_cifar-shapes
  cvlabs evaluate resnet18 --data folder:imagenet --split validation --crops 10

The network may look at several views of each image; their probabilities are
averaged. Without --crops and --scales, a network with its published weights
sees each file as its publisher prepares it.
"""
_DRAWN = ("shapes", "digits")  # images that are not in files


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "evaluate",
        help="measure the errors of a trained network",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_network(parser, "network")
    option = parser.add_argument
    data = "shapes (default), digits, folder:PATH, or a name of TensorFlow Datasets, such as cifar10"
    option("--data", default="shapes", metavar="NAME", help=data)
    split = "test, validation, train, or a part of one; by default the one that `cvlabs train` holds out"
    option("--split", metavar="S", help=split)
    crops = "centre crops (1), or four corners, centre and mirror images (10), of images a seventh larger"
    option("--crops", type=int, choices=(1, 10), help=crops)
    scales = "heights to resize images to; whole, or with --crops 10 ten crops of each"
    option("--scales", type=size, nargs="+", metavar="N", help=scales)
    skip = "damaged image files: raise (default) lists them, skip leaves them out"
    option("--on-error", choices=("raise", "skip"), default="raise", help=skip)
    option("--batch-size", type=count, default=64, metavar="N", help="images at a time (default 64)")
    option("--confusion", type=Path, metavar="FILE", help="draw which classes are confused: a .png or .pdf")
    option("--json", action="store_true", help="one object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints the errors."""
    from cvlabs.onednn import prefer_onednn
    from cvlabs.quiet import quiet

    if options.confusion:
        check_figure(options.confusion)
    prefer_onednn()
    with quiet():  # TensorFlow greets on stderr
        from cvlabs.commands.images import holdout, larger, of_height
        from cvlabs.commands.publisher import prepared_data
        from cvlabs.data import load
        from cvlabs.train import evaluate
        from cvlabs.train.naming import saved_names
        from cvlabs.train.trained import with_preparation
    split = options.split or holdout(options.data)[1]
    network = network_of(options.network, options.weights)
    model, prepare = with_preparation(network)
    needed = model.inputs[0].shape[1:3]
    if options.scales:
        needed = of_height(max(options.scales), needed)
    elif options.crops is not None:
        needed = larger(needed)
    is_folder = options.data.startswith("folder:")  # which may hold some of the network's classes
    data = load(
        options.data,
        split,
        batch_size=options.batch_size,
        image_size=needed,
        shuffle=False,
        cache="none",
        on_error=options.on_error,
        classes=saved_names(network, model.outputs[0].shape[-1]) if is_folder else None,
    )
    info = data.info
    if prepare and options.crops is None and not options.scales and options.data not in _DRAWN:
        del data  # which may hold all files
        data = prepared_data(info, prepare)
    if info.skipped:
        print(found_text([info]), file=sys.stderr if options.json else sys.stdout, flush=True)
    found = evaluate(network, data, views=_views(options), verbose=not options.json)
    print(json.dumps(_plain(found), indent=1) if options.json else found, flush=True)
    if options.confusion:
        import matplotlib

        matplotlib.use("agg")
        from cvlabs import plot

        plot.confusion(found, save=options.confusion)
    return 0


def _views(options: argparse.Namespace) -> Any:
    from cvlabs.train.views import center_crop, multi_scale, ten_crop, whole

    crops = {None: None, 1: center_crop, 10: ten_crop}[options.crops]
    if options.scales:
        return multi_scale(options.scales, crops)
    return crops or whole


def _plain(found: Any) -> dict[str, Any]:
    numbers = ("network", "data", "images", "views", "top1_error", "top5_error", "classes")
    return {name: getattr(found, name) for name in numbers} | {"confusion": found.confusion.tolist()}
