"""From a notebook that was run to verdicts: seeds, cases, and the judge in a process of its own."""
