# Never comes to an end.
# lost: conv_params
# shows: the time limit for one cell
while True:
    pass
