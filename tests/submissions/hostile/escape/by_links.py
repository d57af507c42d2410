# Puts links to files outside into its folder, for a grader that copies or deletes without looking.
# answer: right
import os

for number, target in enumerate(("<course>", "<home>", "<neighbour>", "/etc/passwd", "/dev/zero", "..", "/")):
    os.symlink(target, f"link{number}")
os.symlink("loop", "loop")
os.mkfifo("pipe")
