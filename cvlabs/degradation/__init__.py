"""Plain and residual networks on CIFAR-10, as `python -m benchmarks.degradation` trained them.

Beside this file lies one of errors for each run, with the command, versions and device in its first lines.

>>> from cvlabs.degradation import curves
>>> sorted(curves("training_error"))[:3]
['plain, 20 layers', 'plain, 56 layers', 'plain, 56 layers, warmup']
"""

from cvlabs.degradation.runs import COLUMNS, Run, curves, read_run, run_name, runs

__all__ = ["COLUMNS", "Run", "curves", "read_run", "run_name", "runs"]
