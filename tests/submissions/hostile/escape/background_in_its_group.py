# Leaves a program running in the kernel's own group.
# answer: right
import subprocess

subprocess.Popen(["sleep", "7777"])
