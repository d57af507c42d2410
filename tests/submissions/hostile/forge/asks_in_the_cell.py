# Waits for somebody to type, in the cell itself.
# lost: conv_params
password = input("Password: ")
