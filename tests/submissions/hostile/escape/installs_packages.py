# Installs packages, by pip, by IPython's magic, and by hand.
# answer: right
# needs: sandbox
import subprocess
import sys
import zipfile

with zipfile.ZipFile("caught-1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("caught.py", "")
    wheel.writestr("caught-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: caught\nVersion: 1.0\n")
    wheel.writestr(
        "caught-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    wheel.writestr("caught-1.0.dist-info/RECORD", "")
for options in (["caught-1.0-py3-none-any.whl"], ["--user", "caught-1.0-py3-none-any.whl"], ["six"]):
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--force-reinstall",
        "--retries",
        "0",
        "--timeout",
        "1",
    ]
    subprocess.run([*command, *options], capture_output=True, timeout=20)
