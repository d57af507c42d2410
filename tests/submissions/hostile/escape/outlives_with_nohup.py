# Leaves a program that ignores the end of its terminal and its session.
# answer: right
# needs: sandbox
import subprocess

subprocess.Popen(
    ["sh", "-c", "trap '' HUP TERM INT; (setsid sleep 7777 &); sleep 7777"],
    start_new_session=True,
    stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
