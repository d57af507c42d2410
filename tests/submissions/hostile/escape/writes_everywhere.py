# Writes wherever it is allowed to.
# answer: right
# needs: sandbox
import os

for folder in (
    "<home>",
    "/",
    "/etc",
    "/usr",
    "/usr/bin",
    "/var",
    "/var/tmp",
    "/tmp",
    "/run",
    "/opt",
    "/root",
    "/home",
):
    try:
        with open(os.path.join(folder, "cvlabs-hostile"), "w") as file:
            file.write("was here")
    except OSError:
        pass
