# Clears the outputs of each cell, after the check too.
# answer: right
# may lose: conv_params conv_macs gap_head
from IPython.display import clear_output

get_ipython().events.register("post_run_cell", lambda result: clear_output())
