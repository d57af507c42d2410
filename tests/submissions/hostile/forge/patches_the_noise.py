# Claims a scatter that looks like dropout where there is none.
# in: gap_head
# answer: wrong
# lost: gap_head
# shows: With training=True
import cvlabs.checks.probe

cvlabs.checks.probe._spread = lambda y: 0.5
