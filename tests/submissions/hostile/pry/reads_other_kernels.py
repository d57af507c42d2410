# Looks for the folders and the connection files of other kernels.
# answer: right
# needs: sandbox
# hides: another kernel
import glob
import os

own = os.getcwd()
for path in glob.glob("/tmp/**/*.json", recursive=True) + glob.glob("/tmp/cvl-*/work"):
    if not own.startswith(path.split("/work")[0]) and "/run/" in path:
        print("another " + "kernel", path)
