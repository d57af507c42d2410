"""`cvlabs predict`: what a network says of image files."""

import argparse
import json
import sys
from pathlib import Path

from cvlabs.commands.argument import count
from cvlabs.commands.figure import check_figure
from cvlabs.commands.network import add_network, network_of

DEFAULT = "resnet18"

_DESCRIPTION = """\
Names what is in images, with probabilities:

  cvlabs predict cat.jpg dog.png
  cvlabs predict holiday/*.jpg --network trained/resnet18-photos

By default a ResNet-18 says which of ImageNet's 1000 classes it sees; its
weights are downloaded once. A network with its published weights sees each
image as its publisher prepares it.
"""


def add(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "predict",
        help="name what is in image files",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="a JPEG, PNG, GIF, BMP or WebP file")
    add_network(parser, "--network", default=DEFAULT)
    parser.add_argument("--top", type=count, default=5, metavar="N", help="how many classes to name (5)")
    parser.add_argument("--cam", type=Path, metavar="FILE", help="draw where it sees that: a .png or .pdf")
    parser.add_argument("--json", action="store_true", help="an array of objects")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints a line per image."""
    folders = [path for path in options.images if Path(path).is_dir()]
    if folders:
        raise ValueError(f"{folders[0]} is a folder; name the images in it: {Path(folders[0]) / '*.jpg'}.")
    missing = [path for path in options.images if not Path(path).is_file()]
    if missing:
        raise ValueError(f"There is no file {', '.join(missing)}.")
    from cvlabs.onednn import prefer_onednn
    from cvlabs.quiet import quiet

    if options.cam:
        check_figure(options.cam)
    prefer_onednn()
    with quiet():  # TensorFlow greets on stderr
        from cvlabs.train import predict
    network = network_of(options.network, options.weights)
    found = predict(network, options.images, top=options.top)
    if options.json:
        print(json.dumps([{"image": one.image, "classes": dict(one.classes)} for one in found], indent=1))
    else:
        print("\n".join(map(str, found)))
    sys.stdout.flush()
    if options.cam:
        import matplotlib

        matplotlib.use("agg")
        from cvlabs import plot

        plot.cam(network, options.images, save=options.cam)
    return 0
