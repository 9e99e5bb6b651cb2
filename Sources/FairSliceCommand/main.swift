print("fairslice")
